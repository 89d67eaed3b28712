# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# TAP for shell tests: source it, end with tap_done.
tap_points=0
tap_failed=0

# tap_ok STATUS WHAT: one point, passed when STATUS is 0.
tap_ok() {
    tap_points=$((tap_points + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tap_points - $2"
    else
        tap_failed=$((tap_failed + 1))
        echo "not ok $tap_points - $2"
    fi
}

# tap_is GOT WANT WHAT: equal texts; both are shown when they differ.
tap_is() {
    if [ "$1" = "$2" ]; then
        tap_ok 0 "$3"
    else
        tap_ok 1 "$3"
        printf '%s\n' "got:  $1" "want: $2" | sed 's/^/# /'
    fi
}

# tap_run WHAT COMMAND...: passes when the command succeeds.
tap_run() {
    tap_what=$1
    shift
    "$@"
    tap_ok $? "$tap_what"
}

# tap_skip WHY WHAT
tap_skip() {
    tap_points=$((tap_points + 1))
    echo "ok $tap_points - $2 # SKIP $1"
}

tap_done() {
    echo "1..$tap_points"
    [ "$tap_failed" = 0 ]
}
