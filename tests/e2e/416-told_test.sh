#!/bin/sh
# SPDX-License-Identifier: MIT
# What changes something says so, in a line on stderr, and with -q nothing; a
# passphrase for a new vault is asked only for what can be done.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
CONFIG=$AWS_CONFIG_FILE
CREDENTIALS=$AWS_SHARED_CREDENTIALS_FILE
printf '\n[profile bob]\nregion = eu-central-1\n[profile keyless]\nregion = eu-central-1\n' >>"$CONFIG"
ctl user create bob >bob
ctl key ini bob bob >>"$CREDENTIALS"

# --- before there is a vault ------------------------------------------------
for command in 'enroll bbo' 'keys import bbo' 'enroll keyless'; do
    # shellcheck disable=SC2086
    FOB_PASSPHRASE_FILE='' run fob $command
    expect_error 3 'no profile bbo|no access key|no vault' \
        "fob $command: asks for no passphrase"
    expect 'and makes no vault' test ! -e "$FOB_HOME/vault"
done

# --- devices ----------------------------------------------------------------
run fob enroll bob
BOB=arn:aws:iam::111122223333:mfa/bob
expect_out $BOB
expect_err_like "^mfa_serial of profile bob in $CONFIG is now $BOB\.$"
expect_err_like "^The long-term key of profile bob is still in plaintext in \
$CREDENTIALS; run: fob keys import bob$" 'and what is left to do'
cp "$CONFIG" after
run fob enroll bob
expect 'what changes nothing is not said to' sh -c '! grep -q "is now" err'
run fob keys import bob
expect_err_like "^The key is in the vault, and no more in $CREDENTIALS"
run fob keys rotate bob
expect_err 'The new key of profile bob is in the vault; AWS has the old one no more.'
run fob replace bob
expect_err "mfa_serial of profile bob in $CONFIG is now $BOB-2."
run fob unenroll bob
expect_err "mfa_serial is taken out of profile bob in $CONFIG."
run fob keys remove bob
expect_err 'The key of bob is out of the vault; AWS takes it until it is deleted there.'

# --- accounts, sessions, the vault ------------------------------------------
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
run fob rename phone mine
expect_err 'The account phone is now called mine.'
run fob -q rename mine phone
expect_err '' '-q says nothing'
run fob sessions --clear
expect_err 'All cached sessions are forgotten.'
run fob resync work
expect_err_like '^AWS has taken two codes in a row'
run fob lock
expect_err 'The vault is locked.'
fob -q agent stop
run fob lock
expect_err 'No agent is running: the vault is locked.'
fob -q unlock

# --- what takes its time says how long --------------------------------------
fob code phone >/dev/null
now=$(date +%s)
fob -q credentials work >/dev/null
timeout 4 fob resync work </dev/null >out 2>err
last='fob resync in a script'
out='' status=0
expect 'a script is told how long it takes' grep -Eq \
    'codes of now are used up: the next two that are not come in [0-9]+ s' err
[ "$now" -gt 0 ]

# --- an encrypted import ----------------------------------------------------
"$PYTHON" "$TOP/tests/e2e/exports.py"
run fob import sealed.json </dev/null
expect_error 4 'encrypted, and nobody can be asked.*--password-file FILE'

finish
