#!/bin/sh
# SPDX-License-Identifier: MIT
# Roles: from one shared session up to an hour, with a code of their own
# beyond.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
for role in admin reader builder; do
    ctl role create $role --require-mfa yes --max-session-s 43200 \
        --external-id "x-$role" >"$work/$role"
done
ctl role create deep --trust "$(cat "$work/admin")" >"$work/deep"
for role in admin reader builder; do
    cat >>"$AWS_CONFIG_FILE" <<EOF
[profile $role]
role_arn = $(cat "$work/$role")
source_profile = work
external_id = x-$role
region = eu-central-1
EOF
done
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile deep]
role_arn = $(cat "$work/deep")
source_profile = admin
region = eu-central-1
[profile tagged]
role_arn = $(cat "$work/admin")
source_profile = work
external_id = x-admin
role_session_name = nightly
session_tags = team=blue, cost = 7
transitive_session_tags = team
source_identity = alice
[profile circle]
role_arn = $(cat "$work/deep")
source_profile = circle2
[profile circle2]
role_arn = $(cat "$work/deep")
source_profile = circle
[profile sso]
sso_session = corp
EOF

cat >"$work/who.py" <<'EOF'
import boto3, os
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
print(sts.get_caller_identity()["Arn"])
EOF
for role in admin reader builder; do
    run fob exec $role -- "$PYTHON" "$work/who.py"
    expect_out "arn:aws:sts::111122223333:assumed-role/$role/phone" \
        "an SDK is $role by fob exec"
done
run ctl log count GetSessionToken
expect_out 1 'three roles share one session, and so one code'
run ctl log count AssumeRole
expect_out 3
run fob credentials reader
expect_json 'it["AccountId"] == "111122223333"' 'the account is the role'\''s'
run ctl log count AssumeRole
expect_out 3 'a role that is cached is not assumed again'

run fob credentials admin --duration 4h
expect_status 0 'a role for four hours, unattended'
run ctl --json log last AssumeRole
expect_json "it['params']['DurationSeconds'] == '14400' and \
    'TokenCode' in it['params']" 'is assumed straight, with a code'
run ctl log count GetSessionToken
expect_out 1 'and needs no session before it'

run fob credentials deep
expect_status 0 'a role from a role'
run ctl --json log last AssumeRole
expect_json "'TokenCode' not in it['params']" 'costs no code'
run fob credentials deep --duration 2h
expect_status 0
expect_err_like 'one hour at most' 'a chained role is an hour at most, and told'

run fob credentials tagged
expect_status 0
run ctl --json log last AssumeRole
expect_json "[it['params'][key] for key in ('RoleSessionName', \
    'SourceIdentity', 'Tags.member.1.Key', 'Tags.member.1.Value', \
    'Tags.member.2.Key', 'Tags.member.2.Value', \
    'TransitiveTagKeys.member.1')] == \
    ['nightly', 'alice', 'team', 'blue', 'cost', '7', 'team']" \
    'name, tags and identity arrive'

# The same role under another name is the same session; a profile may take
# its settings from another, and its own duration.
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile twin]
include_profile = admin
[profile long]
role_arn = $(cat "$work/builder")
source_profile = work
external_id = x-builder
duration_seconds = 7200
[profile local]
role_arn = $(cat "$work/reader")
source_profile = work-here
external_id = x-reader
services = here
[profile work-here]
include_profile = work
services = here
[services here]
sts =
    endpoint_url = $AWS_ENDPOINT_URL
EOF
ctl key ini alice work-here >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob credentials admin
first=$out
ctl log clear
run fob credentials twin
expect_out "$first" 'two profiles that come down to one role share a session'
run ctl log count AssumeRole
expect_out 0 'without a call'
run fob credentials long
expect_status 0 'duration_seconds of a profile'
run ctl --json log last AssumeRole
expect_json "it['params']['DurationSeconds'] == '7200' and \
    'TokenCode' in it['params']" 'over an hour: straight, with a code'
AWS_ENDPOINT_URL='' run fob credentials local
expect_status 0 'an endpoint of a services section'

fob sessions --clear
ctl log clear
run fob -q credentials reader --duration 15m
expect_status 0
sleep 1.1
run fob -q credentials reader --duration 15m
expect_status 0
run ctl log count AssumeRole
expect_out 1 "a role's shortest session does for the next caller, too"

# Any number of callers of a role cause one call of each kind.
fob sessions --clear
ctl log clear
i=0
while [ $i -lt 20 ]; do
    fob -q credentials reader >"$work/answer.$i" &
    pids="${pids:-} $!"
    i=$((i + 1))
done
# shellcheck disable=SC2086 # a list
wait $pids
run sh -c 'cat "$1"/answer.* | sort -u | wc -l' - "$work"
expect_out 1 'twenty callers of a role get one session'
run ctl log count AssumeRole
expect_out 1 'made by one AssumeRole'
run ctl log count GetSessionToken
expect_out 1 'from one GetSessionToken'

# --- a role of a profile's own key, as aws-vault has it -----------------------
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile alone]
role_arn = $(cat "$work/admin")
external_id = x-admin
mfa_serial = $ARN
region = eu-central-1
[profile keyless]
role_arn = $(cat "$work/admin")
mfa_serial = $ARN
[profile bare]
region = eu-central-1
[profile from-bare]
role_arn = $(cat "$work/admin")
source_profile = bare
region = eu-central-1
[profile odd]
role_arn = admin
source_profile = work
[profile odd-name]
role_arn = $(cat "$work/admin")
source_profile = work
role_session_name = a b
EOF
ctl key ini alice alone >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl key ini alice bare >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob exec alone -- "$PYTHON" "$work/who.py"
expect_out_like 'assumed-role/admin/' 'without a source_profile its own key is meant'
fob -q keys import alone >"$work/imported"
run fob exec alone -- "$PYTHON" "$work/who.py"
expect_out_like 'assumed-role/admin/' 'also in the vault'
fob lock
FOB_PASSPHRASE_FILE='' run fob -q credentials alone
expect_status 0 'and nobody is asked for a session that is there'
run fob credentials keyless
expect_error 8 'keyless has a role_arn, but no source_profile and no key.*; set' \
    'with neither there is nothing to assume it from'
for hours in 1h 2h; do
    run fob credentials from-bare --duration $hours
    expect_error 3 'profile bare has no mfa_serial, and the account phone is the device of its user alice' \
        "$hours: the profile that lacks a device is named"
done

# What AWS would refuse of a profile is told of it, and by doctor.
run fob credentials odd
expect_error 8 'role of profile odd: RoleArn must .*; mend it in .*/config'
run fob credentials odd-name
expect_error 8 'role of profile odd-name: RoleSessionName holds a character'
run fob doctor
expect_out_like '^problem profiles: .*role of profile odd: RoleArn must'
expect_out_like '^problem profiles: .*role of profile odd-name: RoleSessionName'

run fob credentials circle
expect_error 8 'circle' 'profiles that lead in a circle are told'
run fob credentials sso
expect_error 8 'sso_session' 'and what does not come from a long-term key'
run fob credentials nowhere
expect_error 3 'nowhere'
finish
