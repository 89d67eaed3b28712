#!/bin/sh
# SPDX-License-Identifier: MIT
# What each program links (docs/architecture.md, "Processes"): libraries, and
# archives of the tree; and that the hardening flags took.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"

links() { # PROGRAM: the libraries it names, without libc, on one line
    readelf -dW "$O/$1" | sed -n 's/.*NEEDED.*\[\(.*\)\.so.*\]/\1/p' |
        grep -vx -e libc -e 'ld-linux.*' | sort | xargs
}

names() { # OBJECT ...: the functions and data that it shows to others
    nm -P "$@" | awk '$2 ~ /^[TDRB]$/ && $1 != "main" { print $1 }' | sort -u
}

# The top folders that have a part in it: host/agent/mint is agent's.
folders() { # PROGRAM
    names "$O/$1" >"$work/program"
    for folder in "$O"/obj/host/* "$O/obj/src"; do
        # shellcheck disable=SC2046
        names $(find "$folder" -name '*.o') | comm -12 - "$work/program" |
            grep -q . && basename "$folder"
    done | sort -u | xargs
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Whether it has libc within.
is_static() { # PROGRAM
    ! readelf -lW "$O/$1" | grep -q INTERP
}

# By the checked calls of a library, or of the libc within.
is_fortified() { # PROGRAM
    if is_static "$1"; then
        readelf -sW "$O/$1" | grep -q ' __vsnprintf_chk$'
    else
        readelf -sW "$O/$1" | grep -q '_chk@'
    fi
}

is_hardened() { # PROGRAM
    readelf -hW "$O/$1" | grep -q 'Type: *DYN' &&
        readelf -lW "$O/$1" | grep -q GNU_RELRO &&
        readelf -dW "$O/$1" | grep -q BIND_NOW &&
        readelf -lW "$O/$1" | grep GNU_STACK | grep -q 'RW ' &&
        readelf -sW "$O/$1" | grep -q __stack_chk_fail &&
        is_fortified "$1"
}

# A program of one file, by the flags of the product's: its exit status.
flags=$(${MAKE:-make} -s -n -B V=1 -C "$TOP" "O=$work" "$work/obj/src/wipe.o" |
    sed -n 's| -c -o .*||p')
planted() { # PROGRAM, on stdin
    cat >"$work/$1.c"
    (cd "$work" && eval "$flags -w -pie -o $1 $1.c" && "./$1" 2>/dev/null)
    echo $?
}
takes() { # FLAG WHAT
    ${CC:-cc} "$1" -O2 -Werror -include features.h -fsyntax-only -x c \
        /dev/null 2>/dev/null && return 0
    tap_skip 'not with this compiler' "$2"
    return 1
}

takes -D_FORTIFY_SOURCE=3 'a block of a size known at run time' &&
    tap_is "$(planted overflow <<'END'
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv)
{
    char *block = malloc((size_t)argc + 3);
    if (block == NULL)
        return 1;
    memset(block, argv[0][0], (size_t)argc + 60);
    __asm__ volatile("" : : "r"(block) : "memory");
    return 0;
}
END
)" 134 'who writes past a block of a size known at run time is stopped'
takes -ftrivial-auto-var-init=zero 'what is on the stack' &&
    tap_is "$(planted zero <<'END'
static void fill(volatile unsigned char *bytes)
{
    for (int i = 0; i < 256; i++)
        bytes[i] = 0xaa;
}
static void leave(void)
{
    unsigned char bytes[256];
    fill(bytes);
}
static int look(void)
{
    unsigned char bytes[256], found = 0;
    volatile unsigned char *at = bytes;
    for (int i = 0; i < 256; i++)
        found |= at[i];
    return found;
}
int main(void)
{
    leave();
    return look() != 0;
}
END
)" 0 'nothing on the stack is read before it is set'

tap_is "$(links fob)" '' 'fob links libc and nothing else'
tap_is "$(links fob-agent)" 'libcrypto' 'fob-agent: libcrypto'
tap_is "$(links fob-net)" 'libcurl libexpat libjansson libseccomp' \
    'fob-net: what carries and reads a reply, and the sandbox'
tap_is "$(links fob-qr)" 'libjpeg libm libpng16 libqrencode libseccomp libwebp libzbar' \
    'fob-qr: images and the sandbox'
tap_is "$(links fob-flash)" 'libseccomp libusb-1.0' 'fob-flash: USB and the sandbox'
tap_is "$(folders fob)" 'base cli client config src wire' \
    'fob is made of these folders, and of nothing that holds secrets'
tap_is "$(folders fob-agent)" 'agent aws base config export import sandbox src token vault wire' \
    'fob-agent is made of these, and of nothing that parses HTTP or images'
tap_is "$(folders fob-net)" 'aws base net sandbox src' 'fob-net is made of these'
tap_is "$(folders fob-qr)" 'base qr sandbox src' 'fob-qr is made of these'
tap_is "$(folders fob-flash)" 'base flash sandbox src' 'fob-flash is made of these'
for program in fob fob-agent fob-net fob-qr fob-flash; do
    tap_run "$program: PIE, full RELRO, no executable stack, stack protector,\
 fortified" is_hardened "$program"
done
tap_done
