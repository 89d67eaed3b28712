# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# For the guest's scripts: what happens outside, and in its own time.

# Have the host play the world (tests/lib/world.py) and wait until it has.
world() { # WHAT [NUMBER]
    echo "WORLD $*"
    read -r _
}

# A finger touches the token whenever that asks for it, while a command runs.
touching() { # COMMAND ...
    echo TOUCHING
    "$@"
    echo STILL
    read -r _
}

# await FILE there|gone [WHAT]
await() {
    for _ in $(seq 300); do
        if [ -e "$1" ]; then now=there; else now=gone; fi
        if [ $now = "$2" ]; then
            [ -z "${3:-}" ] || echo "ok - $3"
            return
        fi
        sleep 0.1
    done
    echo "not ok - ${3:-$1 is not $2}"
    dmesg 2>/dev/null | tail -n 20 | sed 's/^/# /'
}
