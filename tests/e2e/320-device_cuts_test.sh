#!/bin/sh
# SPDX-License-Identifier: MIT
# A change of devices that is cut at any call, by a lost reply, a closed
# connection or a kill, is finished or undone by the next run: no orphan, no
# second device, no gap.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_bare

# cut COMMAND ACTION HOW: one scene from its beginning.
cut() {
    scene_start "$1"
    scene_cut "$2" "$3" fob -q "$1" --profile work
    expect "$1 cut at $2 ($3) is not done" test "$status" != 0
    run fob -q "$1" --profile work
    expect_status 0 'the next run is good'
    scene_check "$1" "after $1 cut at $2 ($3)"
}

for how in lost close kill-before kill-after kill-net; do
    for action in GetCallerIdentity CreateVirtualMFADevice ListMFADevices \
        EnableMFADevice GetSessionToken; do
        cut enroll "$action" "$how"
    done
    for action in CreateVirtualMFADevice ListMFADevices EnableMFADevice \
        GetSessionToken DeactivateMFADevice DeleteVirtualMFADevice; do
        cut replace "$action" "$how"
    done
    for action in DeactivateMFADevice DeleteVirtualMFADevice; do
        cut unenroll "$action" "$how"
    done
done

# What passes by itself is waited for.
for how in throttle 500; do
    for action in CreateVirtualMFADevice EnableMFADevice \
        DeactivateMFADevice DeleteVirtualMFADevice; do
        scene_start replace
        ctl fault add "$action" "$how"
        run fob -q replace --profile work
        expect_status 0 "$how at $action is waited for"
        scene_check replace "after $how at $action"
    done
done

# Whoever was cut may be followed by another command than the same.
scene_start enroll
scene_cut EnableMFADevice kill-after fob -q enroll --profile work
run fob -q unenroll --profile work
expect_status 0 'an enrolment that was cut can be undone'
scene_check unenroll 'after enroll cut, then unenroll'
scene_start replace
scene_cut DeactivateMFADevice kill-before fob -q replace --profile work
run fob -q enroll --profile work
expect_status 0 'enroll finishes a replacement'
expect_out "$(arn alice-2)"
scene_check replace 'after replace cut, then enroll'

# The caller is gone: the agent finishes what it was asked.
scene_start enroll
scene_cut EnableMFADevice kill-caller fob -q enroll --profile work
run fob -q enroll --profile work
expect_status 0 'after a killed caller'
scene_check enroll 'after a killed caller'

# A journal that somebody wrote to is told, not believed.
scene_start enroll
scene_cut EnableMFADevice kill-before fob -q enroll --profile work
journal=$(find "$FOB_HOME/state/journal" -type f ! -name '*.lock')
expect 'the journal tells nobody what it is about' sh -c \
    '! grep -q -e alice -e mfa "$1"' - "$journal"
printf 'x' >>"$journal"
run fob -q enroll --profile work
expect_error 8 "journal of an unfinished change cannot be read: $journal"

# Two at once.
scene_start enroll
fob -q enroll --profile work >"$work/one" 2>&1 &
first=$!
fob -q enroll --profile work >"$work/two" 2>&1 &
second=$!
wait "$first"
one=$?
wait $second
two=$?
expect 'two at once both succeed' test "$one$two" = 00
expect 'with the same device' cmp "$work/one" "$work/two"
scene_check enroll 'after two at once'

# IAM refuses for good: what was made is taken back.
for action in CreateVirtualMFADevice EnableMFADevice; do
    scene_start enroll
    ctl fault add "$action" error --times always
    run fob -q enroll --profile work
    expect_status 6 "denied $action"
    expect_devices '' 'no device is left'
    expect 'nor a journal' no_journal
    run fob --json list
    expect_out '[]' 'nor a seed'
done

finish
