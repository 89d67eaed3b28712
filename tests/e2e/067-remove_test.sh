#!/bin/sh
# SPDX-License-Identifier: MIT
# A seed whose QR code nobody sees again is not deleted in passing.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
other_seed=$(printf '%s' "$SEED" | tr KT TK)

echo "$SEED" | fob -q add --secret - phone >/dev/null
echo "$other_seed" | fob -q add --secret - spare >/dev/null
cat >>"$AWS_CONFIG_FILE" <<END

[profile admin]
mfa_serial = $ARN
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = work
END
has() { # NAME
    fob -q --json list | grep -q "\"name\":\"$1\""
}

# --- before AWS has seen it: it may be the profile's ------------------------
run fob remove phone
expect_error 4 "phone gives the codes of these profiles: work, admin.*run: fob remove --force phone" \
    'an account that a profile depends on is not removed unasked'
expect 'and is still there' has phone

# --- bound ------------------------------------------------------------------
run fob -q credentials work
expect_status 0
run fob remove phone
expect_error 4 "phone is the MFA device $ARN.*work, admin.*run: fob remove --force" \
    'the device and what depends on it are named'
run_tty 'yes/no]=no' -- fob remove phone
expect_status 4 'no is an answer'
expect_out_like "phone is the MFA device $ARN, and these profiles .*: work, admin"
expect_out_like 'nothing was removed'
run_tty 'yes/no]=y' -- fob remove phone
expect_status 4 'so is anything but yes'
run_tty 'yes/no]=^D' -- fob remove phone
expect_status 4 'and the end of input'
expect 'it is still there' has phone
AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null \
    run fob remove phone
expect_error 4 "phone is the MFA device $ARN; run" \
    'a device is a device without any profile, too'
echo 'broken' >broken
AWS_CONFIG_FILE=$work/broken run fob remove phone
expect_error 4 "phone is the MFA device $ARN" 'or with files that are broken'
run fob remove pho
expect_error 3 'no account is named "pho"' 'a part of a name is not enough'

run fob remove --force phone
expect_status 0 '--force does not ask'
expect_err_like "Until the vault changes again, $FOB_HOME/vault.previous has it; .*fob enroll" \
    'and says how to get it back'
expect 'it is gone' sh -c '! fob -q code phone'
run_sh 'fob -q agent stop; cp "$FOB_HOME/vault.previous" "$FOB_HOME/vault" &&
    fob -q credentials work'
expect_status 0 'which is true'

# --- nothing depends on it ---------------------------------------------------
run_tty 'Delete the seed of spare for ever? [yes/no]=no' -- fob remove spare
expect_status 4 'at a terminal every seed is worth a question'
run_tty 'yes/no]=yes' -- fob remove spare
expect_status 0 'which yes answers'
expect 'it is gone' sh -c '! fob -q code spare'
echo "$other_seed" | fob -q add --secret - spare >/dev/null
run fob remove spare
expect_status 0 'a script removes what nothing depends on'
run_tty 'yes/no]=yes' -- fob -q remove phone
expect_status 0
expect_out_like '^echo: on$'
expect 'with -q only the question is told' sh -c '! grep -q previous out'

finish
