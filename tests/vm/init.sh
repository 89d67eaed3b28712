#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of the guest: a bare system, the test, and off.
/bin/busybox mkdir -p /proc /sys /dev /tmp /run /var/run
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
chmod 1777 /tmp

load() { # MODULE ...
    for module in "$@"; do
        insmod "/modules/$module.ko" 2>/dev/null
    done
}

load_usb() {
    load usb-common usbcore xhci-hcd xhci-pci hid hid-generic usbhid
}

# shellcheck source=tests/vm/guest.sh
. /guest.sh
# shellcheck source=tests/vm/linux.sh
. /test.sh
echo END
poweroff -f
