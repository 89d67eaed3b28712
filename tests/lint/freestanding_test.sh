#!/bin/sh
# SPDX-License-Identifier: MIT
# The core needs no C library and has no data of its own, on the desktop and
# on a Cortex-M0+; and it links there with the four memory functions alone.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
O=${O:-build}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
. tests/lib/tap.sh

point() { # STATUS WHAT
    tap_ok "$1" "$2"
    [ "$1" = 0 ] || sed 's/^/# /' "$work/why"
}

clean() { # ARCHIVE PREFIX WHAT
    tests/lint/freestanding.sh "$1" "$2" >"$work/why" 2>&1
    point $? "$3"
}

# Is the line of C told by the check?
refuse() { # CODE WHAT
    rm -f "$work/bad.a"
    printf '%s\n' "$1" >"$work/bad.c"
    "${CC:-cc}" -std=c11 -O2 -c -o "$work/bad.o" "$work/bad.c" &&
        ar rcs "$work/bad.a" "$work/bad.o"
    ! tests/lint/freestanding.sh "$work/bad.a" >"$work/why" 2>&1 &&
        grep -qE '^(needs|writable): ' "$work/why"
    point $? "refused: $2"
}

clean "$O/lib/src.a" "" "the desktop's core is freestanding"
clean "$O/arm/src.a" arm-none-eabi- "the token's core is freestanding"

arm-none-eabi-gcc -mcpu=cortex-m0plus -mthumb -nostdlib -o "$work/core.elf" \
    -Wl,-e,0 -Wl,--defsym=memcpy=0,--defsym=memset=0 \
    -Wl,--defsym=memcmp=0,--defsym=memmove=0 \
    -Wl,--whole-archive "$O/arm/src.a" -Wl,--no-whole-archive -lgcc \
    >"$work/why" 2>&1
point $? "it links for a Cortex-M0+ with four memory functions"

refuse 'extern void *malloc(unsigned long); void *f(void) { return malloc(9); }' \
    "an allocation"
refuse 'int puts(const char *); void f(void) { puts("x"); }' "output"
refuse 'int counter; void f(void) { counter++; }' "a global"
refuse 'int f(void) { static int n; return n++; }' "a static"
refuse 'int table[3] = {1, 2, 3};' "writable data"
refuse '_Thread_local int own = 3;' "data of a thread"

tap_done
