#!/bin/sh
# SPDX-License-Identifier: MIT
# What goes out comes back: URIs and QR codes, read by zbarimg.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

URI="otpauth://totp/Amazon%20Web%20Services:alice?secret=$SEED&issuer=Amazon%20Web%20Services"
echo "$URI" | fob -q add --uri - work >/dev/null

run fob export --uri work
expect_status 0
expect_out_like "^otpauth://totp/.*secret=$SEED"
exported=$out
run_sh "fob -q remove work && echo '$exported' | fob add --uri - work"
expect_status 0
run fob export --uri work
expect_out "$exported" 'a URI goes round'
run fob --json export --uri work
expect_json 'it["name"] == "work" and it["uri"].startswith("otpauth://")' \
    'in JSON, too'

# --- pictures ---------------------------------------------------------------
umask 022
run fob export --qr --png work.png work
expect_status 0
expect_out ''
expect 'only its owner can read it' [ "$(stat -c %a work.png)" = 600 ]
expect 'zbarimg reads the PNG' [ "$(zbarimg -q --raw work.png 2>/dev/null)" = \
    "$exported" ]
echo old >old.png
chmod 644 old.png
run fob export --qr --png old.png work
expect 'a file that was there is replaced, and private' \
    [ "$(stat -c %a old.png)" = 600 ]
run_sh 'fob export --qr --png - work >stdout.png'
expect 'and - is stdout' cmp work.png stdout.png
run fob add --qr work.png again
expect_error 1 'work' 'fob reads what it drew'

run fob export --qr work
"$PYTHON" "$TOP/tests/e2e/render.py" out drawn.png
expect 'zbarimg reads the drawing in the terminal' \
    [ "$(zbarimg -q --raw drawn.png 2>/dev/null)" = "$exported" ]

# --- faults -----------------------------------------------------------------
run fob export --qr --png /dev/full work
expect_error 1 '/dev/full'
expect '/dev/full is as it was' [ -c /dev/full ]
run fob export --qr --png missing/work.png work
expect_error 1 'missing'
run_sh 'fob export --uri work >/dev/full'
expect_error 1 'No space left'
run fob export work
expect_error 2 'one of --qr and --uri'
run fob export --uri --png x.png work
expect_error 2 'png'
run fob export --uri nothing
expect_error 3 'nothing'

# --- the passphrase is asked for again --------------------------------------
run fob code work
expect_status 0 'the vault is open'
unset FOB_PASSPHRASE_FILE
run fob code work
expect_status 0 'a code needs no passphrase now'
run fob export --uri work
expect_error 4 'asked' 'an export does'
echo wrong >wrong
FOB_PASSPHRASE_FILE=$work/wrong run fob export --uri work
expect_error 4 'passphrase does not open' 'and the right one'

finish
