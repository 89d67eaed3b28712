# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# A person's machine: udev with fob's rules, a network with AWS on it, and the
# programs as they are, run by somebody who is not root.
# shellcheck source=/dev/null
. /values
udevd --daemon
load e1000
load_usb
ifconfig lo up 127.0.0.1
ifconfig eth0 up 10.0.2.15
nc -ll -p "$PORT" -e nc 10.0.2.2 "$PORT" &

# udev tags the devices for whoever sits there; nobody else keeps seats here.
await /run/udev/control there
su -s /bin/sh fob -c 'exec sh /fob_person.sh'
