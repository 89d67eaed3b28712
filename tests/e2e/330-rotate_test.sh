#!/bin/sh
# SPDX-License-Identifier: MIT
# A long-term access key replaced, with a policy of MFA or without, and cut at
# any call.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
aws_bare

# All keys of alice at AWS, "ID:STATUS" each.
keys_at_aws() {
    ctl --json key list alice | "$PYTHON" -c 'import json, sys
print(" ".join("%s:%s" % (k["access_key_id"], k["status"])
               for k in json.load(sys.stdin)))'
}

key_here() { # PROFILE
    fob -q --json keys list | "$PYTHON" -c 'import json, sys
print(" ".join(k["id"] for k in json.load(sys.stdin)
               if k["profile"] == sys.argv[1]))' "$1"
}

expect_rotated() { # OLD WHAT
    new=$(key_here work)
    expect "$2: the vault has another key" test -n "$new" -a "$new" != "$1"
    [ "$(keys_at_aws)" = "$new:Active" ]
    point $? "$2: AWS has that one and no other"
    [ "$(fob -q --json keys list | grep -c '(new)')" = 0 ]
    point $? "$2: none waits in the vault"
    expect "$2: no journal" no_journal
}

run fob keys rotate nothing
expect_error 3 'nothing'
run fob keys rotate
expect_error 3 'no profile default'
run fob keys list --delete-unused
expect_error 2 'for rotate'

# A key in the credentials file moves into the vault on the way.
ctl settings set --key-propagation-s 4
run fob keys rotate work
expect_status 0
expect_out "$(key_here work)" 'the new id is printed'
expect_err_like 'moved from .* into the vault' 'and that the key moved'
expect_rotated "$KEY_ID" 'once'
expect 'the file has no key' sh -c '! grep -q aws_secret "$1"' - \
    "$AWS_SHARED_CREDENTIALS_FILE"
ctl settings set --key-propagation-s 0
old=$(key_here work)
run fob --json keys rotate work
expect_status 0 'again'
expect_json "it['profile'] == 'work' and it['id'] == '$(key_here work)'" 'JSON'
expect_rotated "$old" 'twice'

# Sessions go on, with the new key.
fob -q enroll --profile work >/dev/null
run fob keys rotate work
expect_status 0 'of an enrolled profile'
run fob credentials work --wait
expect_status 0 'and sessions come from the new key'

# A policy that denies IAM without MFA.
for action in ListAccessKeys CreateAccessKey UpdateAccessKey DeleteAccessKey; do
    old=$(key_here work)
    ctl fault add "$action" error --code AccessDenied --status 403 --message \
        'User is not authorized to perform it with an explicit deny' --times 1
    run fob keys rotate work
    expect_status 0 "a denial of $action is met with a session of MFA"
    expect_rotated "$old" 'under MFA'
done
old=$(key_here work)

# Two keys are all that AWS allows.
second=$(ctl --json key create alice | "$PYTHON" -c \
    'import json, sys; print(json.load(sys.stdin)["access_key_id"])')
run fob keys rotate work
expect_error 6 "second access key, $second .never used.*; run: fob keys \
rotate --delete-unused work"
run fob keys rotate --delete-unused work
expect_status 0 'one that was never used can go'
expect_rotated "$old" 'after two keys'
ctl key create alice >"$work/second"
ctl key ini "$(sed -n 's/^access_key_id=//p' "$work/second")" other \
    >>"$AWS_SHARED_CREDENTIALS_FILE"
caller_arn other >/dev/null
run fob keys rotate work --delete-unused
expect_error 6 'in use' 'one in use is left alone'
ctl key status "$(sed -n 's/^access_key_id=//p' "$work/second")" Inactive
run fob keys rotate work --delete-unused
expect_status 0 'an inactive one goes'

# The same key in another profile.
fob -q keys import other >/dev/null 2>&1
scene_start enroll
ctl key ini alice also >>"$AWS_SHARED_CREDENTIALS_FILE"
old=$(sed -n 's/^access_key_id=//p' "$work/alice")
run fob -q keys rotate work
expect_error 1 'profile also has the same key.*; run: fob keys import also'
run fob -q keys import also
expect_status 0
run fob -q keys rotate work
expect_status 0
expect 'both profiles have the new key' test "$(key_here work)" = \
    "$(key_here also)"

# --- cut anywhere -------------------------------------------------------------
for how in lost close kill-before kill-after kill-net; do
    for action in GetCallerIdentity ListAccessKeys CreateAccessKey \
        UpdateAccessKey DeleteAccessKey; do
        scene_start enroll
        old=$(sed -n 's/^access_key_id=//p' "$work/alice")
        scene_cut "$action" "$how" fob -q keys rotate work
        expect "rotate cut at $action ($how) is not done" test "$status" != 0
        run fob -q keys rotate work
        expect_status 0 'the next run is good'
        expect_rotated "$old" "after a cut at $action ($how)"
    done
done

# The vault forgot the key meanwhile, and the file has it again: it is still
# the one that signs, and must not be the one that goes.
scene_start enroll
old=$(sed -n 's/^access_key_id=//p' "$work/alice")
scene_cut CreateAccessKey lost fob -q keys rotate work
fob -q keys remove work
ctl key ini "$old" work >"$AWS_SHARED_CREDENTIALS_FILE"
run fob -q keys rotate work
expect_status 0 'a key that went back to the file after a cut is rotated'
expect_rotated "$old" 'from the file again'

# Two at once: one after the other.
scene_start enroll
old=$(sed -n 's/^access_key_id=//p' "$work/alice")
fob -q keys rotate work >"$work/one" 2>&1 &
first=$!
fob -q keys rotate work >"$work/two" 2>&1 &
second=$!
wait "$first"
one=$?
wait $second
expect 'two at once both succeed' test "$one$?" = 00
expect_rotated "$old" 'after two at once'

finish
