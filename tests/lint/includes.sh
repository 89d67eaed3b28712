#!/bin/sh
# SPDX-License-Identifier: MIT
# Which folder may include which: prints every include that breaks the rule,
# and fails when there is one.
#
# usage: tests/lint/includes.sh [TREE]
set -eu
cd "${1:-$(dirname "$0")/../..}"

# A folder, then the folders and headers it may include beside its own.
rules='
src
firmware/app        src firmware/port/port.h
firmware/usb        src firmware/port/port.h
firmware/bus        src firmware/app firmware/usb
firmware/port       src firmware/usb
host/base           src
host/config         src host/base
host/vault          src host/base
host/token          src host/base
host/aws            src host/base
host/qr             src host/base
host/import         src host/base
host/flash          src host/base
host/net            src host/base host/aws/exchange.h host/aws/url.h
host/agent          src host/base host/config host/vault host/token host/aws
host/agent          host/import
host/cli            src host/base host/config
host/cli            host/client/client.h host/wire/protocol.h
host/cli            host/wire/message.h
host/cli            host/net/feed.h
'
# What a compiler without a C library supplies, and the four memory functions.
freestanding='limits.h stdalign.h stdarg.h stdbool.h stddef.h stdint.h
stdnoreturn.h string.h'

sources() {
    find src firmware host -name '*.[chS]' 2>/dev/null | LC_ALL=C sort
}

# FILE:LINE<tab>what is included, with its quotes or brackets
included() {
    sources | xargs grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null |
        sed -E 's/^([^:]*:[0-9]+):[^"<]*(["<][^">]*).*/\1\t\2/'
}

broken() {
    included | awk -F '\t' -v rules="$rules" -v freestanding="$freestanding" '
    function folder_of(file) { sub(/\/[^\/]*$/, "", file); return file }
    # The longest folder with a rule that holds `file`.
    function home_of(file) {
        while ((file = folder_of(file)) != "" && !(file in known))
            if (file !~ /\//)
                return ""
        return file
    }
    function exists(file, line) {
        if ((getline line < file) < 0)
            return 0
        close(file)
        return 1
    }
    function may(file, home, target, i, n, list) {
        if (index(target, home "/") == 1)
            return 1
        # A program is put together in its main.c.
        if (file ~ /^firmware\/.*\/main\.c$/ && target ~ /^firmware\//)
            return 1
        n = split(known[home], list, " ")
        for (i = 1; i <= n; i++)
            if (target == list[i] || index(target, list[i] "/") == 1)
                return 1
        return 0
    }
    BEGIN {
        n = split(rules, line, "\n")
        for (i = 1; i <= n; i++)
            if (split(line[i], word, " ")) {
                rest = line[i]
                sub(/^[^ ]+ */, "", rest)
                known[word[1]] = known[word[1]] " " rest
            }
        n = split(freestanding, word, /[ \n]+/)
        for (i = 1; i <= n; i++)
            standard[word[i]] = 1
    }
    {
        file = $1
        sub(/:[0-9]+$/, "", file)
        name = substr($2, 2)
        home = home_of(file)
        if (home == "") {
            print $1 ": a folder that no rule knows"
        } else if ($2 ~ /^</) {
            if (home ~ /^(src|firmware\/(app|usb|bus))$/ && !(name in standard))
                print $1 ": <" name "> needs a C library"
        } else {
            target = name ~ /\// ? name : folder_of(file) "/" name
            if (!exists(target))
                print $1 ": \"" name "\" is no file of this tree"
            else if (!may(file, home, target))
                print $1 ": " home " may not include \"" name "\""
        }
    }'
}

circles() {
    included | awk -F '[:\t"]' '$3 == "" && $1 ~ /\.h$/ {
        folder = $1
        sub(/[^\/]*$/, "", folder)
        print $1, ($4 ~ /\// ? $4 : folder $4)
    }' | tsort 2>&1 >/dev/null | sed -n 's/^tsort: \([^-].*\)/include circle: \1/p'
}

found=$(broken; circles)
[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
