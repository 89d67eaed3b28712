#!/bin/sh
# SPDX-License-Identifier: MIT
# From a phone's device to fob's, without a gap: fob enroll --replace-phone.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
cat >>"$AWS_CONFIG_FILE" <<END
[profile admin]
role_arn = $(ctl role create admin --require-mfa yes)
source_profile = work
mfa_serial = $ARN
END
cp "$AWS_CONFIG_FILE" "$work/config"
CODE="!$PYTHON $TOP/tests/aws/ctl.py device code phone"
PROMPT="Code of MFA device $ARN"
NEW=arn:aws:iam::111122223333:mfa/phone-2

run fob enroll --replace-phone work
expect_error 4 "no seed for $ARN, and nobody can be asked" 'nobody to type the code'
run ctl device list
expect 'nothing was made' sh -c '! grep -q phone-2 "$1"' - "$work/out"

run_tty "$PROMPT=$CODE" "remove $ARN from AWS=no" -- \
    fob enroll --replace-phone work
expect_status 0 'a code of the phone makes a device of fob'
expect_out_like "$NEW"
expect_out_like "$ARN stays as it is; to remove it, run: fob unenroll"
run sed -n 's/^mfa_serial = //p' "$AWS_CONFIG_FILE"
expect_out "$NEW
$ARN" 'which the profile has; another keeps the phone'
run ctl device show phone
expect_out_like 'user=arn:aws:iam::111122223333:user/alice' 'as it is wished'
ctl clock advance 90
run fob -q credentials --fresh work
expect_status 0 'no phone is needed from now on'
run fob enroll --replace-phone work
expect_error 1 "seed of $NEW is in fob already.*fob replace" 'what fob has is no phone'

# The phone's goes when the new one works.
fob -q unenroll work
cp "$work/config" "$AWS_CONFIG_FILE"
fob -q sessions --clear
ctl clock advance 180
fob -q devices work >"$work/devices"
run_tty "$PROMPT=000000" "wrong, or used before. $PROMPT=$CODE" \
    "remove $ARN from AWS=yes" -- fob enroll --replace-phone --device fob work
expect_status 0 'a mistyped code is asked for again'
run sed -n 's/^mfa_serial = //p' "$AWS_CONFIG_FILE"
expect_out 'arn:aws:iam::111122223333:mfa/fob
arn:aws:iam::111122223333:mfa/fob' 'every profile of the phone has the new device'
run ctl device show phone
expect_status 1 'and the phone is gone'
run fob -q exec admin -- true
expect_status 0

# Cut on its way: the same command goes on.
ctl device create phone --user alice --seed "$SEED" >"$work/arn"
cp "$work/config" "$AWS_CONFIG_FILE"
fob -q sessions --clear
ctl clock advance 180
fob -q devices work >"$work/devices"
ctl fault add EnableMFADevice close --times always >"$work/fault"
run_sh "'$PYTHON' '$TOP/tests/aws/ctl.py' device code phone |
    fob -q enroll --replace-phone --force --code - --device next work"
[ "$status" != 0 ]
point $? 'a network that goes away cuts it'
ctl fault clear
run fob -q enroll --replace-phone --force --device next work </dev/null
expect_status 0 'the next run ends it, without another code'
run ctl device show phone
expect_status 1 'and the phone is gone'
run fob -q exec --fresh admin -- true
expect_status 0 'with what the profile has now'
finish
