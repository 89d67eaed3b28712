# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# For tests of the whole: source it, write transcripts, call `finish` at the
# end.
#
#     run fob code work
#     expect_status 0
#     expect_out "$(oathtool --totp -b "$SEED")" "it is oathtool's code"
#
# A test has a HOME, a FOB_HOME, a TMPDIR and a passphrase of its own under
# $work, and no terminal.  All of it, and the agent, is gone after it.
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/fob-e2e.XXXXXX") || exit 1
PYTHON=${PYTHON:-python3}
export PYTHON
HOME=$work/home
FOB_HOME=$work/fob
TMPDIR=$work/tmp
PATH=$O:$PATH
FOB_PASSPHRASE_FILE=$work/passphrase
PYTHONDONTWRITEBYTECODE=1
export HOME FOB_HOME TMPDIR PATH FOB_PASSPHRASE_FILE PYTHONDONTWRITEBYTECODE
unset FOB_NO_AGENT XDG_RUNTIME_DIR
PASSPHRASE='correct horse battery staple'
# 200 bits: a seed that is nobody's.
SEED=KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DT

# shellcheck source=tests/lib/await.sh
. "$TOP/tests/lib/await.sh"

points=0 failed=0 out='' err='' status=0 last=''

stop_all() {
    fob -q agent stop >"$work/stop" 2>&1 </dev/null
    rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM HUP

mkdir -p "$HOME/.aws" "$FOB_HOME" "$TMPDIR"
chmod 700 "$FOB_HOME"
echo "$PASSPHRASE" >"$FOB_PASSPHRASE_FILE"
# The least work that the settings allow for a passphrase.
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"

# Run a command; its output is in $out and $err, its bytes in $work/out and
# $work/err, its exit status in $status.
run() {
    last="$*"
    "$@" >"$work/out" 2>"$work/err"
    status=$?
    out=$(cat "$work/out")
    err=$(cat "$work/err")
}

# The same in a shell, for pipes and redirections of its own.
run_sh() {
    run sh -c "$1"
    last=$(printf '%s' "$1" | tr -s '\n ' ' ')
}

point() { # STATUS WHAT
    points=$((points + 1))
    if [ "$1" = 0 ]; then
        echo "ok $points - $2"
        return 0
    fi
    failed=$((failed + 1))
    echo "not ok $points - $2"
    {
        echo "\$ $last"
        echo "status $status"
        cut -c1-2000 "$work/out" | sed 's/^/out: /'
        sed 's/^/err: /' "$work/err"
    } 2>/dev/null | head -n 40 | sed 's/^/# /'
    return 1
}

# The command given must succeed.
expect() { # WHAT COMMAND ...
    what=$1
    shift
    "$@" >/dev/null 2>&1
    point $? "$what"
}

expect_status() { # STATUS [WHAT]
    [ "$status" = "$1" ]
    point $? "${2:-$last: exit $1}"
}

# All of stdout but the newlines at its end.
expect_out() { # TEXT [WHAT]
    [ "$out" = "$1" ]
    point $? "${2:-$last: prints ${1:-nothing}}"
}

expect_out_like() { # ERE [WHAT]
    printf '%s\n' "$out" | grep -Eq -e "$1"
    point $? "${2:-$last: prints $1}"
}

expect_err() { # TEXT [WHAT]
    [ "$err" = "$1" ]
    point $? "${2:-$last: says ${1:-nothing}}"
}

expect_err_like() { # ERE [WHAT]
    printf '%s\n' "$err" | grep -Eq -e "$1"
    point $? "${2:-$last: says $1}"
}

# One line that names fob, as every error must be.
expect_error() { # STATUS ERE [WHAT]
    [ "$status" = "$1" ] && [ "$(wc -l <"$work/err")" = 1 ] &&
        grep -Eq -e "^fob: .*($2)" "$work/err" && [ ! -s "$work/out" ]
    point $? "${3:-$last: fails with $1: $2}"
}

# A Python expression over `it`, the JSON on stdout, must be true.
expect_json() { # EXPRESSION WHAT
    "$PYTHON" -c 'import json, sys
it = json.load(open(sys.argv[1]))
sys.exit(not eval(sys.argv[2]))' "$work/out" "$1" 2>>"$work/err"
    point $? "$2"
}

skip() { # WHAT WHY
    points=$((points + 1))
    echo "ok $points - $1 # SKIP $2"
}

finish() {
    echo "1..$points"
    [ "$failed" = 0 ]
    exit
}

# --- a terminal -------------------------------------------------------------
# `run_tty PROMPT=ANSWER ... -- COMMAND ...`: see tests/lib/at_terminal.py.
run_tty() {
    run "$PYTHON" "$TOP/tests/lib/at_terminal.py" "$@"
    last="${last#* -- } (at a terminal)"
}

# --- AWS --------------------------------------------------------------------
ctl() {
    "$PYTHON" "$TOP/tests/aws/ctl.py" "$@"
}

# A local AWS with user alice, her device `phone` whose seed is $SEED, and
# her access key in the profile `work`.
aws_start() {
    AWS_ENDPOINT_URL=$(ctl start --parent $$) || exit 1
    AWS_CONFIG_FILE=$HOME/.aws/config
    AWS_SHARED_CREDENTIALS_FILE=$HOME/.aws/credentials
    AWS_EC2_METADATA_DISABLED=true
    export AWS_ENDPOINT_URL AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE
    export AWS_EC2_METADATA_DISABLED
    ctl user create alice >"$work/alice"
    ARN=$(ctl device create phone --user alice --seed "$SEED")
    ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
    KEY_ID=$(sed -n 's/^access_key_id=//p' "$work/alice")
    KEY_SECRET=$(sed -n 's/^secret_access_key=//p' "$work/alice")
    cat >"$AWS_CONFIG_FILE" <<EOF
[profile work]
region = eu-central-1
mfa_serial = $ARN

[profile work-mfa]
region = eu-central-1
credential_process = $O/fob credentials work
EOF
    export ARN KEY_ID
}

# Who the profile or environment makes us, by an SDK that is not ours.  An
# older one knows no AWS_ENDPOINT_URL.
caller_arn() { # [PROFILE]
    "$PYTHON" -c 'import boto3, os, sys
session = boto3.Session(profile_name=sys.argv[1] if sys.argv[1:] else None)
print(session.client("sts", region_name="eu-central-1",
                     endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"])' "$@"
}
