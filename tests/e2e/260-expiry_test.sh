#!/bin/sh
# SPDX-License-Identifier: MIT
# Sessions that end while work goes on: nobody is handed one with less than
# 15 minutes, and renewal happens behind the callers' backs.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0

# The next session ends in so many seconds, says AWS.
ends_in() {
    ctl fault add GetSessionToken replace --element Expiration --text \
        "$(date -u -d "+$1 seconds" +%Y-%m-%dT%H:%M:%SZ)"
}

# Least life any of the answers had, in seconds, and how many sessions.
judge() { # FILE: lines of "UNIX-TIME JSON"
    "$PYTHON" -c 'import datetime, json, sys
left, keys = [], set()
for line in open(sys.argv[1]):
    at, answer = line.split(" ", 1)
    it = json.loads(answer)
    end = datetime.datetime.fromisoformat(it["Expiration"].replace("Z", "+00:00"))
    left.append(end.timestamp() - float(at))
    keys.add(it["AccessKeyId"])
print(len(left), min(left) >= 900, len(keys))' "$1"
}

# A load like that of terraform: call after call, over an expiry.
ends_in 902
i=0
while [ $i -lt 1000 ]; do
    printf '%s ' "$(date +%s)" >>"$work/load"
    fob credentials work >>"$work/load" 2>>"$work/load.err" ||
        echo '{}' >>"$work/load"
    i=$((i + 1))
done
run judge "$work/load"
expect_out '1000 True 2' \
    '1000 calls over an expiry: two sessions, 15 minutes left in each answer'
expect 'and nothing to say' test ! -s "$work/load.err"
run ctl log count GetSessionToken
expect_out 2 'two calls to STS'

# Behind the caller's back: less than 20 minutes left, more than 15.
fob sessions --clear
ctl log clear
ends_in 1100
run fob credentials work
expect_status 0
first=$out
i=0
while [ "$(ctl log count GetSessionToken)" -lt 2 ] && [ $i -lt 50 ]; do
    sleep 0.1
    i=$((i + 1))
done
run ctl log count GetSessionToken
expect_out 2 'a session with less than 20 minutes left is renewed unasked'
sleep 0.5
run fob credentials work
expect 'and the next caller has the new one' test "$out" != "$first"
run ctl log count GetSessionToken
expect_out 2 'without a call of its own'

# One that was asked to be short would be renewed, and a code spent, for
# every caller.  With codes that nobody used, so that it could.
ctl clock advance 360
fob -q devices --profile work >"$work/devices" # and fob hears of it
fob sessions --clear
ctl log clear
for number in 1 2 3; do
    run fob -q credentials work --duration 20m
    expect_status 0 "number $number of the callers of a short session"
    sleep 1.1
done
run ctl log count GetSessionToken
expect_out 1 'which is renewed by nobody while it will do'

# The shortest would not do for whoever comes a second later.
ctl clock advance 360
fob -q devices --profile work >"$work/devices"
fob sessions --clear
ctl log clear
for number in 1 2 3; do
    run fob -q credentials work --duration 15m
    expect_status 0 "number $number of the callers of the shortest session"
    sleep 1.1
done
run ctl log count GetSessionToken
expect_out 1 'which they share'
run ctl --json log last GetSessionToken
expect_json "it['params']['DurationSeconds'] == '960'" \
    'for it is made a minute longer'
ctl clock advance 360
fob -q devices --profile work >"$work/devices"
fob sessions --clear
ctl log clear
for number in 1 2; do
    run fob -q credentials work --min-ttl 20h
    expect_status 0 "number $number of the callers who want 20 hours to be left"
    sleep 1.1
done
run ctl log count GetSessionToken
expect_out 1 'who share one, too'
finish
