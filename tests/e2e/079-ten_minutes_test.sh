#!/bin/sh
# SPDX-License-Identifier: MIT
# Ten minutes of a user of aws-vault: a config of forty profiles in three
# partitions stays as it is, the keys move, and the fingers go on typing what
# they are used to.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
unset AWS_VAULT AWS_VAULT_FILE_DIR
aws_start
rm "$AWS_SHARED_CREDENTIALS_FILE" "$AWS_CONFIG_FILE"
mkdir -p "$HOME/.awsvault/keys"
echo 'Go Pats 2051' >"$work/theirs"
chmod 600 "$work/theirs"

# --- what is there on the first day -----------------------------------------
# partition PROFILE PARTITION ACCOUNT REGION SEED: a user with a key in aws-vault, a
# device on a phone, and twelve roles.
partition() {
    [ "$3" = 111122223333 ] ||
        ctl account create "$3" --partition "$2" >"$work/account"
    ctl user create "$1" --account "$3" >"$work/user"
    device=$(ctl device create "$1" --user "$1" --seed "$5")
    sed -n 's/^access_key_id=//p;s/^secret_access_key=//p' "$work/user" |
        "$PYTHON" "$TOP/tests/lib/aws_vault.py" "$(cat "$work/theirs")" "$1" \
            >"$HOME/.awsvault/keys/$1"
    cat <<EOT
[profile $1]
region = $4
mfa_serial = $device

EOT
    for role in 1 2 3 4 5 6 7 8 9 10 11 12; do
        cat <<EOT
[profile $1-$role]
role_arn = $(ctl role create "$1-$role" --account "$3" --require-mfa yes \
        --max-session-s 43200)
include_profile = $1
source_profile = $1

EOT
    done
}
{
    partition work aws 111122223333 eu-central-1 "$SEED"
    partition china aws-cn 222233334444 cn-north-1 "${SEED}AAAA"
    partition gov aws-us-gov 333344445555 us-gov-west-1 "${SEED}BBBB"
    printf '[default]\nregion = eu-west-1\n'
} >"$AWS_CONFIG_FILE"
cp "$AWS_CONFIG_FILE" config
expect 'forty profiles' [ "$(grep -c '^\[' "$AWS_CONFIG_FILE")" = 40 ]
phone() { oathtool --totp -b "$SEED"; }
id='sts get-caller-identity --query Arn --output text'
aws="aws --endpoint-url $AWS_ENDPOINT_URL"

# --- the keys move ----------------------------------------------------------
run fob keys import --from aws-vault --password-file "$work/theirs"
expect_status 0 'the keys come over'
expect 'three of them' [ "$(grep -c ' added$' "$work/out")" = 3 ]
expect 'and the config is as it was' cmp config "$AWS_CONFIG_FILE"

# --- the code of the phone --------------------------------------------------
run_tty "Code of MFA device=$(oathtool --totp -b "$SEED")" -- \
    fob exec work true
expect_status 0 'the six digits, as aws-vault asks for them'
# shellcheck disable=SC2086 # words of commands
{
    run fob exec work-7 $aws $id
    expect_out_like ':assumed-role/work-7/' 'serve the roles, too'
    oathtool --totp -b "${SEED}AAAA" >code
    run_sh "fob exec --code - china $aws $id <code"
    expect_out_like '^arn:aws-cn:iam::222233334444:user/china$' \
        'or they come by a pipe'
}

# --- and then without it ----------------------------------------------------
# A device of fob's in the place of the phone's, with the session that is open;
# every profile that includes the first follows it.
for profile in work china; do
    run fob enroll --replace-phone --device fob --name "$profile" "$profile"
    expect_status 0 "$profile: a device in the phone's place"
    expect 'that the config names' grep -q '^mfa_serial = .*mfa/fob$' \
        "$AWS_CONFIG_FILE"
done
# The third one's secret was kept.
serial=$(sed -n '/^.profile gov]/,/^$/s/^mfa_serial = //p' config)
echo "${SEED}BBBB" | fob -q add --serial "$serial" --secret - gov >"$work/added"
cp "$AWS_CONFIG_FILE" config
ctl log clear

# --- what the fingers type --------------------------------------------------
# shellcheck disable=SC2086 # words of commands
{
    run fob exec work $aws $id
    expect_out_like ':user/work$' 'exec PROFILE COMMAND, without --'
    run fob exec work -- $aws $id
    expect_out_like ':user/work$' 'and with it'
    run fob exec work-3 $aws $id
    expect_out_like '^arn:aws:sts::111122223333:assumed-role/work-3/' 'a role'
    run fob exec china-12 $aws $id
    expect_out_like '^arn:aws-cn:sts::222233334444:assumed-role/china-12/' \
        'in China'
    run fob exec gov-1 $aws $id
    expect_out_like '^arn:aws-us-gov:sts::333344445555:assumed-role/gov-1/' \
        'and in GovCloud'
    run fob exec -d 12h work-4 $aws $id
    expect_out_like ':assumed-role/work-4/' 'a length'
    run fob exec --region ap-south-1 work env
    expect_out_like '^AWS_REGION=ap-south-1$' 'a region'
    run env SHELL=/usr/bin/env fob exec work
    expect_out_like '^AWS_VAULT=work$' 'a shell, whose prompt knows the profile'
    run fob exec -s work-2 $aws $id
    expect_out_like ':assumed-role/work-2/' 'a server of sessions'
    run fob exec work false
    expect_status 1 "the command's own status"
}
expect 'of two codes: a user had none yet, a role wants its own for 12 hours' \
    [ "$(ctl log codes | wc -l)" = 2 ]
run env AWS_PROFILE=gov fob exec -- true
expect_status 0 'AWS_PROFILE names the profile'

# list
run fob profiles
expect_status 0
expect 'every profile is listed' [ "$(wc -l <"$work/out")" = 41 ]
run fob --json profiles
expect_json 'len(it) == 40 and {p["name"] for p in it} >= {"work-12", "gov"}' \
    'in JSON'
run fob sessions
expect_out_like 'china-12' 'sessions'

# export
run fob credentials work
expect_json 'it["Version"] == 1 and it["AccessKeyId"].startswith("ASIA")' \
    'export --format=json'
run fob credentials --format env work-1
expect_out_like '^AWS_SESSION_TOKEN=.' 'export --format=env'
run_sh 'eval "$(fob env china)" && echo "$AWS_REGION"'
expect_out cn-north-1 'export --format=export-env'

# login --stdout
run fob login --stdout work
expect_error 2 'has no --stdout: .*use --print' 'login --stdout has another name'
run fob login -s work-1
expect_out_like 'Action=login.*SigninToken=' 'a URL for a role'
run fob login -s work
expect_out_like 'Action=login.*SigninToken=' 'and for a user'

# clear PROFILE, rotate
run fob clear work
expect_error 2 'fob sessions --clear' 'clear has another name'
run fob sessions --clear work
expect_status 0
run fob sessions
expect 'of one profile' sh -c '! grep -q " work " "$1" && grep -q china "$1"' - \
    "$work/out"
run fob rotate china
expect_error 2 'fob keys rotate' 'rotate has another name'
old=$(fob --json keys list | "$PYTHON" -c 'import json, sys
print(*(k["id"] for k in json.load(sys.stdin) if k["profile"] == "china"))')
run fob keys rotate china
expect_status 0
expect 'another key' [ "$out" != "$old" ]
# shellcheck disable=SC2086
run fob exec china-3 $aws $id
expect_out_like '^arn:aws-cn:sts::222233334444:assumed-role/china-3/' \
    'that works at once'

# What there is not, and what instead.
for words in 'exec -n work true=leave -n out' \
    'exec --no-session work true=leave --no-session out' \
    'exec -t 123456 work true=--code -' 'exec --ecs-server work true=--server' \
    'exec -j work=fob credentials' 'ls=fob profiles' \
    'rm work=fob keys remove PROFILE' 'add work=keys add' \
    'exec --backend file work true=leave --backend out' \
    'exec --prompt ykman work true=leave --prompt out' \
    'exec --debug work true=use --verbose'; do
    # shellcheck disable=SC2086
    run fob ${words%=*}
    expect_error 2 "${words##*=}" "${words%=*}: ${words##*=}"
done

# The way back.
run fob keys export gov
expect_json '[it["AccessKeyId"][:4], "Expiration" in it] == ["AKIA", False]' \
    'the key comes out again'
expect 'and the config is still as it was' cmp config "$AWS_CONFIG_FILE"
finish
