#!/bin/sh
# SPDX-License-Identifier: MIT
# Programs that are no SDK of AWS's, each by the ways in that it knows: a
# profile (credential_process), the environment (exec), the endpoint of
# containers (exec --server).  What is not installed is passed over by name.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
AWS_REGION=eu-central-1
RCLONE_CONFIG=$work/rclone.conf
RESTIC_PASSWORD=x
export AWS_REGION RCLONE_CONFIG RESTIC_PASSWORD
AT=${AWS_ENDPOINT_URL#http://}
: >"$RCLONE_CONFIG"
cat >>"$AWS_CONFIG_FILE" <<EOF

[profile role]
region = eu-central-1
role_arn = $(ctl role create ops --require-mfa yes)
source_profile = work-mfa
EOF

# What a program prints when S3 took its credentials.
rclone_says='books$'
rclone="rclone lsd :s3,provider=AWS,env_auth,region=eu-central-1,endpoint='$AWS_ENDPOINT_URL':"
s3cmd_says='s3://books$'
s3cmd="s3cmd --host=$AT --host-bucket=$AT --no-ssl --region=eu-central-1 ls"
# There is no repository in a bucket without anything, which only who may
# look there is told.
restic_says='key does not exist'
restic="restic --no-cache -r s3:$AWS_ENDPOINT_URL/books cat config"
aws_says='books$'
aws="aws --endpoint-url $AWS_ENDPOINT_URL s3 ls"
boto3_says='books'
boto3="$work/boto3"
cat >"$boto3" <<EOF
#!$(command -v "$PYTHON")
import boto3, os
print(boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .list_buckets()["Buckets"][0]["Name"])
EOF
chmod 755 "$boto3"

try() { # PROGRAM WAY COMMAND ...
    program=$1 way=$2
    shift 2
    eval "says=\$${program}_says"
    before=$(ctl log count)
    run "$@"
    # shellcheck disable=SC2154
    cat "$work/out" "$work/err" | grep -Eq -e "$says" &&
        ctl log list | tail -n $(($(ctl log count) - before)) |
        grep -q 'action=[A-Z][A-Za-z0-9]* key=ASIA'
    point $? "$program $way"
}

is_there() { # PROGRAM
    [ "$1" = boto3 ] || command -v "$1" >/dev/null && return 0
    skip "$1" 'it is not installed'
    return 1
}

for program in aws boto3 rclone; do
    is_there $program || continue
    eval "command=\$$program"
    # shellcheck disable=SC2154,SC2086 # several words
    try $program 'by credential_process' env AWS_PROFILE=work-mfa $command
done
# Their own AssumeRole goes where AWS_ENDPOINT_URL says since these versions.
can_be_moved() { # PROGRAM
    case $1 in
    aws) version=$(aws --version 2>&1 | sed 's|^aws-cli/\([0-9.]*\).*|\1|') ;;
    boto3) version=$("$PYTHON" -c 'import boto3; print(boto3.__version__)') ;;
    esac
    case $1-$version in
    aws-1.*) least=1.29 ;;
    aws-*) least=2.13 ;;
    *) least=1.28 ;;
    esac
    printf '%s\n' "$least" "$version" | sort -VC && return 0
    skip "$1 by a role of its own" "version $version asks AWS itself"
    return 1
}
for program in aws boto3; do
    is_there $program && can_be_moved $program || continue
    eval "command=\$$program"
    # shellcheck disable=SC2086
    try $program 'by a role of its own, from a credential_process' \
        env AWS_PROFILE=role $command
done
for program in aws boto3 rclone s3cmd restic; do
    is_there $program || continue
    eval "command=\$$program"
    # shellcheck disable=SC2086
    try $program 'with what exec puts into the environment' \
        fob exec work -- $command
done
for program in aws boto3 rclone restic; do
    is_there $program || continue
    eval "command=\$$program"
    # shellcheck disable=SC2086
    try $program 'at the endpoint of exec --server' \
        fob exec work --server -- $command
done
run ctl log count GetSessionToken
expect_out 1 'all of them with one session'
run grep -c aws_session_token "$AWS_CONFIG_FILE" "$AWS_SHARED_CREDENTIALS_FILE"
expect_out "$AWS_CONFIG_FILE:0
$AWS_SHARED_CREDENTIALS_FILE:0" 'and nothing of it in a file'
finish
