#!/bin/sh
# SPDX-License-Identifier: MIT
# The habits of docs/style.md that a pattern can hold, in the product's C:
# prints each line that breaks one, and fails when there is one.
#
# usage: tests/lint/habits.sh [TREE]
set -eu
cd "${1:-$(dirname "$0")/../..}"

# Functions of one word say neither what they do nor to what.
verbs='run|take|choose|ask|start|put|get|find|store|refuse|parse|load|list|keep
|check|transfer|show|serve|renew|look|finish|fill|enter|encode|dispatch|decode
|make|do|handle|process|open|close|read|write|set|add|send|copy|next|stop|print'
verbs=$(printf %s "$verbs" | tr -d '\n')

sources() {
    find src host firmware -name '*.[ch]' 2>/dev/null | LC_ALL=C sort
}

# lines PATTERN WHAT: each line with the pattern, and what is wrong with it.
lines() {
    sources | xargs grep -nE -e "$1" /dev/null |
        sed -E "s|^([^:]*:[0-9]+):.*|\1: $2|"
}

# Sections of a standard: its name stands before, in the same sentence.
# Sections of our documents: the heading is there, or the bold word.
sections() {
    sources | xargs awk '
    FNR == 1 { said = "" }
    /^ *\/[*\/]/ { said = "" }
    { said = said " " $0 }
    match($0, /[Ss]ections? [0-9]/) {
        before = substr(said, 1, length(said) - length($0) + RSTART)
        if (before !~ /(RFC|FIPS|ISO|USB|CCID|HID|CTAP|data sheet)([^.;]|\.[^ ])*$/)
            print FILENAME ":" FNR ": a section of which document?"
    }
    match($0, /docs\/[a-z-]*\.md,? section "[^"]*"/) {
        split(substr($0, RSTART, RLENGTH), part, /,? section /)
        gsub(/"/, "", part[2])
        found = 0
        while ((getline line < part[1]) > 0)
            if (tolower(line) ~ "^(#+ |[*][*])" tolower(part[2]) "($|[*][*])")
                found = 1
        close(part[1])
        if (!found)
            print FILENAME ":" FNR ": " part[1] " has no section " part[2]
    }'
}

found=$(
    lines '\<sizeof [^(]' 'sizeof(x)'
    lines '\<str(n?cpy|n?cat)\(|\<sprintf\(' 'fob_text_copy'
    lines 'fob_text_format\([^"]*"%s",' 'fob_text_copy'
    lines "^(static [^=;(]*[ *])?($verbs)\([^;]*$" \
        'verb_noun, never a lone verb'
    lines '"[^"]*((no|not enough|lack of) memory (for|to|left)|memory ran out)' \
        'fob_error_no_memory'
    lines '"([^"]+out of memory[^"]*|out of memory[^"]+)"' 'fob_error_no_memory'
    lines '\<(TODO|FIXME|XXX|HACK)\>' 'done, or not begun'
    lines '\<request(->|\.)(message|reply)\>' 'serve/ alone reads the message' |
        grep -v -e '^host/agent/serve/' -e '^host/agent/request/request\.c:' || true
    sections
)
[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
