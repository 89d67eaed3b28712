#!/bin/sh
# SPDX-License-Identifier: MIT
# Whatever is lost, the next step that each error names leads on, and none leads
# round in a circle.  docs/recovery.md is the map.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/e2e/devices.sh
. "$TOP/tests/e2e/devices.sh"
cd "$work" || exit 1
aws_bare
# Alice may do with her devices what policies commonly let a user do.
ctl user create admin >admin
ctl key env admin >admin.env

# What the last error says to run, run by whom it is for: `given` is what `fob
# keys add` reads.
step() {
    next=$(printf '%s\n' "$err" | sed -n '$s/.*: \(\(fob\|aws\) .*\)$/\1/p')
    seen="$seen $next;"
    case $next in
    'fob keys add'*) run_sh "$next <given" ;;
    fob*) run_sh "$next" ;;
    # Debian's aws takes its endpoint by an option only.
    aws*) run_sh ". ./admin.env; AWS_DEFAULT_REGION=us-east-1 \
        aws --endpoint-url '$AWS_ENDPOINT_URL' ${next#aws }" ;;
    *) return 1 ;;
    esac
}

# Go by the errors until the command succeeds; eight steps are a circle.
follow() { # COMMAND ...
    seen=''
    for _ in 1 2 3 4 5 6 7 8; do
        run "$@"
        [ "$status" != 0 ] || return 0
        for _ in 1 2 3; do
            step || return 1
            [ "$status" != 0 ] || break
        done
    done
    return 1
}

leads_on() { # WHAT
    what=$1
    shift
    follow fob exec work -- true
    point $? "$what: the hints lead to a session ($seen)"
}

# --- the vault is gone, the dotfiles are back -------------------------------
fob -q keys import work >/dev/null
fob -q enroll --profile work >/dev/null
cat >>"$AWS_CONFIG_FILE" <<END

[profile admin]
mfa_serial = $ALICE
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = work
END
fob -q agent stop
rm -r "$FOB_HOME"/vault* "$FOB_HOME"/state
printf '%s\n%s\n' "$KEY_ID" "$(sed -n 's/^secret_access_key=//p' alice)" >given

run fob exec work -- true
expect_error 3 'no vault.*fob restore FILE; .*run: fob keys add work$' 'no key is left'
run fob code alice
expect_error 3 'there is no vault.*from a backup, fob restore FILE'
run_sh 'fob -q keys add work <given'
expect_status 0 'a key of the console'
run fob exec work -- true
expect_error 4 'no seed for .*mfa/alice,.* if the device is lost: fob enroll --profile work$' \
    'the seed is nowhere, unless a person has codes'
run fob enroll --profile work
expect_status 3 'enroll does not say that all is well'
expect_err_like 'take its place: fob enroll --replace-phone work$' \
    'a phone need not be kept'
expect_err_like '^fob: the seed of .*mfa/alice.* is nowhere; with a backup, fob restore FILE; without, an administrator runs: aws iam deactivate-mfa-device --user-name alice --serial-number arn:aws:iam::111122223333:mfa/alice$' \
    'but names the ways out'
expect_err_like '^- a backup has it: fob restore' 'each of them'
expect_err_like '^- a phone or a hardware token has it: fob exec --code - work$' \
    'a phone, too'
expect 'and changes nothing' [ "$(serial_of work)" = "$ALICE" ]
run fob replace --profile work
expect_error 3 'run: fob enroll --profile work$' 'replace leads there'
run fob unenroll --profile work
expect_error 4 '--code -, or if the device is lost: fob enroll --profile work$' \
    'and unenroll, which a code would do for'
leads_on 'vault gone'
expect_serial work "$(arn alice-2)" 'with a new device'
expect_serial admin "$(arn alice-2)" 'in every profile that named the old one'

# --- a seed is removed by mistake, and there is another device ---------------
fob -q enroll --profile work --add --device spare --name spare >/dev/null
fob -q remove --force "$(fob --json list | "$PYTHON" -c '
import json, sys
print([a["name"] for a in json.load(sys.stdin) if "alice-2" in a["name"]][0])')"
fob -q sessions --clear
run fob enroll --profile work
expect_error 3 'another device here, spare; run: fob replace --profile work$' \
    'a sibling is a way out'
leads_on 'one of two seeds gone'
expect_devices "$(arn alice-3)=alice $(arn spare)=alice $ALICE=" \
    'the lost one is no more a device of the user'
run fob enroll --profile work
expect_err_like 'enrolled already' 'all is well again'

# --- the access key is deleted ----------------------------------------------
fob -q sessions --clear
ctl key remove "$KEY_ID"
ctl key create alice >key
KEY_ID=$(sed -n 's/^access_key_id=//p' key)
printf '%s\n%s\n' "$KEY_ID" "$(sed -n 's/^secret_access_key=//p' key)" >given
run fob exec work -- true
expect_error 6 'does not know the access key.*fob keys add work' 'it is told'
run_sh 'fob -q keys add work <given'
leads_on 'access key gone'
fob -q keys remove work
fob -q sessions --clear
ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
ctl key remove "$KEY_ID"
ctl key create alice >key
printf '%s\n%s\n' "$(sed -n 's/^access_key_id=//p' key)" \
    "$(sed -n 's/^secret_access_key=//p' key)" >given
leads_on 'access key of a plaintext file gone'

# --- the token is lost --------------------------------------------------------
fob-sim --touch "$work/flash" "$work/sim" &
sim=$!
await_file -S "$work/sim"
ctl user create bob >bob
fob -q agent stop
rm -r "$FOB_HOME"/state
rm "$AWS_SHARED_CREDENTIALS_FILE"
ctl key ini bob work >>"$AWS_SHARED_CREDENTIALS_FILE"
rm "$FOB_HOME"/vault*
printf '[profile work]\nregion = eu-central-1\n' >"$AWS_CONFIG_FILE"
FOB_TOKEN="sim:$work/sim" fob -q token init --open >/dev/null
FOB_TOKEN="sim:$work/sim" fob -q enroll --profile work --on token >/dev/null
kill $sim
fob -q sessions --clear
run fob exec work -- true
expect_error 5 'token .* is not there' 'it is missed'
name=$(fob --json list | sed -n 's/.*"name":"\([^"]*\)".*/\1/p')
run fob remove "$name"
expect_error 4 'run: fob remove --force' 'a device is not removed unasked'
run fob remove --force "$name"
expect_status 0 'what is lost can be forgotten'
expect_err_like 'removed here, and not from token' 'and it is said where it is'
leads_on 'token lost'
expect_serial work "$(arn bob-2)"

# --- the passphrase is forgotten ---------------------------------------------
fob -q backup --code-file code b
echo forgotten >wrong && chmod 600 wrong
FOB_PASSPHRASE_FILE=$work/wrong run fob -q enroll --profile work --add \
    --device third
expect_status 0 'as long as the vault is open, a second device can be made'
fob -q lock --all
FOB_PASSPHRASE_FILE=$work/wrong run fob unlock
expect_error 4 'fob-restore\(1\)' 'the error says where to read on'
mkdir aside && mv "$FOB_HOME"/vault* aside
echo 'a new one' >"$FOB_PASSPHRASE_FILE"
FOB_BACKUP_CODE_FILE=$work/code run fob -q restore b
expect_status 0 'a backup does not need it'
find "$FOB_HOME/state" -path '*/devices/*' -type f -exec rm {} +
ctl clock advance 60
leads_on 'passphrase forgotten'
finish
