#!/bin/sh
# SPDX-License-Identifier: MIT
# How long sessions live: a length that is asked for is had or told, a code is
# new when that is wanted, and no role spends codes without end.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
ctl role create admin --require-mfa yes --max-session-s 43200 >"$work/admin"
ctl role create young --mfa-age-s 3600 >"$work/young"
ctl role create never --trust 999988887777 >"$work/never"
ctl role create deep --trust "$(cat "$work/admin")" >"$work/deep"
cat >>"$AWS_CONFIG_FILE" <<END
[profile short]
region = eu-central-1
mfa_serial = $ARN
duration_seconds = 3600
[profile admin]
role_arn = $(cat "$work/admin")
source_profile = work
region = eu-central-1
[profile long]
role_arn = $(cat "$work/admin")
source_profile = work
role_session_name = long
duration_seconds = 28800
[profile by-short]
role_arn = $(cat "$work/admin")
source_profile = short
region = eu-central-1
[profile young]
role_arn = $(cat "$work/young")
source_profile = work
[profile never]
role_arn = $(cat "$work/never")
source_profile = work
[profile deep]
role_arn = $(cat "$work/deep")
source_profile = admin
END
ctl key ini alice short >>"$AWS_SHARED_CREDENTIALS_FILE"
count() { # ACTION WHAT NUMBER
    run ctl log count "$1"
    expect_out "$3" "$2"
}
# later: AWS's clock goes on, and fob hears of it.
later() { # SECONDS
    ctl clock advance "$1"
    fob -q devices --profile work >"$work/devices"
}
minutes_left() { # less or more than so many, of the JSON on stdout
    expect_json "$1 <= ($("$PYTHON" -c "import calendar, time
print('__import__(\"calendar\").timegm(__import__(\"time\").strptime('
      'it[\"Expiration\"], \"%Y-%m-%dT%H:%M:%SZ\"))')") - $(ctl clock now)) / 60 <= $2" "$3"
}

tells_nothing() { # WHAT
    printf '%s\n' "$err" | grep -q 'session of' && set -- "$1" bad
    [ $# = 1 ]
    point $? "$1"
}

# --- a length -----------------------------------------------------------------
run fob credentials short
minutes_left 55 60 "a user's duration_seconds is the life of its session"
run fob credentials work --duration 1h
minutes_left 55 60 'which serves who asks for as much'
count GetSessionToken 'without another code' 1
run fob credentials work --duration 4h
minutes_left 230 240 'who asks for more gets a new one'
later 12600
run fob credentials work
minutes_left 25 31 'half an hour before its end it is good enough'
run fob credentials work --duration 4h
minutes_left 230 240 'but not for who asks for four hours'
tells_nothing 'and there is nothing to tell'
run fob exec work --duration 4h -- true
count GetSessionToken 'nor to make anew' 3
run fob credentials work --min-ttl 36h
expect_error 2 'session of 129600 s for work cannot have 129600 s to live at every call'
run fob credentials deep --duration 2h
expect_err_like 'the session of deep ends in (59|60) min, not in 120$' \
    'what AWS gives no role is told'
run fob exec long -- true
tells_nothing 'a new session is as long as the profile says'
later 25200
run fob exec long -- true
expect_err_like 'session of long ends in (59|60) min, not in 480; --fresh makes a new one' \
    'one that is near its end is told'
run fob credentials long
tells_nothing 'but not to SDKs, at every call'

fob -q sessions --clear
later 180
run fob credentials by-short
run ctl --json log last GetSessionToken
expect_json "it['params']['DurationSeconds'] == '3600'" \
    "a role's source says how long its user's session is"
run fob exec --duration 50m by-short -- true
count GetSessionToken 'which does for another role session' 4

# --- a new code -----------------------------------------------------------------
fob -q sessions --clear
fob -q credentials work >"$work/first"
ctl log clear
run fob credentials work --fresh
expect_status 0
expect '--fresh: another session' sh -c '! cmp -s "$1" "$2"' - \
    "$work/out" "$work/first"
cp "$work/out" "$work/second"
run fob credentials work
expect 'which is the next caller'\''s' cmp "$work/out" "$work/second"
run fob exec --fresh admin -- true
count GetSessionToken 'a role of a new code' 2
for number in 1 2 3; do
    fob -q env --fresh work >"$work/env.$number" &
    pids="${pids:-} $!"
done
# shellcheck disable=SC2086 # a list
wait $pids
count GetSessionToken 'those who come at once share one' 3
later 60 # a step's end leaves four codes, not five
run fob login --fresh --print admin
expect_status 0
count GetSessionToken 'login has it, too' 4

# --- a trust policy with aws:MultiFactorAuthAge -----------------------------------
later 180
fob -q sessions --clear
ctl log clear
run fob credentials young
expect_status 0 'a role that wants a young code'
later 7200
run fob -q credentials young
expect_status 0 'still has a session when that code is two hours old'
run ctl --json log last AssumeRole
expect_json "'TokenCode' in it['params']" 'by a code of its own'
count GetSessionToken 'and no other session is made' 1
ctl log clear
run fob -q credentials young
count AssumeRole 'it is kept' 0
later 3000
run fob -q credentials young
expect_status 0
count AssumeRole 'what helped before is tried first' 1
run fob -q credentials never
expect_error 6 'does not trust this user' 'a role that refuses all the same'
ctl log clear
for _ in 1 2 3; do
    run fob -q credentials never
done
expect_error 6 'does not trust this user'
run ctl log codes AssumeRole
expect_out '' 'does not spend a code at every call'

# --- forgotten, one profile's ----------------------------------------------------
fob -q sessions --clear
for profile in work admin young; do
    fob -q credentials $profile >"$work/$profile.session"
done
run fob sessions --clear admin
expect_status 0
expect_err_like 'sessions of admin forgotten: 1$'
run fob credentials young
expect 'others keep theirs' cmp "$work/out" "$work/young.session"
run fob credentials admin
expect 'that one is made anew' sh -c '! cmp -s "$1" "$2"' - \
    "$work/out" "$work/admin.session"
run fob --json sessions
expect_json 'sorted(s["profile"] for s in it) == ["admin", "work", "young"]' \
    'and the list has it'
run fob -q sessions --clear work
expect_status 0
run fob credentials work
expect "the user's, whoever had it made" sh -c '! cmp -s "$1" "$2"' - \
    "$work/out" "$work/work.session"
run fob sessions --clear nothing
expect_error 3 'nothing'
run fob sessions work
expect_error 2 'goes with --clear'

# --- no code is left ---------------------------------------------------------------
ctl clock stop "$(($(ctl clock now) / 180 * 180 + 365))"
fob -q devices --profile work >"$work/devices"
for _ in 1 2 3 4 5; do
    fob -q credentials --fresh work >"$work/spent" || exit 1
done
hints() { # HINT COMMAND ...
    hint=$1
    shift
    run "$@"
    sed -i '/^false;$/d' "$work/out" # of env, for eval
    expect_error 6 "again in [0-9]+ s; run: $hint\$"
}
hints 'fob exec --wait work -- COMMAND' fob exec --fresh work -- echo secret
hints 'fob env --wait work' fob env work --fresh
hints 'fob login --wait admin' fob login --fresh --print admin
hints 'fob credentials --wait work' fob credentials --fresh work
finish
