#!/bin/sh
# SPDX-License-Identifier: MIT
# Firmware through Debian's libusb: boards in the boot loader of the ROM's
# model and tokens that run, in ports made by umockdev.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/usb.sh
. "$TOP/tests/lib/usb.sh"
why=$(usb_missing)
[ -z "$why" ] || { echo "1..0 # SKIP $why"; exit 0; }
cd "$work" || exit 1
trap 'usb_stop; stop_all' EXIT
usb_start 2 --bootsel
# shellcheck disable=SC2119
usb_agent
FIRMWARE=$O/firmware/fob-rp2040.uf2
VERSION=$(grep -ao 'fob-firmware [0-9A-Za-z.+-]*' "$O/firmware/fob-rp2040.bin")
VERSION=${VERSION#* }

flash() {
    # shellcheck disable=SC2086
    run mocked $plain "$O/fob" "$@" "$FIRMWARE"
    last="fob $* FIRMWARE"
}

# No privilege that passes over the modes of files, as root has it.
plain=
unprivileged() {
    [ "$(id -u)" != 0 ] || plain='setpriv --inh-caps=-all
        --bounding-set=-dac_override,-dac_read_search'
}

node() { # PORT
    printf '/dev/bus/usb/001/%03d' "$(cat "$usb_dir/sys/devices/1-$1/devnum")"
}

# A program that has the board's interface, until its stdin ends.
hold() { # PORT
    mocked "$PYTHON" -c 'import fcntl, os, struct, sys
USBDEVFS_CLAIMINTERFACE = 0x8004550f
fd = os.open(sys.argv[1], os.O_RDWR)
fcntl.ioctl(fd, USBDEVFS_CLAIMINTERFACE, struct.pack("I", 1))
print("held", flush=True)
sys.stdin.read()' "$(node "$1")"
}

# --- a file that was cut off --------------------------------------------------
head -c -4 "$O/firmware/fob-rp2040.bin" >half.bin
run mocked fob token flash --bus 1-1 half.bin
expect_error 8 "not a token's; write it all the same with --force" \
    'an image that was cut off is not taken'

# --- which -------------------------------------------------------------------
flash token flash
expect_error 3 'several boards .*--bus' 'which of two boards must be said'
flash --json token flash --bus 1-1
expect_status 0 'a board in its boot loader is written'
expect_json "[it[k] for k in ('serial', 'bus')] == ['666f62656d750001', '1-1']" \
    'and comes back as the token that it is'
expect_json "it['version'] == it['written'] == '$VERSION'" 'which says so itself'
expect_err '' 'and nothing is left to say'
flash token flash
expect_error 3 '1-2 \(boot loader\), 1-1 \(token\)|1-1 \(token\), 1-2' \
    'a board in its boot loader, or a token: that must be said, too'

# --- kept out ----------------------------------------------------------------
mkfifo holding held
hold 2 <holding >held &
exec 4>holding
read -r _ <held
flash token flash --bus 1-2
expect_error 1 'another program uses the board at 1-2'
exec 4>&-
wait $!
chmod 0 "$usb_dir$(node 2)"
unprivileged
flash token flash --bus 1-2
expect_error 1 '1-2; .*udev rule' 'a board that is not ours to write'
plain=
chmod 600 "$usb_dir$(node 2)"

# --- pulled out --------------------------------------------------------------
world 2 cut 15
flash token flash --bus 1-2
expect_error 1 'USB failed; the boot loader cannot be lost' \
    'the power goes in the middle of writing'
usb_await unplugged 2
world 2 on
usb_await plugged 2
flash --json token flash --bus 1-2
expect_status 0 'and the next run starts over'
expect_json "it['serial'] == '666f62656d750002'" 'with all of it'
run fob --json token list
expect_json "[t['state'] for t in it] == ['open', 'open']" \
    'both are tokens, ready for use'

# --- tokens that run ---------------------------------------------------------
touched() { # PORT WHAT ...
    world "$1" press &
    finger=$!
    shift
    flash "$@"
    wait $finger
}

flash token flash
expect_error 3 '1-1 \(token\), 1-2 \(token\)|1-2 \(token\), 1-1' \
    'which of two tokens must be said'
touched 2 --json token flash --bus 1-2
expect_status 0 'a token that runs is touched, and written'
expect_json "[it[k] for k in ('serial', 'bus')] == ['666f62656d750002', '1-2']" \
    'it comes back to its place'
# --- what it says ---------------------------------------------------------------
# A first page that tells of another version than the code behind it.
"$PYTHON" - "$TOP/firmware/port/rp2040" "$O/firmware/fob-rp2040.bin" <<'END'
import pathlib, sys
sys.path.insert(0, sys.argv[1])
from boot2 import CODE_LEN, crc32
MARK = b"fob-firmware 9.9.9\0"
image = pathlib.Path(sys.argv[2]).read_bytes()
page = image[:CODE_LEN - len(MARK)] + MARK
assert not any(image[len(page) - len(MARK):CODE_LEN])
pathlib.Path("liar.bin").write_bytes(
    page + crc32(page).to_bytes(4, "little") + image[len(page) + 4:])
END
FIRMWARE=liar.bin
touched 2 token flash --bus 1-2
expect_error 1 "666f62656d750002 says that it runs version ${VERSION%+*}[^,]*, and \
not 9.9.9, which was written; .*BOOTSEL" 'another version than that of the file'
FIRMWARE=$O/firmware/fob-rp2040.uf2
touched 2 token flash --force --bus 1-2
expect_status 0 'the way out'
expect_out "serial: 666f62656d750002
version: $VERSION
before: 9.9.9
bus: 1-2" 'leads out'

# --- by its serial --------------------------------------------------------------
FOB_TOKEN=666f62656d750001
export FOB_TOKEN
touched 1 --json token flash
expect_status 0 'a token is named by its serial as well'
expect_json "[it[k] for k in ('serial', 'bus')] == ['666f62656d750001', '1-1']" \
    'and it is the one'
run fob --json token info
expect_json "it['serial'] == '666f62656d750001'" 'which fob can use at once'
FOB_TOKEN=666f62656d750003
flash token flash
expect_error 5 'token 666f62656d750003 is not there' 'no other is taken for it'
FOB_TOKEN=666f62656d750001
chmod 0 "$usb_dir$(node 1)"
unprivileged
flash token flash
expect_error 1 '1-1; .*udev rule' 'one that is not ours to write is not asked'
finish
