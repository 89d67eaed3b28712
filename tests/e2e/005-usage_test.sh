#!/bin/sh
# SPDX-License-Identifier: MIT
# Help, versions and wrong usage: 2, one line, nothing typed is repeated.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

run fob help
expect_status 0
cp out help
run fob --help
expect 'fob help and fob --help are the same' cmp out help
run fob -h
expect 'and fob -h' cmp out help
run fob version
expect_out_like '^fob [0-9]+\.[0-9]+\.[0-9]+$'
version=$out
run fob --version
expect_out "$version"
for command in $(sed -n 's/^  \([a-z]*\)  .*/\1/p' help | grep -vx version |
    grep -vx help); do
    run fob "$command" --help
    expect_out_like "^usage: fob $command"
    cp out help
    run fob help "$command"
    expect 'help names it, too' cmp out help
    # An option that no command has.
    run fob "$command" --sesame=GEZDGNBVGY3TQOJQ
    [ "$command" != env ] || : >out # which has "false;" for a shell
    expect_error 2 "$command: unknown option --sesame; run: fob $command --help"
    expect 'its value is not repeated' sh -c '! grep -q GEZD err'
done

run fob
expect_error 2 'no command.*run: fob help'
run fob sesame
expect_error 2 'unknown command sesame .*; run: fob help'
run fob lsit
expect_error 2 'unknown command lsit \(did you mean list\?\)'
run fob GEZDGNBVGY3TQOJQ
expect_error 2 'unknown command;' 'what is no name may be a secret'
run fob --sesame list
expect_error 2 'unknown option'
run fob help sesame
expect_error 2 'unknown command sesame'
run fob list sesame
expect_error 2 'list: too many operands'
run fob rename one
expect_error 2 'rename: too few operands'
run fob code x --at yesterday
expect_error 2 'number'
run fob code x --at
expect_error 2 'needs UNIX'
run fob code x --next --next
expect_error 2 'twice'
run fob code x --next=1
expect_error 2 'no value'

# --- a seed that stands where a file or a name belongs ------------------------
seed() { # WORD ARGUMENTS: refused without a word of it
    run fob "$@"
    expect_error 2 "$1: a URI belongs on stdin.*; run: fob import -" "$*"
    expect 'it is not repeated' sh -c '! grep -q GEZD err'
}
URI='otpauth://totp/AWS:a?secret=GEZDGNBVGY3TQOJQ'
seed import "$URI"
seed import x.png " $URI"
seed import -- OTPAUTH-MIGRATION://offline?data=GEZD
seed add --qr "$URI"
seed add "--qr=apple-$URI" x
seed code steam://GEZDGNBVGY3TQOJQ
seed rename x "$URI"
seed export --qr --png "motp://x?secret=GEZD" x
seed import --password-file "$URI" x
seed exec "$URI" true
run fob import GEZDGNBVGY3TQOJQ
expect_error 1 'No such file.*; if it is one: fob add --secret - NAME'
expect 'nor is a bare secret' sh -c '! grep -q GEZD err'
run fob import backup otpauth.txt
expect_error 1 'cannot open backup: No such file' 'a name is'
run fob rename steam:alice
expect_error 2 'too few operands' 'an account may be called so'

run fob --json code
expect_status 2
"$PYTHON" -c 'import json
error = json.load(open("err"))["error"]
assert error["status"] == 2 and error["code"] == "USAGE"
assert error["message"] and error["hint"] == "fob code --help"' 2>/dev/null
point $? 'with --json an error is one object'
run_sh 'fob help >/dev/full'
expect_error 1 'No space left'
run_sh 'fob version >&-'
expect_error 1 'stdout'
expect 'nothing was made for all that' [ "$(ls "$FOB_HOME")" = settings ]

finish
