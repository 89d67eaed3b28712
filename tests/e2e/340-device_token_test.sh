#!/bin/sh
# SPDX-License-Identifier: MIT
# A device whose seed is on a token: made, resynchronised, replaced, removed.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
FOB_SIM=${FOB_SIM:-$O/fob-sim}
export FOB_SIM
if [ ! -x "$FOB_SIM" ]; then
    echo '1..0 # SKIP no fob-sim: make sim'
    exit 0
fi
aws_bare
mkdir "$work/sim"
"$PYTHON" "$TOP/tests/e2e/touching.py" "$work/sim" &
owner=$!
while [ ! -S "$work/sim/token" ]; do sleep 0.1; done
FOB_TOKEN=sim:$work/sim/token
export FOB_TOKEN

run fob -q enroll --profile work --on token
expect_status 0
expect_out "$ALICE"
expect_devices "$ALICE=alice" 'it is there and enabled'
run fob devices work
expect_out_like "^arn:aws:iam::111122223333:mfa/[^ .]+ +666f6273696d0001 " \
    'the ARN and the token of it are not cut to fit'
run fob --json devices --profile work
expect_json "it[0]['seed'] not in ('vault', '')" 'its seed is on the token'
run fob -q credentials work --wait
expect_status 0 'and sessions come from it'
run fob -q resync --profile work
expect_status 0 'resync with codes of the token'
run fob -q replace --profile work
expect_status 0 'from a token into the vault'
expect_devices "$(arn alice-2)=alice" 'there is one device'
run fob --json list
expect_json "[a['place'] for a in it] == ['vault']" 'with its seed here'
run fob -q replace --profile work --on token
expect_status 0 'and back'
run fob -q unenroll --profile work
expect_status 0
expect_devices '' 'none is left'
expect_serial work ''

# The console's form gets codes of the token, too.
ctl device create desk >"$work/desk"
ctl device png desk >"$work/desk.png"
cat >"$work/console" <<END
#!/bin/sh
set -- \$(printf '%s\n' "\$SCREEN" | sed -n 's/.*form: //p' | tail -n 1)
exec $PYTHON $TOP/tests/aws/ctl.py device enable desk alice "\$@"
END
chmod 755 "$work/console"
run_tty "for two others=!$work/console" -- \
    fob add --qr "$work/desk.png" --profile work --on token desk
expect_status 0 'a device of the console with its seed on a token'
expect_serial work "$(cat "$work/desk")"
run fob -q credentials work --wait
expect_status 0 'and sessions come from it'
kill $owner
wait $owner 2>/dev/null
finish
