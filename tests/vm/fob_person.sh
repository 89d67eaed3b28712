#!/bin/sh
# SPDX-License-Identifier: MIT
# fob and its token on a Linux machine, as its owner works with them; files
# are those of fob_test.py.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/vm/guest.sh
. /guest.sh
cd "$work" || exit 1
SERIAL=666f62656d750001
HIDRAW=/dev/hidraw0
DEVICE=/sys/bus/usb/devices/1-1
FOB_TOKEN_PASSPHRASE_FILE=$work/token-passphrase
export FOB_TOKEN_PASSPHRASE_FILE
echo 'a token of mine' >"$FOB_TOKEN_PASSPHRASE_FILE"

# A code with a touch, to be judged by who reads the console.
touched_code() { # WHAT
    before=$(date +%s)
    touching run fob -q code phone
    echo "CODE $before ${out:-none} $(date +%s) $1"
}

expect_line() { # TEXT WHAT
    printf '%s\n' "$out" | grep -qxF -e "$1"
    point $? "$2"
}

# Past the seconds in which power that came counts as a touch.
await_settled() {
    until fob token info 2>info.err | grep -q '^seconds since power-up: ..'; do
        sleep 0.5
    done
}

# --- the token ----------------------------------------------------------------
await $HIDRAW there 'the token is there'
run fob token list
expect_out_like "^$SERIAL +open +0 +hid" 'fob finds it, not as root'
run fob token info
expect_line "version: $VERSION" 'it tells its version'
touching run fob token init
expect_out "$SERIAL" 'it is made ready, and given a passphrase'
run fob token list
expect_out_like "^$SERIAL +unlocked +0 +hid" 'which counts from then on'

# --- codes --------------------------------------------------------------------
run fob add --on token --qr /qr.png phone
expect_out phone 'a seed from a picture'
touched_code "the token's code is oathtool's"
run fob export phone --uri
expect_error 8 'gives it to nobody'

# --- AWS ------------------------------------------------------------------------
AWS_CONFIG_FILE=$work/config
AWS_SHARED_CREDENTIALS_FILE=/aws/credentials
AWS_ENDPOINT_URL=http://127.0.0.1:$PORT
export AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_ENDPOINT_URL
printf '[profile work]\nregion = eu-central-1\n' >config
touching run fob -q enroll --profile work --on token
expect_out_like ':mfa/' 'a device is enrolled, its seed on the token'
touching run fob -q credentials work
expect_out_like '"AccessKeyId": ?"ASIA' 'and gives sessions'
run fob devices --profile work
expect_out_like "$SERIAL" 'its seed is there and nowhere else'

# --- new firmware -------------------------------------------------------------
await_settled
run fob -v token flash /older.bin
expect_status 2 'older firmware is refused'
expect_err "fob: token $SERIAL has version $VERSION, the file the older $OLDER;\
 write it all the same with --force" 'and no touch asked for'
touching run fob -v token flash /newer.uf2
expect_status 0 'a touch, and new firmware is written'
expect_err_like "touch the token $SERIAL" 'the touch was asked for'
expect_line "serial: $SERIAL" 'it says who came back'
expect_line "version: $NEWER" 'with what, by its own account'
expect_line "before: $VERSION" 'in place of what'
expect_line 'bus: 1-1' 'and where'
await $HIDRAW there
run fob token info
expect_line "version: $NEWER" 'the token says so itself'
touched_code 'it has its accounts, and gives the code'

fob -v token flash /newest.uf2 >out 2>err &
caller=$!
world await-led
world off
wait $caller
status=$?
last='fob token flash' err=$(tail -n 1 err)
expect_status 5 'unplugged while it is asked to leave'
expect_err_like "^fob: .*$SERIAL went away.*plug it in again" 'it says so'
await $HIDRAW gone
world on
await $HIDRAW there

world cut 40 # in the middle of writing
touching run fob token flash /newest.uf2
[ "$status" != 0 ]
point $? 'the power goes in the middle of writing'
expect_err_like 'the boot loader cannot be lost: hold BOOTSEL' \
    'the way on is told'
await $DEVICE gone
world on
await $DEVICE there
run fob token list
expect_out '' 'it does not run'
run fob token flash /older.bin
expect_line "version: $OLDER" 'a board without firmware takes any, and no touch'
await $HIDRAW there
FOB_NO_AGENT=1
export FOB_NO_AGENT
touching run fob token flash /newest.uf2
expect_line "version: $NEWEST" 'and from there the newest, by a private agent'
unset FOB_NO_AGENT
run fob token flash /newer.uf2
expect_status 2 'than which the one before is older'
await $HIDRAW there
touched_code 'the accounts were never touched'

# --- a hand on the plug -------------------------------------------------------
fob code phone >out 2>err &
caller=$!
world await-led
run timeout 20 fob list
expect_out_like '^phone' 'who needs no token waits for none'
world off
wait $caller
status=$?
last='fob code phone'
expect_status 5 'unplugged while it waits for a touch'
err=$(cat err)
[ "$(wc -l <err)" = 1 ]
point $? 'that is one line'
expect_err_like "^fob: .*token $SERIAL went away.*; plug it in again" \
    'which says what to do'
await $HIDRAW gone
run fob token list
expect_out '' 'it is in no list'
run fob code phone
expect_error 5 "plug in token $SERIAL"
world on
await $HIDRAW there
run fob token list
expect_out_like "^$SERIAL +locked +2 +hid" 'plugged in, it is there and locked'
touched_code 'and gives the code again'
finish
