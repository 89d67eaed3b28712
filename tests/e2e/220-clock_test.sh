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
    run_sh "fob -q sessions --clear && fob credentials work"
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
run_sh "fob -q sessions --clear && fob credentials work"
expect_status 0 'a clock that was set right again is believed'
run fob sessions --clear
run fob credentials work
expect_err '' 'and nothing more is said of it'

# Up to 30 s nothing is said, and all is allowed for.
for off in 25 -25; do
    ctl clock set "$(($(date +%s) + off))"
    run_sh "fob -q sessions --clear && fob credentials work --wait"
    expect_status 0 "AWS's clock is $off s off ours"
    expect_err '' 'which is not worth a word'
done

# Another endpoint has a clock of its own.
ctl clock set "$(date +%s)"
OTHER=$(ctl start --parent $$)
ctl "$OTHER" account create 444455556666 >"$work/other"
ctl "$OTHER" user create bob --account 444455556666 >"$work/bob"
FAR=$(ctl "$OTHER" device create far --user bob --seed "${SEED}AAAA")
ctl "$OTHER" key ini bob far >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl "$OTHER" clock set "$(($(date +%s) + 900))"
echo "${SEED}AAAA" | fob -q add --secret - far --serial "$FAR" >"$work/out"
cat >>"$AWS_CONFIG_FILE" <<END
[profile far]
region = eu-central-1
mfa_serial = $FAR
END
run_sh "fob -q sessions --clear && fob -q credentials work --wait"
expect_status 0 'the first endpoint has taught its time'
AWS_ENDPOINT_URL=$OTHER run fob -q credentials far
expect_status 0 'and the second its own'
# In turns: what the one taught must not count for the other.
for number in 1 2; do
    ctl log clear
    ctl "$OTHER" log clear
    run_sh "fob -q sessions --clear && fob -q credentials work --wait"
    expect_status 0 "number $number of the endpoint that is right"
    AWS_ENDPOINT_URL=$OTHER run fob -q credentials far --wait
    expect_status 0 'and of the one that is a quarter of an hour off'
    run ctl --json log list
    expect_json 'all(e["status"] == 200 for e in it)' 'nothing of another time'
    run ctl "$OTHER" --json log list
    expect_json 'all(e["status"] == 200 for e in it)' 'at either'
done
finish
