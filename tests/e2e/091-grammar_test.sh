#!/bin/sh
# SPDX-License-Identifier: MIT
# One grammar for all commands: global options anywhere, PROFILE by operand or
# option or variable, letters, exec's words; and what is said of a wrong one.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --secret - 'Amazon Web Services:phone@111122223333' \
    --serial "$ARN" >/dev/null
id=$(fob --json credentials work | "$PYTHON" -c '
import json, sys; print(json.load(sys.stdin)["AccessKeyId"])')

# --- global options ---------------------------------------------------------
fob --json list >before
for words in 'list --json' '-q list --json' 'list -q --json' 'list --quiet --json' \
    '--quiet --verbose --json list' '-qv list --json'; do
    # shellcheck disable=SC2086
    run fob $words
    expect_out "$(cat before)" "fob $words"
done
run fob frobnicate --json
expect_status 2
error_is() { # EXPRESSION WHAT
    tail -n 1 "$work/err" >"$work/out"
    expect_json "it['error']['status'] == $1" "$2"
}
error_is 2 'an unknown command, told in JSON'
run fob code --frobnicate x --json
error_is 2 'an unknown option, too'
run fob keys frobnicate --json
error_is 2 'and an unknown verb'
run fob credentials nothing --json
error_is 3 'and no such profile'
run fob code --next -- --json
expect_error 3 'json' 'behind -- it is an operand'

# --- PROFILE ----------------------------------------------------------------
has_session() { # WHAT
    point "$(printf '%s' "$out" | grep -q "$id"; echo $?)" "$1"
}
for words in 'credentials work' 'credentials --profile work' \
    'credentials --profile=work --format env' 'credentials work --profile work' \
    'env work' 'env --profile work' 'exec work env' 'exec work -- env' \
    'exec --profile work env' 'exec --profile work -- env' \
    'exec -q work --min-ttl 15m env' 'credentials -d1h work' \
    'credentials -d 1h work' 'credentials --duration=1h work'; do
    # shellcheck disable=SC2086
    run fob $words
    has_session "fob $words"
done
for command in credentials setup login enroll devices resync replace \
    'keys rotate' 'keys import'; do
    # shellcheck disable=SC2086
    run fob $command
    expect_error 3 'no profile default' "$command: no PROFILE is default"
    # shellcheck disable=SC2086
    AWS_DEFAULT_PROFILE=first run fob $command
    expect_error 3 'no profile first' "$command: AWS_DEFAULT_PROFILE"
    # shellcheck disable=SC2086
    AWS_PROFILE=second AWS_DEFAULT_PROFILE=first run fob $command
    expect_error 3 'no profile second' "$command: AWS_PROFILE goes before"
    # shellcheck disable=SC2086
    AWS_PROFILE=second run fob $command --profile third
    expect_error 3 'no profile third' "$command: --profile goes before"
    # shellcheck disable=SC2086
    run fob $command --profile third fourth
    expect_error 2 'differ' "$command: two profiles"
done
AWS_PROFILE='' run fob exec -- true
expect_error 3 'no profile default' 'an empty AWS_PROFILE is none'
run fob credentials ''
expect_error 2 'PROFILE is empty' 'a variable that is not set names no profile'
run fob code ''
expect_error 2 'operand 1 is empty'
for command in unenroll 'keys remove'; do
    # shellcheck disable=SC2086
    run fob $command
    expect_error 2 'no PROFILE' "$command: nobody deletes by saying nothing"
done
run fob keys list --profile work
expect_error 2 '--profile is for others' 'a verb without PROFILE'
printf '[default]\nsource_profile = work\nregion = eu-west-1\nmfa_serial = %s\n' \
    "$ARN" >>"$AWS_CONFIG_FILE"
sed 's/^\[work\]/[default]/' "$AWS_SHARED_CREDENTIALS_FILE" >both
cat both >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob exec -- sh -c 'echo "$AWS_REGION"'
expect_out eu-west-1 'nothing is named: [default]'

# --- exec -------------------------------------------------------------------
run fob exec work printf '%s|' --json -q -- --duration
expect_out '--json|-q|--|--duration|' 'the options of a command are its own'
run fob exec --profile work printf '%s|' work
expect_out 'work|' 'with --profile the first word is the command'
run fob exec work -- printf '%s|' -- -x ''
expect_out '--|-x||' 'words behind -- stay as they are'
printf '#!/bin/sh\necho "shell of $AWS_REGION, $#"\n' >shell
chmod +x shell
SHELL=$work/shell run fob exec work
expect_out 'shell of eu-central-1, 0' 'no command is a shell'
SHELL=$work/shell AWS_PROFILE=work run fob exec
expect_out 'shell of eu-central-1, 0' 'so is no profile'
SHELL='' run_sh 'echo "echo \$0" | fob exec work'
expect_out /bin/sh 'without SHELL it is sh'
AWS_PROFILE=work run fob exec printenv AWS_REGION
expect_error 3 'no profile printenv .*run: fob exec -- COMMAND$' \
    'a command in the place of the profile that AWS_PROFILE names'
AWS_PROFILE=work run fob exec no-such-thing true
expect_err_like 'run: fob profiles$' 'which a word that is no program is not'

# --- --region ---------------------------------------------------------------
run fob exec work --region us-west-2 sh -c 'echo "$AWS_REGION $AWS_DEFAULT_REGION"'
expect_out 'us-west-2 us-west-2' 'of the command'
AWS_REGION=eu-west-3 run fob exec work --region us-west-2 sh -c 'echo "$AWS_REGION"'
expect_out us-west-2 'it goes before the environment'
AWS_REGION=eu-west-3 run fob env work --region us-west-2
expect_out_like "^export AWS_REGION='?us-west-2'?;?$" 'of exports'
run fob --json credentials work --format json --region us-west-2
expect_json 'it["Region"] == "us-west-2"' 'of what is printed'
run fob credentials work --region=
expect_error 2 'the REGION of --region is empty'

# --- what other tools call it -----------------------------------------------
run fob exec -n work true
expect_error 2 'leave -n out'
run fob exec -t 123456 work true
expect_error 2 'give it on stdin'
run fob exec --mfa-token=123456 work true
expect_error 2 'give it on stdin'
expect 'a code is not repeated' sh -c '! grep -q 123456 err'
run fob exec -j work
expect_error 2 'run: fob credentials PROFILE'
run fob exec --ecs-server work
expect_error 2 'use --server'
run fob login --stdout work
expect_error 2 'use --print'
run fob export work --format=json
expect_error 2 'run: fob credentials --format env'
run fob clear
expect_error 2 'run: fob sessions --clear'
run fob rotate work
expect_error 2 'run: fob keys rotate'
run fob exec --durtion 1h work true
expect_error 2 '--durtion \(did you mean --duration\?\)'
run fob keys imprt work
expect_error 2 'verb imprt \(did you mean import\?\)'

finish
