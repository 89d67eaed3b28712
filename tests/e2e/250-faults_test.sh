#!/bin/sh
# SPDX-License-Identifier: MIT
# Every way in which AWS or the network can fail: the documented exit status,
# no code used twice, and the next run good.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
run fob credentials work
expect_status 0
time_s=$(date +%s)

# Each fault in a window of its own: five new codes and a new budget.
next_window() {
    time_s=$((time_s + 360))
    ctl clock set "$time_s"
    ctl log clear
    fob sessions --clear
}

# What AWS itself refused: a code that was used before, above all.
refused() {
    ctl --json log list GetSessionToken | "$PYTHON" -c 'import json, sys
print(sum(entry["status"] == 403 and not entry["fault"]
          for entry in json.load(sys.stdin)))'
}

try() { # FAULT STATUS [OPTION ...]
    fault=$1 wanted=$2
    shift 2
    echo "$fault" >>"$work/tried"
    next_window
    ctl fault add GetSessionToken "$fault" "$@"
    run fob -q credentials work
    if [ "$wanted" = 0 ]; then
        expect_status 0 "$fault is got over"
    else
        expect_error "$wanted" . "$fault ends with $wanted and one line"
    fi
    ctl fault clear
    run fob credentials work
    expect_status 0 "after $fault the next run is good"
    run refused
    expect_out 0 'and no code was sent twice'
}

try throttle 0
try throttle 6 --times always
try 500 0
try 503 0
try error 6 --code AccessDenied --message 'not authorized' --status 403
try close 7
try reset 7
try redirect 7
try lost 7
try cut 7
try long-length 7
try short-length 7
try html 0 --status 502
try html 7 --status 404
try empty 7
try malformed 7
try not-utf8 7
try nul 7
try bomb 7
try external 7
try deep 7
try huge 7
try missing 7 --element SessionToken
try replace 7 --element Expiration --text soon
try extra 0
try delay 0 --seconds 1
try throttle 0 --times 3
try slow 0 --rate 400
try headers 0
try stall 7 --seconds 40

# A Date that is wrong by an hour is believed, until the next says otherwise.
next_window
echo date >>"$work/tried"
ctl fault add GetSessionToken date
run fob -q credentials work
expect_status 0 'a session comes with a wrong Date'
fob sessions --clear
run fob -q credentials work
expect_status 0 'the next run finds the right time again'

run env PYTHONPATH="$TOP/tests/aws" "$PYTHON" -c 'import sys
from standin.fault_kinds import AFTER, INSTEAD
print(*sorted({*AFTER, *INSTEAD} - set(open(sys.argv[1]).read().split())))' \
    "$work/tried"
expect_out '' 'no fault that the local AWS knows was left out'
finish
