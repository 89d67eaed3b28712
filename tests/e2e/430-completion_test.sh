#!/bin/sh
# SPDX-License-Identifier: MIT
# fob completion: what shells offer, from commands to accounts.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
cat >"$HOME/.aws/config" <<'END'
[profile work]
[profile "two words"]
[default]
END
export AWS_CONFIG_FILE="$HOME/.aws/config" AWS_SHARED_CREDENTIALS_FILE=/dev/null
echo "$SEED" | fob -q add --secret - 'Amazon Web Services:alice' >/dev/null
echo "${SEED}AAAA" | fob -q add --secret - plain >/dev/null

words() {
    run fob completion words -- "$@"
    last="completion words: $*"
}

# --- what may come next -----------------------------------------------------
words ''
expect 'every command of the help' sh -c '
    fob help | sed -n "s/^  \([a-z]*\)  .*/\1/p" | sort >commands
    sort out | cmp - commands'
words cre
expect_out credentials
words -q --json cre
expect_out credentials
words -
expect_out_like '^--json$'
words help doc
expect_out doctor
words credentials ''
expect_out "$(printf 'work\ntwo words\ndefault')" 'profiles'
words credentials --format ''
expect_out "$(printf 'process\nenv\njson\nini')" 'values of an option'
words credentials --format json --m
expect_out --min-ttl 'options'
words env --shell f
expect_out fish
words exec work --server ''
expect_out '' 'one profile is enough'
words exec work -- w
expect_out '' 'behind -- it is not ours'
words exec -- w
expect_out '' 'nor is it with AWS_PROFILE'
words exec work -- ls --s
expect_out '' 'nor are options'
words keys i
expect_out import
words keys import w
expect_out work
words code ''
expect_out "$(printf 'Amazon Web Services:alice\nplain')" 'accounts'
words add --qr ''
expect_out '' 'files are the shell'"'"'s'
words nonsense ''
expect_out ''

# --- as the help has it -------------------------------------------------------
usage() { # COMMAND: on one line, without what may be left out
    fob help "$1" | sed '/^$/q' | tr -s '\n ' '  ' |
        sed "s/^usage: fob $1//; s/\[--profile PROFILE\]/--profile/; s/\[PROFILE\]/PROFILE/
             s/\[[^]]*\]//g; s/[()]//g"
}
for command in keys agent token vault; do
    words $command ''
    expect_out "$(usage $command | tr '|' '\n' | awk '!seen[$1]++ { print $1 }')" \
        "$command: every verb"
done
profiles=$(printf 'work\ntwo words\ndefault')
for command in $(sed 's/ .*//' commands); do
    case $(usage "$command") in
    *'|'* | *' words '*) ;;
    *--profile*)
        words "$command" --profile ''
        expect_out "$profiles" "$command --profile: profiles"
        ;;
    *PROFILE*)
        words "$command" ''
        expect_out "$profiles" "$command: profiles"
        ;;
    esac
done

# --- never in the way -------------------------------------------------------
fob lock
words code ''
expect_out '' 'a locked agent is not asked'
expect 'it stays locked' sh -c 'fob agent status | grep -qx "locked: yes"'
agent=$(fob --json agent status | sed 's/.*"pid":\([0-9]*\).*/\1/')
kill -STOP "$agent"
words code ''
expect_out '' 'one that hangs does not make us hang'
kill -CONT "$agent"
fob agent stop
words code ''
expect_out ''
expect 'no agent is started' sh -c 'fob agent status | grep -qx "not running"'
printf 'broken\n' >"$HOME/.aws/config"
words credentials ''
expect_out '' 'a broken config is silent'
expect_err ''
printf '[profile work]\n[profile "two words"]\n' >"$HOME/.aws/config"

# --- the shells -------------------------------------------------------------
fob -q unlock
run bash --norc --noprofile -c 'eval "$(fob completion bash)"
COMP_WORDS=(fob cred) COMP_CWORD=1 && _fob && printf "%s|" "${COMPREPLY[@]}"
COMP_WORDS=(fob env --shell p) COMP_CWORD=3 && _fob && printf "%s|" "${COMPREPLY[@]}"
COMP_WORDS=(fob env tw) COMP_CWORD=2 && _fob && printf "%s|" "${COMPREPLY[@]}"
COMP_WORDS=(fob code p) COMP_CWORD=2 && _fob && printf "%s" "${COMPREPLY[@]}"
complete -p fob'
last='in bash'
expect_out 'credentials|pwsh|two\ words|plaincomplete -o default -F _fob fob' \
    'bash'
run fish --no-config -c 'fob completion fish | source
complete -C "fob cred"; complete -C "fob env tw"; complete -C "fob code p"'
last='in fish'
expect_out "$(printf 'credentials\ntwo words\nplain')" fish
if command -v zsh >/dev/null; then
    run zsh -f -c 'compdef() { print "compdef $*" }
    compadd() { print -l "${(@P)2}" }
    eval "$(fob completion zsh)"
    words=(fob cred) CURRENT=2; _fob
    words=(fob env tw) CURRENT=3; _fob
    words=(fob code "p") CURRENT=3; _fob'
    last='in zsh'
    expect_out "$(printf 'compdef _fob fob\ncredentials\ntwo words\nplain')" zsh
    run zsh -f -c 'autoload -U compinit && compinit -D -u &&
        eval "$(fob completion zsh)" && print $_comps[fob]'
    expect_out _fob 'zsh knows it'
else
    skip zsh 'there is none'
    skip 'zsh knows it' 'there is none'
fi
run fob completion tcsh
expect_error 2 'bash, zsh or fish'
run fob completion bash zsh
expect_error 2 operands

finish
