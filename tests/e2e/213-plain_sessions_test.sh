#!/bin/sh
# SPDX-License-Identifier: MIT
# Sessions without MFA, of a key that only fob has; and of an agent that has no
# vault.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
cat >>"$AWS_CONFIG_FILE" <<END
[profile bare]
region = eu-central-1
[profile lax]
role_arn = $(ctl role create lax --max-session-s 43200)
source_profile = bare
region = eu-central-1
[profile strict]
role_arn = $(ctl role create strict --require-mfa yes)
source_profile = bare
region = eu-central-1
[profile printed]
region = eu-central-1
credential_process = $HOME/printed
[profile from-printed]
role_arn = arn:aws:iam::111122223333:role/lax
source_profile = printed
region = eu-central-1
END
ctl key ini alice bare >>"$AWS_SHARED_CREDENTIALS_FILE"
ME=arn:aws:iam::111122223333:user/alice

# --- without a vault -------------------------------------------------------------
ctl user create bob >"$work/bob"
cat >"$work/temporary.py" <<'END'
import boto3, json, os
made = boto3.client("sts", region_name="eu-central-1",
                    endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                    aws_access_key_id=os.environ["ID"],
                    aws_secret_access_key=os.environ["SECRET"],
                    ).get_session_token()["Credentials"]
print(json.dumps({"Version": 1, **made}, default=lambda t: t.isoformat()))
END
ID=$(sed -n 's/^access_key_id=//p' "$work/bob") \
    SECRET=$(sed -n 's/^secret_access_key=//p' "$work/bob") \
    "$PYTHON" "$work/temporary.py" >"$work/temporary"
printf '#!/bin/sh\ncat %s/temporary\n' "$work" >"$HOME/printed"
chmod 755 "$HOME/printed"
ctl log clear
for _ in 1 2; do
    run fob credentials from-printed
    expect_status 0 'a role of a temporary key, without a vault'
    expect_err '' 'nothing is said of sealing'
done
run ctl log count AssumeRole
expect_out 1 'and the second call is served from memory'
expect 'no vault was made for it' test ! -e "$FOB_HOME/vault"
run fob sessions --clear
expect_status 0
run fob -q credentials from-printed
run ctl log count AssumeRole
expect_out 2 'until it is forgotten'

# --- without a device ---------------------------------------------------------------
run fob credentials bare
expect_error 3 'bare has no mfa_serial; run: fob enroll --profile bare' \
    'a key that lies in a file is no case for fob without MFA'
run fob keys import bare
expect_status 0
expect_err_like 'bare has no mfa_serial: its own sessions are without MFA'
run fob credentials bare
expect_status 0 'of one in the vault there is a session'
expect_err_like 'bare has no mfa_serial: this session is without MFA'
cp "$work/out" "$work/first"
run ctl --json log last GetSessionToken
expect_json "'TokenCode' not in it['params']" 'of no code'
run fob exec bare -- "$PYTHON" -c 'import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"])'
expect_out "$ME" 'who it should be'
run fob credentials bare
expect 'it is kept' cmp "$work/out" "$work/first"
expect_err '' 'and told once'
run fob -q credentials bare --fresh
expect 'but for --fresh' sh -c '! cmp -s "$1" "$2"' - "$work/out" "$work/first"
fob lock
FOB_PASSPHRASE_FILE='' run fob -q credentials bare
expect_status 0 'a locked vault does not keep it back'
for hours in 1h 2h; do
    run fob -q credentials lax --duration $hours
    expect_status 0 "a role that wants no MFA, for $hours"
done
run fob -q credentials strict
expect_error 6 'wants MFA' 'AWS says which role wants it'

# A session without MFA is not taken for one with it.
echo "$SEED" | fob -q add --secret - phone --serial "$ARN" >"$work/added"
sed "s,^\[profile bare\],&\nmfa_serial = $ARN," "$AWS_CONFIG_FILE" >"$work/config"
cp "$work/config" "$AWS_CONFIG_FILE"
run fob -q exec strict -- true
expect_status 0 'once there is a device, its codes are used'
finish
