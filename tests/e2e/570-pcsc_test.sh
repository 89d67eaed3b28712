#!/bin/sh
# SPDX-License-Identifier: MIT
# Tokens behind PC/SC: Debian's libpcsclite and pcscd, a virtual reader, and in
# it the simulated token's CCID interface or a third-party card.
# slow
# shellcheck source=tests/lib/pcsc.sh
. "$TOP/tests/lib/pcsc.sh"
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
trap 'pcsc_stop; kill ${sim:-} 2>/dev/null; stop_all' EXIT
unset FOB_TOKEN
FOB_TOKEN_PASSPHRASE_FILE=$work/token-passphrase
export FOB_TOKEN_PASSPHRASE_FILE
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"

world() {
    "$PYTHON" "$TOP/tests/lib/world.py" "$work/socket" "$@"
}

# A code that was asked for after $before was noted.
is_code() { # WHAT
    [ "$out" = "$before" ] || [ "$out" = "$(oathtool --totp -b "$SEED")" ]
    point $? "$1"
}

# At a terminal that neither stdin nor stdout nor stderr leads to; when it shows
# the prompt, FINGER is run.
at_desk() { # PROMPT FINGER COMMAND ...
    prompt=$1 act=$2
    shift 2
    run_tty --plain "$prompt=!$act" -- "$@" </dev/null
}

# --- without one or the other ------------------------------------------------
hide() { # LIBRARY
    library=$(ldconfig -p | sed -n "s/.*$1 .*=> //p" | head -n 1)
    mount --bind /dev/null "$library"
}

hide 'libhidapi-hidraw\.so\.0'
run fob token list
expect_err_like '^libhidapi-hidraw\.so\.0 is not installed$'
run fob token info
expect_error 5 'libhidapi-hidraw.so.0 is not installed' 'without hidapi'
run fob doctor
expect_out_like '^note tokens: libhidapi-hidraw\.so\.0 is not installed$'
fob -q agent stop
umount "$library"
hide 'libpcsclite\.so\.1'
run fob token list
expect_out '' 'without libpcsclite there are no cards'
expect_err 'libpcsclite.so.1 is not installed, which third-party tokens need'
fob -q agent stop
umount "$library"
run fob token info
expect_error 5 'no token is plugged in; pcscd is not running.*; plug one in, then: fob token list$' \
    'without pcscd'
pcscd_start
run fob token list
expect_out '' 'a reader without a card'
expect_err ''
run fob token info
expect_error 5 'no token is plugged in; plug one in'

# --- the token's other interface -----------------------------------------------
SERIAL=666f6273696d0001
aws_start
"$O/fob-sim" "$work/flash" "$work/socket" &
sim=$!
await_file -S socket
card_in sim "$work/socket"
run fob --json token list
expect_json "[(t['serial'], t['state'], t['transport']) for t in it] == [
    ('$SERIAL', 'open', 'pcsc')]" 'the token is a card, too'
run fob token init
expect_out $SERIAL
run_sh "echo $SEED | fob -q add --on token --secret - --serial $ARN phone"
expect_out phone
before=$(oathtool --totp -b "$SEED")
at_desk "touch the token $SERIAL" \
    "'$PYTHON' '$TOP/tests/lib/world.py' '$work/socket' press" fob code phone
expect_status 0 'a touch is asked for at the terminal'
is_code 'and then the code is the one that oathtool gives'
world press &
finger=$!
run fob -q credentials work
wait "$finger"
expect_status 0 'a session with a code of the card'
run fob --json token info
expect_json "it['strangers'] == []" 'fob asked for all of its codes'
fob -q code phone >"$work/code" 2>error &
caller=$!
world await-led
card_pull
wait "$caller"
status=$?
cp error err
[ "$status" = 5 ] && grep -q "token $SERIAL went away" error
point $? 'pulled out while it waits for a touch'
await_card out
run fob code phone
expect_error 5 "plug in token $SERIAL" 'and gone then'
kill "$sim"
wait "$sim" 2>/dev/null

# --- a third-party card ------------------------------------------------------
card_in foreign 4
run fob --json token list
expect_json "[(t['state'], t['transport']) for t in it] == [
    ('open', 'pcsc')]" "a third-party card is seen"
OTHER=$("$PYTHON" -c 'import json, sys
print(json.load(open(sys.argv[1]))[0]["serial"])' out)
run fob --json token info
expect_json "(it['serial'] == '$OTHER' and
    not {'version', 'strangers'} & set(it))" 'and is what it says, no more'
run fob token init
expect_error 8 'no fob token'
run_sh "echo $SEED | fob -q add --on token --secret - foreign"
expect_out foreign
run fob doctor
[ "$(grep ' tokens: ' out)" = "note tokens: token $SERIAL, with the seed of \
phone, is not plugged in; plug in token $SERIAL" ]
point $? 'fob doctor finds a card that has a seed'
before=$(oathtool --totp -b "$SEED")
touches=$((touches + 1))
at_desk "touch the token $OTHER" "kill -USR1 $card" fob code foreign
expect_status 0 'its touch is asked for'
is_code 'and its code is the one that oathtool gives'
run fob code foreign
expect_error 5 'was not touched in time' 'without one there is none'
touches=$((touches + 1))
MINE=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV
CARD=$(ctl device create card --user alice --seed "$MINE")
sed "s|^mfa_serial.*|mfa_serial = $CARD|" "$AWS_CONFIG_FILE" >config.card
echo "$MINE" | fob -q add --on token --secret - --serial "$CARD" card >/dev/null
touches=$((touches + 1))
at_desk "touch the token $OTHER" "kill -USR1 $card" \
    env AWS_CONFIG_FILE="$work/config.card" fob credentials work
expect_status 0 'a session with a code of it takes a touch as well'
expect_json "it['AccessKeyId'].startswith('ASIA')" 'and is one'
run_sh "echo $SEED | sed 's|.*|otpauth://totp/eight?secret=&\&digits=8\&algorithm=SHA256\&period=60|' |
    fob -q add --on token --no-touch --uri - eight"
expect_status 0 'an account that needs no touch'
before=$(oathtool --totp=SHA256 -d 8 -s 60 -b "$SEED")
run fob -q code eight
[ "$out" = "$before" ] ||
    [ "$out" = "$(oathtool --totp=SHA256 -d 8 -s 60 -b "$SEED")" ]
point $? 'with 8 digits, SHA-256 and 60 s'
run_sh 'echo GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ |
    sed "s|.*|otpauth://hotp/c?secret=&\&counter=7|" |
    fob -q add --on token --no-touch --uri - counted'
run fob code counted
expect_out 162583 'RFC 4226, counter 7'
ykman() {
    command ykman --reader "$READER" oath "$@"
}
run ykman accounts list
expect_out_like '^foreign$' 'ykman finds the accounts of fob'
for i in $(seq 6); do
    ykman accounts add --force "an account with a name of some length $i" "$SEED"
done
run_sh "echo $SEED |
    fob -q add --on token --secret - 'an account with a name of some length 6'"
expect_error 1 "has a seed named an account .* 6 already" \
    'a name is looked for in a listing of many pieces'
run fob remove counted
expect_status 0
run ykman accounts list
printf '%s\n' "$out" | grep -q counted
[ $? = 1 ] && [ "$(printf '%s\n' "$out" | wc -l)" = 9 ]
point $? 'what is removed goes from the card, too'

# --- its password ------------------------------------------------------------
run ykman access change -n 'a token of mine'
expect_status 0 'ykman sets a password'
run fob --json token list
expect_json "it[0]['state'] == 'password'"  'the list says that it has one'
run fob -q code eight
expect_out_like '^[0-9]{8}$' 'it is given as needed'
run fob token unlock
expect_status 0
expect_err_like 'asks for it each time' 'it stays open for one command only'
run env FOB_TOKEN_PASSPHRASE_FILE= fob code eight
expect_error 4 'nobody can be asked; .*FOB_TOKEN_PASSPHRASE_FILE' \
    'so that is the way out'
echo wrong >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob code eight
expect_error 4 'wrong password .*; run the' 'a wrong one is refused'
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob -q token password --open
expect_status 0 'fob takes it away'
run ykman accounts list
expect_out_like '^60/eight$' 'and ykman is asked for none'
echo 'another one' >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob -q token password
run ykman accounts list -p 'another one'
expect_out_like '^60/eight$' 'one that fob sets is ykman'"'"'s'
run fob -q code eight
expect_status 0 'and its own'

# --- somebody else has it ----------------------------------------------------
# An exclusive connection (E) or a transaction (T), until its stdin ends.
hold() { # E|T
    /usr/bin/python3 -c 'import smartcard.scard as pcsc, sys
context = pcsc.SCardEstablishContext(pcsc.SCARD_SCOPE_SYSTEM)[1]
share = (pcsc.SCARD_SHARE_EXCLUSIVE if sys.argv[2] == "E"
         else pcsc.SCARD_SHARE_SHARED)
code, card, _ = pcsc.SCardConnect(context, sys.argv[1], share,
                                  pcsc.SCARD_PROTOCOL_ANY)
assert code == 0, hex(code)
if sys.argv[2] == "T":
    assert pcsc.SCardBeginTransaction(card) == 0
print("held", flush=True)
sys.stdin.read()' "$READER" "$1"
}
mkfifo holding held
for kind in E T; do
    hold $kind <holding >held &
    holder=$!
    exec 4>holding
    read -r _ <held
    if [ $kind = E ]; then
        run fob code eight
        expect_error 5 "another program has the card in $READER" \
            'a card that another program has for itself'
        run fob --json token list
        expect_json "[(t['serial'], t['state']) for t in it] == [('', 'busy')]" \
            'is busy'
        run fob doctor
        expect_out_like "^note tokens: token $OTHER, .* cannot be looked at; plug" \
            'and may be the one that is missed'
    fi
    fob -v code eight >"$work/code" 2>error 4>&- &
    caller=$!
    await_line '.*waiting for another program.*' error
    exec 4>&-
    wait "$caller"
    status=$?
    cp error err
    [ $status = 0 ]
    point $? "and is waited for ($kind)"
    wait "$holder"
done

# --- a card in another reader ------------------------------------------------
SLOT=2 "$PYTHON" "$TOP/tests/lib/card.py" foreign >card.2 &
card2=$!
await_line in card.2
for _ in $(seq 100); do
    run fob --json token list
    expect='"open"'
    case $out in *"$expect"*) break ;; esac
    sleep 0.05
done
SECOND=$("$PYTHON" -c 'import json, sys
print(*[t["serial"] for t in json.load(open(sys.argv[1]))
        if t["state"] == "open"])' out)
run_sh "echo $SEED | FOB_TOKEN=$SECOND \
    fob -q add --on token --no-touch --secret - second"
expect_out second
fob -q code foreign >"$work/code" 2>error &
caller=$!
touches=$((touches + 1))
await_line "touch $touches" card
run timeout 3 fob -q code second
expect_status 0 'a card gives codes while another waits for a finger'
kill -USR1 "$card"
wait "$caller"
point $? 'which comes, and is for the other one'
kill -KILL "$card2"
wait "$card2" 2>/dev/null

# --- gone ----------------------------------------------------------------
fob -q code foreign >"$work/code" 2>error &
caller=$!
touches=$((touches + 1))
await_line "touch $touches" card
card_pull
wait "$caller"
status=$?
cp error err
[ "$status" = 5 ] && grep -q "token $OTHER went away" error
point $? 'pulled out while it waits for a touch'
await_card out
fob -q agent stop
card_in foreign
run fob --json token list
expect_json "it[0]['state'] == 'open'" 'another card takes its place'
run fob code eight
expect_error 5 "plug in token $OTHER" 'and is not taken for it'
pcscd_stop
run fob code eight
expect_error 5 "plug in token $OTHER; pcscd is not running"
finish
