#!/bin/sh
# SPDX-License-Identifier: MIT
# What fob set in an environment is told from what a person set: the next
# profile's session replaces it, --unset takes it away, and nothing else.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
unset AWS_REGION AWS_DEFAULT_REGION AWS_PROFILE AWS_DEFAULT_PROFILE
for profile in us nowhere; do
    printf '[profile %s]\nmfa_serial = %s\n' $profile "$ARN" >>"$AWS_CONFIG_FILE"
    [ $profile = nowhere ] || echo 'region = us-west-2' >>"$AWS_CONFIG_FILE"
    sed "s/^\[work\]/[$profile]/" "$AWS_SHARED_CREDENTIALS_FILE" >more
    cat more >>more.all
done
cat more.all >>"$AWS_SHARED_CREDENTIALS_FILE"

# --- one after the other, in each shell -------------------------------------
see='env | grep -E "^(AWS_REGION|AWS_DEFAULT_REGION|FOB_PROFILE|AWS_VAULT)=" | sort'
left='env | grep -E "^(AWS_(ACC|SEC|SES|CRED|REG|DEF|VAULT)|FOB_(SET|PROFILE))"'
want='AWS_DEFAULT_REGION=us-west-2
AWS_REGION=us-west-2
AWS_VAULT=us
FOB_PROFILE=us
---'

try() { # SHELL COMMAND ...
    shell=$1
    shift
    if ! command -v "$shell" >/dev/null; then
        skip "$shell" 'there is none'
        return
    fi
    run "$@"
    last="in $shell"
    expect_out "$want" "$shell: the second profile's, and all taken out"
}
for shell in sh dash bash zsh; do
    try $shell $shell -c 'eval "$(fob env work)"; eval "$(fob env us)"
        '"$see; echo ---"'; eval "$(fob env --unset)"; '"$left"
done
try fish fish --no-config -c 'fob env --shell fish work | source
    fob env --shell fish us | source; '"$see; echo ---"'
    fob env --shell fish --unset | source; '"$left"
try tcsh tcsh -fc 'eval `fob env --shell csh work`; eval `fob env --shell csh us`
    '"$see; echo ---"'; eval `fob env --shell csh --unset`; '"$left"

# --- what a person set ------------------------------------------------------
run_sh 'export AWS_REGION=eu-north-1; eval "$(fob env work)"; eval "$(fob env us)"
    eval "$(fob env --unset)"; '"$left"
expect_out AWS_REGION=eu-north-1 'their region stays through it all'
run_sh 'eval "$(fob env work)"; export AWS_REGION=eu-north-1; eval "$(fob env us)"
    echo $AWS_REGION'
expect_out eu-north-1 'so does one that is set over it'
run_sh 'export AWS_ACCESS_KEY_ID=AKIAPERSON AWS_SECRET_ACCESS_KEY=x AWS_VAULT=y
    eval "$(fob env --unset)"; '"$left"' | sort'
expect_out "$(printf 'AWS_ACCESS_KEY_ID=AKIAPERSON\nAWS_SECRET_ACCESS_KEY=x\nAWS_VAULT=y')" \
    '--unset leaves a key that is theirs'
run_sh 'eval "$(fob env work)"; export AWS_ACCESS_KEY_ID=AKIAPERSON
    export AWS_SECRET_ACCESS_KEY=x; unset AWS_SESSION_TOKEN
    eval "$(fob env --unset)"; '"$left"' | sort | head -n 2'
expect_out_like '^AWS_ACCESS_KEY_ID=AKIAPERSON$' 'and one set over the session'
expect_out_like '^AWS_SECRET_ACCESS_KEY=x$'
run_sh 'eval "$(fob env work)"; eval "$(fob env nowhere)"; '"$see"
expect_out "$(printf 'AWS_VAULT=nowhere\nFOB_PROFILE=nowhere')" \
    'a profile without a region does not go on with the last one'
run_sh 'eval "$(fob env --region ap-south-1 work)"; eval "$(fob env us)"; echo $AWS_REGION'
expect_out us-west-2 'nor with one that an option named'
run_sh 'eval "$(fob env work)"; eval "$(fob env --region eu-central-1 us)"; echo $AWS_REGION'
expect_out eu-central-1 'an option that repeats the last one counts'
run_sh 'eval "$(fob env work)"; echo "$FOB_SET"'
expect_out_like '^AWS_ACCESS_KEY_ID=ASIA[A-Z0-9]* AWS_CREDENTIAL_EXPIRATION=[0-9TZ:-]* AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1$' \
    'the mark has no secret'

# --- nested -----------------------------------------------------------------
run fob exec work fob exec us sh -c "$see"
expect_out "$(echo "$want" | grep -v -e ---)" "exec within exec: the inner one's"
expect_err 'The session of us, within that of work.' 'told in one line'
run fob exec work fob exec work sh -c "$see"
expect_err '' 'the same profile again is nothing to tell'
run fob exec nowhere fob exec us fob exec nowhere sh -c "$see"
expect_out "$(printf 'AWS_VAULT=nowhere\nFOB_PROFILE=nowhere')" 'back again'
run fob exec work fob credentials us --format json
expect_json 'it["Region"] == "us-west-2"' 'credentials in a session of another'
AWS_REGION=eu-north-1 run fob exec work fob exec us sh -c 'echo $AWS_REGION'
expect_out eu-north-1 "a person's region stays, nested too"
run fob exec --server work sh -c 'fob exec us env'
expect_out_like '^AWS_REGION=us-west-2$' 'within exec --server'
FOB_TOKEN_PASSPHRASE_FILE=/dev/null AWS_PROFILE=us run fob exec work env
expect 'no way in and no profile is handed on' sh -c '
    ! grep -E "^(FOB_PASSPHRASE_FILE|FOB_TOKEN_PASSPHRASE_FILE|AWS_PROFILE)=" out'
run_tty -- env SHELL=/bin/true fob exec work
expect_out_like 'A shell with the session of work; exit ends it' \
    'a shell at a terminal is told'

# --- a failure is one of the shell's ----------------------------------------
for shell in sh dash bash zsh; do
    command -v $shell >/dev/null || continue
    run $shell -c 'eval "$(fob env nothing)"; echo "$?"'
    expect_out 1 "$shell: eval has a failing status"
    run $shell -ec 'eval "$(fob env nothing)"; echo on'
    expect_out '' "$shell -e ends"
    run $shell -ec 'eval "$(fob env work --frob)"; echo on'
    expect_out '' "$shell -e ends at a wrong option, too"
done
run fish --no-config -c 'fob env --shell fish nothing | source; echo $status'
expect_out 1 'fish: so does source'
run tcsh -fc 'eval `fob env --shell csh nothing`; echo $status'
expect_out 1 'tcsh: so does eval'
run fob env --shell pwsh nothing
expect_out "Write-Error 'fob env failed'" 'pwsh: an error of its own'
run_tty -- fob env nothing
expect 'at a terminal the error is enough' sh -c '! grep -q "^false" out'

finish
