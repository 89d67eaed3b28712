#!/bin/sh
# SPDX-License-Identifier: MIT
# Whoever hangs up while fob waits has nothing more done for them: the request
# ends, AWS is asked nothing else, and the next run goes on from the journal.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_bare

# The status itself is one; the requests of others come on top.
is_alone() {
    fob --json agent status |
        "$PYTHON" -c 'import json, sys; sys.exit(json.load(sys.stdin)["connections"] != 1)'
}

await_alone() {
    i=0
    until is_alone || [ $i -ge 60 ]; do
        i=$((i + 1))
        sleep 0.05
    done
    is_alone
}

# Kill the command once it waits after ACTION; within three seconds, before any
# of its pauses is over, the agent is done with it.
hang_up() { # ACTION TIMES COMMAND ...
    action=$1 times=$2
    shift 2
    ctl log clear
    "$@" >"$work/out" 2>"$work/err" &
    pid=$!
    i=0
    while [ "$(ctl log count "$action")" -lt "$times" ] && [ $i -lt 200 ]; do
        i=$((i + 1))
        sleep 0.05
    done
    expect "$last: $action was asked" [ "$(ctl log count "$action")" = "$times" ]
    kill -9 $pid
    wait $pid 2>/dev/null
    last="$*"
    expect "who hangs up after $action ends the request" await_alone
    expect 'and nothing more is asked' \
        [ "$(ctl log count "$action")" = "$times" ]
}

scene_start enroll
unset FOB_NO_AGENT
ctl settings set --propagation-s 3600
hang_up GetSessionToken 1 fob -q enroll --profile work
ctl settings set --propagation-s 0
run fob -q enroll --profile work
expect_status 0 'the next enroll goes on'
scene_check enroll 'after an enroll that was hung up on'

run fob -q keys import work
ctl settings set --key-propagation-s 6
hang_up GetCallerIdentity 1 fob -q keys rotate work
run fob -q keys rotate work
expect_status 0 'the next rotate goes on'
expect 'with one key of the user left' \
    [ "$(ctl key list alice | wc -l)" = 1 ]

# A pair whose codes are spent has to wait for the next step.
run fob -q resync --profile work
expect_status 0 'a resync'
hang_up ListMFADevices 1 fob -q resync --profile work
expect 'no pair was sent' [ "$(ctl log count ResyncMFADevice)" = 0 ]

# A lock that another holds is waited for as long as the caller is there.
mkdir -p "$FOB_HOME/state"
journal=$(find "$FOB_HOME/state/journal" -name '*.lock')
flock "$journal" sleep 20 &
holder=$!
hang_up NoCallAtAll 0 fob -q resync --profile work
kill $holder
finish
