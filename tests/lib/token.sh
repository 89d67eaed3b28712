# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A simulated token for end-to-end tests: its flash is $work/flash, its socket
# $work/socket, and its button, power and clock are ours by `world`.
sim=''

world() {
    "$PYTHON" "$TOP/tests/lib/world.py" "$work/socket" "$@"
}

token_start() { # OPTION ... of fob-sim
    "$O/fob-sim" "$@" "$work/flash" "$work/socket" &
    sim=$!
    await_file -S "$work/socket"
}

token_stop() {
    [ -n "$sim" ] || return 0
    kill "$sim" 2>/dev/null && wait "$sim" 2>/dev/null
    sim=''
    rm -f "$work/socket"
}
trap 'token_stop; stop_all' EXIT
export FOB_TOKEN="sim:$work/socket"
