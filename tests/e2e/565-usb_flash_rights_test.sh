#!/bin/sh
# SPDX-License-Identifier: MIT
# A token that is back with new firmware, and not fob's to open: for good, or
# until udev has come to it.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/usb.sh
. "$TOP/tests/lib/usb.sh"
why=$(usb_missing)
[ -z "$why" ] || { echo "1..0 # SKIP $why"; exit 0; }
cd "$work" || exit 1
trap 'usb_stop; stop_all' EXIT
usb_closed=--closed
usb_start 1 --bootsel
# No privilege that passes over the modes of files, as root has it.
plain=
[ "$(id -u)" != 0 ] || plain='setpriv --inh-caps=-all
    --bounding-set=-dac_override,-dac_read_search'
# shellcheck disable=SC2086
usb_agent $plain
SERIAL=666f62656d750001
FIRMWARE=$O/firmware/fob-rp2040.uf2
VERSION=$(grep -ao 'fob-firmware [0-9A-Za-z.+-]*' "$O/firmware/fob-rp2040.bin")
VERSION=${VERSION#* }

open_node() {
    chmod 600 "$(readlink "$usb_dir/dev/hidraw0")"
}

# --- for good -----------------------------------------------------------------
run mocked fob token flash "$FIRMWARE"
expect_status 0 'what was read back is written'
expect_err_like "^the firmware is written, but token $SERIAL was not asked \
what it runs: the system does not let fob near .*; run: fob token info $SERIAL\$" \
    'who may not ask the token is told so'
expect_out "serial: $SERIAL
written: $VERSION
before: $VERSION
bus: 1-1" 'and no version that it did not tell'
run fob token info "$SERIAL"
expect_error 5 'udev rules' 'which tells the way out'

# --- for a moment -------------------------------------------------------------
plugged() {
    grep -c 'plugged 1$' "$work/plug"
}

open_node
before=$(plugged)
rm -f err
mocked fob -v --json token flash "$FIRMWARE" >out 2>err &
caller=$!
await_line "touch the token $SERIAL, 15 s left" err
world 1 press
# Out, in as a boot loader, out, and in.
for _ in $(seq 400); do
    [ "$(plugged)" -lt $((before + 4)) ] || break
    sleep 0.05
done
sleep 1
kill -0 "$caller" 2>kill
point $? 'the token is back, and asked again until it may be'
open_node
wait "$caller"
status=$?
last='fob token flash'
expect_status 0 'until udev has come to it'
expect_json "it == {'serial': '$SERIAL', 'written': '$VERSION',
    'version': '$VERSION', 'before': '$VERSION', 'bus': '1-1'}" \
    'then it tells its version itself'
finish
