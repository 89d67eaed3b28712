#!/bin/sh
# SPDX-License-Identifier: MIT
# The first and only process of the guest: load the drivers, try every way to
# the token, and switch off.  A line in capitals is for who reads the console.
/bin/busybox mkdir -p /proc /sys /dev /tmp /run /var/run
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
mkdir -p /run/pcscd

for module in usb-common usbcore xhci-hcd xhci-pci hid hid-generic usbhid; do
    insmod /modules/$module.ko 2>/dev/null
done

# await FILE there|gone WHAT
await() {
    for i in $(seq 300); do
        if [ -e "$1" ]; then now=there; else now=gone; fi
        if [ $now = "$2" ]; then
            echo "ok - $3"
            return
        fi
        sleep 0.1
    done
    echo "not ok - $3"
    dmesg | tail -n 20 | sed 's/^/# /'
}

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

echo REPLUG
await /dev/hidraw0 gone "unplugged, it is gone"
await /dev/hidraw0 there "plugged in, it is there again"
with_pcscd again
with_pcscd touch
with_pcscd restart
await /dev/hidraw0 gone "it leaves the bus to restart"
await /dev/hidraw0 there "and appears on it again"
guest hidraw /dev/hidraw0
echo END
poweroff -f
