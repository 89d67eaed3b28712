# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# A local AWS that is found by AWS's own names, through a proxy that tells
# which were asked for.  Source it behind e2e.sh.
cd "$work" || exit 1
mkdir tls
AWS=$(ctl start --parent $$ --tls "$work/tls")
HTTPS_PROXY=$(ctl "$AWS" server url proxy)
AWS_CA_BUNDLE=$work/tls/ca.pem
AWS_CONFIG_FILE=$HOME/.aws/config
AWS_SHARED_CREDENTIALS_FILE=$HOME/.aws/credentials
export HTTPS_PROXY AWS_CA_BUNDLE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE

hosts() { # all that were asked for so far
    ctl "$AWS" --json proxy list | "$PYTHON" -c 'import json, sys
print(" ".join(entry["host"].partition(":")[0] for entry in json.load(sys.stdin)))'
}
# The hosts that a command asked for, each once.
asked() { # COMMAND ...
    before=$(hosts | wc -w)
    run "$@"
    last="$*"
    hosts | tr ' ' '\n' | tail -n "+$((before + 1))" | sort -u | tr '\n' ' ' \
        >"$work/hosts"
}
expect_hosts() { # "HOST ..." WHAT
    [ "$(cat "$work/hosts")" = "${1:+$1 }" ]
    point $? "$2: $1" || sed 's/^/# asked: /' "$work/hosts"
}

# partition NAME ACCOUNT REGION: a user with a device and profiles there.
partition() {
    [ "$2" = 111122223333 ] ||
        ctl "$AWS" account create "$2" --partition "$1" >"$work/account"
    ctl "$AWS" user create "$1" --account "$2" >"$work/user"
    arn=$(ctl "$AWS" device create "$1" --user "$1" --seed "$SEED$4")
    echo "$SEED$4" | fob -q add --secret - "$1" --serial "$arn" >"$work/added"
    ctl "$AWS" key ini "$1" "$1" >>"$AWS_SHARED_CREDENTIALS_FILE"
    role=$(ctl "$AWS" role create "role-$1" --account "$2" --require-mfa yes)
    cat >>"$AWS_CONFIG_FILE" <<END
[profile $1]
region = $3
mfa_serial = $arn
[profile role-$1]
role_arn = $role
source_profile = $1
region = $3
END
}
