#!/bin/sh
# SPDX-License-Identifier: MIT
# Manual pages: clean mdoc, and one for every command that names every option
# its --help names, and no other.
set -u
cd "$TOP" || exit 1
. tests/lib/tap.sh

commands() {
    "$O/fob" help | sed -n 's/^  \([a-z]*\)  .*/\1/p' |
        grep -vx -e version -e help
}

options_of_help() { # COMMAND
    "$O/fob" "$1" --help | sed -n 's/^  --\([a-z-]*\).*/\1/p' | sort -u
}

options_of_page() { # COMMAND
    grep -v '^\.Dl\|^\.Li' "docs/man/fob-$1.1" |
        grep -o 'Fl -[a-z][a-z-]*' | sed 's/^Fl -//' | grep -vx json | sort -u
}

for page in docs/man/*.[1-9]; do
    faults=$(mandoc -T lint -W warning "$page" 2>&1)
    tap_ok $? "$page is clean mdoc"
    [ -z "$faults" ] || echo "$faults" | sed 's/^/# /'
done

[ "$(commands | wc -l)" -ge 17 ]
tap_ok $? "fob help lists the commands"
for command in $(commands); do
    [ -f "docs/man/fob-$command.1" ]
    tap_ok $? "fob $command has a page"
    [ "$(options_of_help "$command")" = "$(options_of_page "$command")" ]
    tap_ok $? "fob $command --help and its page name the same options"
    grep -q "Xr fob-$command 1" docs/man/fob.1
    tap_ok $? "fob(1) names fob-$command(1)"
done
tap_done
