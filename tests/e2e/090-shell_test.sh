#!/bin/sh
# SPDX-License-Identifier: MIT
# fob env and fob exec: what shells and children get.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
ME=arn:aws:iam::111122223333:user/alice

# --- env --------------------------------------------------------------------
run_sh 'eval "$(fob env work)" && printenv AWS_SESSION_TOKEN AWS_REGION'
expect_out_like '^eu-central-1$'
run_sh 'AWS_REGION=us-east-2; export AWS_REGION
    eval "$(fob env work)" && printenv AWS_REGION AWS_DEFAULT_REGION'
expect_out "$(printf 'us-east-2\nus-east-2')" \
    'a region of the caller stays, and both kinds of SDK see it'
run_sh 'AWS_PROFILE=work; export AWS_PROFILE
    eval "$(fob env)" && printenv AWS_PROFILE'
expect_out '' 'AWS_PROFILE would win in some SDKs: out it goes'
run_sh 'eval "$(fob env work)" && eval "$(fob env --unset)" && env |
    grep -E "^AWS_(ACCESS|SECRET|SESSION|CREDENTIAL_|REGION|DEFAULT)"'
expect_out '' 'all is taken out again'
for shell in fish tcsh; do
    if ! command -v $shell >/dev/null; then
        skip "$shell" 'there is none'
        continue
    fi
    if [ $shell = fish ]; then
        run fish -c 'fob env work --shell fish | source; printenv AWS_REGION'
    else
        run tcsh -fc 'eval `fob env work --shell csh`; printenv AWS_REGION'
    fi
    expect_out eu-central-1 "$shell reads it"
done
run fob env work --shell cmd
expect_status 2
expect_err_like 'sh, fish, csh or pwsh'

# --- exec: the environment --------------------------------------------------
caller='import boto3, os
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
print(sts.get_caller_identity()["Arn"])'
AWS_PROFILE=nonsense run fob exec work -- "$PYTHON" -c "$caller"
expect_out "$ME" 'the child is who it should be'
AWS_PROFILE=work AWS_DEFAULT_PROFILE=x AWS_SECURITY_TOKEN=x run fob exec -- env
expect_out_like '^AWS_CREDENTIAL_EXPIRATION=20'
expect_out_like '^AWS_DEFAULT_REGION=eu-central-1$'
expect 'what would win is gone, and so is the passphrase file' sh -c \
    '! grep -Eq "^(AWS_PROFILE|AWS_DEFAULT_PROFILE|AWS_SECURITY_TOKEN|FOB_PASSPHRASE_FILE)=" out'
AWS_ACCESS_KEY_ID=old AWS_SESSION_TOKEN=old AWS_REGION=us-east-2 \
    run fob exec work -- env
expect 'each variable is there once' sh -c '
    [ "$(grep -c "^AWS_ACCESS_KEY_ID=" out)" = 1 ] &&
    ! grep -q "=old$" out && grep -qx AWS_REGION=us-east-2 out &&
    grep -qx AWS_DEFAULT_REGION=us-east-2 out'
expect 'others are as they were' grep -qx "HOME=$HOME" out

# --- exec: the process ------------------------------------------------------
run fob exec work -- sh -c 'exit 37'
expect_status 37 'the exit status is the child'"'"'s'
expect_err ''
run fob exec work -- sh -c 'kill -TERM $$'
expect_status 143 'and so is its death'
run fob exec work -- "$work/missing"
expect_error 127 'missing'
run fob exec work -- missing-command
expect_error 127 'missing-command'
: >plain
run fob exec work -- ./plain
expect_error 126 'plain'
run fob --json exec work -- missing-command
expect_status 127
expect_err_like '"status":127'
run fob exec work -- sh -c 'printf "%s|" "$@"' - 'a b' '' '$x' '*' --json --help
expect_out 'a b||$x|*|--json|--help|' 'arguments pass untouched'
run_sh 'echo in | fob exec work -- cat'
expect_out in 'stdin passes'
run_sh 'fob exec work -- sh -c "echo 5 >&5" 5>five; cat five'
expect_out 5 'other descriptors, too'

state() {
    "$@" sh -c 'exec cat /proc/self/limits'
    "$@" sh -c 'exec grep -E "^(Sig(Blk|Ign|Cgt)|CapEff|Seccomp|NoNew)" /proc/self/status'
    "$@" sh -c 'umask; pwd; exec ls /proc/self/fd'
}
ulimit -c 4096 2>/dev/null
(
    trap '' USR1
    state env >before
    state fob exec work -- >after
)
run diff before after
expect_status 0 'limits, masks, descriptors are unchanged'
expect 'it is the process that fob was' sh -c '
    fob exec work -- sh -c "echo \$\$" >pid & wait $!; [ "$(cat pid)" = $! ]'
expect 'the child may be traced and dumped as before' \
    fob exec work -- sh -c '[ -r /proc/$$/environ ] &&
        [ "$(stat -c %u /proc/$$/mem)" = "$(id -u)" ]'
FOB_NO_AGENT=1 run fob exec work -- sh -c 'ps -o args= --ppid $$ | grep [f]ob-agent'
expect_status 1 'a private agent has ended before the command begins'

run fob exec work --
expect_error 2 'no command after --' 'an empty list of words is no shell'
run fob exec nothing -- true
expect_error 3 'nothing'

finish
