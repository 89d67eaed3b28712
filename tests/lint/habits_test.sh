#!/bin/sh
# SPDX-License-Identifier: MIT
# The habits of docs/style.md hold, and the check of them can fail; the tree is
# as clang-format would have it; a folder is small enough to look over.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/src" "$tree/host/base" "$tree/firmware/app" "$tree/docs"
echo '## agent' >"$tree/docs/protocol.md"

# The files of git, or of a tree without it.
sources() {
    git ls-files "$@" 2>/dev/null | grep . ||
        find src host firmware tests -name "$1" -o -name "$2"
}

told() { # CODE FILE
    printf '%s\n' "$1" >"$tree/$2"
    ! tests/lint/habits.sh "$tree" >"$tree/why"
    status=$?
    rm "$tree/$2"
    return $status
}

refuse() { # CODE [FILE]
    told "$1" "${2:-src/a.c}"
    tap_ok $? "refused: $1"
}

allow() { # CODE [FILE]
    ! told "$1" "${2:-src/a.c}"
    tap_ok $? "allowed: $1"
}

tap_is "$(tests/lint/habits.sh)" '' 'the tree keeps the habits of docs/style.md'

refuse 'size_t n = sizeof a;'
allow 'size_t n = sizeof(a);'
refuse '    strcpy(a, b);'
refuse '    if (fob_text_format(a, sizeof(a), "%s", b) != FOB_OK)'
allow '    if (fob_text_format(a, sizeof(a), "%s:", b) != FOB_OK)'
refuse 'static int run(const struct command *command)'
refuse 'run(int x)'
allow 'static int run_command(const struct command *command)'
allow 'static int run_command(run *this);'
refuse '    return fob_error_set(error, status, "no memory for the list");'
allow '    "out of memory"' host/base/error.c
refuse '/* TODO: a frame */'
mkdir -p "$tree/host/agent/serve" "$tree/host/agent/mint"
refuse '    find(&request->message);' host/agent/mint/a.c
allow '    find(&request->message);' host/agent/serve/a.c
refuse '/* The layout of section 4.2. */'
refuse '/* RFC 1, of old.  The layout of section 4.2. */'
allow '/* The layout of RFC 4226 section 4.2. */'
refuse '/* By docs/protocol.md, section "messages". */'
allow '/* By docs/protocol.md, section "agent". */'

why=$(sources '*.c' '*.h' | xargs clang-format --dry-run 2>&1 |
    grep -o '^[^ ]*: warning' | sort -u)
tap_is "$why" '' 'make format would change nothing'
! printf 'int  a;\n' | clang-format --dry-run -Werror >/dev/null 2>&1
tap_ok $? 'refused: a line that make format would change'

# A folder's own files, not those of its rooms.
why=$(find src host firmware -type f | sed 's|/[^/]*$||' | sort | uniq -c |
    awk '$1 > 44 { print $2 ": " $1 " files" }')
tap_is "$why" '' 'no folder of src, host and firmware has more than 44 files'

why=$(grep -rliE 'rp2040' src host firmware Makefile --include='*.[chS]' \
    --include='*.mk' --include=Makefile |
    grep -vE '^firmware/port/|^host/flash/')
tap_is "$why" '' 'nothing outside firmware/port and fob-flash names a chip'
tap_done
