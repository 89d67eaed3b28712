#!/bin/sh
# SPDX-License-Identifier: MIT
# A key goes into the vault without a plaintext file, and out of it again.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
rm "$AWS_SHARED_CREDENTIALS_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null

# Hand over a key in some form, export it, compare; then take it out.
given() { # WHAT TEXT
    printf "$2" >"$work/given"
    run_sh 'fob keys add work <"$work/given"'
    expect_status 0 "$1"
    expect_out "$KEY_ID" "$1: the id is printed"
    run fob keys export work
    expect_json "it == {'Version': 1, 'AccessKeyId': '$KEY_ID',
        'SecretAccessKey': '$KEY_SECRET'}" "$1: comes back as it went in"
    fob -q keys remove work
}
export work

given 'two lines' "$KEY_ID\n$KEY_SECRET\n"
given 'two lines of Windows' "\n  $KEY_ID\r\n$KEY_SECRET\r\n"
given 'a section of an AWS file' "# mine\n[work]
aws_access_key_id = $KEY_ID\naws_secret_access_key=$KEY_SECRET\n
region = eu-west-1\n"
given 'an environment' "HOME=/\nAWS_ACCESS_KEY_ID=$KEY_ID
AWS_SECRET_ACCESS_KEY=$KEY_SECRET\nX=1\n"
given 'lines for a shell' "export AWS_SECRET_ACCESS_KEY='$KEY_SECRET';
export AWS_ACCESS_KEY_ID=\"$KEY_ID\"\n"
given "the console's CSV" \
    "\357\273\277Access key ID,Secret access key\r\n$KEY_ID,$KEY_SECRET\r\n"
given 'an older CSV' "User Name,Password,Access key ID,Secret access key,Console
login link\nalice,,$KEY_ID,\"$KEY_SECRET\",https://x\n"
given "root's old file" "AWSAccessKeyId=$KEY_ID\r\nAWSSecretKey=$KEY_SECRET\r\n"
given "credential_process's JSON" "{\"Version\": 1, \"AccessKeyId\":
\"$KEY_ID\", \"SecretAccessKey\": \"$KEY_SECRET\"}\n"
given "IAM's JSON" "{\"AccessKey\": {\"UserName\": \"alice\", \"AccessKeyId\":
\"$KEY_ID\", \"SecretAccessKey\": \"$KEY_SECRET\", \"Status\": \"Active\"}}"

# A person types it; the secret is not shown.
run_tty "Access key ID=$KEY_ID" "Secret access key=$KEY_SECRET" -- \
    fob keys add work
expect_status 0 'typed at a terminal'
expect 'the id was shown, the secret was not' sh -c '
    grep -q "$1" "$3" && ! grep -q "$2" "$3"' - "$KEY_ID" "$KEY_SECRET" \
    "$work/out"
run caller_arn work-mfa
expect_out_like ':user/alice$' 'and signs for sessions'

# The same again, and the same elsewhere.
printf '%s\n%s\n' "$KEY_ID" "$KEY_SECRET" >"$work/given"
run_sh 'fob keys add work <"$work/given"'
expect_err_like 'has this key for profile work already' 'twice is told'
run_sh 'fob keys add fresh <"$work/given"'
expect_status 0 'a profile that no file has'
expect_err_like 'for profile work already' 'the same key elsewhere is told'
expect_err_like 'fresh was in no file; it is now in .*config' 'it is written'
expect_err_like 'run: fob enroll --profile fresh' 'and what comes next'
expect 'as a section' grep -qx '\[profile fresh\]' "$AWS_CONFIG_FILE"
run "$PYTHON" -c 'import boto3; print(boto3.Session().available_profiles)'
expect_out_like "'fresh'" 'that botocore knows'
run_sh 'sed "2s/^\(....\)x/\1y/;t;2s/./x/5" <"$work/given" | fob keys add fresh'
expect_err_like 'for profile fresh, with another secret' 'a slip is told'
run fob --json keys list
expect_json "[k['profile'] for k in it] == ['work', 'fresh']" 'both are listed'
run_sh 'fob keys add "a
b" <"$work/given"'
expect_error 2 'one line' 'a name that no file can hold'
fob -q keys remove fresh

# What is no long-term key.
refused() { # STATUS ERE TEXT
    printf '%b' "$3" >"$work/given"
    run_sh 'fob keys add work <"$work/given"'
    expect_error "$1" "$2" "refused: $2"
    expect 'and the secret is in no error' sh -c '! grep -q "$1" "$2"' - \
        "${KEY_SECRET%?}" "$work/err"
}
no_key='no access key was found'
refused 8 'empty' ''
refused 8 "$no_key" 'hello\n'
refused 8 "$no_key" "$KEY_ID\n"
refused 8 "$no_key" "{\"AccessKeyId\": \"$KEY_ID\"}"
refused 8 "$no_key" "{\"AccessKeyId\": 1, \"SecretAccessKey\": 2}"
refused 8 'temporary key' \
    "AWS_ACCESS_KEY_ID=ASIA1\nAWS_SECRET_ACCESS_KEY=$KEY_SECRET\n"
refused 8 'temporary key' "{\"AccessKeyId\": \"$KEY_ID\",
\"SecretAccessKey\": \"$KEY_SECRET\", \"SessionToken\": \"t\"}"
refused 8 'more than one' "[a]\naws_access_key_id=$KEY_ID
aws_secret_access_key=$KEY_SECRET\n[b]\naws_access_key_id=$KEY_ID\n"
refused 8 'more than one' "Access key ID,Secret access key
$KEY_ID,$KEY_SECRET\n$KEY_ID,$KEY_SECRET\n"
refused 8 'AKIA and 16' "AIDAIOSFODNN7EXAMPLE\n$KEY_SECRET\n"
refused 8 'has 39 characters' "$KEY_ID\n${KEY_SECRET%?}\n"
refused 8 'has a character' "$KEY_ID\n${KEY_SECRET%?}%\n"
refused 8 'longer than' "$KEY_ID\n$KEY_SECRET$KEY_SECRET$KEY_SECRET$KEY_SECRET\n"
refused 8 'UTF-16' '\0377\0376A\0000'
printf '%s\n%s\n' "$KEY_ID" "$KEY_SECRET" >"$work/given"

# The files have a say.
ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
run_sh 'fob keys add work <"$work/given"'
expect_err_like "in plaintext in .*run: fob keys import work" \
    'the same in plaintext is told'
sed -i 's/^aws_access_key_id.*/aws_access_key_id = AKIAIOSFODNN7EXAMPLE/' \
    "$AWS_SHARED_CREDENTIALS_FILE"
run_sh 'fob keys add work <"$work/given"'
expect_error 1 'has the key AKIAIOSFODNN7EXAMPLE in .*run: fob keys import work'
rm "$AWS_SHARED_CREDENTIALS_FILE"
cat >>"$AWS_CONFIG_FILE" <<EOT
[profile admin]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = work
EOT
run_sh 'fob keys add admin <"$work/given"'
expect_error 8 'source_profile work.*run: fob keys add work'

cat >>"$AWS_CONFIG_FILE" <<EOT
[profile asks]
credential_process = aws-vault export --format=json asks
EOT
run_sh 'fob keys add asks <"$work/given"'
expect_err_like 'credential_process of profile asks goes before this key' \
    'a program that goes before the key is told'
run_sh 'fob keys add work-mfa <"$work/given"'
expect 'but not fob itself' sh -c '! grep -q goes "$1"' - "$work/err"
fob -q keys remove work-mfa

# Out again, for whom the vault is.
run fob keys export --format ini work
expect_out "[work]
aws_access_key_id = $KEY_ID
aws_secret_access_key = $KEY_SECRET" 'as a section of an AWS file'
run fob keys export "$KEY_ID"
expect_json "it['SecretAccessKey'] == '$KEY_SECRET'" 'by its id'
run fob keys export nothing
expect_error 3 'no access key of the profile "nothing"'
run fob keys export --format csv work
expect_error 2 'process or ini'
run fob keys list --format ini
expect_error 2 'is for export'
run env FOB_PASSPHRASE_FILE= fob keys export work
expect_error 4 'asked for again' 'an open vault does not give it without a question'
echo wrong >"$work/wrong"
chmod 600 "$work/wrong"
run env FOB_PASSPHRASE_FILE="$work/wrong" fob keys export work
expect_error 4 'passphrase' 'nor with the wrong answer'
# The far side of the forwarded socket.
far=$work/far
mkdir -p "$far/run"
chmod 700 "$far" "$far/run"
ln -s "$FOB_HOME/run/remote.sock" "$far/run/agent.sock"
run env FOB_HOME="$far" fob code phone
expect_out_like '^[0-9]{6}$' 'a far side has codes'
run env FOB_HOME="$far" fob keys export work
expect_error 1 'forwarded agent' 'but no keys'
finish
