#!/bin/sh
# SPDX-License-Identifier: MIT
# Why a token that is plugged in cannot be used, and what to do about it.
# slow
# shellcheck source=tests/lib/pcsc.sh
. "$TOP/tests/lib/pcsc.sh"
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
scdaemon=''
trap 'pcsc_stop; kill $scdaemon 2>/dev/null; stop_all' EXIT
unset FOB_TOKEN
pcscd_start

# --- a card without OATH ----------------------------------------------------
card_in yubikey-off now
run fob token info
expect_error 5 "no token is plugged in; the card in $READER has no OATH \
application: a YubiKey may have it switched off \\(ykman config usb --enable \
OATH\\); plug one in" 'OATH is switched off'
run fob token info 0123456789abcdef
expect_error 5 "token 0123456789abcdef is not there; the card in $READER has" \
    'also where another one is named'
card_out

# --- erased, and who else it may be -----------------------------------------
card_in yubikey now
run fob --json token list
expect_json "[t['printed'] for t in it] == [12345678]" \
    'the number that is printed on a YubiKey'
OLD=$("$PYTHON" -c 'import json
print(json.load(open("out"))[0]["serial"])')
echo "$SEED" | fob -q add --on token --no-touch --secret - phone >/dev/null
command ykman --reader "$READER" oath reset -f >/dev/null
run fob -q code phone
expect_error 5 "token $OLD is not there; token [0-9a-f]{16} is there: if it \
is that one, it was erased since, and has another id; plug in token $OLD\$" \
    'after ykman oath reset'
NEW=$(sed 's/.*; token \([0-9a-f]*\) is.*/\1/' err)
expect 'which has a new id' [ "$NEW" != "$OLD" ]

# --- in other hands ---------------------------------------------------------
# A process that is called so in this test's /proc, and has the card for itself
# as the real one does.
cat >scdaemon.py <<'PY'
import sys
import smartcard.scard as pcsc
context = pcsc.SCardEstablishContext(pcsc.SCARD_SCOPE_SYSTEM)[1]
code, card, _ = pcsc.SCardConnect(context, sys.argv[1],
                                  pcsc.SCARD_SHARE_EXCLUSIVE,
                                  pcsc.SCARD_PROTOCOL_ANY)
print("held" if code == 0 else hex(code), flush=True)
sys.stdin.read()
PY
mkfifo holding
/usr/bin/python3 scdaemon.py "$READER" <holding >held &
scdaemon=$!
exec 4>holding
await_line held held
echo scdaemon >comm
mount --bind comm "/proc/$scdaemon/comm"
run fob token info
expect_error 5 "another program, most likely scdaemon of GnuPG, has the card \
in $READER; gpgconf --kill scdaemon; or for good, put pcsc-shared into" \
    'scdaemon is named, and both remedies'
kill "$scdaemon"
wait "$scdaemon" 2>/dev/null
scdaemon=''
exec 4>&-
card_out

# --- seen on the bus, and nowhere else --------------------------------------
mount -t tmpfs tmpfs /sys/bus
mkdir -p /sys/bus/usb/devices/1-4
echo 'fob token' >/sys/bus/usb/devices/1-4/product
run fob token info
expect_error 5 "no token can be reached; a token is plugged in, but the \
kernel, or this container, has no hidraw device of it" 'without hidraw'
run fob token list
expect_err_like 'no hidraw device of it' 'an empty list says so, too'
umount /sys/bus
finish
