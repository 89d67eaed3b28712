#!/bin/sh
# SPDX-License-Identifier: MIT
# fob login of a profile without a role: the console as a federated user.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null

asked() { # EXPRESSION WHAT: of the last call of GetFederationToken
    run ctl --json log last GetFederationToken
    expect_json "$1" "$2"
}

# --- a user -----------------------------------------------------------------
run fob login work
expect_status 0 'a user gets a URL, too'
expect_out_like '/federation\?Action=login&Issuer=fob&Destination=https%3A'
expect_err_like 'without MFA.*profile with a role' 'and is told what it is not'
expect 'it signs in' "$PYTHON" -c 'import sys, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
try:
    urllib.request.build_opener(Stay).open(sys.argv[1])
except urllib.error.HTTPError as answer:
    sys.exit(answer.code != 302)' "$out"
asked "it['params']['Name'] == 'alice' and it['params']['DurationSeconds'] == '43200'" \
    "as the key's user, for the console's twelve hours"
asked "json.loads(it['params']['Policy'])['Statement'] == [
    {'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]" \
    "with all that the user's policies allow"
asked "not {'SerialNumber', 'TokenCode'} & set(it['params'])" 'and no code'
run ctl --json log last getSigninToken
expect_json "'SessionDuration' not in it['params']" \
    'sign-in is told no duration, for it takes none'
run ctl log count GetSessionToken
expect_out 0 'no session of the API was made for it'
run fob sessions
expect_out '' 'and none is kept'
run fob login --duration 1h work
asked "it['params']['DurationSeconds'] == '3600'" 'or for as long as one likes'
run fob login --duration 13h work
expect_error 2 'duration'

# --- names ------------------------------------------------------------------
for user in x a.name-that+is@longer,than=32_characters-as-IAM-has-them; do
    ctl user create "$user" >/dev/null
    ctl key ini "$user" "$(printf %.1s "$user")" >>"$AWS_SHARED_CREDENTIALS_FILE"
done
run fob login x
asked "it['params']['Name'] == 'fob-x'" 'a name of one letter is made longer'
run fob login a
expect_err '' 'who has no MFA is told of none'
asked "it['params']['Name'] == 'a.name-that+is@longer,than=32_ch'" \
    'a long one is cut to what AWS takes'

# --- where AWS refuses ------------------------------------------------------
deny() {
    ctl fault add GetFederationToken error --code AccessDenied --status 403 \
        --message "User: arn:aws:iam::111122223333:user/alice is not \
authorized to perform: sts:GetFederationToken on resource: \
arn:aws:sts::111122223333:federated-user/alice with an explicit deny"
}
deny
run fob login work
expect_error 6 'GetFederationToken.*wants MFA.*a profile with a role' \
    'a policy that wants MFA: said so'
printf '[profile admin]\nrole_arn = %s\nsource_profile = work\n' \
    "$(ctl role create admin)" >>"$AWS_CONFIG_FILE"
deny
run fob login work
expect_error 6 'run: fob login admin' 'a role that is there is named'
cat "$AWS_SHARED_CREDENTIALS_FILE" >keep
ctl key create root >/dev/null
ctl key ini root boss >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl log clear
run fob login boss
expect_error 6 "root user's" 'the root user is refused'
run ctl log count GetFederationToken
expect_out 0 'before anything is asked for it'
cp keep "$AWS_SHARED_CREDENTIALS_FILE"

# --- a key that has left the files ------------------------------------------
run fob -q keys import work
run fob login work
expect_status 0 "the vault's key serves"
fob lock --all
FOB_PASSPHRASE_FILE=/dev/null run fob login work
expect_error 4 . 'not while it is locked'

# --- a temporary key of a command -------------------------------------------
"$PYTHON" - "$work/alice" <<'END'
import boto3, json, os, sys
key = dict(line.strip().split("=", 1) for line in open(sys.argv[1]))
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                   region_name="eu-central-1",
                   aws_access_key_id=key["access_key_id"],
                   aws_secret_access_key=key["secret_access_key"])
role, user = (sts.assume_role(RoleArn="arn:aws:iam::111122223333:role/admin",
                              RoleSessionName="me"), sts.get_session_token())
for name, made in ("role", role), ("user", user):
    made = made["Credentials"]
    with open(name + ".json", "w") as file:
        json.dump({"Version": 1, "AccessKeyId": made["AccessKeyId"],
                   "SecretAccessKey": made["SecretAccessKey"],
                   "SessionToken": made["SessionToken"],
                   "Expiration": made["Expiration"].isoformat()[:19] + "Z"},
                  file)
END
for kind in role user; do
    printf '[profile %s-command]\ncredential_process = cat %s/%s.json\n' \
        "$kind" "$work" "$kind" >>"$AWS_CONFIG_FILE"
done
ctl log clear
run fob login role-command
expect_status 0 "a role's session that a command prints signs in"
expect_out_like '/federation\?Action=login'
run ctl log count GetFederationToken
expect_out 0 'as it is'
run fob login --duration 2h role-command
expect_error 2 'lives as long as it does' 'and lives no longer'
run fob login user-command
expect_error 6 'refused the session' "a user's does not: AWS says so"

finish
