#!/bin/sh
# SPDX-License-Identifier: MIT
# Names that others chose: a command that fob says to run does what it says
# and nothing else, and nothing is printed that a terminal would act on or
# hide.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
RLO=$(printf '\342\200\256') ZWSP=$(printf '\342\200\213') ESC=$(printf '\033')
C1=$(printf '\302\233') LONE=$(printf '\233') NL='
'

# --- hints --------------------------------------------------------------------
# A shell reads the hint; each program in it says what it was given.
mkdir bin
for program in fob aws cp rm chmod; do
    cat >bin/$program <<'EOF'
#!/bin/sh
for word in "${0##*/}" "$@"; do printf '<%s>' "$word"; done >>"$TMPDIR/ran"
echo >>"$TMPDIR/ran"
EOF
    chmod +x bin/$program
done

# The commands of the error in $err: what stands behind "; run: " or ": ".
paste() {
    : >"$TMPDIR/ran"
    printf '%s\n' "$err" | sed -n \
        's/.*; \(run: \|.*: \)\(\(fob\|aws\|cp\|rm\|chmod\) .*\)$/\2/p' >hint
    PATH=$work/bin:$PATH sh hint >said 2>&1
}

ran() { # WHAT WANT ...: the last error's hint ran one of these
    what=$1
    shift
    paste
    found=1
    for want; do
        printf '%s\n' "$want" | cmp -s - "$TMPDIR/ran" && found=0
    done
    [ "$found" = 0 ] && [ ! -s said ] && [ ! -e vexed ]
    point $? "$what"
    rm -f vexed
}

option() { # OPTION VALUE
    case $2 in
    -*) echo "<$1=$2>" ;;
    *) echo "<$1><$2>" ;;
    esac
}

operand() { # WORD
    case $1 in
    -*) echo "<--><$1>" ;;
    *) echo "<$1>" ;;
    esac
}

told=0
vex() { # NAME
    last="profile $1"
    printf '[profile %s]\nregion = eu-central-1\n' "$1" >"$HOME/.aws/config"
    : >"$HOME/.aws/credentials"
    run fob credentials -- "$1"
    # Not each is one to botocore's reading of the file.
    ran "a profile: $(printf %s "$1" | cat -v)" \
        "<aws><configure>$(option --profile "$1")" \
        '<fob><doctor>' \
        "<fob><keys><add>$(operand "$1")" \
        "<fob><enroll>$(option --profile "$1")" \
        "<aws><configure>$(option --profile "$1")$NL<fob><keys><import>$(
            operand "$1")"
    printf '[profile %s]\nrole_arn = x\n' "$1" >"$HOME/.aws/config"
    printf '[%s]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = x\n' "$1" >"$HOME/.aws/credentials"
    run fob --json doctor
    expect_json 'all(__import__("shlex").split(f["hint"]) for f in it
        if f.get("hint", "").startswith("fob "))' 'doctor speaks shell'
    "$PYTHON" -c 'import json, sys
for f in json.load(open("out")):
    if f["name"] == "keys" and f["level"] == "problem":
        print("fob: x; run: " + f["hint"])' >finding
    err=$(cat finding)
    [ -s finding ] || return
    told=$((told + 1))
    ran 'and its finding about a key' "<fob><keys><import>$(operand "$1")"
}

for name in plain 'a b' 'a;touch vexed' 'a$(touch vexed)' 'a`touch vexed`' \
    "it's" 'a&touch vexed' 'a|touch vexed' 'a>vexed' '*' '~' \
    -rf --help 'a\' '!!' "a${ESC}[2Jb" "a${RLO}b" "a${ZWSP}b" "${C1}31m"; do
    vex "$name"
done
expect 'doctor told of most of them' [ "$told" -ge 14 ]

# Paths, too: the way back to the vault's generation before.
loose="$work/it's; touch vexed${ESC}[2J"
mkdir -p "$loose"
good=$FOB_HOME
FOB_HOME=$loose
echo "$SEED" | fob -q add --secret - one >one
fob -q rename one two
printf x >"$loose/vault"
run fob list
ran 'a vault by its path' "<cp><$loose/vault.previous><$loose/vault>"
fob -q agent stop
FOB_HOME=$good

# --- what is printed ----------------------------------------------------------
printf '[default]\n' >"$HOME/.aws/config"
: >"$HOME/.aws/credentials"
hidden() { # FILE: whether it holds what nobody may see raw
    LC_ALL=C grep -q -e "$RLO" -e "$ZWSP" -e "$ESC" -e "$C1" -e "$LONE" "$1"
}

plain() { # WHAT
    ! hidden out && ! hidden err
    point $? "$1"
}

uri() { # ENCODED NAME: an account of that label
    echo "otpauth://totp/$1?secret=$2&issuer=Acme"
}
run_sh "uri='$(uri 'eve%1B%5B2J' "$SEED")'; echo \"\$uri\" | fob add --uri -"
expect_error 8 'label is not UTF-8, or holds a control' \
    'a control character in a name is refused'
run_sh "uri='$(uri 'eve%C2%9B31m' "$SEED")'; echo \"\$uri\" | fob add --uri -"
expect_error 8 'label is not UTF-8, or holds a control' 'one of C1, too'
run_sh "uri='$(uri 'eve%9B31m' "$SEED")'; echo \"\$uri\" | fob add --uri -"
expect_error 8 'label is not UTF-8, or holds a control' \
    'and a byte of no character'
run_sh "uri='$(uri 'gpj%E2%80%AEexe' "$SEED")'; echo \"\$uri\" | fob add --uri -"
expect_status 0 'one that turns the text around is taken'
expect_out "Acme:gpj${RLO}exe" 'a script gets the name as it is'
run_sh "uri='$(uri 'x%E2%80%8By' GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ)'
    echo \"\$uri\" | fob add --uri -"
expect_status 0
run_sh "echo MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK | fob add --secret - 'محمد'"
expect_out 'محمد' 'names of all scripts are names'

run fob list
plain 'list spells it out'
expect_out_like 'gpj\\u\{202e\}exe'
expect_out_like 'x\\u\{200b\}y'
expect_out_like 'محمد'
run fob --json list
plain 'so does JSON'
expect_json "any(a['name'] == 'Acme:gpj\u202eexe' for a in it)" \
    'where the name is the same to a program'
run fob code "Acme:gpj${RLO}"x
plain 'an unknown name'
run fob code "$LONE"
plain 'a byte that some terminals act on'
expect_error 3 '"\\x9b"'
run fob code Acme
plain 'names that fit'
run fob completion words -- code Acme
plain 'completion leaves out what cannot be told by looking'
run fob completion words -- code ''
expect_out_like '^محمد$'
run fob rename Acme:gpj "$ESC]0;x"
expect 'a rename to control characters fails' [ "$status" != 0 ]
plain 'and does not show them'
run fob remove "$RLO"
plain 'remove'
run fob export --qr "$RLO$ESC"
plain 'export'
run fob "$ESC[2J"
plain 'a command that is none'
run fob add --qr "$work/$ESC$RLO.png"
plain 'a path'
run fob import "$work/$ESC$RLO.txt"
plain 'another'
printf '[profile a%sb]\nrole_arn = %s\n' "$ESC[31m$RLO" "$LONE" \
    >"$HOME/.aws/config"
run fob doctor
plain 'doctor'
run fob setup "a$ESC[31m${RLO}b"
plain 'setup'

# At a terminal the name is spelled out where a script would get it raw.
run_tty -- sh -c "echo '$(uri 'tty%E2%80%AEexe' ONSWG4TFOQQGC3TEEBWW64TFEBYWC4TL)' |
    fob add --uri -"
plain 'a name at a terminal'
expect_out_like 'tty\\u\{202e\}exe'
run_tty '\u{202e}exe=q' -- fob watch "Acme:tty${RLO}exe"
expect 'watch' sh -c '! grep -q "$1" out' - "$RLO"
run_tty -- fob list
plain 'list at a terminal'
run_tty '[yes/no]=no' -- fob remove "Acme:tty${RLO}exe"
expect_status 4 'no is no'
plain 'a prompt'
expect_out_like 'tty\\u\{202e\}exe'

finish
