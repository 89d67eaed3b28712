#!/bin/sh
# SPDX-License-Identifier: MIT
# What AWS refuses: its cause and the next step, in one line; and no code is
# spent on asking again.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
fob -q credentials work >"$work/session"
cp "$AWS_SHARED_CREDENTIALS_FILE" "$work/credentials"
role() { # NAME [OPTION ...]
    name=$1
    shift
    cat >>"$AWS_CONFIG_FILE" <<END
[profile $name]
role_arn = $(ctl role create "$name" --require-mfa yes "$@")
source_profile = work
region = eu-central-1
END
}
# A code that nobody used, and a budget.
fresh() {
    fob -q sessions --clear
    ctl clock advance 200
    fob -q devices --profile work >"$work/devices"
    ctl log clear
}

# refused ACTION WORDS COMMAND ...: by AWS itself, once.
refused() {
    action=$1
    words=$2
    shift 2
    fresh
    run "$@"
    expect_error 6 "$words"
    [ "$(ctl log count "$action")" -le 1 ]
    point $? "$action is not tried again"
}

# --- by AWS's own rules -----------------------------------------------------
role hour
role strict --external-id secret
refused AssumeRole 'longer than the role allows.*lower duration_seconds' \
    fob -q credentials hour --duration 4h
refused AssumeRole 'does not trust this user.*trust policy.*external_id' \
    fob -q credentials strict
ctl settings set --disabled-regions eu-central-1
fob -q sessions --clear
run fob -q credentials work
expect_error 6 'STS is not enabled.*enable the region.*or set another'
ctl settings set --disabled-regions ''
theirs=$(ctl user create bob >"$work/bob" && ctl device create his --user bob)
sed "s,^mfa_serial = .*,mfa_serial = $theirs," "$AWS_CONFIG_FILE" >"$work/his"
echo "${SEED}AAAA" | fob -q add --secret - his --serial "$theirs" >"$work/added"
AWS_CONFIG_FILE=$work/his refused GetSessionToken \
    "not of this user.*check the profile's mfa_serial" fob -q credentials work
ctl device create fake --user alice >"$work/fake"
sed "s,^mfa_serial = .*,mfa_serial = $(arn fake)," "$AWS_CONFIG_FILE" \
    >"$work/fakes"
echo "${SEED}BBBB" | fob -q add --secret - fake --serial "$(arn fake)" \
    >"$work/added"
AWS_CONFIG_FILE=$work/fakes refused GetSessionToken \
    'code was wrong.*wait for the next code' fob -q credentials work
AWS_CONFIG_FILE=$work/none run fob -q credentials work
expect_error 3 'no mfa_serial' # of the credentials file alone

sed 's/^aws_secret_access_key = ./&x/' "$work/credentials" \
    >"$AWS_SHARED_CREDENTIALS_FILE"
fob -q sessions --clear
run fob -q credentials work
expect_error 6 'secret key does not belong.*fob keys add work'
cp "$work/credentials" "$AWS_SHARED_CREDENTIALS_FILE"
ctl key status "$KEY_ID" Inactive
fob -q sessions --clear
run fob -q credentials work
expect_error 6 "with $KEY_ID: AWS does not know.*fob keys add work"
ctl key status "$KEY_ID" Active

# A session that a command prints, and that has ended.
fresh
fob -q credentials work --format env >"$work/env"
cat >"$HOME/old" <<END
#!/bin/sh
$(cat "$work/env")
printf '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s",
    "SessionToken": "%s", "Expiration": "2099-01-01T00:00:00Z"}\n' \\
    "\$AWS_ACCESS_KEY_ID" "\$AWS_SECRET_ACCESS_KEY" "\$AWS_SESSION_TOKEN"
END
chmod 755 "$HOME/old"
cat >>"$AWS_CONFIG_FILE" <<END
[profile old]
credential_process = $HOME/old
[profile from-old]
role_arn = $(ctl role create late)
source_profile = old
region = eu-central-1
END
ctl clock advance 50000
run fob -q credentials from-old
expect_error 6 'session used has ended.*fob sessions --clear'

# --- as IAM says them -------------------------------------------------------
fresh
ctl fault add EnableMFADevice error --code InvalidAuthenticationCode \
    --message 'Authentication code for device is not valid.'
run fob -q enroll --profile work --add --device spare
expect_error 6 'two codes do not fit.*fob pair'
expect_devices "$ARN=alice $theirs=bob $(arn fake)=alice" 'nothing is left of it'
for code in EntityTemporarilyUnmodifiable ConcurrentModification; do
    fresh
    ctl fault add CreateVirtualMFADevice error --code $code --status 409 \
        --times always
    run fob -q enroll --profile work --add --device spare
    expect_error 6 'being changed right now.*again in a minute' "$code"
    run ctl log count CreateVirtualMFADevice
    expect_out 4 'after three more tries'
    ctl fault clear
done
fresh
ctl fault add CreateVirtualMFADevice error --code EntityTemporarilyUnmodifiable \
    --status 409 --times 2
run fob -q enroll --profile work --add --device spare
expect_status 0 'what passes by itself is waited for'
fob -q unenroll --profile work --device spare >"$work/gone"

# --- as an organization or a policy words it --------------------------------
# says CODE STATUS WORDS MESSAGE
says() {
    fresh
    ctl fault add GetSessionToken error --code "$1" --status "$2" \
        --message "$4" --times always
    run fob -q credentials work
    expect_error 6 "$3" "$1: $3"
    run ctl log count GetSessionToken
    expect_out 1 'asked once'
    ctl fault clear
}
denied='User: arn:aws:iam::111122223333:user/alice is not authorized to perform'
says AccessDenied 403 'service control policy of the organization.*ask whoever' \
    "$denied: sts:GetSessionToken with an explicit deny in a service control policy"
says AccessDenied 403 'resource control policy of the organization' \
    "$denied: x with an explicit deny in a resource control policy"
says AccessDenied 403 'denies it outright, as many do without MFA' \
    "$denied: x with an explicit deny in an identity-based policy"
says AccessDenied 403 'no policy of this identity allows it' "$denied: x"
says AccessDenied 403 'takes a session minted with a code' \
    'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.'
says OptInRequired 403 'not opted in to this region' 'x'
says RegionDisabledException 403 'STS is not enabled' 'x'
says UnrecognizedClientException 403 'does not know the access key' 'x'
says MissingAuthenticationToken 403 'no access key that AWS could read' 'x'
says ExpiredTokenException 400 'session used has ended' 'x'
says PackedPolicyTooLarge 400 'too large together.*fewer session tags' 'x'
says MalformedPolicyDocument 400 'session policy is not valid' 'x'
says ValidationError 400 'lasts 1 hour at most.*long-term key' \
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
says ValidationError 400 'out of range.*900 to 43200' \
    "1 validation error detected: Value '1' at 'durationSeconds' failed"
says ValidationError 400 'a parameter is not valid.*\.aws/config' 'x'
says Teapot 418 'Teapot: short and stout' 'short and stout.'
says RequestExpired 400 "clock is off.*set the clock" x
finish
