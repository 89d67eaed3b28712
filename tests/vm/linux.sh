# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# Every way to the token that a program on a Linux machine may take.
mkdir -p /run/pcscd
load_usb

with_pcscd() {
    pcscd --foreground --debug >/tmp/pcscd.log 2>&1 &
    daemon=$!
    guest "$1" || grep -v GET_READERS /tmp/pcscd.log | tail -n 40 | sed 's/^/# /'
    kill $daemon
    wait $daemon 2>/dev/null
}

await /dev/hidraw0 there "usbhid makes /dev/hidraw0"
guest hidraw /dev/hidraw0
guest hidapi libhidapi-hidraw.so.0
guest hidapi libhidapi-libusb.so.0
guest libusb
with_pcscd pcsc

world off
await /dev/hidraw0 gone "unplugged, it is gone"
world on
await /dev/hidraw0 there "plugged in, it is there again"
with_pcscd again
with_pcscd touch
with_pcscd restart
await /dev/hidraw0 gone "it leaves the bus to restart"
await /dev/hidraw0 there "and appears on it again"
guest hidraw /dev/hidraw0
