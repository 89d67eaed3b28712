#!/bin/sh
# SPDX-License-Identifier: MIT
# Any number of callers at once cause one call to STS.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0

# callers COUNT: so many `fob credentials work` at once, their status in
# $work/status and their answers in $work/answers.
callers() {
    : >"$work/status"
    : >"$work/answers"
    i=0
    while [ $i -lt "$1" ]; do
        (
            fob credentials work >"$work/answer.$i" 2>"$work/answer.$i.err"
            echo $? >>"$work/status"
        ) &
        pids="${pids:-} $!"
        i=$((i + 1))
    done
    # shellcheck disable=SC2086
    wait $pids
    pids=''
    cat "$work"/answer.* >>"$work/answers"
    rm "$work"/answer.*
}

expect_one_session() { # COUNT
    expect 'all succeed' test "$(grep -c '^0$' "$work/status")" = "$1"
    expect 'all got the same session' test \
        "$(sort -u "$work/answers" | wc -l)" = 1
}

callers 200
expect_one_session 200
run ctl log count GetSessionToken
expect_out 1 '200 cold callers of a shared agent: one GetSessionToken'
run ctl log count GetCallerIdentity
expect_out 1 'and one look at whose key it is'

run fob sessions --clear
expect_status 0
run fob agent stop
expect_status 0
ctl log clear
FOB_NO_AGENT=1
export FOB_NO_AGENT
callers 50
unset FOB_NO_AGENT
expect_one_session 50
run ctl log count GetSessionToken
expect_out 1 '50 callers with private agents: one GetSessionToken'

# A failure is everybody's who waited for it: no code is spent to hear it again.
run fob sessions --clear
expect_status 0
ctl log clear
ctl fault add GetSessionToken stall --seconds 5
callers 20
expect '20 callers of a call that fails all fail' \
    test "$(grep -c '^7$' "$work/status")" = 20
expect 'and are told the same' test \
    "$(sort -u "$work/answers" | wc -l)" = 1
run ctl log count GetSessionToken
expect_out 1 'after one GetSessionToken'
run fob credentials work
expect_status 0 'the next one asks anew'
run ctl --json device show phone
expect_json 'len(it["spent"].split(",")) == 3' 'three codes in all, as AWS counts'
finish
