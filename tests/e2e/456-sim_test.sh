#!/bin/sh
# SPDX-License-Identifier: MIT
# A simulated token by hand, as `fob-sim --help` and README.md have it.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
if ! [ -x "$O/fob-sim" ]; then
    echo '1..0 # SKIP no fob-sim: make sim'
    exit
fi
run fob-sim --help
expect_status 0
expect_out_like '^usage: fob-sim \[--touch\] \[--serial HEX\] FLASH SOCKET$'
press=$(sed -n 's/^A press: *//p' out)
run fob-sim --nonsense
expect_status 2
fob-sim "$work/flash" "$work/sim.sock" >/dev/null 2>&1 &
board=$!
trap 'kill $board; stop_all' EXIT
await_file -S sim.sock
FOB_TOKEN=sim:$work/sim.sock
export FOB_TOKEN
run_tty -- fob token info
expect_status 0 'all commands find it by FOB_TOKEN'
echo "$SEED" | FOB_TOKEN_PASSPHRASE_FILE=$FOB_PASSPHRASE_FILE \
    fob -q add --on token --secret - phone >added 2>&1
# What nc -NU does, where there is none.
mkdir bin
cat >bin/nc <<END
#!$(command -v "$PYTHON")
import socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[2])
while data := sys.stdin.buffer.raw.read(100):
    link.sendall(data)
END
chmod 755 bin/nc
(
    sleep 1
    for _ in 1 2 3; do
        PATH=$work/bin:$PATH sh -c \
            "$(printf '%s' "$press" | sed "s|SOCKET|$work/sim.sock|")"
        sleep 1
    done
) >/dev/null 2>&1 &
presses=$!
run fob code phone
wait $presses
expect_out_like '^[0-9]{6}$' 'the press of --help gives a code'
finish
