#!/bin/sh
# SPDX-License-Identifier: MIT
# Locking the vault locks the tokens that fob opened, and those only.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
cd "$work" || exit 1
export FOB_TOKEN_PASSPHRASE_FILE="$work/token-passphrase"
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"
SERIAL=666f6273696d0001

is() { # STATE WHAT; a private agent looks, and changes nothing
    FOB_NO_AGENT=1 run fob --json token info
    expect_json "it['state'] == '$1'" "$2"
}
unlock() {
    fob -q unlock && fob -q token unlock
}

# --- by name ------------------------------------------------------------------
token_start --touch
run fob token lock
expect_status 5 'a token without a passphrase is not locked'
expect_err "fob: token $SERIAL has no passphrase, so nothing locks it; run: \
fob token password $SERIAL" 'and it is told'
fob -q token init >init
echo "$SEED" | fob -q add --on token --secret - phone >add
is unlocked 'a token that was made ready is unlocked'
run fob token lock
expect_status 0 'fob token lock'
is locked 'locks it'
run fob token lock $SERIAL
expect_status 0 'one that is locked stays so'
run fob token lock 0123456789abcdef
expect_status 5 'one that is not there cannot be'
FOB_NO_AGENT=1 fob -q token unlock
is unlocked 'a private agent leaves it unlocked'
FOB_NO_AGENT=1 fob -q token lock
is locked 'until it is told'
run fob completion words -- token ''
expect_out_like '^lock$' 'completion knows of it'

# --- years in a safe ----------------------------------------------------------
fob -q code --at 1700000000 phone >code
run fob code --at 1708640030 phone
expect_status 5 'a code over 100 days after the last takes more than a touch'
expect_err "fob: token $SERIAL gave its last code for phone on \
2023-11-14T22:13:00Z, and takes a time more than 100 days later for a mistake: \
if your clock is right, take that mark back; run: fob token time-reset phone" \
    'which is told, and what to do'
fob -q token time-reset phone
run fob code --at 1893456000 phone
expect_status 0 'and then it works again'
fob -q token time-reset phone
fob -q token lock

# --- with the vault -----------------------------------------------------------
for how in lock 'lock --all' 'agent stop'; do
    unlock
    is unlocked "before fob $how it is unlocked"
    # shellcheck disable=SC2086
    run fob -q $how
    expect_status 0 "fob $how"
    expect_err '' 'says nothing with -q'
    is locked 'locks the token'
done
fob -q unlock
fob -q code phone >code
is unlocked 'a code unlocks it by the way'
fob -q lock
is locked 'and locking the vault locks that, too'
fob -q token unlock
run fob doctor
expect_out_like "^note tokens: token $SERIAL is unlocked, and the vault is not; \
run: fob token lock $SERIAL" 'a token that is open alone is told of'
fob -q lock
is locked 'and is locked without the vault ever having been opened'

fob -q agent stop
FOB_NO_AGENT=1 fob -q token unlock
fob -q unlock
fob -q lock
is unlocked 'a token that somebody else unlocked is left alone'
fob -q token lock

unlock
token_stop
token_start --touch
FOB_NO_AGENT=1 fob -q token unlock
fob -q lock
is unlocked 'and so is one that was unplugged and unlocked elsewhere'
fob -q token lock

printf '[fob]\nscrypt_log2_n = 14\nlock_idle_s = 1\n' >"$FOB_HOME/settings"
unlock
for _ in $(seq 40); do
    sleep 0.25
    FOB_NO_AGENT=1 fob --json token info 2>/dev/null | grep -q '"locked"' &&
        break
done
is locked 'the idle lock locks it'
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"
unlock
kill -TERM "$(fob --json agent status | python3 -c \
    'import json, sys; print(json.load(sys.stdin)["pid"])')"
for _ in $(seq 40); do
    sleep 0.25
    [ -S "$FOB_HOME/run/agent.sock" ] || break
done
is locked 'an agent that is told to end locks it, too'

# --- one that is in use, or gone ----------------------------------------------
unlock
token_stop
run fob lock
expect_status 0 'a token that is gone keeps nobody waiting'
expect_err 'The vault is locked.' 'and needs no word'
token_start
unlock
fob code phone >code 2>error &
caller=$!
for _ in $(seq 40); do
    grep -q touch error && break
    sleep 0.25
done
sleep 1
run fob lock
expect_status 0 'nor does one that waits for a finger'
expect_err "token $SERIAL is in use, and locked as soon as it is free
The vault is locked." 'which is told'
run fob --json agent status
expect_json "it['locked']" 'the vault is locked by then'
kill $caller
wait $caller
for _ in $(seq 40); do
    sleep 0.25
    FOB_NO_AGENT=1 fob --json token info 2>/dev/null | grep -q '"locked"' &&
        break
done
is locked 'and the token soon after'
finish
