#!/bin/sh
# SPDX-License-Identifier: MIT
# No branch and no index in the core depends on a secret.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
. tests/lib/tap.sh

point() { # STATUS WHAT
    tap_ok "$1" "$2"
    [ "$1" = 0 ] || head -n 20 "$work/why" | sed 's/^/# /'
}

clang -std=c11 -fsanitize=memory -O1 -g -I. -o "$work/constant_time" \
    tests/lint/constant_time.c src/*.c >"$work/why" 2>&1
point $? "the core builds for the test"

for operation in hmac otp seal open equal encode decode lenient; do
    "$work/constant_time" "$operation" >"$work/why" 2>&1
    point $? "$operation takes the same way for every secret"
done

for leak in branch index; do
    ! "$work/constant_time" "$leak" >"$work/why" 2>&1 &&
        grep -q "use-of-uninitialized-value" "$work/why"
    point $? "a secret $leak would be seen"
done
tap_done
