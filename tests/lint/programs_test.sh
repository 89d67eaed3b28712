#!/bin/sh
# SPDX-License-Identifier: MIT
# What each program links (docs/architecture.md, "Processes"), and that the
# hardening flags took.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"

links() { # PROGRAM: the libraries it names, without libc, on one line
    readelf -dW "$O/$1" | sed -n 's/.*NEEDED.*\[\(.*\)\.so.*\]/\1/p' |
        grep -vx -e libc -e 'ld-linux.*' | sort | xargs
}

is_hardened() { # PROGRAM
    readelf -hW "$O/$1" | grep -q 'Type: *DYN' &&
        readelf -lW "$O/$1" | grep -q GNU_RELRO &&
        readelf -dW "$O/$1" | grep -q BIND_NOW &&
        readelf -lW "$O/$1" | grep GNU_STACK | grep -q 'RW ' &&
        readelf -sW "$O/$1" | grep -q __stack_chk_fail &&
        readelf -sW "$O/$1" | grep -q '_chk@'
}

tap_is "$(links fob)" '' 'fob links libc and nothing else'
tap_is "$(links fob-agent)" 'libcrypto' 'fob-agent: libcrypto'
tap_is "$(links fob-net)" 'libcurl libexpat libjansson' \
    'fob-net: what carries and reads a reply'
tap_is "$(links fob-qr)" 'libjpeg libpng16 libqrencode libseccomp libzbar' \
    'fob-qr: images and the sandbox'
tap_is "$(links fob-flash)" 'libusb-1.0' 'fob-flash: USB'
for program in fob fob-agent fob-net fob-qr fob-flash; do
    tap_run "$program: PIE, full RELRO, no executable stack, stack protector,\
 fortified" is_hardened "$program"
done
tap_done
