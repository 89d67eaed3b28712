#!/bin/sh
# SPDX-License-Identifier: MIT
# Tokens in USB ports: the real image in its emulator, Debian's hidapi and
# udev, and the nodes and the /sys of umockdev between them.
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
usb_agent

ONE=666f62656d750001
TWO=666f62656d750002
FOB_TOKEN_PASSPHRASE_FILE=$work/token-passphrase
export FOB_TOKEN_PASSPHRASE_FILE
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"

# Give a code of `phone` with a finger on board 1.  A locked token blinks, too,
# so the finger goes by what fob says.
touched_code() {
    rm -f error
    fob -v code phone >"$work/code" 2>error &
    caller=$!
    await_line "touch the token $ONE, 15 s left" error
    world 1 press
    wait "$caller"
    status=$?
    cp code out
    cp error err
    out=$(cat code)
}

# --- which -------------------------------------------------------------------
run fob --json token list
expect_json "[(t['serial'], t['state'], t['transport']) for t in it] == [
    ('$ONE', 'open', 'hid'), ('$TWO', 'open', 'hid')]" 'two tokens are seen'
run fob token info
expect_error 3 'more than one token .*FOB_TOKEN' 'which of them must be said'
run fob --json token info $TWO
expect_json "it['serial'] == '$TWO'" 'by its serial'
run env FOB_TOKEN=$ONE fob --json token info
expect_json "it['serial'] == '$ONE'" 'or by FOB_TOKEN'
run env FOB_TOKEN=0123456789abcdef fob token info
expect_error 5 'plug in token 0123456789abcdef' 'one that is not here'
run fob token identify $TWO
expect_status 0 'one of them blinks'

# --- codes -------------------------------------------------------------------
run fob token init $ONE
expect_out $ONE 'init within the first seconds of power needs no touch'
run fob --json token info $ONE
expect_json 'it["state"] == "unlocked"' 'it has a passphrase'
run_sh "echo $SEED | FOB_TOKEN=$ONE fob -q add --on token --secret - \
    --serial $ARN phone"
expect_out phone
before=$(oathtool --totp -b "$SEED")
touched_code
[ "$out" = "$before" ] || [ "$out" = "$(oathtool --totp -b "$SEED")" ]
point $? 'the code is the one that oathtool gives'
run fob --json token info $ONE
expect_json 'it["strangers"] == [] and it["accounts"] == 1' \
    'and the only one that it gave'
world 1 press &
finger=$!
run fob -v credentials work
wait "$finger"
expect_status 0 'a session with a code of the token'
expect_err_like "touch the token $ONE"
run caller_arn work-mfa
expect_out_like ':user/alice$' 'which an SDK uses'

# --- in and out --------------------------------------------------------------
world 2 off
usb_await unplugged 2
run fob --json token list
expect_json "[t['serial'] for t in it] == ['$ONE']" 'one is pulled out'
run env FOB_TOKEN= fob token identify
expect_status 0 'the only one needs no name'
rm error
fob -v code phone >"$work/code" 2>error &
caller=$!
await_line "touch the token $ONE, 15 s left" error
world 1 off
wait "$caller"
status=$?
cp error err
[ "$status" = 5 ] && grep -q "token $ONE went away" error && [ ! -s code ]
point $? 'pulled out while it waits for a touch'
usb_await unplugged 1
run fob code phone
expect_error 5 "plug in token $ONE" 'and gone then'
world 1 on
world 2 on
usb_await plugged 1
usb_await plugged 2
run fob --json token list
expect_json "sorted((t['serial'], t['state']) for t in it) == [
    ('$ONE', 'locked'), ('$TWO', 'open')]" 'it comes back locked'
touched_code
[ "$status" = 0 ] && [ "$(wc -c <code)" = 7 ]
point $? 'and goes on'
run fob -q token unlock $ONE
expect_status 0
echo 'another one' >"$FOB_TOKEN_PASSPHRASE_FILE"
world 1 pass 11000
world 1 press &
finger=$!
run fob -q token password $ONE
wait "$finger"
expect_status 0 'a new passphrase takes a touch'
usb_replug 1
run fob -q token unlock $ONE
expect_status 0 'and opens it'
run fob token reset --force $ONE
expect_status 0
run fob code phone
expect_error 3 'no longer has the seed' 'a reset erases it'

# --- no way in ---------------------------------------------------------------
fob -q agent stop
chmod 0 "$(readlink "$usb_dir/dev/hidraw1")"
# Whoever is root is let in all the same, but for this.
set -- setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all
[ "$(id -u)" = 0 ] || set --
usb_agent "$@"
run fob token info $TWO
expect_error 5 'udev rules' 'a device that is not ours to open'
run fob token info
expect_error 5 'udev rules' 'is told of when none is named, too'
run fob --json token list
expect_json "[t['serial'] for t in it] == ['$ONE']" 'others are still seen'
denied='^problem tokens: the system does not let fob near .*udev rules'
run fob doctor
expect_out_like "$denied" 'as by fob doctor'
world 1 off
usb_await unplugged 1
fob -q unlock
run fob doctor
expect_out_like "$denied"
expect_out_like "^note tokens: token $ONE, with the seed of phone, is not \
plugged in; plug in token $ONE" 'which knows that it is another one'
run fob token list
expect_err_like 'not yours to open.*udev rules' 'an empty list says why it is'
finish
