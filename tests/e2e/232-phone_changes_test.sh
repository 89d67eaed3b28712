#!/bin/sh
# SPDX-License-Identifier: MIT
# What a phone's owner changes at IAM: six digits, typed or handed in, where AWS
# wants MFA and no seed is here.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
run fob keys import work
expect_status 0
CTL="$PYTHON $TOP/tests/aws/ctl.py"
CODE="!$CTL device code phone"
PROMPT="Code of MFA device $ARN"
deny() { # ACTION: as a policy of MFA does
    ctl fault add "$1" error --code AccessDenied --status 403 --message \
        'User is not authorized to perform it with an explicit deny' --times 1
}

deny ListMFADevices
run fob devices work
expect_error 6 'explicit deny' 'nobody is there to type a code'
deny ListMFADevices
run_sh "$CTL device code phone | fob devices --code - work"
expect_status 0 'a code that is handed in'
expect_out_like "$ARN" 'shows the devices'
run fob devices --code 123456 work
expect_error 2 'takes -'
run_sh 'echo 12345 | fob devices --code - work'
expect_error 8 'not six digits'

fob -q sessions --clear
ctl clock advance 90
old=$(fob --json keys list | "$PYTHON" -c 'import json, sys
print(json.load(sys.stdin)[0]["id"])')
deny CreateAccessKey
run_tty "$PROMPT=$CODE" -- fob keys rotate work
expect_status 0 'a person types one for a new key'
run fob --json keys list
expect_json "it[0]['id'] != '$old'" 'which is in the vault'

fob -q sessions --clear
ctl clock advance 90
run fob -q unenroll work
expect_error 4 'no seed for .*--code -' 'unenroll says what it wants'
run_sh "$CTL device code phone | fob -q unenroll --code - work"
expect_status 0 'and has it'
run ctl device show phone
expect_status 1 'the device is gone'
finish
