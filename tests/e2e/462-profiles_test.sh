#!/bin/sh
# SPDX-License-Identifier: MIT
# fob profiles, fob status, and a profile's name in the place of its account's:
# from files, vault and cache alone, with no call and no code used.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
json_is() { # EXPRESSION WHAT
    expect_json "($1)" "$2"
}
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_REGION AWS_DEFAULT_REGION
run fob status
expect_out_like '^vault: none$' 'before anything is there'
expect 'and no agent was started for it' sh -c \
    'fob agent status | grep -qx "not running"'
run fob --json profiles
json_is '[p["name"] for p in it] == ["work", "work-mfa"] and
    it[0]["seed"] == "elsewhere" and it[0]["account_id"] == "111122223333"' \
    'without a vault all seeds are elsewhere'
json_is '{**it[1], "name": "work"} == it[0]' \
    'a profile that asks fob for another one is shown as that one'
uri="otpauth://totp/Amazon%20Web%20Services:phone@111122223333"
echo "$uri?secret=$SEED&issuer=Amazon%20Web%20Services" |
    fob -q add --uri - >/dev/null
cat >>"$AWS_CONFIG_FILE" <<END
[profile admin]
role_arn = arn:aws:iam::222233334444:role/AdministratorAccess
source_profile = work
region = us-east-1
[profile hardware]
mfa_serial = GAHT12345678
[profile broken]
source_profile = nowhere
role_arn = nonsense
END
calls() {
    ctl --json log list | cksum
}

# --- a profile's name ------------------------------------------------------
now=$(date +%s)
code=$(oathtool --totp -b "$SEED" -N "@$now")
run fob code work --at "$now"
expect_out "$code" "a profile's name is its device's account, known by its QR code"
run fob code admin --at "$now"
expect_out "$code" "so is that of a role's, by its source"
run fob pair admin
expect_status 0 'of a pair, too'
run_tty ' s  Amazon Web Services:phone@111122223333=q' -- fob watch work
expect_status 0 'and on a screen'
run fob --json code work --at "$now"
json_is 'it["name"] == "Amazon Web Services:phone@111122223333"' 'it is named'
run fob code nowhere
expect_error 3 'no account is named "nowhere"'
run fob code hardware
expect_error 3 'no account'
echo "${SEED}AAAA" | fob -q add --secret - 'the workplace' >/dev/null
run fob code work
expect_error 3 'work is a profile.*and a part of the name of the account the workplace' \
    'another account that the name is a part of: ambiguous'
run fob code workp
expect_status 0 'a part is a part'
echo "${SEED}AAAABBBB" | fob -q add --secret - work >/dev/null
run fob code work --at "$now"
expect_out "$(oathtool --totp -b "${SEED}AAAABBBB" -N "@$now")" \
    'an account of exactly that name goes before'
fob -q remove --force work
fob -q remove --force 'the workplace'
AWS_CONFIG_FILE=/dev/null run fob code work
expect_error 3 'no account is named' 'the files are the caller'"'"'s'

# --- profiles ---------------------------------------------------------------
before=$(calls)
run fob --json profiles
json_is '[p["name"] for p in it] ==
    ["work", "work-mfa", "admin", "hardware", "broken"]' \
    'every profile, in the order of the file'
json_is 'it[0] == {"name": "work", "account_id": "111122223333",
    "region": "eu-central-1", "serial": "'"$ARN"'", "seed": "vault",
    "account": "Amazon Web Services:phone@111122223333"}' 'a user'"'"'s'
json_is 'it[2]["role"] == "arn:aws:iam::222233334444:role/AdministratorAccess" and
    it[2]["identity"] == "role/AdministratorAccess" and it[2]["seed"] == "vault" and
    it[2]["account_id"] == "222233334444" and it[2]["region"] == "us-east-1"' \
    "a role's, whose device is its source's"
json_is 'it[3]["seed"] == "elsewhere"' 'a hardware token has its own'
json_is 'it[4]["name"] == "broken" and "serial" not in it[4]' \
    'one that leads nowhere is a name'
[ "$(calls)" = "$before" ]
point $? 'AWS was not asked'
fob credentials work >/dev/null
end=$(fob credentials work | sed 's/.*"Expiration":"\([^"]*\)".*/\1/')
run fob --json profiles
json_is 'it[0]["user"] == "alice" and it[0]["identity"] == "user/alice" and
    it[0]["session_expires"] == "'"$end"'"' 'who it is, once a session was there'
run fob profiles
expect_out_like '^work +111122223333 +user/alice +eu-central-1 +vault +1[12]h[0-9]{2}m$'
fob lock
FOB_PASSPHRASE_FILE='' run fob --json profiles
json_is 'it[0]["session_expires"] == "'"$end"'" and "seed" not in it[0]' \
    'a locked vault, and nobody to open it: the rest is told'
expect_err_like 'run: fob unlock'

# --- status -----------------------------------------------------------------
before=$(calls)
TZ=XXX-3 run fob status work
expect_out_like '^locks at: |^vault: locked$' 'the vault is locked'
expect_out_like "^session until: $(TZ=XXX-3 date -d "$end" '+%Y-%m-%d %H:%M') XXX\$" \
    'local time, with its zone'
expect 'it stays locked' sh -c 'fob agent status | grep -qx "locked: yes"'
fob -q unlock
AWS_PROFILE=admin run fob --json status
json_is 'it["name"] == "admin" and it["from"] == "AWS_PROFILE" and
    it["identity"] == "role/AdministratorAccess" and it["vault"] == "open" and
    it["sessions"][0]["profile"] == "work" and it["tokens"] == [] and
    it["locks_at"].endswith("Z")' 'as JSON'
run fob exec work fob --json status
json_is 'it["name"] == "work" and it["from"] == "FOB_PROFILE" and
    it["environment"].startswith("ASIA")' 'within a session'
[ "$(calls)" = "$before" ]
point $? 'AWS was not asked'
run fob --json status nothing
json_is 'it["name"] == "nothing" and "region" not in it' 'no such profile'

finish
