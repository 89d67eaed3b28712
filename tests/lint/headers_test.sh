#!/bin/sh
# SPDX-License-Identifier: MIT
# Every header compiles alone, begins with its licence and is guarded by its
# own path, one point a folder.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
points=0
failed=0

# Prints what is wrong with the headers of one folder.
faults() {
    for header in "$1"/*.h; do
        head -n 1 "$header" | grep -qxF '/* SPDX-License-Identifier: MIT */' ||
            echo "$header: no licence in its first line"
        guard=FOB_$(printf %s "$header" | tr 'a-z/.-' 'A-Z___')
        [ "$(grep -E '^#(ifndef|define) FOB_.*_H$' "$header" | tr '\n' ' ')" = \
            "#ifndef $guard #define $guard " ] ||
            echo "$header: not guarded by $guard, once"
        printf '#include "%s"\nextern int more;\n' "$header" |
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

tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT

# Is the header of these lines, FOLDER/a.h, told?
refuse() { # LINES WHAT
    points=$((points + 1))
    mkdir -p "$tree/src"
    printf '%s\n' "$1" >"$tree/src/a.h"
    if (cd "$tree" && faults src) | grep -q '^src/a\.h:'; then
        echo "ok $points - refused: $2"
    else
        failed=1
        echo "not ok $points - refused: $2"
    fi
}

licence='/* SPDX-License-Identifier: MIT */'
begin='#ifndef FOB_SRC_A_H
#define FOB_SRC_A_H'
refuse "$begin
#endif" 'a header without a licence'
refuse "$licence
int a(void);" 'a header without a guard'
refuse "$licence
#ifndef FOB_A_H
#define FOB_A_H
#endif" 'a guard of another path'
refuse "$licence
$begin
int a(size_t b);
#endif" 'a header that does not compile alone'

for folder in $(find src firmware host tests -name '*.h' | sed 's|/[^/]*$||' |
    LC_ALL=C sort -u); do
    check "$folder"
done
echo "1..$points"
exit $failed
