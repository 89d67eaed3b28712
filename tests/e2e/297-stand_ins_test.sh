#!/bin/sh
# SPDX-License-Identifier: MIT
# Profiles that stand for others: those that fob made, a source_profile without
# a role; and what a credential_process says when it does not work.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
role=$(ctl role create admin --require-mfa yes)
profile() { # NAME, and its lines on stdin
    printf '[profile %s]\n' "$1" >>"$AWS_CONFIG_FILE"
    cat >>"$AWS_CONFIG_FILE"
}
identity() { # ARGUMENT ... of fob exec
    fob -q exec "$@" -- "$PYTHON" -c 'import boto3, os
print(boto3.client("sts", region_name="eu-central-1",
    endpoint_url=os.environ["AWS_ENDPOINT_URL"]).get_caller_identity()["Arn"])'
}
profile admin <<END
role_arn = $role
source_profile = work
region = eu-central-1
END

# --- what fob made -----------------------------------------------------------
AWS_PROFILE=$(fob -q setup admin)
expect_status 0 'a profile for SDKs'
run printf '%s\n' "$AWS_PROFILE"
expect_out admin-fob
export AWS_PROFILE
run identity admin-fob
expect_out_like 'assumed-role/admin/' 'named, it is the profile that it is for'
run fob credentials
expect_json 'it["AccountId"] == "111122223333"' 'by AWS_PROFILE, too'
run fob env
expect_status 0
for command in setup 'setup admin-fob' 'setup admin'; do
    # shellcheck disable=SC2086 # words
    run fob -q $command
    expect_out admin-fob "fob $command again changes nothing"
done
run caller_arn admin-fob
expect_out_like 'assumed-role/admin/' 'an SDK still gets the role by it'
run fob -q devices --profile work-mfa
expect_out_like "$ARN" 'a command that asks IAM takes one for its user'
run fob -q login --print
expect_status 0 'and the console opens for its role'

profile nested <<END
role_arn = $(ctl role create inner --trust "$role")
source_profile = admin-fob
region = eu-central-1
END
run identity nested
expect_out_like 'assumed-role/inner/' 'it may be a source_profile'
profile options <<END
credential_process = /opt/tools/fob -q credentials --min-ttl 20m admin
END
run identity options
expect_out_like 'assumed-role/admin/' 'wherever fob is, and with options'
profile gone <<END
credential_process = fob credentials nowhere
END
run fob credentials gone
expect_error 3 'no profile nowhere'
profile one <<END
credential_process = fob credentials two
END
profile two <<END
credential_process = fob credentials one
END
run fob credentials one
expect_error 8 'profile one leads through fob in a circle'
run fob -q setup --remove
expect_status 0
run fob credentials admin-fob
expect_error 3 'no profile admin-fob' 'it is gone again'
unset AWS_PROFILE

# --- a hop without a role ----------------------------------------------------
profile hop <<END
source_profile = work
region = eu-west-3
END
profile to-role <<END
source_profile = admin
END
profile from-hop <<END
role_arn = $role
source_profile = hop
region = eu-central-1
END
run identity hop
expect_out arn:aws:iam::111122223333:user/alice 'a source_profile without a role'
run fob env hop
expect_out_like 'AWS_REGION=eu-west-3' 'and its own region'
run identity to-role
expect_out_like 'assumed-role/admin/' 'its source may have the role'
run identity from-hop
expect_out_like 'assumed-role/admin/' 'or it be the source of one'
fob lock
FOB_PASSPHRASE_FILE='' run fob -q credentials hop
expect_status 0 'nobody is asked for a session that is there'
profile mine <<END
source_profile = admin
mfa_serial = $ARN
region = eu-central-1
END
ctl key ini alice mine >>"$AWS_SHARED_CREDENTIALS_FILE"
run identity mine
expect_out arn:aws:iam::111122223333:user/alice 'a key of its own goes first'
fob -q keys import mine >"$work/imported"
expect_status 0
run identity mine
expect_out arn:aws:iam::111122223333:user/alice 'also once it is in the vault'
profile round <<END
source_profile = about
END
profile about <<END
source_profile = round
END
run fob credentials round
expect_error 8 'lead in a circle'

# --- a credential_process that does not work ---------------------------------
says() { # NAME, the command's script on stdin
    { echo '#!/bin/sh' && cat; } >"$HOME/$1"
    chmod 755 "$HOME/$1"
    printf '[profile %s]\nregion = eu-central-1\ncredential_process = %s\n' \
        "$1" "$HOME/$1" >>"$AWS_CONFIG_FILE"
}
says angry <<'END'
printf 'Error: \033[31mtoken expired\033[0m\nlog in first\n' >&2
exit 4
END
run fob credentials angry
expect_error 1 'angry failed with 4: Error: .*token expired.* log in first; run' \
    'its own words are told, in one line'
expect 'and nothing that a terminal would act on' \
    sh -c "! grep -q '$(printf '\033')' '$work/err'"
says wordy <<'END'
i=0
while [ $i -lt 5000 ]; do echo "line $i of a trace" >&2; i=$((i + 1)); done
exit 1
END
run fob credentials wordy
expect_error 1 'failed with 1: \.\.\..*line 4999 of a trace' 'the end of many'
says chatty <<'END'
echo 'Welcome!'
echo '{"Version":1,"AccessKeyId":"AKIAX","SecretAccessKey":"hidden"}'
END
run fob credentials chatty
expect_error 8 'chatty prints something before its JSON'
says dated <<'END'
echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"b","Expiration":"soon"}'
END
run fob credentials dated
expect_error 8 'dated prints an Expiration that is no time .*"soon"'

# A session of the past is asked for once more, then refused.
fob -q credentials work --format env | sed 's/^/export /' >"$HOME/session"
says stale <<END
. "$HOME/session"
echo run >>"$work/stale.runs"
end=2020-01-01T00:00:00Z
[ "\$(wc -l <"$work/stale.runs")" = 1 ] || end=\$(cat "$work/end")
printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s",
    "SessionToken":"%s","Expiration":"%s"}' "\$AWS_ACCESS_KEY_ID" \
    "\$AWS_SECRET_ACCESS_KEY" "\$AWS_SESSION_TOKEN" "\$end"
END
echo 2020-01-01T00:00:00Z >"$work/end"
run fob credentials stale
expect_error 8 'stale prints credentials that ended at 2020-01-01T00:00:00Z'
run wc -l "$work/stale.runs"
expect_out_like '^2 ' 'after it was run once more'
: >"$work/stale.runs"
echo 20990101T010000,5+0100 >"$work/end"
run fob credentials stale
expect_json 'it["Expiration"] == "2099-01-01T00:00:00Z"' \
    'a new one, in basic format and of another zone, is taken'
finish
