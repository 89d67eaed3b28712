# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# Emulated boards in the USB ports of this machine, as programs see them that
# are started by `mocked`: source it after await.sh, and set a trap for usb_stop.
#
#     usb_start 2             # two boards, with the serials ...0001, ...0002
#     usb_agent               # the shared agent, beside them
#     world 2 off; usb_await unplugged 2
# shellcheck disable=SC2154

usb_pids=''
usb_closed='' # --closed: nodes of HID come without a right for anybody

# Why it cannot be done here, or nothing.
usb_missing() {
    [ -x "$O/tests/usb/plug" ] && [ -f "$O/tests/usb/open_walls.so" ] || echo 'plug is not built'
    [ -f "$O/firmware/fob-rp2040.bin" ] || echo 'the firmware is not built'
    command -v node >/dev/null || echo 'node is not installed'
}

mocked() {
    env LD_PRELOAD="$O/tests/usb/open_walls.so libumockdev-preload.so.0" \
        "UMOCKDEV_DIR=$usb_dir" "$@"
}

world() { # BOARD WHAT [NUMBER]
    board=$1
    shift
    "$PYTHON" "$TOP/tests/lib/world.py" "$work/world$board" "$@"
}

usb_board() { # NUMBER [OPTION ...]
    board=$1
    shift
    node "$TOP/tests/vm/redir.mjs" --serial "666f62656d75000$board" "$@" \
        "$work/usb$board" "$work/world$board" &
    usb_pids="$usb_pids $!"
    await_file -S "$work/usb$board" && await_file -S "$work/world$board"
}

# Plug so many boards in.
usb_start() { # COUNT [OPTION ...], of tests/vm/redir.mjs
    count=$1
    shift
    sockets=''
    for number in $(seq "$count"); do
        usb_board "$number" "$@"
        sockets="$sockets $work/usb$number"
    done
    # shellcheck disable=SC2086
    LD_PRELOAD=libumockdev-preload.so.0 "$O/tests/usb/plug" \
        $usb_closed $sockets >"$work/plug" &
    usb_plug=$!
    for number in $(seq "$count"); do
        usb_await plugged "$number"
    done
    usb_dir=$(sed -n 's/^UMOCKDEV_DIR=//p' "$work/plug")
}

# Until that is the latest that happened at the port.
usb_await() { # plugged|unplugged PORT
    for _ in $(seq 400); do
        [ "$(grep "plugged $2\$" "$work/plug" | tail -n 1)" = "$1 $2" ] &&
            return 0
        sleep 0.05
    done
    echo "# port $2 is not $1"
    return 1
}

usb_replug() { # PORT
    world "$1" off
    usb_await unplugged "$1"
    world "$1" on
    usb_await plugged "$1"
}

# A command's own agent has nothing of its environment, so this one is started
# by hand, as docs/protocol.md says.
usb_agent() { # [COMMAND ...], to start it with
    rm -f "$work/ready"
    mkfifo "$work/ready"
    # Not by `mocked`: a shell in between would hold the pipe, too.
    env LD_PRELOAD=libumockdev-preload.so.0 "UMOCKDEV_DIR=$usb_dir" "$@" \
        "$O/fob-agent" --shared 3>"$work/ready" >"$work/agent" 2>&1 &
    usb_pids="$usb_pids $!"
    cat "$work/ready"
}

usb_stop() {
    fob -q agent stop >"$work/stop" 2>&1 </dev/null
    # shellcheck disable=SC2086
    kill ${usb_plug:-} 2>/dev/null && wait "$usb_plug" 2>/dev/null
    for pid in $usb_pids; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
}
