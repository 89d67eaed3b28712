#!/bin/sh
# SPDX-License-Identifier: MIT
# Devices listed, resynchronised, replaced and removed.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_bare

run fob --json devices --profile work
expect_status 0 'no devices are no error'
expect_out '[]'
for command in resync replace unenroll; do
    run fob "$command" --profile work
    expect_error 3 'no mfa_serial' "$command without a device says so"
done
run fob unenroll
expect_error 2 'no PROFILE' 'nobody deletes by saying nothing'
run fob resync
expect_error 3 'no profile default'

fob -q enroll --profile work >/dev/null
ctl device create desk --user alice >/dev/null
run fob --json devices --profile work
expect_status 0
expect_json 'len(it) == 2' 'all of the user are listed'
expect_json "[d for d in it if d['serial'] == '$ALICE'][0]['seed'] == 'vault'" \
    'where the seed is'
expect_json "[d for d in it if d['serial'] == '$ALICE'][0]['profile'] == \
'work'" 'and whose it is'
expect_json "'seed' not in [d for d in it if d['serial'] == '$(arn desk)'][0]" \
    'one without a seed here has no place'
ctl device remove desk

# --- resync -------------------------------------------------------------------
# AWS's clock moves on; nobody here has heard of it.
ctl clock advance 90
before=$(ctl --json device show alice | "$PYTHON" -c \
    'import json, sys; print(json.load(sys.stdin)["last_pair"])')
run fob resync --profile work
expect_status 0
expect_out "$ALICE"
run ctl --json device show alice
expect_json "int(it['last_pair']) > $before + 1" 'with two newer codes'
expect_json "it['offset'] == 0" 'of the right time'
fob sessions --clear
run fob credentials work
expect_status 0 'and codes are taken after it'
# At the edge of a step a second would decide what AWS takes the codes for.
ctl clock set "$((($(date +%s) / 30 + 20) * 30 + 28))"
run fob -q resync --profile work
expect_status 0 'at the edge of a step'
run ctl --json log list ResyncMFADevice
expect_json "2 <= int(it[-1]['time'][17:19]) % 30 <= 27" 'the next is waited for'
run ctl --json device show alice
expect_json "it['offset'] == 0" "so that the device's clock is AWS's"
run fob -q resync --profile work --device nothing
expect_error 3 'no device'

# --- replace ------------------------------------------------------------------
cat >>"$AWS_CONFIG_FILE" <<END
[profile role]
role_arn = $(ctl role create admin --require-mfa yes)
source_profile = work
mfa_serial = $ALICE
END
ctl settings set --propagation-s 10 --old-binding-s 2
run fob -q replace --profile work
expect_status 0
expect_out "$(arn alice-2)" 'the new device has a new name'
expect_devices "$(arn alice-2)=alice" 'and is the only one'
expect_serial work "$(arn alice-2)"
expect_serial role "$(arn alice-2)" 'also where another profile named the old'
ctl log clear
run fob credentials work
expect_status 0
run ctl log count GetSessionToken
expect_out 0 'the session that proved it is there'
run fob credentials role
expect_status 0 'the role is assumed with it'
run fob --json list
expect_json 'len(it) == 1' 'the old seed is gone'
run fob replace --profile work --device key --name mine
expect_status 0 'to a name of choice'
expect_devices "$(arn key)=alice" 'once more there is one'
run fob --json list
expect_json "[a['name'] for a in it] == ['mine']" 'and its account'

# A device that is there is no new one: neither it nor the old one may go.
fob -q enroll --profile work --add --device spare >"$work/added"
run fob -q replace --profile work --device spare
expect_error 1 "a device $(arn spare) already; run: fob replace --profile work \
--device OTHER-NAME"
expect_devices "$(arn key)=alice $(arn spare)=alice" 'both are as they were'
expect_serial work "$(arn key)"
fob -q unenroll --profile work --device spare >"$work/gone"
left=$(ctl device create left)
run fob -q replace --profile work --device left
expect_error 1 "nobody.*; run: fob replace --profile work --device OTHER-NAME" \
    'one that belongs to nobody is told, with a command that there is'
expect_devices "$(arn key)=alice $left=" 'and both are as they were'
expect 'no journal is left' no_journal
ctl device remove left

# Refused at its last step before the old one goes: nothing is lost.
i=0
while [ $i -lt 7 ]; do
    i=$((i + 1))
    ctl device create "x$i" --user alice >/dev/null
done
ctl settings set --propagation-s 0 --old-binding-s 0
run fob -q replace --profile work
expect_error 6 'quota' 'with eight devices there is no room for one more'
fob sessions --clear
run fob credentials work --wait
expect_status 0 'the old one still serves'
expect_serial work "$(arn key)"
run fob code key-2
expect_error 3 'key-2' 'of the new one nothing is left'
i=0
while [ $i -lt 7 ]; do
    i=$((i + 1))
    ctl device remove "x$i"
done
expect_devices "$(arn key)=alice" 'at AWS neither'

# --- unenroll -----------------------------------------------------------------
run fob -q enroll --profile work --add --device spare
expect_status 0
run fob unenroll --profile work --device spare
expect_status 0 'another device than the profile names'
expect_devices "$(arn key)=alice" 'is deleted alone'
expect_serial work "$(arn key)" 'and the profile keeps its own'
run fob unenroll --profile work
expect_status 0
expect_out "$(arn key)"
expect_devices '' 'the last device is gone'
expect_serial work ''
expect_serial role '' 'no profile names it'
expect 'the config keeps its comment' grep -qx '# mine' "$AWS_CONFIG_FILE"
run fob --json list
expect_out '[]' 'the seed is gone'
expect 'no journal is left' no_journal
run fob credentials work
expect_error 3 'no mfa_serial'
run fob enroll --profile work
expect_status 0 'the profile can be enrolled again'
expect_serial work "$ALICE"

# A device that is gone already, and one of somebody else's.
ctl device remove alice
run fob unenroll --profile work
expect_status 0 'one that was deleted in the console is cleared away'
expect_serial work ''
ctl user create bob >/dev/null
theirs=$(ctl device create theirs --user bob)
run fob -q unenroll --profile work --device theirs
expect_error 1 'enabled for a user' "another user's is left alone"
expect_devices "$theirs=bob" 'and is as it was'

# An administrator's.
run fob enroll --profile work --user bob --device desk
expect_status 0
run fob unenroll --profile work --device desk
expect_status 0 'what was enrolled for another user can be removed'
expect_devices "$theirs=bob" 'from that user'

finish
