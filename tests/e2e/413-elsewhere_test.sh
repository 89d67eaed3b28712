#!/bin/sh
# SPDX-License-Identifier: MIT
# Profiles without a long-term key: nobody is led to make one, and what the AWS
# CLI gives for them is taken through credential_process.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
ROLE=$(ctl role create dev)
cat >"$AWS_CONFIG_FILE" <<END
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = dev
region = eu-central-1
[profile old-sso]
sso_start_url = https://corp.awsapps.com/start
region = eu-central-1
[profile signed-in]
login_session = arn:aws:iam::111122223333:user/alice
region = eu-central-1
[profile pod]
role_arn = $ROLE
web_identity_token_file = /var/run/token
region = eu-central-1
[profile machine]
role_arn = $ROLE
credential_source = Ec2InstanceMetadata
region = eu-central-1
[profile role]
role_arn = $ROLE
source_profile = sso
region = eu-central-1
[profile sso-fob]
credential_process = aws configure export-credentials --profile sso --format process
region = eu-central-1
[profile role-fob]
role_arn = $ROLE
source_profile = sso-fob
region = eu-central-1
END
cp "$AWS_CONFIG_FILE" before
for command in 'exec %s -- true' 'credentials %s' 'setup %s'; do
    # shellcheck disable=SC2059
    set -- $(printf "$command" sso)
    run fob "$@"
    expect_error 8 'profile sso has sso_session: .*Identity Center.*; run: aws sso login --profile sso'
done
run fob exec old-sso -- true
expect_error 8 'sso_start_url.*; run: aws sso login --profile old-sso'
run fob setup signed-in
expect_error 8 'login_session.*; run: aws login --profile signed-in'
run fob exec signed-in -- true
expect_error 8 'login_session.*; run: aws login --profile signed-in'
run fob setup role
expect_error 8 'profile sso has sso_session.*run: aws sso login --profile sso' \
    'a role from such a profile is not said to work'
for profile in pod machine; do
    run fob setup $profile
    expect_error 8 "profile $profile has .*SDKs get them without fob"
done
printf '[stale]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\naws_session_token = y\n' \
    >"$AWS_SHARED_CREDENTIALS_FILE"
run fob credentials stale
expect_error 8 'profile stale in .* is a temporary one, which SDKs use without fob; .*if you have one: fob keys add stale$' \
    'nor is a key wanted in the place of a session'
expect 'nothing was written' cmp before "$AWS_CONFIG_FILE"
expect 'and no vault was made' test ! -e "$FOB_HOME/vault"

# --- what the AWS CLI prints ------------------------------------------------
mkdir bin
ctl user create bob >bob
"$PYTHON" - bob >session.json <<'END'
import json, os, sys
import boto3
keys = dict(line.strip().split("=", 1) for line in open(sys.argv[1]) if "=" in line)
reply = boto3.client("sts", region_name="eu-central-1",
    endpoint_url=os.environ["AWS_ENDPOINT_URL"],
    aws_access_key_id=keys["access_key_id"],
    aws_secret_access_key=keys["secret_access_key"]).get_session_token()
it = reply["Credentials"]
print(json.dumps({"Version": 1, "AccessKeyId": it["AccessKeyId"],
    "SecretAccessKey": it["SecretAccessKey"], "SessionToken": it["SessionToken"],
    "Expiration": it["Expiration"].isoformat()}))
END
cat >bin/aws <<'END'
#!/bin/sh
[ "$*" = 'configure export-credentials --profile sso --format process' ] ||
    exit 255
exec cat "${0%/*}/../session.json"
END
chmod +x bin/aws
PATH=$work/bin:$PATH
run fob exec sso-fob -- sh -c 'echo "$AWS_ACCESS_KEY_ID"'
expect_out "$(sed 's/.*"AccessKeyId": "\([A-Z0-9]*\)".*/\1/' session.json)" \
    'fob passes on what the AWS CLI prints'
run fob exec sso-fob -- "$PYTHON" -c 'import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    .get_caller_identity()["Arn"])'
expect_out arn:aws:iam::111122223333:user/bob 'which an SDK can use'
run fob exec role-fob -- "$PYTHON" -c 'import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    .get_caller_identity()["Arn"])'
expect_out_like ':assumed-role/dev/' 'and assumes roles from it'
expect 'no vault was needed' test ! -e "$FOB_HOME/vault"

finish
