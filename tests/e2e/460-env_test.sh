#!/bin/sh
# SPDX-License-Identifier: MIT
# fob env in every shell that it writes for: set, used, and taken out again.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
unset AWS_REGION AWS_DEFAULT_REGION
AWS_PROFILE=nonsense
export AWS_PROFILE
run fob credentials work
token=$(printf '%s' "$out" | sed 's/.*"SessionToken":"\([^"]*\)".*/\1/')
want=$(printf '%s\neu-central-1\n---' "$token")
see='env printenv AWS_SESSION_TOKEN AWS_REGION AWS_PROFILE; echo ---'
gone='env | grep -E "^AWS_(ACCESS|SECRET|SESSION|CREDENTIAL_|REGION|DEFAULT)"'

try() { # SHELL COMMAND ...
    shell=$1
    shift
    if ! command -v "$shell" >/dev/null; then
        skip "$shell" 'there is none'
        return
    fi
    run "$@"
    last="in $shell"
    expect_out "$want" "$shell: set, AWS_PROFILE out of the way, taken out again"
}
for shell in sh dash bash zsh; do
    try $shell $shell -c 'eval "$(fob env work)"; '"$see"'
        eval "$(fob env --unset)"; '"$gone"
done
try bash bash -euc 'eval "$(fob env work)"; printenv AWS_SESSION_TOKEN AWS_REGION
    echo ---; eval "$(fob env --unset)"'
try fish fish --no-config -c 'fob env --shell fish work | source; '"$see"'
    fob env --shell fish --unset | source; '"$gone"
try fish fish --no-config -c 'eval (fob env --shell fish work); '"$see"'
    eval (fob env --shell fish --unset); '"$gone"
try tcsh tcsh -fc 'eval `fob env --shell csh work`; '"$see"'
    eval `fob env --shell csh --unset`; '"$gone"

# There is no PowerShell in Debian: what it has to read, word for word.
run fob env --shell pwsh work
expect 'pwsh: set' sh -c '
    grep -qx "\$Env:AWS_REGION = '\''eu-central-1'\''" out &&
    grep -qFx "\$Env:AWS_SESSION_TOKEN = '\''$1'\''" out &&
    grep -qx "Remove-Item -ErrorAction SilentlyContinue Env:AWS_PROFILE" out &&
    ! grep -v -e "^\$Env:[A-Z_]* = '\''[^'\'']*'\''$" -e "^Remove-Item" out' \
    - "$token"
run_sh 'eval "$(fob env work)"; fob env --shell pwsh --unset'
expect 'pwsh: taken out again' sh -c '[ "$(wc -l <out)" = 9 ] &&
    ! grep -v "^Remove-Item -ErrorAction SilentlyContinue Env:[A-Z_]*$" out'

finish
