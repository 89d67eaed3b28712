#!/bin/sh
# SPDX-License-Identifier: MIT
# Seeds on a token: the simulated one, whose button, power and clock are ours.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
cd "$work" || exit 1

code_now() {
    oathtool --totp -b "$SEED"
}

SERIAL=666f6273696d0001

# --- none, and a fresh one --------------------------------------------------
run fob token list
expect_status 0 'no token is no error'
expect_out ''
run fob token info
expect_error 5 'no token is plugged in'
token_start --touch
run fob token list
expect_out_like "^$SERIAL +open +0 +sim"
run fob --json token list
expect_json "it[0]['serial'] == '$SERIAL' and it[0]['room'] >= 64" 'in JSON'
run fob token info
expect_out_like "^serial: $SERIAL\$"
expect_err_like 'without a passphrase' 'a bare token is told of'
run fob token info 0000000000000000
expect_error 5 'plug in token 0000000000000000'
run fob token list more
expect_error 2 'fob token --help'
run fob token identify
expect_status 0
run fob token unlock
expect_status 0
expect_err "Token $SERIAL has no passphrase." 'where there is nothing to unlock'

# --- init -------------------------------------------------------------------
FOB_TOKEN_PASSPHRASE_FILE=$work/token-passphrase
run fob token init
expect_error 4 'new passphrase.* nobody .*; .*PASSPHRASE_FILE.* --open' \
    'nobody is there to say a new passphrase'
export FOB_TOKEN_PASSPHRASE_FILE
: >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob token init
expect_error 8 'passphrase is empty'
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob -v token init
expect_status 0
expect_out "$SERIAL" 'init prints the serial'
run fob --json token info
expect_json 'it["state"] == "unlocked" and it["accounts"] == 0' 'it is sealed'

# --- codes ------------------------------------------------------------------
run_sh "echo $SEED | fob -v add --on token --secret - phone"
expect_status 0
expect_out phone
run_sh "echo $SEED | fob add --on token --secret - other"
expect_status 0 'the vault cannot tell that the seed is there already'
run fob remove other
expect_status 0 'what is removed goes from the token, too'
run fob --json token info
expect_json 'it["accounts"] == 1' 'one account is left there'
run_sh "(trap '' XFSZ; ulimit -f 0; echo $SEED |
    FOB_NO_AGENT=1 fob add --on token --secret - full) 2>&1 | cat"
expect_out_like '^fob: .*File too large' 'the vault cannot be written'
run fob --json token info
expect_json 'it["accounts"] == 1' 'and the seed is taken back from the token'
run fob token init
expect_error 1 'has 1 account; to erase them: fob token reset' 'init erases no seed'
run_tty 'Erase=no' -- fob token reset
expect_status 4 'nor does a reset to which the answer is no'
run fob --json token info
expect_json 'it["accounts"] == 1'  'all is left there'
run_sh "echo $SEED | fob add --on token --secret - phone"
expect_error 1 'phone' 'a name is taken once'
run_sh "echo $SEED | sed 's|.*|otpauth://totp/phone?secret=&|' |
    fob add --on token --uri - second"
expect_error 1 'has the seed of phone already under the name phone' \
    'and a name on the token, too'
expect 'the seed is in no file of fob' sh -c '! grep -rqa "$1" "$2"' - \
    "$SEED" "$FOB_HOME"
run fob --json list
expect_json "it[0]['place'] == '$SERIAL'" 'the list says where the seed is'
before=$(code_now)
run fob -v code phone
[ "$out" = "$before" ] || [ "$out" = "$(code_now)" ]
point $? 'the token gives the code that oathtool gives'
expect_err_like "touch the token $SERIAL, 1[45] s left" 'and was touched for it'
run fob -v pair phone
expect_out_like '^[0-9]{6} [0-9]{6}$'
expect_err_like "touch the token $SERIAL \\(1 of 2\\), 1[45] s left" \
    'the first of two touches'
expect_err_like "touch the token $SERIAL \\(2 of 2\\), 1[45] s left" 'the second'
run fob export phone --uri
expect_error 8 'gives it to nobody'
run fob code --at 1000000000 phone
expect_error 5 "fob token time-reset phone" 'an older code is refused'
run fob --json token info
expect_json 'it["strangers"] == []' 'fob asked for each code'
run_sh 'echo GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ |
    sed "s|.*|otpauth://hotp/c?secret=&\&counter=7|" |
    fob add --on token --uri - counted'
run fob code counted
expect_out 162583 'RFC 4226, counter 7'
run fob code counted
expect_out 399871 'counter 8'
run fob --json token info
expect_json 'it["strangers"] == []' 'codes of a counter are noted as well'

# --- strangers --------------------------------------------------------------
"$PYTHON" - "$work/socket" <<'PY'
import sys, os
sys.path.insert(0, os.environ["TOP"] + "/tests/lib")
import sim, time
card = sim.Card(sim.Hid(sys.argv[1]))
card.select()
# So far ahead that no step of a slow machine brings it near.
card.code(b"phone", int(time.time()) // 30 + 20)
PY
run fob --json token info
expect_json '[(i["name"], i["touched"]) for i in it["strangers"]] == [
    ("phone", True)]' 'a code for somebody else is shown'
run fob token info
expect_err_like 'gave 1 code that fob, here, did not ask for'
run fob -q code phone
expect_error 5 'gives none of an earlier time'
run fob code phone
expect_err_like "for phone that fob, here, did not ask for; see: fob token info" \
    'who asks for a code is told of it as well'
run fob -v token time-reset phone
expect_status 0
before=$(code_now)
run fob code phone
[ "$out" = "$before" ] || [ "$out" = "$(code_now)" ]
point $? 'after a time reset it goes on'
run fob code phone
expect_err '' 'and a code of its own is nothing to tell of'

# --- the passphrase ---------------------------------------------------------
world replug
run fob --json token list
expect_json 'it[0]["state"] == "locked"' 'a token that comes back is locked'
run fob --json token info
expect_json 'it["state"] == "locked" and "strangers" not in it' \
    'a log that cannot be read is not said to be empty'
run env FOB_TOKEN_PASSPHRASE_FILE= fob code phone
expect_error 4 'fob token unlock' 'nobody can be asked'
run env FOB_TOKEN_PASSPHRASE_FILE= fob token unlock
expect_error 4 'FOB_TOKEN_PASSPHRASE_FILE' 'a script is told how to answer'
run fob token unlock
expect_status 0
expect_err_like "^Token $SERIAL is unlocked until the vault is locked or it is unplugged"
run fob -q code phone
expect_out_like '^[0-9]{6}$' 'a locked token asks as it needs to'
world replug
for left in 7 6 5 4 3 2 1 0; do
    run_tty --plain 'Passphrase of token=wrong' -- \
        env -u FOB_TOKEN_PASSPHRASE_FILE fob token unlock
    expect_status 4
    expect_err_like "$left tr(y|ies) left; (run: fob token unlock $SERIAL|to \
erase it: fob token reset $SERIAL)\$" "a wrong one, $left left"
done
run fob token unlock
expect_error 5 'fob token reset' 'eight were enough'
run fob token reset
expect_error 4 'fob token reset --force'
run fob token reset --force
expect_status 0
run fob --json token info
expect_json 'it["accounts"] == 0 and it["tries"] == 8' 'it starts anew'
run fob code phone
expect_error 3 'no longer has the seed'
run fob remove phone
expect_status 0 'such an account can be removed'
token_stop

# --- the button, and a hand on the plug -------------------------------------
token_start
world replug
run_sh "echo $SEED | fob add --on token --secret - slow"
expect_status 0
before=$(code_now)
fob -q code slow >code 2>error &
caller=$!
world press
wait "$caller"
[ "$(cat code)" = "$before" ] || [ "$(cat code)" = "$(code_now)" ]
point $? 'one touch, one code'
fob code slow >code 2>error &
caller=$!
world await-led
run timeout 5 fob list
expect_status 0 'who needs no token waits for none'
world off
wait "$caller"
status=$?
cp error err
err=$(cat error)
[ "$status" = 5 ] && grep -q 'went away' error
point $? 'unplugged while it waits for a touch'
world on
fob code slow >code 2>error &
caller=$!
world await-led
world pass 16000
wait "$caller"
[ $? = 5 ] && grep -q 'not touched in time; run the command again' error
point $? 'nobody came'
token_stop
token_start
fob code slow >code 2>error &
caller=$!
world await-led
kill "$caller"
wait "$caller" 2>/dev/null
world await-dark
point $? 'a caller who is gone takes the wait along'
fob -q code slow >code 2>error &
caller=$!
world press
wait "$caller"
point $? 'and leaves the token to the next'
fob -q agent stop
(trap - EXIT; FOB_NO_AGENT=1; export FOB_NO_AGENT
 fob -q code slow >code 2>error) &
caller=$!
world press
wait "$caller"
point $? 'a private agent does as well'
token_stop
run fob remove slow
expect_status 0 'a lost token does not keep its accounts'
expect_err_like 'stays there'
finish
