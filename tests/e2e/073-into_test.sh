#!/bin/sh
# SPDX-License-Identifier: MIT
# A session in the credentials file, for programs that read nothing else; and
# nothing lost that stood there.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q keys import work >/dev/null
cat >>"$AWS_CONFIG_FILE" <<EOT

[profile admin]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = work
EOT
file=$AWS_SHARED_CREDENTIALS_FILE
cat >"$file" <<'EOT'
# mine
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[tool]
; a comment
region = eu-west-1
EOT
chmod 600 "$file"
cp "$file" before

# A program that knows one file, without a config.
reader_arn() {
    env -u AWS_PROFILE AWS_CONFIG_FILE=/dev/null AWS_DEFAULT_REGION=eu-west-1 \
        "$PYTHON" -c 'import boto3, os, sys
session = boto3.Session(profile_name=sys.argv[1])
print(session.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"])' "$@"
}

run fob credentials work --into old-tool
expect_status 0
expect_out old-tool 'the section is named, nothing secret is printed'
expect_err_like 'until 20.*Z; to take it out: fob credentials --into old-tool --remove'
run reader_arn old-tool
expect_out_like ':user/alice$' 'a program that reads one file has the session'
expect 'what stood there stands there' sh -c '
    head -n "$(wc -l <"$1")" "$2" | cmp - "$1"' - before "$file"
expect 'the file is the owner'"'"'s' [ "$(stat -c %a "$file")" = 600 ]
expect 'when it ends stands there' \
    grep -Eq '^fob_session_ends = 20[0-9-]+T[0-9:]+Z$' "$file"
cp "$file" first
run fob credentials work --into old-tool --fresh
expect_status 0 'the next one takes its place'
expect 'in the same section' [ "$(grep -c '^\[old-tool\]$' "$file")" = 1 ]
expect 'with another key' sh -c '! cmp -s first "$1"' - "$file"
run reader_arn old-tool
expect_out_like ':user/alice$' 'that signs, too'
run fob credentials work --into tool
expect_status 0 'a section without a key may have one'
expect 'its own settings stay' sh -c 'grep -qx "; a comment" "$1" &&
    grep -qx "region = eu-west-1" "$1"' - "$file"

run fob --json credentials work --into old-tool
expect_json "it['name'] == 'old-tool' and it['file'] == '$file'" 'in JSON'

run fob credentials --into old-tool --remove
expect_status 0 'it is taken out'
run fob credentials --into tool --remove
expect_status 0
expect 'and the file is as it was, but for a blank line' \
    [ "$(cat before)" = "$(cat "$file")" ]
cp "$file" before
run fob credentials --into old-tool --remove
expect_err_like 'has no session' 'twice is no fault'
expect_status 0

# --- what is never written over ---------------------------------------------
ctl log clear
run fob credentials work --into default --fresh
expect_error 1 '\[default\] of .* has a key that fob did not write'
run fob credentials --into default --remove
expect_error 1 '\[default\] of .* has a key that fob did not write'
run fob credentials work --into work
expect_error 8 'work would find its own session'
run fob credentials work --into admin
expect_error 8 'admin has role_arn'
run fob credentials work --into work-mfa
expect_error 8 'work-mfa has credential_process'
chmod 644 "$file"
run fob credentials work --into old-tool
expect_error 4 'chmod'
chmod 600 "$file"
run fob credentials work --into old-tool --format ini
expect_error 2 'format of its own'
run fob credentials work --remove
expect_error 2 'goes with --into'
run fob credentials work --into 'a
b'
expect_error 2 'one line'
expect 'the file is as it was' cmp before "$file"
expect 'and no code was spent' [ "$(ctl log count GetSessionToken)" = 0 ]
rm "$file"
run fob credentials work --into only
expect_status 0 'a file that is missing is made'
expect 'private' [ "$(stat -c %a "$file")" = 600 ]
finish
