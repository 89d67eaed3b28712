#!/bin/sh
# SPDX-License-Identifier: MIT
# A program that asks again and again with a wrong passphrase in a file uses
# up one try of a token, and never the last ones.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
export FOB_TOKEN="sim:$work/socket"
"$O/fob-sim" --touch "$work/flash" "$work/socket" &
sim=$!
trap 'kill "$sim"; stop_all' EXIT
await_file -S socket
SERIAL=666f6273696d0001
world() {
    "$PYTHON" "$TOP/tests/lib/world.py" "$work/socket" "$@"
}
tries_are() { # NUMBER WHAT
    run fob --json token info
    expect_json "it['tries'] == $1" "$2"
}
export FOB_TOKEN_PASSPHRASE_FILE="$work/secret"
echo 'a token of mine' >secret
fob -q token init >/dev/null
echo "$SEED" | fob -q add --on token --secret - phone >/dev/null
world replug

# --- one file, however often ------------------------------------------------
echo 'of another token' >secret
run fob code phone
expect_error 4 "wrong passphrase for token $SERIAL, 7 tries left" \
    'what the file holds is tried once'
for how in '' 1 '' 1 '' 1 ''; do
    FOB_NO_AGENT=$how run fob code phone
done
expect_error 4 "token $SERIAL refused what FOB_TOKEN_PASSPHRASE_FILE holds \
before, so it was not offered again; at a terminal: fob token unlock $SERIAL\$" \
    'and then not again, by whatever agent'
fob -q agent stop
run fob token unlock
expect_error 4 'not offered again' 'nor when the agent is another one'
tries_are 7 'so seven more calls take no try'
expect 'what is remembered tells nothing of it' sh -c \
    '! grep -rqa "of another token" "$1"' - "$FOB_HOME"
run_tty --plain 'Passphrase of token=a token of mine' -- fob -q code phone
expect_status 0 'at a terminal a person is asked instead'
expect_out_like '^[0-9]{6}$' 'and the code is given'
world replug
cp -p secret secret.2 && mv secret.2 secret
run fob code phone
expect_error 4 '7 tries left' 'a copy of the file may hold another answer'
echo 'a token of mine' >secret
run fob -q code phone
expect_out_like '^[0-9]{6}$' 'one that is mended is offered'
tries_are 8 'and all tries are back'

# --- many files, and pipes --------------------------------------------------
world replug
for i in 7 6 5 4 3; do
    echo "wrong $i" >secret
    run fob token unlock
done
expect_error 4 '3 tries left' 'five files may be wrong'
echo 'a token of mine' >secret
run fob token unlock
expect_error 4 "token $SERIAL has 3 tries left, which are a person's: what \
FOB_TOKEN_PASSPHRASE_FILE holds was not offered; at a terminal: fob token \
unlock $SERIAL\$" 'the last three are for a person'
run_sh 'echo wrong | FOB_TOKEN_PASSPHRASE_FILE=/dev/stdin fob token unlock'
expect_error 4 'has 3 tries left' 'and for no pipe'
tries_are 3 'none of these took one'
run_tty --plain 'Passphrase of token=a token of mine' -- fob -q token unlock
expect_status 0 'who has one'
tries_are 8 'and all are back again'
fob -q token lock
for i in 7 6 5 4 3; do
    run_sh 'echo wrong | FOB_TOKEN_PASSPHRASE_FILE=/dev/stdin fob token unlock'
    expect_error 4 "$i tries left" "a pipe is anybody's, $i tries left"
done
run_sh 'echo wrong | FOB_TOKEN_PASSPHRASE_FILE=/dev/stdin fob token unlock'
expect_error 4 'has 3 tries left' 'it is not asked for ever'

# --- a new passphrase -------------------------------------------------------
run_tty --plain 'Passphrase of token=a token of mine' -- fob -q token unlock
echo 'a later one' >later
touch -d '2020-01-01' later
fob -q token lock
FOB_TOKEN_PASSPHRASE_FILE=$work/later run fob token unlock
expect_error 4 '7 tries left' 'a file that is wrong today'
fob -q token unlock
FOB_TOKEN_PASSPHRASE_FILE=$work/later run fob -q token password
expect_status 0
fob -q token lock
FOB_TOKEN_PASSPHRASE_FILE=$work/later run fob -q token unlock
expect_status 0 'is right when the token has its passphrase'
finish
