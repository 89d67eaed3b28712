#!/bin/sh
# SPDX-License-Identifier: MIT
# No two files need each other by name, no name has two owners, nothing is
# there for nobody; and the check of it can fail.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh
O=${O:-build}
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT

# plant FILE CODE: into a tree that begins empty, and its object beside it.
plant() {
    mkdir -p "$tree/$(dirname "$1")" "$tree/obj/$(dirname "$1")"
    printf '%s\n' "$2" >"$tree/$1"
    case $1 in
    *.c) "${CC:-cc}" -std=c11 -O2 -I"$tree" -c -o "$tree/obj/${1%.c}.o" \
        "$tree/$1" ;;
    esac
}

# Is this line told of the planted tree?  It is cleared for the next.
refused() { # LINE WHAT
    ! tests/lint/names.py "$tree" "$tree/obj" >"$tree/why" &&
        grep -qx "$1" "$tree/why"
    tap_ok $? "refused: $2"
    rm -rf "${tree:?}"/*
}

allowed() { # WHAT
    tests/lint/names.py "$tree" "$tree/obj" >"$tree/why"
    tap_ok $? "allowed: $1"
    sed 's/^/# /' "$tree/why"
    rm -rf "${tree:?}"/*
}

why=$(tests/lint/names.py . "$O/obj" "$O/firmware" 2>&1)
tap_is "$why" '' "by name, the files of the tree stand on each other in one order"

plant host/a.c 'int b(void); int a(void) { return b(); }'
plant host/b.c 'int a(void); int b(void) { return a(); }'
refused 'circle: host/a.c host/b.c' 'two files that call each other'

plant host/a.c 'int b(void); int a(void) { return b(); }'
plant src/b.c 'extern int (*const c[])(void); int b(void) { return c[0](); }'
plant src/c.c 'int a(void); int (*const c[])(void) = {a};'
refused '  src/c.c needs host/a.c: a' 'a circle through a table of functions'

plant host/a.c 'int a(void) { return 1; }'
plant firmware/a.c 'int a(void) { return 2; }'
plant host/main.c 'int a(void); int main(void) { return a(); }'
refused 'defined twice: a: firmware/a.c host/a.c' 'a name with two owners'

plant host/a.c 'int a(void) { return 1; }'
refused 'needed by nobody else: a: host/a.c' 'a name for its own file alone'

plant host/main.c 'enum { LEFT, RIGHT }; int main(void) { return LEFT; }'
refused 'never used: RIGHT: host/main.c' 'a constant that nobody uses'

plant host/main.c 'enum { NONE, SOME }; int main(void) { return SOME; }'
allowed 'a constant that the next one counts on from'

plant host/main.c 'int main(void) { return 0; }'
plant host/a.h '#define LEFT 1 /* not RIGHT */'
refused 'never used: LEFT: host/a.h' 'a macro that nobody uses'

mkdir "$tree/obj"
refused 'no objects: nothing was looked at' 'a tree that was not built'

plant host/main.c 'int a(void); int main(void) { return a(); }'
plant host/a.c 'int a(void) { return 0; }'
plant tests/a_test.c 'int t(void); int b(void); int main(void) { return b(); }'
plant src/b.c 'int b(void) { return 0; }'
plant firmware/port/one/c.c 'int b(void); int c(void) { return b(); }'
plant firmware/port/two/c.c 'int c(void) { return 2; }'
plant firmware/app/d.c 'int c(void); int main(void) { return c(); }'
allowed 'a caller, a test that needs a name, a function of two ports'
tap_done
