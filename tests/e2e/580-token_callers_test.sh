#!/bin/sh
# SPDX-License-Identifier: MIT
# One caller waits for a finger on a token; nobody else waits for that finger.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/usb.sh
. "$TOP/tests/lib/usb.sh"
why=$(usb_missing)
[ -z "$why" ] || { echo "1..0 # SKIP $why"; exit 0; }
cd "$work" || exit 1
trap 'usb_stop; stop_all' EXIT
aws_start
usb_start 2
# shellcheck disable=SC2119
usb_agent

ONE=666f62656d750001
TWO=666f62656d750002
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV
THIRD=ORUGKIDUNBUXEZBAMRSXM2LDMUQGSZJAONSWGZDJ

# --- alice has a device on token 1, bob one on token 2 -----------------------
ctl user create bob >/dev/null
BOB=$(ctl device create bobs --user bob --seed "$OTHER")
ctl key ini bob bob >>"$AWS_SHARED_CREDENTIALS_FILE"
printf '[profile bob]\nmfa_serial = %s\n' "$BOB" >>"$AWS_CONFIG_FILE"
echo "$SEED" | FOB_TOKEN=$ONE fob -q add --on token --secret - \
    --serial "$ARN" phone >/dev/null
echo "$OTHER" | FOB_TOKEN=$TWO fob -q add --on token --secret - \
    --serial "$BOB" bobs >/dev/null
echo "$SEED" | fob -q add --force --secret - vaulted >/dev/null

# A caller of a code on token 1, who waits for the finger.
begin() {
    fob -q code phone >"$work/code" 2>error &
    first=$!
    world 1 await-led
}

# Nobody has touched it yet, and then somebody does.
end() { # WHAT
    [ ! -s code ] && kill -0 "$first"
    point $? 'the first caller still waits'
    world 1 press
    wait "$first" && [ "$(wc -c <code)" = 7 ]
    point $? 'and gets a code when it is touched'
}

begin
run timeout 10 fob code vaulted
expect_status 0 'a code from the vault'
run timeout 10 fob --json token list
expect_json "sorted((t['serial'], t['state']) for t in it) == [
    ('$ONE', 'busy'), ('$TWO', 'open')]" 'the list says who is busy'
run timeout 10 fob token info $TWO
expect_status 0 'another token tells of itself'
run timeout 10 fob token identify $TWO
expect_status 0 'and blinks'
fob -v credentials bob >session 2>waiting &
second=$!
await_line "touch the token $TWO, 15 s left" waiting
world 2 press
wait "$second"
point $? 'and is touched for a session'
end

# --- the same token, and no other device -------------------------------------
begin
fob -v credentials work >session 2>waiting &
second=$!
await_line 'waiting for another fob to finish with the token' waiting
end
await_line "touch the token $ONE, 15 s left" waiting
point $? 'whoever needs the same token has it next'
world 1 press
wait "$second"
point $? 'for a touch of his own'
[ "$(ctl log count GetSessionToken)" = 2 ]
point $? 'for one call to STS'

# --- another device of the same user -----------------------------------------
SPARE=$(ctl device create spare --user alice --seed "$THIRD")
echo "$THIRD" | fob -q add --secret - --serial "$SPARE" spare >/dev/null
sed "s|^mfa_serial = $ARN|mfa_serial = $SPARE|" "$AWS_CONFIG_FILE" >config.spare
AWS_CONFIG_FILE=$work/config.spare fob -q credentials work >session
fob -q sessions --clear
begin
run timeout 10 fob -v credentials work
expect_status 0 'a device in the vault stands in for a busy token'
expect_err_like "using the device $SPARE"
end

# --- whoever waits can leave -------------------------------------------------
begin
fob -v code phone >code.2 2>waiting.2 &
second=$!
await_line 'waiting for another fob to finish with the token' waiting.2
kill "$first"
wait "$first" 2>/dev/null
await_line "touch the token $ONE, 15 s left" waiting.2
world 1 press
wait "$second" && [ "$(wc -c <code.2)" = 7 ]
point $? 'a caller who leaves makes room for the next'
run fob --json token info $ONE
expect_json "it['strangers'] == []" 'fob asked for each code that was given'
finish
