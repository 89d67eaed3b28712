#!/bin/sh
# SPDX-License-Identifier: MIT
# Every fuzzer has seeds and a row in docs/testing.md, and every file that
# reads bytes by src/bytes.h stands in one.
set -u
cd "$TOP" || exit 1
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh

table=$(sed -n '/^## Who reads foreign bytes/,/^## Writing one/p' \
    docs/testing.md | grep '^|')

# The fuzzers that the table names, one a line.
named() {
    printf '%s\n' "$table" | sed '1,2d; s/ *|$//; s/.*| //' |
        tr -s ',;' '\n' | sed -n 's/^ *\([a-z0-9_]*\) *$/\1/p' | sort -u
}

# A file by its name alone, or by one with a star.
in_table() { # FILE
    name=${1##*/}
    for word in $(printf '%s\n' "$table" | grep -o '[a-z_*0-9]*\.c'); do
        # shellcheck disable=SC2254 # the table has patterns
        case $name in $word) return 0 ;; esac
    done
    return 1
}

for path in tests/fuzz/*_fuzz.c; do
    name=$(basename "$path" _fuzz.c)
    [ -n "$(find "tests/fuzz/corpus/$name" -type f 2>/dev/null)" ]
    tap_ok $? "the fuzzer $name has seeds"
    named | grep -qx "$name"
    tap_ok $? "docs/testing.md says what the fuzzer $name is for"
done
for name in $(named); do
    [ -f "tests/fuzz/${name}_fuzz.c" ]
    tap_ok $? "the fuzzer $name, which docs/testing.md names, is there"
done
for path in tests/fuzz/corpus/*; do
    [ -f "tests/fuzz/${path##*/}_fuzz.c" ]
    tap_ok $? "the seeds ${path##*/} have a fuzzer"
done
for path in $(find src host firmware -name '*.c' | sort); do
    [ "$path" = src/bytes.c ] && continue
    grep -q 'fob_reader_init(' "$path" || continue
    in_table "$path"
    tap_ok $? "docs/testing.md says who fuzzes $path"
done
tap_done
