#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job with the seed on a token: QR code, token, touch, session.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
cd "$work" || exit 1
aws_start

SERIAL=666f6273696d0001
URI="otpauth://totp/Amazon%20Web%20Services:phone@123456789012?secret=$SEED"
URI="$URI&issuer=Amazon%20Web%20Services"

# --- QR code, token, touch, session -----------------------------------------
token_start
qrencode -o qr.png "$URI"
run fob -v add --on token --qr qr.png --serial "$ARN" phone
expect_status 0
world press &
finger=$!
# shellcheck disable=SC2016
run_tty -- sh -c 'fob exec work -- sh -c "echo key=\$AWS_ACCESS_KEY_ID" \
    2>"$0"' "$work/stderr"
wait "$finger"
expect_status 0
expect_out_like "touch the token $SERIAL" 'the prompt is at the terminal'
expect_out_like 'key=ASIA' 'and the command gets its session'
run fob -v credentials work
expect_status 0 'the next one is from the cache, and takes no touch'
run caller_arn work-mfa
expect_out_like ':user/alice$' 'an SDK takes it through credential_process'
[ "$(ctl log count GetSessionToken)" = 1 ]
point $? 'all for one call to STS'
token_stop

# --- codes only rise --------------------------------------------------------
token_start --touch
fob -q sessions --clear
run fob -q code phone
expect_status 0
run fob -q credentials work
expect_status 0 'a session after a typed code takes a later step'
fob -q sessions --clear
callers=
for i in 1 2 3 4 5 6; do
    fob -q credentials work >caller.$i &
    callers="$callers $!"
done
# shellcheck disable=SC2086
wait $callers
[ "$(cat caller.? | sort -u | wc -l)" = 1 ] && [ -s caller.1 ]
point $? 'six callers, one touch and one session'
run fob --json token info
expect_json 'it["strangers"] == []' 'the token gave no code but for these'

# --- the token elsewhere ----------------------------------------------------
token_stop
fob -q sessions --clear
run fob credentials work
expect_error 5 "plug in token $SERIAL"
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV
SPARE=$(ctl device create spare --user alice --seed "$OTHER")
sed "s|^mfa_serial.*|mfa_serial = $SPARE|" "$AWS_CONFIG_FILE" >config.spare
echo "$OTHER" | fob -q add --serial "$SPARE" --secret - spare >spare
AWS_CONFIG_FILE=$work/config.spare fob -q credentials work >session
point $? 'the spare device gives sessions'
fob -q sessions --clear
run fob -v credentials work
expect_status 0 'a sibling in the vault takes the place of an absent token'
expect_err_like "using the device $SPARE"
finish
