#!/bin/sh
# SPDX-License-Identifier: MIT
# A clock that is off: learnt from AWS's replies, allowed for, and told.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0

for off in 90 -90 600 -600 1500 -1500; do
    ctl clock set "$(($(date +%s) + off))"
    run_sh "fob sessions --clear && fob credentials work"
    expect_status 0 "AWS's clock is $off s off ours: a session all the same"
    expect_err_like "clock is [0-9]+ s (behind|ahead of) AWS's" 'and it is told'
    run ctl --json log last GetSessionToken
    expect_json "it['status'] == 200" 'with a code of its time'
    # What a person types must be of AWS's time too.
    now=$(ctl clock now)
    run fob -q code phone --next
    expect "a person's code is of AWS's time" sh -c \
        'oathtool --totp -b -w 1 -N "@$1" "$2" | grep -qx "$3"' - \
        "$((now + 30))" "$SEED" "$out"
done

ctl clock set "$(date +%s)"
run_sh "fob sessions --clear && fob credentials work"
expect_status 0 'a clock that was set right again is believed'
run fob sessions --clear
run fob credentials work
expect_err '' 'and nothing more is said of it'
finish
