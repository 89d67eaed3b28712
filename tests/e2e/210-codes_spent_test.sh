#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes: each used once, five at a time, seven verifications a window.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0

# Early in a step, so that none ends under the five.
while [ $(($(date +%s) % 30)) -gt 15 ]; do sleep 1; done

# forced: a session that the cache does not have.
forced() {
    fob sessions --clear && fob credentials work "$@"
}
for number in 1 2 3 4 5; do
    run forced
    expect_status 0 "session $number of one step has a code of its own"
done
run ctl --json device show phone
expect_json 'len(set(it["spent"].split(","))) == 5' 'the server saw five different codes'
run forced
expect_error 6 "no unused code of $ARN is left; again in [0-9]+ s; run: fob \
credentials work --wait" 'the sixth is told when'
run ctl log count GetSessionToken
expect_out 5 'and never reached AWS'

# One who waits and is killed has nothing done for it.
ctl role create admin --max-session-s 7200 >"$work/role"
cat >>"$AWS_CONFIG_FILE" <<END
[profile admin]
role_arn = $(cat "$work/role")
source_profile = work
duration_seconds = 7200
END
fob credentials work --wait >"$work/waiter" 2>&1 &
waiter=$!
until fob agent status | grep -q '^connections: 2$'; do sleep 0.1; done
kill -9 $waiter
run fob credentials admin --wait
expect_status 0 'or waits until there is one'
sleep 1
run ctl log count GetSessionToken
expect_out 5 'nothing is asked for a waiter who was killed'
run fob sessions --clear
run_tty -- fob credentials work
expect_status 0 'as it does unasked where a person looks on'
expect_out_like 'waiting [0-9]+ s for an unused code' 'and is told for how long'

# A code that a person takes is not used for a session.
run fob sessions --clear
run fob --json code phone
expect_status 0
expect_err_like 'may have been used already' 'a person is warned of a used code'
run fob pair phone
expect_err '' 'but not of a pair: IAM takes codes that STS has seen'

# The budget: AWS allows nine, fob uses seven and says when the window ends.
i=0
while [ $i -lt 20 ]; do
    forced >/dev/null 2>&1 || true
    i=$((i + 1))
done
run ctl --json device show phone
expect_json 'it["attempts"] <= 7' 'twenty forced mints stay in the budget'

finish
