#!/bin/sh
# SPDX-License-Identifier: MIT
# A touch is asked for at the terminal, whatever stdin, stdout and stderr are.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
SERIAL=666f6273696d0001
export FOB_TOKEN="sim:$work/socket"
"$O/fob-sim" "$work/flash" "$work/socket" &
sim=$!
trap 'kill "$sim"; stop_all' EXIT
await_file -S socket
echo "$SEED" | fob -q add --on token --secret - --serial "$ARN" phone >/dev/null

# When the terminal shows the prompt, the button is pressed.
touched() { # COMMAND ...
    run_tty --plain "touch the token $SERIAL=!'$PYTHON' \
        '$TOP/tests/lib/world.py' '$work/socket' press" -- "$@"
}

# It takes a code of its own, so while there are some.
ctl fault add GetSessionToken replace --element Expiration --text \
    "$(date -u -d '+1100 seconds' +%Y-%m-%dT%H:%M:%SZ)"
touched fob credentials work </dev/null
expect_status 0 'a session that is renewed at once, for it ends soon'
sleep 2
"$PYTHON" "$TOP/tests/lib/world.py" "$work/socket" await-dark
point $? 'which asks for no touch, for nobody is there to ask'

fob -q sessions --clear
touched aws --endpoint-url "$AWS_ENDPOINT_URL" --profile work-mfa \
    --output text --query Arn sts get-caller-identity </dev/null
expect_status 0 'the aws CLI, whose credential_process asks for a touch'
expect_out_like ':user/alice$' 'is who it is to be'
fob -q sessions --clear
echo 'to be passed on' >input
touched fob exec work -- cat <input
expect_out 'to be passed on' 'exec asks as well, and its command has its stdin'
expect_err '' 'with nothing said beside it'
fob -q sessions --clear
# shellcheck disable=SC2016
touched sh -c 'fob env work | sed "s/=.*//"' </dev/null
expect_out_like '^export AWS_ACCESS_KEY_ID$' 'and so does fob env in a pipe'
finish
