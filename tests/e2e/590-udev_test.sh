#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` gives to udev: whoever sits at the machine may use a
# token, and a board in its boot loader.  udev itself is asked, about devices
# as the image and the ROM's model describe them.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/usb.sh
. "$TOP/tests/lib/usb.sh"
why=$(usb_missing)
[ -n "$why" ] || unshare -m true 2>/dev/null || why='unshare is not permitted'
[ -n "$why" ] || command -v udevadm >/dev/null || why='udev is not installed'
[ -z "$why" ] || { echo "1..0 # SKIP $why"; exit 0; }
cd "$work" || exit 1
trap 'usb_stop; stop_all' EXIT
expect 'make install' make -s -C "$TOP" O="$O" DESTDIR="$work/root" install
usb_start 2 --bootsel
usb_replug 1 # without BOOTSEL, as a token

# Ask udev, with or without what was installed, about a device in /sys.  It
# keeps a database, which is not to be this machine's.
ask() { # with|without DEVICE
    # shellcheck disable=SC2016
    run mocked unshare -m sh -c '
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /usr/local/lib
        [ "$1" = without ] || cp -r "$3"/usr/local/lib/udev /usr/local/lib/
        udevadm test --action=add "$2" 2>&1' - "$1" "/$2" "$work/root"
    last="udevadm test /$2 ($1 our rules)"
}

node=$(cd "$usb_dir" && find sys/devices/1-1 -name hidraw0)
loader=sys/devices/1-2
for device in "$node" "$loader"; do
    ask without "$device"
    ! printf '%s\n' "$out" | grep '^TAGS=' | grep -q uaccess
    point $? "$device is nobody's by itself"
    ask with "$device"
    expect_out_like '^TAGS=.*:uaccess:' "$device is whoever's sits there"
    ! printf '%s\n' "$out" | grep '70-fob' | grep -Eqi 'invalid|unknown|fail'
    point $? 'and no line of the rules is found fault with'
done
ask with sys/devices/1-1
expect_out_like '^TAGS=.*:uaccess:' 'so is the token beside its node'
echo 0002 >"$usb_dir/sys/devices/1-1/idProduct"
ask with "$node"
! printf '%s\n' "$out" | grep '^TAGS=' | grep -q uaccess
point $? "another product's node is not"
finish
