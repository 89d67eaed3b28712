#!/bin/sh
# SPDX-License-Identifier: MIT
# fob setup: SDKs ask fob, whatever stood in the config before.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
ME=arn:aws:iam::111122223333:user/alice
ROLE=$(ctl role create dev --require-mfa yes)
cat >"$AWS_CONFIG_FILE" <<END
# mine
[profile work]
region = eu-central-1 
mfa_serial = $ARN

[profile dev]
role_arn = $ROLE
source_profile = work
region = eu-west-1

[profile "it's odd (%x)"]
include_profile = work
; the end
END
ODD="it's odd (%x)"
cp "$AWS_CONFIG_FILE" before

# --- a user's profile, its key in plaintext ---------------------------------
run fob setup work
expect_status 0
expect_out work 'it prints which profile to use'
expect_err_like 'The key of profile work is in the vault' 'the key had to move'
expect 'it did' sh -c '! grep -q aws_secret "$1"' - "$AWS_SHARED_CREDENTIALS_FILE"
expect 'one line was added, and no other touched' sh -c '
    diff before "$1" >diff; [ "$(grep -c "^[<>]" diff)" = 1 ] &&
    grep -qx "> credential_process = $2/fob credentials work" diff' - \
    "$AWS_CONFIG_FILE" "$O"
run caller_arn work
expect_out "$ME" 'boto3 asks fob'
if command -v aws >/dev/null; then
    AWS_PROFILE=work run aws --endpoint-url "$AWS_ENDPOINT_URL" sts \
        get-caller-identity --query Arn --output text
    expect_out "$ME" 'and so does the AWS CLI'
else
    skip 'the AWS CLI' 'there is none'
fi
run fob credentials work
expect_status 0 'fob does not ask itself'
cp "$AWS_CONFIG_FILE" once
run fob setup work
expect_status 0
run cmp once "$AWS_CONFIG_FILE"
expect_status 0 'a second time changes nothing'
sed -i 's,= /.*/fob cred,= /elsewhere/fob cred,' "$AWS_CONFIG_FILE"
run fob -q setup work
run cmp once "$AWS_CONFIG_FILE"
expect_status 0 'a fob that moved is found again'

# --- a role: SDKs would take it themselves ----------------------------------
run fob setup dev
expect_out dev-fob 'a role gets a profile beside it'
expect_err 'SDKs now ask fob: AWS_PROFILE=dev-fob'
run caller_arn dev-fob
expect_out_like ':assumed-role/dev/' 'which is the role'
expect 'in its region' sh -c 'grep -A2 -Fx "[profile dev-fob]" "$1" |
    grep -qx "region = eu-west-1"' - "$AWS_CONFIG_FILE"
run fob setup --as other dev
expect_out other
run caller_arn other
expect_out_like ':assumed-role/dev/' 'a name of one'"'"'s own'

run fob -q setup --remove --as other dev
expect_status 0
expect 'with it goes the profile that was made for it' sh -c \
    '! grep -qF "[profile other]" "$1"' - "$AWS_CONFIG_FILE"
cp "$AWS_CONFIG_FILE" as_was
run fob -q setup --as other dev
run fob setup --remove --as other dev
expect_err_like 'do not ask fob for other any more'
expect 'and the file is what it was, to the byte' \
    cmp as_was "$AWS_CONFIG_FILE"
fob -q setup --as other dev >/dev/null
echo 'output = json' >>"$AWS_CONFIG_FILE"
fob -q setup --remove --as other dev
expect 'what a person put there stays' sh -c \
    'tail -n 3 "$1" | tr "\n" " " | grep -qx \
    "\[profile other\] region = eu-west-1 output = json "' - "$AWS_CONFIG_FILE"
fob -q setup --as other dev >/dev/null

# --- quoting ----------------------------------------------------------------
run fob setup "$ODD"
expect_status 0
expect 'a line that shells and Python split alike' "$PYTHON" -c '
import shlex, subprocess, sys
line = next(l for l in open(sys.argv[1]) if "odd" in l and "process" in l)
line = line.split("=", 1)[1].strip()
words = shlex.split(line)
assert words[1:] == ["credentials", sys.argv[2]], words
text = subprocess.run(["sh", "-c", "printf \"%s\\n\" " + line],
    capture_output=True, text=True).stdout
assert text.splitlines() == words' "$AWS_CONFIG_FILE" "$ODD"

# --- back -------------------------------------------------------------------
for profile in work dev "$ODD"; do
    run fob setup --remove "$profile"
    expect_status 0 "setup --remove $profile"
done
run fob -q setup --remove --as other dev
run sh -c '! grep -q credential_process "$1"' - "$AWS_CONFIG_FILE"
expect_status 0 'all are taken out again'
run fob setup --remove work
expect_err_like 'does not ask fob'
expect_status 0

# --- what is in the way -----------------------------------------------------
cat >>"$AWS_CONFIG_FILE" <<'END'
[profile keys]
credential_process = /opt/keys/get-key work
[profile busy]
aws_access_key_id = AKIA
aws_secret_access_key = x
[profile temporary]
aws_access_key_id = ASIA
aws_secret_access_key = x
aws_session_token = x
END
cp "$AWS_CONFIG_FILE" before
run fob setup nothing
expect_error 3 nothing
run fob setup --as keys work
expect_error 2 'keys has credential_process of its own'
run fob setup --as busy work
expect_error 2 'busy has a key of its own'
run fob setup temporary
expect_error 2 'a temporary key.*run: fob setup --as temporary-fob temporary'
fob lock
FOB_PASSPHRASE_FILE='' run fob setup busy
expect_error 4 ''
run cmp before "$AWS_CONFIG_FILE"
expect_status 0 'what fails changes nothing'
run fob -q setup keys
expect_out keys-fob 'a source of keys is left alone'
expect 'quite' grep -qx 'credential_process = /opt/keys/get-key work' \
    "$AWS_CONFIG_FILE"
run fob setup
expect_error 3 'no profile default'

finish
