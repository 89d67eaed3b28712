#!/bin/sh
# SPDX-License-Identifier: MIT
# While a passphrase of a token is asked for, the token and the device whose
# seed it has are anybody's.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
PATIENCE=20
export FOB_TOKEN="sim:$work/socket"
"$O/fob-sim" --touch "$work/flash" "$work/socket" &
sim=$!
trap 'kill "$sim"; stop_all' EXIT
await_file -S socket
world() {
    "$PYTHON" "$TOP/tests/lib/world.py" "$work/socket" "$@"
}
echo 'a token of mine' >secret
export FOB_TOKEN_PASSPHRASE_FILE="$work/secret"
fob -q token init >/dev/null
echo "$SEED" | fob -q add --on token --secret - --serial "$ARN" phone >/dev/null
locked() {
    world replug
    fob -q sessions --clear
}
alone="env -u FOB_TOKEN_PASSPHRASE_FILE"

# --- opened by another ------------------------------------------------------
locked
run_tty "Passphrase of token=!timeout $PATIENCE fob -q code phone >second; \
echo mistyped" -- $alone fob -q code phone
expect_status 0 'a prompt that stands open is served when another has opened'
expect 'as another command is meanwhile' grep -Eqx '[0-9]{6}' second
locked
run_tty "Passphrase of token=!timeout $PATIENCE fob -q credentials work >second; \
echo mistyped" -- $alone fob -q credentials work
expect_status 0 'one session for both'
expect 'which the other has made' grep -q SessionToken second
run ctl log count GetSessionToken
expect_out 1 'with one code'

# --- a question about what is to be done ------------------------------------
run_tty "for ever?=!timeout $PATIENCE fob -q token info >second; echo no" -- \
    fob token reset
expect_status 4 'a token that is not to be erased'
expect 'tells of itself meanwhile' grep -q '^serial' second
mv secret kept
run_tty "New passphrase=!(echo $SEED | FOB_TOKEN_PASSPHRASE_FILE=$work/kept \
timeout $PATIENCE fob -q add --on token --secret - more) >second; echo x" \
    'again=x' -- $alone fob token password
expect_status 0
expect 'a new account comes while a new passphrase is asked for' \
    grep -qx more second
echo x >secret

# --- and one that nobody answers --------------------------------------------
locked
run_tty "Passphrase of token=!timeout $PATIENCE fob token unlock 2>second; \
printf '\\004'" -- $alone fob -q code phone
expect_status 4 'who gives no answer gets none'
expect 'and holds nobody up' grep -q 'is unlocked' second
finish
