#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/leaving.md, step by step: what fob keeps goes elsewhere, and nothing of
# fob is left.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
unset FOB_HOME
mkdir -p "$HOME/.config/fob"
printf '[fob]\nscrypt_log2_n = 14\n' >"$HOME/.config/fob/settings"
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME

# As it was before fob came, and with fob.
cp "$AWS_CONFIG_FILE" config.before
cp "$AWS_SHARED_CREDENTIALS_FILE" credentials.before
fob -q keys import work >/dev/null
echo "$SEED" | fob -q add --serial "$ARN" --secret - alice >/dev/null
echo GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ | fob -q add --secret - bank >/dev/null
cat >>"$AWS_CONFIG_FILE" <<END

[profile admin]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = work
END
cp "$AWS_CONFIG_FILE" config.before
fob -q setup work >/dev/null
fob -q setup admin >/dev/null
fob -q credentials work >/dev/null

# --- the seeds ----------------------------------------------------------------
run_sh 'umask 077; fob export --all --uri >seeds'
expect_status 0 'all seeds in one file'
for name in alice bank; do
    seed=$(sed -n "s/^otpauth:.*$name.*secret=\([A-Z2-7]*\).*/\1/p" seeds)
    run fob code "$name"
    expect_out "$(oathtool --totp -b "$seed")" "oathtool has the codes of $name"
done
exported() { # KIND FILE ...: the codes of 2027-01-15, by other code than fob's
    "$PYTHON" "$TOP/tests/e2e/exported.py" 1800000000 "$@"
}
exported otpauth seeds >codes
run fob export --all --google --png phone.png
expect_status 0 "Google's app"
exported google phone.png >got
expect 'has the same codes' cmp got codes
echo 'open sesame' >password && chmod 600 password
run fob export --all --aegis aegis.json --password-file password
expect_status 0 'Aegis'
exported aegis aegis.json 'open sesame' >got
expect 'has the same codes, too' cmp got codes
run_sh 'fob export --qr --png a.png alice && zbarimg -q --raw a.png 2>/dev/null'
expect_out "$(grep alice seeds)" 'a phone reads the QR code'

# --- the keys -----------------------------------------------------------------
run_sh 'fob keys export work | "$PYTHON" -c "
import json, sys
key = json.load(sys.stdin)
print(\"[work]\", \"aws_access_key_id = \" + key[\"AccessKeyId\"],
      \"aws_secret_access_key = \" + key[\"SecretAccessKey\"], sep=\"\\n\")" \
    >>"$AWS_SHARED_CREDENTIALS_FILE"'
expect_status 0 'the key goes back'

# --- the config ---------------------------------------------------------------
fob -q setup --remove work
fob -q setup --remove admin
expect 'the config is what it was before setup, to the byte' \
    cmp config.before "$AWS_CONFIG_FILE"

# --- the agent and its files --------------------------------------------------
run fob agent stop
expect_status 0
expect 'three folders are all that there is' [ "$(find "$HOME" -ipath '*fob' \
    -type d | sort | tr '\n' ' ')" = "$HOME/.config/fob $HOME/.local/share/fob \
$HOME/.local/state/fob " ]
rm -r "$HOME/.local/share/fob" "$HOME/.config/fob" "$HOME/.local/state/fob"

# --- life goes on -------------------------------------------------------------
run caller_arn work
expect_out_like ':user/alice$' 'an SDK signs with the key again'
seed=$(sed -n 's/^otpauth:.*alice.*secret=\([A-Z2-7]*\).*/\1/p' seeds)
ctl clock advance 60
run aws --endpoint-url "$AWS_ENDPOINT_URL" --profile work \
    --region eu-central-1 sts get-session-token \
    --serial-number "$ARN" --token-code "$(ctl device code phone)"
expect_status 0 'and the device is used without fob'
[ "$seed" = "$SEED" ]
point $? 'with the seed that came out'
finish
