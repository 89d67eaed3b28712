#!/bin/sh
# SPDX-License-Identifier: MIT
# The next step that an error names is one that helps: no second device where
# there is one, no QR code for what has none.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q credentials work >/dev/null
cat >>"$AWS_CONFIG_FILE" <<END

[profile again]
region = eu-central-1
[profile token]
region = eu-central-1
mfa_serial = GAHT12345678
[profile phone]
region = eu-central-1
mfa_serial = arn:aws:iam::111122223333:mfa/of-a-phone
[profile carol]
region = eu-central-1
[profile dave]
region = eu-central-1
END
for profile in again token phone; do
    ctl key ini alice $profile
done >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl user create carol >carol
ctl key ini carol carol >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl user create dave >dave
ctl key ini dave dave >>"$AWS_SHARED_CREDENTIALS_FILE"

# --- a device that is there -------------------------------------------------
run fob exec again -- true
expect_error 3 "again has no mfa_serial, and the account phone is the device of \
its user alice; run: aws configure set mfa_serial $ARN --profile again\$" \
    "the user's device is named, and no second one made"
sed -i "s,^\[profile again\]$,&\nmfa_serial = $ARN," "$AWS_CONFIG_FILE"
run fob exec again -- sh -c 'echo "$AWS_SESSION_TOKEN" | wc -l'
expect_out 1 'that helps'
run_sh "printf 'otpauth://totp/Amazon%%20Web%%20Services:carol@111122223333?%s' \
    'secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services' |
    fob add --uri - carols"
expect_status 0
run fob exec carol -- true
expect_error 3 'carol has no mfa_serial, and the account carols is by its name a device of its user carol; run: fob enroll --profile carol --account carols$' \
    'one that was only scanned so far'
run fob exec dave -- true
expect_error 3 'profile dave has no mfa_serial; run: fob enroll --profile dave$' \
    'and without any, to make one'

# --- the user's ARN in the place of the device's ------------------------------
cp "$AWS_CONFIG_FILE" good
sed "s,^mfa_serial = $ARN\$,mfa_serial = arn:aws:iam::111122223333:user/alice," \
    good >"$AWS_CONFIG_FILE"
run fob exec work -- true
expect_error 8 'work is the ARN of a user, and not of a device .:mfa/.: .*; run: fob devices --profile work$'
run fob devices work
expect_out_like "^$ARN " 'the command shows the right one'
cp good "$AWS_CONFIG_FILE"

# --- seeds that are elsewhere -----------------------------------------------
run fob exec token -- true
expect_error 4 'no seed for GAHT12345678, .* six digits on stdin with --code -'
expect 'no QR code is asked for' sh -c '! grep -q -e --qr err'
run fob exec phone -- true
expect_error 4 'no seed for arn:aws:iam::111122223333:mfa/of-a-phone, .* --code -'

finish
