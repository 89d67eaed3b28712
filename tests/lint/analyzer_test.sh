#!/bin/sh
# SPDX-License-Identifier: MIT
# GCC's analyzer follows the paths of every file of the product and finds
# nothing: no memory freed twice, leaked, read before it is set, or through
# NULL.  Files that have not changed are not looked at again.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
compiler=${ANALYZER_CC:-gcc}
if ! "$compiler" -fanalyzer -fsyntax-only -x c /dev/null 2>"$work/log" ||
    [ "$("$compiler" -dumpversion | cut -d. -f1)" -lt 12 ]; then
    echo "1..0 # SKIP no GCC of 12 or later"
    exit 0
fi

make_() { # what make is called by whoever calls us
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TOP" "O=$O" "$@"
}

make_ -j "$(nproc)" -k analyze >"$work/log" 2>&1
tap_ok $? 'nothing is found in any file'
grep -v '^  LOOK' "$work/log" | sed 's/^/# /'

# Found by the very command, in a file that has it.
command=$(make_ -n -B V=1 "$O/analysis/src/wipe.c" |
    sed -e ':a' -e '/\\$/N; s/\\\n//; ta' | grep -e -fanalyzer)
refuses() { # WHAT, and the file on stdin
    cat >"$work/planted.c"
    echo "$command" | sed "s| src/wipe\.c\$| $work/planted.c|;
        s|-MF [^ ]*|-MF $work/d|" >"$work/command"
    ! (cd "$TOP" && sh "$work/command") >"$work/log" 2>&1 &&
        grep -q 'analyzer-' "$work/log"
    tap_ok $? "refused: $1"
}
refuses 'memory that is freed twice' <<'END'
#include <stdlib.h>
static void give(char *block, int again)
{
    free(block);
    if (again > 3)
        free(block);
}
void take(int again);
void take(int again)
{
    char *block = malloc(9);
    if (block != NULL)
        give(block, again);
}
END
refuses 'memory that is left on one path' <<'END'
#include <stdlib.h>
int copy(int from);
int copy(int from)
{
    char *block = malloc(9);
    if (block == NULL || from > 7)
        return 1;
    free(block);
    return 0;
}
END
refuses 'what is used after it was freed' <<'END'
#include <stdlib.h>
int look(void);
int look(void)
{
    int *block = malloc(sizeof(*block));
    if (block == NULL)
        return 1;
    *block = 3;
    free(block);
    return *block;
}
END
tap_done
