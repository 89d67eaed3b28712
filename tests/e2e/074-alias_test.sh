#!/bin/sh
# SPDX-License-Identifier: MIT
# A profile with a source_profile and no role is its source, as in aws-vault.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
cat >>"$AWS_CONFIG_FILE" <<EOT

[profile elsewhere]
source_profile = work
region = us-east-1

[profile dev]
role_arn = $(ctl role create dev --require-mfa yes)
source_profile = elsewhere

[profile dev-too]
source_profile = dev
region = eu-west-3

[profile round]
source_profile = about
[profile about]
source_profile = round
EOT
who() { run fob exec "$1" "$PYTHON" -c '
import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"], os.environ["AWS_REGION"],
      os.environ["AWS_VAULT"])'; }
who elsewhere
expect_out 'arn:aws:iam::111122223333:user/alice us-east-1 elsewhere' \
    'the session of its source, in its own region'
who dev
expect_out_like ':assumed-role/dev/' \
    'a role has it as its source'
who dev-too
expect_out_like ':assumed-role/dev/[^ ]+ eu-west-3 dev-too$' \
    'and a role is a source, too'
expect 'all of one code' [ "$(ctl log codes | wc -l)" = 1 ]
run fob exec round true
expect_error 8 'round|about' 'a circle has an end'
finish
