#!/bin/sh
# SPDX-License-Identifier: MIT
# fob doctor --online: what AWS knows of keys, devices and roles; no code is
# spent, nobody is asked, and what could not be asked is not clean.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE" "$AWS_CONFIG_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q keys import work >/dev/null
ROLE=$(ctl role create dev --require-mfa yes)
cat >>"$AWS_CONFIG_FILE" <<END

[profile dev]
role_arn = $ROLE
source_profile = work
region = eu-central-1
END

says() { # ERE [WHAT]
    printf '%s\n' "$out" | grep -Eq -e "$1"
    point $? "${2:-$last: $1}"
}
spent() { # codes that went out
    cat "$FOB_HOME"/state/devices/* 2>/dev/null | cksum
}

# --- before there is a session ----------------------------------------------
before=$(spent)
run fob doctor --online </dev/null
says "^ok online: the key $KEY_ID of profile work is active: arn:aws:iam::111122223333:user/alice$"
says "^ok online: the key $KEY_ID: (last used at|never used)"
says "^ok online: the device $ARN is there, enabled at 20"
says '^note online: the role of profile dev was not looked at: no session is open.*run: fob exec dev -- true$'
says "^note online: no code of $ARN was sent from this machine"
says '^ok clock: [-0-9]+ s off that of http://127'
expect_status 0
[ "$(grep -c 'of profile work is active' out)" = 1 ]
point $? 'a key of several profiles is asked about once'
[ "$(spent)" = "$before" ]
point $? 'no code was spent'
run fob --json doctor --online
expect_json 'any(f["name"] == "online" and f["level"] == "ok" for f in it)' \
    'JSON says the same'

# --- with one ---------------------------------------------------------------
fob -q credentials work >/dev/null
before=$(spent)
run fob doctor --online --profile dev
says "^ok online: profile dev may assume $ROLE$"
says "^ok online: a code of $ARN was last sent at 20"
expect_status 0
[ "$(spent)" = "$before" ]
point $? 'no code was spent with a session, either'
ctl fault add AssumeRole error --code AccessDenied --status 403 --message \
    'User: x is not authorized to perform: sts:AssumeRole' >/dev/null
fob -q sessions --clear
fob -q credentials work >/dev/null
run fob doctor --online --profile dev
says '^problem online: AWS refused AssumeRole' 'a role that may not be assumed'
expect_status 1

# --- what is not there --------------------------------------------------------
cp "$AWS_CONFIG_FILE" good
sed "s,^mfa_serial = .*,&-not," good >"$AWS_CONFIG_FILE"
run fob doctor --online --profile work
says "^problem online: user alice has no device $ARN-not; of it AWS knows $ARN; run: fob devices --profile work$"
cp good "$AWS_CONFIG_FILE"
ctl fault add ListMFADevices error --code AccessDenied --status 403 --message \
    'User: x is not authorized to perform: iam:ListMFADevices' >/dev/null
run fob doctor --online --profile work
says '^note online: the device of alice was not looked at: AWS refused ListMFADevices'
expect_status 6 'what was refused is not clean: 6'
ctl key status "$KEY_ID" Inactive >/dev/null
run fob doctor --online --profile work
says '^problem online: AWS refused GetCallerIdentity.*' 'a key that is not active'
expect_status 1
ctl key status "$KEY_ID" Active >/dev/null
AWS_ENDPOINT_URL=http://127.0.0.1:9 run fob doctor --online
last='fob doctor --online, no network'
says '^note online: the key of work was not looked at: .*127.0.0.1:9' \
    'without a network'
expect_status 7
run env HTTPS_PROXY=http://127.0.0.1:9 AWS_ENDPOINT_URL= fob doctor --online \
    --profile work
says '^note online: .*127.0.0.1:9|proxy' 'a dead proxy'
expect_status 7
fob lock --all
run fob doctor --online </dev/null
says '^note online: the key of work was not looked at: .*vault is locked' \
    'a locked vault is not asked for'
expect_status 4
run fob doctor --online --profile nowhere
says '^problem online: no profile nowhere'
run fob doctor --profile work
expect_error 2 'doctor: --profile is for --online'

finish
