#!/bin/sh
# SPDX-License-Identifier: MIT
# The help: every command has examples, which the command line takes, and all
# of it fits 80 columns.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
mkdir made
fob help >help
run awk 'length($0) > 80' help
expect_out '' 'fob help: 80 columns'

# One that is not understood says so, whatever comes of it else: nothing is
# there for it to work on, and nobody to ask.
is_understood() { # LINE
    (cd made && FOB_PASSPHRASE_FILE='' sh -c "$1" </dev/null) >out 2>err
    ! grep -q -e 'run: fob [a-z]* *--help' -e 'run: fob help' err
}

for command in $(sed -n 's/^  \([a-z]*\)  .*/\1/p' help |
    grep -vx -e version -e help); do
    fob "$command" --help >help.one
    run awk 'length($0) > 80' help.one
    expect_out '' "fob $command --help: 80 columns"
    sed '1,/^For example:$/d; /^$/,$d; s/^  //' help.one >examples
    run cat examples
    expect_out_like "(^|[ (])fob $command( |\$|\))" "fob $command: has an example of itself"
    case $command in
    watch | agent) continue ;; # wait for a person; a far side
    esac
    while read -r line; do
        last=$line
        is_understood "$line"
        point $? "understood: $line"
    done <examples
done
FOB_NO_AGENT=1 run fob agent forward --profiles work --accounts '' --socket s
expect_error 2 'private agent' 'a list may be empty: none of them'
is_understood 'fob list --frobnicate'
[ $? = 1 ]
point $? 'one that is not would be seen'

finish
