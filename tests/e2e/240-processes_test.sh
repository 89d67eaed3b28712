#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes and keys that other programs print: mfa_process, credential_process.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run_sh "echo JBSWY3DPEHPK3PXPJBSWY3DP | fob add --secret - other"
expect_status 0 'a vault that does not have the seed of the device'

cat >"$HOME/code" <<EOF
#!/bin/sh
echo run >>$work/codes
oathtool --totp -b $SEED
EOF
cat >"$HOME/key" <<EOF
#!/bin/sh
echo run >>$work/keys
echo '{"Version": 1, "AccessKeyId": "$KEY_ID", "SecretAccessKey": "$KEY_SECRET"}'
EOF
chmod 755 "$HOME/code" "$HOME/key"

run fob credentials work
expect_error 4 "no seed for $ARN" 'without a seed there is no code'
echo "mfa_process = $HOME/code" >"$work/line"
sed "/^\[profile work\]/r $work/line" "$AWS_CONFIG_FILE" >"$work/config"
cp "$work/config" "$AWS_CONFIG_FILE"
for file in "$AWS_CONFIG_FILE" "$AWS_SHARED_CREDENTIALS_FILE"; do
    chmod 646 "$file"
    run fob credentials work
    expect_error 8 "mfa_process of profile work is not run: others may write $file; run: chmod go-w $file" \
        "others who may write ${file##*/} run nothing"
    chmod 600 "$file"
done
expect 'and nothing was run' test ! -e "$work/codes"
chmod 664 "$AWS_CONFIG_FILE"
run fob credentials work
expect_status 0 'an mfa_process has one'
chmod 600 "$AWS_CONFIG_FILE"
run fob sessions --clear
run fob credentials work
expect_error 6 'again in [0-9]+ s' 'but one a step'
expect 'and is not asked for a used one' test "$(wc -l <"$work/codes")" = 1

# The key from a command.
: >"$AWS_SHARED_CREDENTIALS_FILE"
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile printed]
region = eu-central-1
mfa_serial = $ARN
credential_process = $HOME/key
[profile broken]
mfa_serial = $ARN
credential_process = echo '{"Version": 1}'
[profile failing]
mfa_serial = $ARN
credential_process = exit 3
[profile circle]
region = eu-central-1
mfa_serial = $ARN
credential_process = $O/fob credentials circle
[profile detour]
region = eu-central-1
mfa_serial = $ARN
credential_process = $HOME/detour
EOF
printf '#!/bin/sh\nexec %s/fob credentials detour\n' "$O" >"$HOME/detour"
chmod 755 "$HOME/detour"
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"
expect_status 0
ctl clock set "$(($(date +%s) + 60))" # codes that nobody used yet
run caller_arn work-mfa
run fob credentials printed
expect_status 0 'a long-term key that a command prints signs for a session'
run fob sessions
expect_out_like printed
run fob credentials printed
expect 'the command is asked once' test "$(wc -l <"$work/keys")" = 1

run fob credentials broken
expect_error 8 'credential_process of profile broken prints no AccessKeyId'
run fob credentials failing
expect_error 1 'credential_process of profile failing failed with 3'
run fob credentials circle
expect_error 3 'profile circle has no access key' \
    'fob as the command is no source of a key for fob'
run fob credentials detour
expect_error 1 'credential_process of profile detour failed with 2' \
    'a command that leads back to fob is refused, not followed'

# What of the caller's environment they have: enough for gpg, a keyring or an
# agent that they may ask, and nothing that is a secret.
printf '#!/bin/sh\nenv >%s/seen\nexec %s/key\n' "$work" "$HOME" \
    >"$HOME/curious"
chmod 755 "$HOME/curious"
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile curious]
region = eu-central-1
mfa_serial = $ARN
credential_process = curious
EOF
long=$(printf '%9000s' '' | tr ' ' x)
as_somebody() {
    PATH=$HOME:$PATH GNUPGHOME=/keys DISPLAY=:7 LANG=$long \
        DBUS_SESSION_BUS_ADDRESS=unix:path=/bus AWS_SECRET_ACCESS_KEY=no \
        "$@"
}
run as_somebody fob credentials curious
expect_status 0 "a command is found by the caller's PATH"
for variable in GNUPGHOME=/keys DISPLAY=:7 "HOME=$HOME" \
    DBUS_SESSION_BUS_ADDRESS=unix:path=/bus \
    "AWS_CONFIG_FILE=$AWS_CONFIG_FILE"; do
    expect "it has $variable" grep -qxF "$variable" "$work/seen"
done
expect 'but no secret, nor what opens the vault' \
    sh -c "! grep -Eq '^(AWS_SECRET|FOB_PASS|LANG)' '$work/seen'"

# A temporary key that a command prints is a session already.
cat >"$HOME/temporary" <<EOF
#!/bin/sh
exec $O/fob credentials work
EOF
run fob credentials printed --format env
session=$out
cat >"$HOME/temporary" <<EOF
#!/bin/sh
$session
printf '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s",
    "SessionToken": "%s", "Expiration": "2099-01-01T00:00:00Z"}\n' \
    "\$AWS_ACCESS_KEY_ID" "\$AWS_SECRET_ACCESS_KEY" "\$AWS_SESSION_TOKEN"
EOF
chmod 755 "$HOME/temporary"
ctl role create reader --require-mfa yes >"$work/reader"
cat >>"$AWS_CONFIG_FILE" <<EOF
[profile temporary]
region = eu-central-1
credential_process = $HOME/temporary
[profile reader]
region = eu-central-1
role_arn = $(cat "$work/reader")
source_profile = temporary
EOF
run fob exec reader -- "$PYTHON" -c 'import boto3, os
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
print(sts.get_caller_identity()["Arn"])'
expect_out_like 'assumed-role/reader/' 'a role from a printed session'
finish
