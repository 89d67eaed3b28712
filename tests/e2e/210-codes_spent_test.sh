#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes: each used once, five at a time, seven verifications a window.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0

# AWS's clock stands early in a step, so that none ends under the five.
stand() {
    ctl clock stop "$(($(date +%s) / 180 * 180 + 5 + $1))"
    fob -q devices --profile work >"$work/devices" # and fob hears of it
}
# forced: a session that the cache does not have.
forced() { # [OPTION]
    fob -q sessions --clear && fob -q credentials work ${1:+"$1"}
}
stand 0
for number in 1 2 3 4 5; do
    run forced
    expect_status 0 "session $number of one step has a code of its own"
done
run ctl --json device show phone
expect_json 'len(set(it["spent"].split(","))) == 5' 'the server saw five different codes'
run forced
expect_error 6 "no unused code of $ARN is left; again in [0-9]+ s; run: fob \
credentials --wait work" 'the sixth is told when'
run ctl log count GetSessionToken
expect_out 5 'and never reached AWS'
ctl clock run
run forced --wait
expect_status 0 'or waits until there is one'
run fob sessions --clear
run_tty -- fob credentials work
expect_status 0 'as it does unasked where a person looks on'
expect_out_like 'waiting [0-9]+ s for an unused code' 'and is told for how long'

# A code that a person takes is not used for a session.
run fob sessions --clear
run fob --json code phone
expect_status 0
expect_err_like 'may have been used already' 'a person is warned of a used code'

# Five different sessions of one device while no time passes at AWS.
stand 360
for number in 1 2 3 4 5; do
    arn=$(ctl role create "role$number" --require-mfa yes --max-session-s 43200)
    printf '[profile role%s]\nrole_arn = %s\nsource_profile = work\n' \
        "$number" "$arn" >>"$AWS_CONFIG_FILE"
done
ctl log clear
pids=''
for number in 1 2 3 4 5; do
    fob -q credentials "role$number" --duration 2h >"$work/role$number" &
    pids="$pids $!"
done
good=0
for pid in $pids; do
    wait "$pid" || good=1
done
expect 'five different sessions at once, of one device' test $good = 0
run sh -c 'cat "$1"/role[1-5] | grep -o "\"AccessKeyId\":\"[^\"]*" | sort -u |
    wc -l' - "$work"
expect_out 5 'five they are'
run ctl log count AssumeRole
expect_out 5 'each with one call'
run ctl --json device show phone
expect_json 'it["attempts"] == 5' 'none of them refused'

# A sibling: another device of the same user steps in.
OTHER=$(ctl device create spare --user alice --seed "${SEED}AAAA")
echo "${SEED}AAAA" | fob -q add --secret - spare --serial "$OTHER" >"$work/out"
cat >>"$AWS_CONFIG_FILE" <<END
[profile spare]
region = eu-central-1
mfa_serial = $OTHER
END
ctl key ini alice spare >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob -q credentials spare
expect_status 0 'the vault learns whose the second device is'
run forced
expect_status 0 'with the codes of the first used up, it gives one'
run ctl --json log last GetSessionToken
expect_json "it['params']['SerialNumber'] == '$OTHER'" 'it was the second'
run fob credentials role1 --duration 2h
expect_status 0 'a session that is there needs neither'
ctl user create bob >"$work/bob"
ctl device disable spare
ctl device remove spare
fob -q remove --force spare

# The budget: AWS allows nine, fob uses seven and says when the window ends.
stand 720
ctl log clear
i=0
while [ $i -lt 20 ]; do
    run forced
    ctl clock advance 8 # new codes all the time, in one window
    fob -q devices --profile work >"$work/devices"
    i=$((i + 1))
done
expect_error 6 "no unused code of $ARN is left; again in [0-9]+ s" \
    'the twentieth is told when'
run ctl --json log list GetSessionToken
expect_json '[e["status"] for e in it] == [200] * 7' \
    'twenty forced mints: seven calls, none of them refused'
run ctl --json device show phone
expect_json 'it["attempts"] == 7' 'and AWS counts no more'
ctl clock advance 30
fob -q devices --profile work >"$work/devices"
run forced
expect_status 0 'the next window has a budget of its own'
finish
