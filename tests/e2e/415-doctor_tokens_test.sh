#!/bin/sh
# SPDX-License-Identifier: MIT
# What fob doctor says of tokens, by the simulated one.  550 and 570 have those
# that may not be opened, and cards.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
cd "$work" || exit 1
export FOB_TOKEN_PASSPHRASE_FILE="$work/token-passphrase"
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"
SERIAL=666f6273696d0001
FINE='ok tokens: each that is plugged in can be used'

says() { # LINE WHAT
    run fob doctor
    sed -i 's/^\(ok tokens: [^;]*\);.* with the vault unlocked$/\1/' out
    [ "$(grep ' tokens: ' out)" = "$1" ]
    point $? "$2"
}

# --- without an account on one ------------------------------------------------
says "$FINE" 'without a token, and without a need of one, all is well'
token_start --touch
says "$FINE" 'so it is with an open one'
fob -q token init >init
echo "$SEED" | fob -q add --on token --secret - phone >add
says "$FINE" 'or with an unlocked one that has accounts'
run fob --json token info
expect_json "it['codes'] == 0 and it['strangers'] == []" 'it was asked for no code'

# --- locked -------------------------------------------------------------------
token_stop
token_start --touch
says "note tokens: token $SERIAL is locked by its passphrase; run: fob token \
unlock $SERIAL" 'a locked one is told of'
expect_status 0 'which is no problem'
run fob --json token info
expect_json "it['state'] == 'locked' and it['tries'] == 8" 'and not unlocked'
fob lock --all
says "note tokens: token $SERIAL is locked by its passphrase; run: fob token \
unlock $SERIAL" 'also with a vault that is locked'

# --- not there ----------------------------------------------------------------
token_stop
says "$FINE" 'whose seed is where, a locked vault does not tell'
fob -q unlock
says "note tokens: token $SERIAL, with the seed of phone, is not plugged in; \
plug in token $SERIAL" 'an unlocked one does'
expect_status 0 'which is no problem either'
token_start --touch
echo KRUGKIDROVUWG2ZAMJZG653OEBTG66BA | fob -q add --on token --secret - work >add
echo KRUGKIDROVUWG2ZAMJZG653P | fob -q add --secret - here >add
token_stop
says "note tokens: token $SERIAL, with the seed of phone and 1 more, is not \
plugged in; plug in token $SERIAL" 'a token with several is one line'

# --- in use -------------------------------------------------------------------
token_start --touch
lock=$(find "$FOB_HOME/state/tokens" -name '*.lock')
flock "$lock" sh -c 'echo >held; exec sleep 60' &
holder=$!
await_file -e held
says "note tokens: token $work/socket is in use, so no more is known of it
note tokens: token $SERIAL, with the seed of phone and 1 more, is not plugged \
in, or is one that cannot be looked at; plug in token $SERIAL" \
    'one that another fob has is not waited for'
pkill -P $holder
wait $holder

# --- of no more use -----------------------------------------------------------
for _ in 1 2 3 4 5 6 7 8; do
    run_tty --plain 'Passphrase of token=wrong' -- \
        env -u FOB_TOKEN_PASSPHRASE_FILE fob -q token unlock
done
says "problem tokens: it stays locked: token $SERIAL has no tries left; to \
erase it: fob token reset $SERIAL" 'one without tries left'
expect_status 1 'is a problem'
finish
