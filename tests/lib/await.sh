# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# Waiting for other processes, 20 seconds at most.

# What another process makes, such as a socket.
await_file() { # TEST FILE, as test(1) has it
    for _ in $(seq 400); do
        test "$1" "$2" && return 0
        sleep 0.05
    done
    echo "# $2 never came"
    return 1
}

await_line() { # BRE FILE
    for _ in $(seq 400); do
        grep -qx "$1" "$2" 2>/dev/null && return 0
        sleep 0.05
    done
    echo "# no line $1 in $2"
    return 1
}
