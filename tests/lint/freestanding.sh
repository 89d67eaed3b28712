#!/bin/sh
# SPDX-License-Identifier: MIT
# What in an archive would not do on a bare Cortex-M0+: symbols that only a C
# library has, and data that can be written.  Prints them; fails if there are.
#
# usage: tests/lint/freestanding.sh ARCHIVE [PREFIX-]
set -eu
archive=$1
prefix=${2:-}

# The four functions a compiler may call, their checked forms on the desktop,
# the compiler's own runtime, and what hardening and sanitizing flags add.
allowed='mem(cpy|set|cmp|move)|__mem(cpy|set|move)_chk|__aeabi_[a-z0-9]+'
allowed="$allowed|__gnu_thumb1_case_[a-z]+|__stack_chk_fail"
allowed="$allowed|_GLOBAL_OFFSET_TABLE_"

names=$(mktemp)
trap 'rm -f "$names"' EXIT
"${prefix}nm" -P "$archive" >"$names"

found=$(
    awk '$2 ~ /^[TRDBV]$/ { here[$1] = 1 }
        $2 == "U" { wanted[$1] = 1 }
        END { for (name in wanted) if (!(name in here)) print name }' \
        "$names" | grep -vxE "$allowed" | sed 's/^/needs: /'
    "${prefix}size" -A "$archive" |
        awk '/^[^ ]+ .*:$/ { file = $1 }
            $1 ~ /^\.(data|bss|tdata|tbss)(\.|$)/ &&
            $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
                print "writable: " $1 " of " file ", " $2 " bytes"
            }'
    awk '$2 == "C" { print "writable: " $1 }' "$names"
)
[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
