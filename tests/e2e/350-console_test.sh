#!/bin/sh
# SPDX-License-Identifier: MIT
# A device that is made in the console, by people who may do nothing else:
# from its QR code to a session, in one command at a terminal.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
cd "$work" || exit 1
aws_bare
cp "$AWS_CONFIG_FILE" config.bare
NAME='Amazon Web Services:phone@111122223333'

# scene [NAME [OPTION ...]]: a fresh server with alice, who may not make or
# enable devices by herself, and in phone.png the console's picture for her.
scene() {
    device=${1:-phone}
    [ $# = 0 ] || shift
    fob -q agent stop >stopped 2>&1
    ctl server reset
    rm -rf "$FOB_HOME"
    mkdir -m 700 "$FOB_HOME"
    printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"
    cp config.bare "$AWS_CONFIG_FILE"
    ctl user create alice >"$work/alice"
    ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
    PHONE=$(ctl device create "$device" "$@" --png "$work/phone.png")
    for action in CreateVirtualMFADevice EnableMFADevice; do
        ctl fault add $action error --times always
    done
}

# The person: types the two codes that the terminal shows last, and Return.
cat >console <<'END'
#!/bin/sh
pair=$(printf '%s\n' "$SCREEN" | sed -n 's/.*form: \([0-9]* [0-9]*\)$/\1/p' |
    tail -n 1)
exec "$PYTHON" "$TOP/tests/aws/ctl.py" device enable "$1" alice $pair
END
chmod +x console
types() { # DEVICE
    echo "for two others=!./console '$1'"
}
# At a terminal, with stdout in the file data.
add() { # [PROMPT=ANSWER ...] -- OPTION ...
    dialogue='' separator=''
    while [ "$1" != -- ]; do
        dialogue="$dialogue$separator$1"
        separator='
'
        shift
    done
    shift
    IFS='
'
    # shellcheck disable=SC2086 # a dialogue is lines
    run_tty $dialogue -- sh -c 'fob add "$@" >data' - "$@"
    unset IFS
    last="fob add $* (at a terminal)"
}

# --- all in one -------------------------------------------------------------
scene
add "$(types phone)" -- --qr phone.png --profile work
expect_status 0 'a QR code, two codes for the console, and all is done'
expect 'stdout has the name and nothing else' test "$(cat data)" = "$NAME"
expect_out_like 'profile work now has mfa_serial' 'it is told what was written'
expect_serial work "$PHONE"
expect 'the config keeps its comment' grep -qx '# mine' "$AWS_CONFIG_FILE"
run fob --json list
expect_json "it[0]['serial'] == '$PHONE'" 'the account is bound to the device'
ctl log clear
run fob credentials work
expect_status 0
run ctl log count GetSessionToken
expect_out 0 'the session that proved it is there to be had'
run ctl --json device show phone
expect_json "it['last_pair'] not in (int(s) for s in it['spent'].split(','))" \
    'minted with a code that the console did not have'
run ctl log count EnableMFADevice
expect_out 0 'fob enabled nothing'

# Cut at the two codes, and the same command once more.
scene
add 'for two others=^C' -- --qr phone.png --profile work
expect_status 130 '^C at the codes'
add "$(types phone)" -- --qr phone.png --profile work
expect_status 0 'and the same command goes on'
expect_out_like "stored already, as $NAME: going on" 'which is said'
expect_serial work "$PHONE" 'to the end'
run fob --json list
expect_json 'len(it) == 1' 'with one account'
add -- --qr phone.png --profile work other
expect_status 0 'once more changes nothing, whatever the name'
run fob add --qr phone.png
expect_error 1 'stored already, as .*fob code' 'without a profile it is there already'

# Where IAM lists it by its account's alias and in a folder.
scene desk --path /team/
ctl account alias mycorp
ctl device png desk >phone.png
add "$(types desk)" -- --qr phone.png --profile work
expect_status 0 "an account's alias in the QR code"
expect_serial work 'arn:aws:iam::111122223333:mfa/team/desk' \
    'AWS tells the path that the QR code left out'

# --- nobody there -----------------------------------------------------------
scene
run fob add --qr phone.png --profile work
expect_status 0 'without a terminal the seed is stored'
expect_out "$NAME"
expect_err_like "fob pair '$NAME'; then: fob enroll --profile work --account \
'$NAME'$" 'and what to run next is said, in one line'
expect 'of one line' test "$(wc -l <err)" = 1
expect_serial work ''
run fob enroll --profile work --account "$NAME"
expect_error 3 "cannot be told; .*fob pair '$NAME'" 'nothing blocks there either'
expect_serial work ''
# shellcheck disable=SC2046
ctl device enable phone alice $(fob pair phone)
run fob enroll --profile work --account phone
expect_status 0 'that command goes on from there'
expect_out "$PHONE"
expect_serial work "$PHONE"
scene
run fob --json add --qr phone.png --profile work
expect_json "it == {'name': '$NAME'}" 'JSON'
scene
run fob add --qr phone.png --profile wrok
expect_error 3 'wrok.*work' 'a profile that is not there is told first'
run fob list
expect_out '' 'and nothing is stored'

# --- the person is slow, or gives up ----------------------------------------
scene
add 'for two others=' "no such device" \
    "for two others=!$PYTHON \$TOP/tests/aws/ctl.py clock advance 31" \
    "no such device" "$(types phone)" -- --qr phone.png --profile work
expect_status 0 'whoever is too quick with Return gets two codes again'
expect 'other ones' test "$(grep -o 'form: .*' out | sort -u | wc -l)" -ge 2
expect_serial work "$PHONE"
scene
add 'for two others=n' "$(types phone)" -- --qr phone.png --profile work
expect_status 0 'two others on demand'
expect 'they are' test "$(grep -o 'form: .*' out | sort -u | wc -l)" = 2
for end in C:130 D:3; do
    scene
    add "for two others=^${end%:*}" -- --qr phone.png --profile work
    expect_status "${end#*:}" "^${end%:*} ends it"
    expect 'the name was told' test "$(cat data)" = "$NAME"
    run fob list
    expect_out_like "^$NAME " 'the seed is stored'
    expect_serial work ''
    expect 'no journal is left' no_journal
    run_tty "$(types phone)" -- fob enroll --profile work --account phone
    expect_status 0 'and fob enroll finishes, with codes for the console, too'
    expect_serial work "$PHONE"
done

# --- AWS does not list ------------------------------------------------------
scene
ctl fault add ListMFADevices error --times always
add "$(types phone)" "is [$PHONE]=" -- --qr phone.png --profile work
expect_status 0 'without the right to list, the ARN is asked for'
expect_serial work "$PHONE" 'and Return takes the one that the QR code suggests'
scene phone --path /team/
ctl fault add ListMFADevices error --times always
add "$(types phone)" 'is [=arn:aws:iam::999999999999:mfa/phone' \
    'another AWS account' 'is [=arn:aws:iam::111122223333:sms-mfa/phone' \
    'an SMS device' "is [=$PHONE" -- --qr phone.png --profile work
expect_status 0 'what can be no device of the user is asked for again'
expect_serial work "$PHONE"
scene phone --path /team/
ctl fault add ListMFADevices error --times always
run fob -q add --qr phone.png phone
# shellcheck disable=SC2046
ctl device enable phone alice $(fob pair phone)
run fob -q enroll --profile work --account phone --device "$PHONE"
expect_status 0 'an ARN that is given needs no list and nobody there'
expect_serial work "$PHONE"

# --- several devices --------------------------------------------------------
scene phone --path /b/
OTHER=$(ctl device create phone --path /a/)
# shellcheck disable=SC2046
ctl device enable "$OTHER" alice $(ctl device pair "$OTHER")
add -- --qr phone.png --profile work
expect_status 6 'another device of that name is not taken for it'
expect_out_like 'fob enroll --profile work --account' 'how to go on is told'
run fob --json list
expect_json "'serial' not in it[0]" 'and nothing is bound'
expect_serial work ''
# shellcheck disable=SC2046
ctl device enable "$PHONE" alice $(fob pair phone)
ctl clock advance 180
run_tty "MFA device that $NAME is:=$PHONE" -- \
    fob enroll --profile work --account phone
expect_status 0 'of two that it may be, the person says which'
expect_serial work "$PHONE"
scene phone
ctl device create first --user alice --seed "$SEED" >first.arn
echo "$SEED" | fob -q add --secret - first --serial "$(cat first.arn)" >added
printf 'mfa_serial = %s\n' "$(cat first.arn)" >>"$AWS_CONFIG_FILE"
fob credentials work >session
ctl fault add ListMFADevices error --times 1
add "$(types phone)" 'in its place? [yes/no]=no' -- --qr phone.png \
    --profile work
expect_status 0 'a list that wants MFA gets a session of the first device'
expect_out_like "profile work keeps its mfa_serial $(cat first.arn)" \
    'a profile that has one keeps it'
expect_serial work "$(cat first.arn)"
run fob --json list
expect_json "it[1]['serial'] == '$PHONE'" 'the new one is bound all the same'
fob -q remove --force "$NAME"
run fob -q add --qr phone.png again
run_tty 'in its place? [yes/no]=yes' -- fob enroll --profile work --account again
expect_status 0
expect_serial work "$PHONE" 'unless it is told otherwise'

# --- typed secrets, and what can be no device -------------------------------
scene
ctl device uri phone >seed.uri
ctl device seed phone >seed.txt
add "URI=$(cat seed.uri)" "$(types phone)" -- --uri - --profile work
expect_status 0 'the same with a URI'
expect_serial work "$PHONE"
scene
ctl device seed phone >seed.txt
run fob -q add --secret - mine <seed.txt
run_tty "$(types phone)" "is [$PHONE]=" -- \
    fob enroll --profile work --account mine
expect_status 0 'a secret without a label may be the one device that is left'
expect_serial work "$PHONE"
scene
echo 'otpauth://hotp/x?secret='"$SEED"'&counter=0' | fob -q add --uri - hotp \
    >added
run fob enroll --profile work --account hotp
expect_error 8 'no device of AWS' 'a HOTP account is no device of AWS'
run fob add --qr phone.png
ctl fault clear
run fob -q enroll --profile work --account phone --device nothing
expect_error 6 'nothing' 'a device that is not there is refused'
run fob --json list
expect_json "not any('serial' in a for a in it)" 'and the account bound to none'
run fob -q enroll --profile work --account phone --device phone
expect_status 0 'so that the right one can be given; fob enables it if it may'
expect_serial work "$PHONE"
echo "${SEED}AAAA" | fob -q add --secret - twin >added
run fob -q enroll --profile work --account twin --device phone
expect_error 1 "has $PHONE as the account $NAME already" \
    'two accounts for one device are told'

scene
run fob -q add --qr phone.png
run fob -q enroll --profile work --account phone --device phone
expect_error 3 "not enabled for user alice; .*fob pair '$NAME'" \
    'of whom may not enable it either, the console is the place'
run_tty "$(types phone)" -- \
    fob enroll --profile work --account phone --device phone
expect_status 0 'where it is waited for at a terminal'
expect_serial work "$PHONE"

# --- the hint ---------------------------------------------------------------
scene
add -- --qr phone.png
expect_status 0
expect_out_like "fob enroll --profile PROFILE --account '$NAME'" \
    "AWS's QR code at a terminal: what comes next"
github='otpauth://totp/GitHub:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
add "URI=$github&issuer=GitHub" -- --uri -
expect_status 0
expect 'of others nothing is said' sh -c '! grep -q enroll out'
finish
