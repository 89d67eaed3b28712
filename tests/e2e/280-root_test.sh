#!/bin/sh
# SPDX-License-Identifier: MIT
# A root user's key gets no session, whatever its device is called.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
ctl key create root >"$work/root"
ctl key ini root root >>"$AWS_SHARED_CREDENTIALS_FILE"
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile root]
region = eu-central-1
mfa_serial = $ARN
[profile root-by-name]
region = eu-central-1
mfa_serial = arn:aws:iam::111122223333:mfa/root-account-mfa-device
EOF
run fob credentials root
expect_error 6 "the access key of profile root is the root user's" \
    'a root key is refused, with the reason'
run fob credentials root
expect_error 6 "root user's" 'also when it is known already'
run fob credentials root-by-name
expect_error 6 "root user's" 'and so is the device that only the root user has'
run ctl log count GetSessionToken
expect_out 0 'no code is spent on it'
finish
