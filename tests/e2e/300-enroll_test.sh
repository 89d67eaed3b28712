#!/bin/sh
# SPDX-License-Identifier: MIT
# A device made at AWS by fob alone, proven, and written into the config.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_bare

run fob enroll --profile work
expect_status 0
expect_out "$ALICE" 'prints the new device, called after the user'
expect_err_like 'nowhere else; for a copy, run: fob backup FILE$' \
    'the first seed is worth a copy'
expect_devices "$ALICE=alice" 'it is there, enabled, and the only one'
expect_serial work "$ALICE" 'it is the mfa_serial of the profile'
expect 'the config keeps its comment' grep -qx '# mine' "$AWS_CONFIG_FILE"
expect 'no journal is left' no_journal
run fob --json list
expect_json "it[0]['name'] == 'Amazon Web Services:alice@111122223333'" \
    'its account is called as its QR code would have it'
expect_json "it[0]['serial'] == '$ALICE'" 'and is bound to it'
ctl log clear
run fob credentials work
expect_status 0
run ctl log count GetSessionToken
expect_out 0 'the session that proved it is there to be had'
run fob -q --json sessions
expect_json "it[0]['serial'] == '$ALICE'" 'and was minted with it'

cp "$AWS_CONFIG_FILE" "$work/config.before"
ctl log clear
run fob enroll --profile work
expect_status 0 'an enrolled profile is no error'
expect_out "$ALICE" 'its device is named'
expect_err_like 'enrolled already' 'and that it is enrolled'
run ctl log list
expect_out '' 'AWS was not asked'
expect 'the config is as it was' cmp "$AWS_CONFIG_FILE" "$work/config.before"

# Another device of the same user: only a session with MFA may add it.
run fob --json enroll --profile work --add --device spare --name backup
expect_status 0
expect_json "it['serial'] == '$(arn spare)' and it['name'] == 'backup' and \
it['user'] == 'alice' and it['profile'] == 'work'" 'a second one, in JSON'
expect 'which is said once' sh -c '! grep -q "fob backup" "$1"' - "$work/err"
expect_devices "$ALICE=alice $(arn spare)=alice" 'both are enabled'
expect_serial work "$ALICE" 'the profile keeps the first'

# A second profile of the same key.
ctl key ini alice other >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob enroll --profile other
expect_status 0 'a profile of the same user takes the device that is there'
expect_out "$ALICE"
expect_serial other "$ALICE"
expect_devices "$ALICE=alice $(arn spare)=alice" 'no third was made'

# Names that are taken.
ctl user create bob >"$work/bob"
ctl key ini bob bob >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl device create bob --user alice >/dev/null
run fob enroll --profile bob
expect_error 1 "mfa/bob is there and is user alice.s; run: fob enroll \
--profile bob --device OTHER-NAME"
ctl device disable bob
run fob enroll --profile bob
expect_error 1 "belongs to nobody.*; run: fob enroll --profile bob --device \
bob --force"
expect 'no journal is left of either' no_journal
run fob enroll --profile bob --force
expect_status 0 'the left-over one is deleted and made anew'
expect_serial bob "$(arn bob)"
run fob enroll --profile bob --add --device bob --force
expect_status 0 'a device whose seed is here is never deleted by --force'

# An administrator for somebody else.
ctl user create carol >/dev/null
run fob enroll --profile bob --user carol
expect_status 0
expect_out "$(arn carol)"
run ctl --json user show carol
expect_json "it['devices'] == '$(arn carol)'" 'it is hers'
expect_serial bob "$(arn bob)" 'and not in the profile of who made it'

# A device made in the console: its seed comes by hand, its ARN by asking.
ctl user create dave >/dev/null
ctl key ini dave dave >>"$AWS_SHARED_CREDENTIALS_FILE"
ctl device create desk --path /team/ >/dev/null
ctl device uri desk >"$work/uri"
run_sh "fob -q add --uri - <'$work/uri' desk"
expect_status 0
run fob enroll --profile dave --account desk
expect_error 3 "cannot be told; .*fob pair desk" \
    'before the console has the codes'
# shellcheck disable=SC2046
ctl device enable desk dave $(fob -q pair desk)
run fob enroll --profile dave --account desk
expect_status 0
expect_out 'arn:aws:iam::111122223333:mfa/team/desk' 'the path is found too'
expect_serial dave 'arn:aws:iam::111122223333:mfa/team/desk'
run fob credentials dave
expect_status 0 'and a session is there'

# The root user, and usage.
aws_root_key >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob enroll --profile root
expect_error 6 'root user'
run fob enroll --profile nothing
expect_error 3 'nothing'
run fob enroll
expect_error 3 'no profile default'
run fob enroll --profile other --add --device 'a b'
expect_error 2 "device's name"
expect 'after all that no journal is left' no_journal

# Eight devices a user.
i=2
while [ $i -lt 8 ]; do
    i=$((i + 1))
    ctl device create "d$i" --user alice >/dev/null
done
run fob enroll --profile work --add --device ninth
expect_error 6 'quota'
run ctl device list
expect_out_like 'mfa/d8' 'the others are there'
expect 'the ninth is not, enabled or not' sh -c \
    '! printf "%s" "$1" | grep -q ninth' - "$out"
run fob code ninth
expect_error 3 'ninth' 'nor is its seed'
expect 'nor a journal' no_journal

finish
