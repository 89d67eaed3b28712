#!/bin/sh
# SPDX-License-Identifier: MIT
# Sessions for SDKs and shells, from a local AWS.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
qrencode -o phone.png "otpauth://totp/Amazon%20Web%20Services:phone@111122223333?secret=$SEED&issuer=Amazon%20Web%20Services"
fob -q add --qr phone.png --serial "$ARN" phone >/dev/null
ME=arn:aws:iam::111122223333:user/alice

# --- credential_process -----------------------------------------------------
run fob credentials work
expect_status 0
expect_json 'it["Version"] == 1 and set(it) >= {"AccessKeyId",
    "SecretAccessKey", "SessionToken", "Expiration"}' 'what the SDKs ask for'
expect_json '__import__("re").fullmatch(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", it["Expiration"])' 'in RFC 3339'
cp out first
run caller_arn work-mfa
expect_out "$ME" 'boto3 is who it should be'
if command -v aws >/dev/null; then
    run aws --endpoint-url "$AWS_ENDPOINT_URL" --profile work-mfa \
        sts get-caller-identity --query Arn --output text
    expect_out "$ME" 'and so is the aws CLI'
else
    skip 'the aws CLI' 'there is none'
fi
run fob credentials work
expect 'the session comes from the cache' cmp out first
expect 'and AWS was asked for one session' \
    [ "$(ctl log count GetSessionToken)" = 1 ]
AWS_PROFILE=work run fob credentials
expect 'AWS_PROFILE is the profile that is not named' cmp out first

# --- other forms ------------------------------------------------------------
run fob credentials work --format env
expect_out_like '^AWS_SESSION_TOKEN=.'
expect_out_like '^AWS_REGION=eu-central-1$'
cp out variables
# shellcheck disable=SC2030,SC2031 # for this one caller
run_env() (
    set -a
    . ./variables
    caller_arn
)
run run_env
expect_out "$ME" 'an env form is read by . and docker'
run fob credentials work --format ini
expect_out_like '^\[work\]$'
cp out ini
AWS_SHARED_CREDENTIALS_FILE=$work/ini run caller_arn work
expect_out "$ME" 'an ini form is a credentials file'
run fob credentials work --format json
expect_json 'it["Profile"] == "work" and it["Region"] == "eu-central-1"' \
    'a JSON form with region'
run fob credentials work --format xml
expect_error 2 'process, env, json or ini'
run fob credentials work --duration soon
expect_error 2 'duration'
run fob credentials
expect_error 3 'no profile default'
run fob credentials nothing
expect_error 3 'nothing'
run_sh 'fob credentials work >/dev/full'
expect_error 1 'No space left'

# --- sessions ---------------------------------------------------------------
run fob sessions
expect_out_like 'arn:aws:iam::111122223333:mfa/phone'
expect 'a listing has no secret in it' sh -c \
    '! grep -q "$("$0" -c "import json; print(json.load(open(\"first\"))[\"SessionToken\"])")" out' \
    "$PYTHON"
run fob --json sessions
expect_json 'len(it) == 1 and it[0]["expires"] and it[0]["id"]' 'in JSON'

fob lock
unset FOB_PASSPHRASE_FILE
run fob credentials work
expect 'a session outlives the lock' cmp out first
fob lock --all
run fob credentials work
expect_error 4 'locked' 'but not lock --all'
FOB_PASSPHRASE_FILE=$work/passphrase
export FOB_PASSPHRASE_FILE
run fob credentials work
expect 'it is there again with the passphrase' cmp out first
run fob sessions --clear
expect_status 0
run fob --json sessions
expect_out '[]' 'forgotten'
run fob credentials work
expect_status 0
expect 'a new one is minted with another code' sh -c '! cmp -s out first'
fob -q sessions --clear

# --- a file that nobody wrote by hand -----------------------------------------
"$PYTHON" -c 'print(open("'"$AWS_CONFIG_FILE"'").read() + "# x\n" * (16 << 20))' >huge
AWS_CONFIG_FILE=$work/huge run fob credentials work
expect_error 8 'huge is larger than 67108864 bytes'

# --- refusals ---------------------------------------------------------------
ctl fault add GetSessionToken error --code AccessDenied --status 403 \
    --message 'User is not authorized' >/dev/null
run fob credentials work
expect_error 6 'authorized|AccessDenied' 'a refusal is explained in one line'
AWS_ENDPOINT_URL=http://127.0.0.1:9 run fob credentials work
expect_error 7 '127.0.0.1' 'no answer is told apart from it'
AWS_ENDPOINT_URL=http://192.0.2.1 run fob credentials work
expect_error 2 'plain http' 'and goes nowhere unprotected'

finish
