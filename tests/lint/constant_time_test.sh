#!/bin/sh
# SPDX-License-Identifier: MIT
# No branch and no index in the core depends on a secret.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
points=0
failed=0

point() { # STATUS WHAT
    points=$((points + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $points - $2"
    else
        failed=1
        echo "not ok $points - $2"
        head -n 20 "$work/why" | sed 's/^/# /'
    fi
}

clang -std=c11 -fsanitize=memory -O1 -g -I. -o "$work/constant_time" \
    tests/lint/constant_time.c src/*.c >"$work/why" 2>&1
point $? "the core builds for the test"

for operation in hmac otp seal open equal encode decode; do
    "$work/constant_time" "$operation" >"$work/why" 2>&1
    point $? "$operation takes the same way for every secret"
done

for leak in branch index; do
    ! "$work/constant_time" "$leak" >"$work/why" 2>&1 &&
        grep -q "use-of-uninitialized-value" "$work/why"
    point $? "a secret $leak would be seen"
done
echo "1..$points"
exit $failed
