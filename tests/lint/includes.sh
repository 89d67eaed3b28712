#!/bin/sh
# SPDX-License-Identifier: MIT
# Which folder may include which: prints every include that breaks the table of
# docs/architecture.md ("The map of rooms"), and fails when there is one.
#
# A row is for its folder and for none below it.  A name in the last column is
# looked up outwards: in the folder, beside it, and so on up to the top.
#
# usage: tests/lint/includes.sh [TREE]
set -eu
rules=$(cd "$(dirname "$0")/../.." && sed -n \
    '/^## The map of rooms/,/^## /s/^| `\([^`]*\)` |.*|\([^|]*\)|$/\1 \2/p' \
    docs/architecture.md | tr -d '`,')
cd "${1:-$(dirname "$0")/../..}"

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
    function folder_of(file) { sub(/\/?[^\/]*$/, "", file); return file }
    function exists(file, line) {
        if ((getline line < file) < 0)
            return 0
        close(file)
        return 1
    }
    # Is `target` what `name` means in the row of `folder`?
    function is_meant(folder, name, target, path) {
        for (;; folder = folder_of(folder)) {
            path = folder == "" ? name : folder "/" name
            if (target == path || folder_of(target) == path)
                return 1
            if (folder == "")
                return 0
        }
    }
    function may(file, folder, target, i, n, list) {
        if (folder_of(target) == folder)
            return 1
        # A program is put together in its main.c.
        if (file ~ /^firmware\/.*\/main\.c$/ && target ~ /^firmware\//)
            return 1
        n = split(allowed[folder], list, " ")
        for (i = 1; i <= n; i++)
            if (is_meant(folder, list[i], target))
                return 1
        return 0
    }
    BEGIN {
        n = split(rules, line, "\n")
        for (i = 1; i <= n; i++)
            if (split(line[i], word, " ")) {
                rest = line[i]
                sub(/^[^ ]+ */, "", rest)
                allowed[word[1]] = rest
            }
        n = split(freestanding, word, /[ \n]+/)
        for (i = 1; i <= n; i++)
            standard[word[i]] = 1
    }
    {
        file = $1
        sub(/:[0-9]+$/, "", file)
        name = substr($2, 2)
        folder = folder_of(file)
        if (!(folder in allowed)) {
            print $1 ": a folder without a row in docs/architecture.md"
        } else if ($2 ~ /^</) {
            if (file ~ /^(src|firmware\/(app|usb|bus))\// &&
                !(name in standard))
                print $1 ": <" name "> needs a C library"
        } else if (name !~ /\//)
            print $1 ": \"" name "\" lacks its path"
        else if (!exists(name))
            print $1 ": \"" name "\" is no file of this tree"
        else if (!may(file, folder, name))
            print $1 ": " folder " may not include \"" name "\""
    }'
}

circles() {
    included | awk -F '[:\t"]' '$3 == "" && $1 ~ /\.h$/ { print $1, $4 }' |
        tsort 2>&1 >/dev/null | sed -n 's/^tsort: \([^-].*\)/include circle: \1/p'
}

found=$(broken; circles)
[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
