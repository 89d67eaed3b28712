#!/bin/sh
# SPDX-License-Identifier: MIT
# The clients people have, each through credential_process and at the
# endpoint of `fob exec --server`.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
ME=arn:aws:iam::111122223333:user/alice
AWS_REGION=eu-central-1
export AWS_REGION

cli() {
    aws --endpoint-url "$AWS_ENDPOINT_URL" "$@" sts get-caller-identity \
        --query Arn --output text
}
javascript() { # [PROFILE]
    node "$TOP/tests/e2e/sdk/who.mjs" "$O/sdk" "$@"
}
# The same in a child of fob, which knows no functions.
cat >"$work/cli" <<EOF
#!/bin/sh
exec aws --endpoint-url "\$AWS_ENDPOINT_URL" sts get-caller-identity \
    --query Arn --output text
EOF
cat >"$work/python" <<EOF
#!$(command -v "$PYTHON")
import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"])
EOF
printf '#!/bin/sh\nexec node %s %s\n' "$TOP/tests/e2e/sdk/who.mjs" "$O/sdk" \
    >"$work/javascript"
chmod 755 "$work/cli" "$work/python" "$work/javascript"

run cli --profile work-mfa
expect_out "$ME" 'the aws CLI by credential_process'
run caller_arn work-mfa
expect_out "$ME" 'boto3 by credential_process'
run javascript work-mfa
expect_out "$ME" 'the JavaScript SDK by credential_process'

for client in cli python javascript; do
    run fob exec work --server -- "$work/$client"
    expect_out "$ME" "$client at the endpoint of exec --server"
    run fob exec work -- "$work/$client"
    expect_out "$ME" "$client with what exec puts into the environment"
done

run ctl log count GetSessionToken
expect_out 1 'all of them with one session'
finish
