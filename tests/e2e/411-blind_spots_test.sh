#!/bin/sh
# SPDX-License-Identifier: MIT
# fob doctor: what it was silent on, and what it must not advise.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE" "$AWS_CONFIG_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q keys import work >/dev/null
cp "$AWS_CONFIG_FILE" good

finds() { # LEVEL ERE [WHAT]
    run fob doctor
    last='fob doctor'
    printf '%s\n' "$out" | grep -Eq -e "^$1 .*($2)"
    point $? "${3:-doctor: $1: $2}"
}

# With variables of its own: sets() VARIABLE=VALUE ... -- LEVEL ERE [WHAT]
with() {
    settings=
    while [ "$1" != -- ]; do
        settings="$settings $1"
        shift
    done
    shift
    # shellcheck disable=SC2086
    run env $settings fob doctor
    last="env$settings fob doctor"
    printf '%s\n' "$out" | grep -Eq -e "^$1 .*($2)"
    point $? "${3:-$last: $1: $2}"
}

# --- the environment --------------------------------------------------------
finds ok 'environment: no key or session in AWS_ACCESS_KEY_ID hides'
expect_status 0
with AWS_PROFILE=stagin -- problem 'environment: AWS_PROFILE: no profile stagin'
expect_status 1
with AWS_DEFAULT_PROFILE=nowhere -- problem \
    'environment: AWS_DEFAULT_PROFILE: no profile nowhere'
with AWS_PROFILE=work AWS_DEFAULT_PROFILE=work-mfa -- note \
    'AWS_PROFILE is work and AWS_DEFAULT_PROFILE is work-mfa.*run: unset|; unset'
KEYS='AWS_ACCESS_KEY_ID=ASIAX AWS_SECRET_ACCESS_KEY=SeCrEt AWS_SESSION_TOKEN=ToKeN'
with $KEYS AWS_PROFILE=work -- problem \
    'environment: SDKs take the session in AWS_SESSION_TOKEN and never look at the profile work; unset AWS_ACCESS_KEY_ID' \
    'a session hides AWS_PROFILE (aws-cli#7174)'
expect 'no value of a secret is shown' sh -c '! grep -e SeCrEt -e ToKeN out err'
with $KEYS AWS_CREDENTIAL_EXPIRATION=2020-01-01T00:00:00Z -- problem \
    'the session in AWS_SESSION_TOKEN ended at 2020-01-01T00:00:00Z'
with $KEYS -- note 'a session is in AWS_SESSION_TOKEN'
with AWS_ACCESS_KEY_ID=AKIAX -- problem 'SDKs give up on half a key'
with AWS_SECRET_ACCESS_KEY=SeCrEt -- problem 'a secret in the environment that'
with AWS_ACCESS_KEY_ID=AKIAX AWS_SECRET_ACCESS_KEY=SeCrEt -- problem \
    'a long-term key is in AWS_ACCESS_KEY_ID'
with AWS_CA_BUNDLE=/nowhere/ca.pem -- problem \
    'environment: AWS_CA_BUNDLE names /nowhere/ca.pem, which cannot be read: No such'
with FOB_PASSPHRASE_FILE=/nowhere/p -- problem \
    'FOB_PASSPHRASE_FILE names a file that answers nothing: /nowhere/p cannot be read'
cp "$FOB_PASSPHRASE_FILE" loose
chmod 644 loose
with "FOB_PASSPHRASE_FILE=$work/loose" -- ok 'environment' \
    'under a folder that is shut one may be readable'
with HTTPS_PROXY=http://me:SeCrEt@127.0.0.1:9 -- note \
    'calls go through the proxy 127.0.0.1:9 of HTTPS_PROXY.*not looked at'
expect 'its password is not shown' sh -c '! grep SeCrEt out err'
with "AWS_CONFIG_FILE=$work/none" AWS_SHARED_CREDENTIALS_FILE=/dev/null -- \
    problem "AWS_CONFIG_FILE names $work/none"
expect_out_like "^note config: there is no profile in $work/none or /dev/null"
expect 'nothing that is not the user'"'"'s is to be changed' \
    sh -c '! grep -q "chmod.*/dev" out'

# --- files ------------------------------------------------------------------
mkdir -m 1777 shared
printf '[work]\nregion = eu-central-1\n' >shared/credentials
chmod 600 shared/credentials
with "AWS_SHARED_CREDENTIALS_FILE=$work/shared/credentials" -- problem \
    "files: $work/shared has mode 1777: others may put files there; keep it" \
    'a folder that is everybody'"'"'s is left as it is'
printf '[fob]\nscrypt_log2_n = 14\nkey_file = %s\n' "$work/key" \
    >"$FOB_HOME/settings"
finds problem "files: the key file $work/key of the settings cannot be read"
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"
mv "$FOB_HOME/vault" vault
cp vault "$FOB_HOME/vault.previous"
fob -q agent stop
finds problem 'vault: there is no vault at .*to go back to it: cp .*vault.previous' \
    'a vault that is missed, and its backup is there'
mv vault "$FOB_HOME/vault"

# --- the config -------------------------------------------------------------
cat >>"$AWS_CONFIG_FILE" <<'END'
[staging]
region = eu-west-1
[profile Foo Bar]
role_arn = arn:aws:iam::111122223333:role/dev
source_profile = work
[plugins]
x = y
END
finds problem 'config: line 8 of .*/config .* profile staging: it has to be \[profile staging\]'
expect_out_like 'config: line 10 of .* it has to be \[profile "Foo Bar"\]$'
expect 'what is no profile is none' sh -c '! grep -q plugins out'
cp good "$AWS_CONFIG_FILE"
cat >>"$AWS_CONFIG_FILE" <<END
[profile gone]
region = eu-west-1
credential_process = /opt/nowhere/get-key "for me"
[profile there]
region = eu-west-1
credential_process = cat /dev/null
[profile unknown]
region = eu-west-1
credential_process = \$HOME/get-key
[profile code]
region = eu-west-1
mfa_serial = arn:aws:iam::111122223333:mfa/other
mfa_process = ykman-of-nobody oath code
[profile moved]
region = eu-west-1
credential_process = /opt/old/fob credentials moved
[profile ca]
region = eu-west-1
ca_bundle = /nowhere/bundle.pem
[profile far]
role_arn = arn:aws:iam::111122223333:role/dev
source_profile = nearby
[profile nearby]
mfa_serial = GAHT12345678
[profile safe]
region = eu-west-1
mfa_serial = GAHT12345678
[profile lost]
region = eu-west-1
mfa_serial = arn:aws:iam::111122223333:mfa/lost
END
fob -q unlock
finds problem 'the credential_process of profile gone runs /opt/nowhere/get-key, which is not there'
expect_out_like 'the mfa_process of profile code runs ykman-of-nobody'
expect_out_like 'profile moved runs /opt/old/fob, .*; run: fob setup moved$'
expect_out_like 'the ca_bundle of profile ca, /nowhere/bundle.pem, cannot be read'
expect_out_like '^note profiles: no region is set for profile far.*: .*run: aws configure set region REGION --profile far$'
expect_out_like '^note profiles: .*profile safe, GAHT12345678, is a hardware token' \
    'a hardware token is not led to a QR code'
expect_out_like '^note profiles: the seed of the device of profile lost, .*run: fob enroll --profile lost$'
expect 'what can be run, or cannot be known, is not told' \
    sh -c '! grep -e "profile there" -e "profile unknown" out'
cp good "$AWS_CONFIG_FILE"

# --- programs ---------------------------------------------------------------
mkdir bin
cp "$O/fob" "$O/fob-agent" "$O/fob-net" "$O/fob-flash" bin/
fob -q agent stop
run bin/fob doctor
expect_out_like '^problem programs: the program fob-qr is not installed, which reads'
expect_status 1

# --- what AWS refused -------------------------------------------------------
fob -q unlock
ctl fault add GetSessionToken error --code AccessDenied --status 403 --message \
    'User: x is not authorized to perform: sts:GetSessionToken' >/dev/null
run fob credentials work
finds note 'refusals: refused at 20.*Z: ' 'what AWS refused last'
fob -q sessions --clear
finds ok 'refusals: AWS is not known to have refused'
fob lock --all
finds ok 'profiles: .* which seeds are here shows with the vault unlocked' \
    'nothing is called well that was not looked at'

finish
