#!/bin/sh
# SPDX-License-Identifier: MIT
# Every header compiles alone and begins with its licence, one point a folder.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
points=0
failed=0

# Prints what is wrong with the headers of one folder.
faults() {
    for header in "$1"/*.h; do
        head -n 1 "$header" | grep -qxF '/* SPDX-License-Identifier: MIT */' ||
            echo "$header: no licence in its first line"
        printf '#include "%s"\n' "$header" |
            "${CC:-cc}" -std=c11 -D_GNU_SOURCE -I. -Wall -Wextra -Wpedantic \
                -Werror -fsyntax-only -x c - 2>&1
    done
}

check() {
    points=$((points + 1))
    why=$(faults "$1")
    if [ -z "$why" ]; then
        echo "ok $points - headers of $1"
    else
        failed=1
        echo "not ok $points - headers of $1"
        printf '%s\n' "$why" | sed 's/^/# /'
    fi
}

for folder in $(find src firmware host tests -name '*.h' | sed 's|/[^/]*$||' |
    LC_ALL=C sort -u); do
    check "$folder"
done
echo "1..$points"
exit $failed
