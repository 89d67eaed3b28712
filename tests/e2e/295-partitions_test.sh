#!/bin/sh
# SPDX-License-Identifier: MIT
# Where fob goes in earnest: STS of the region, IAM of the partition, over TLS
# and by AWS's own names, which a proxy leads to the local AWS.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
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
    [ "$(cat "$work/hosts")" = "$1 " ]
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

partition aws 111122223333 eu-central-1 ''
partition aws-cn 222233334444 cn-north-1 AAAA
partition aws-us-gov 333344445555 us-gov-west-1 BBBB
asked fob -q credentials aws
expect_status 0 'a session, over TLS and a proxy'
expect_hosts sts.eu-central-1.amazonaws.com 'STS is that of the region'
asked fob -q devices --profile aws
expect_hosts iam.amazonaws.com 'IAM is one for all regions'
asked fob -q credentials role-aws
expect_status 0
expect_hosts sts.eu-central-1.amazonaws.com 'of a role likewise'
asked fob -q credentials aws-cn
expect_status 0 'China'
expect_hosts sts.cn-north-1.amazonaws.com.cn 'with its own domain'
asked fob -q devices --profile aws-cn
expect_out_like 'arn:aws-cn:iam::222233334444:mfa/aws-cn'
expect_hosts iam.cn-north-1.amazonaws.com.cn 'and its own IAM'
asked fob -q credentials role-aws-cn
expect_status 0
asked fob -q credentials aws-us-gov
expect_status 0 'GovCloud'
expect_hosts sts.us-gov-west-1.amazonaws.com 'STS'
asked fob -q devices --profile aws-us-gov
expect_hosts iam.us-gov.amazonaws.com 'IAM'
for place in aws:signin.aws.amazon.com:console.aws.amazon.com \
    aws-cn:signin.amazonaws.cn:console.amazonaws.cn \
    aws-us-gov:signin.amazonaws-us-gov.com:console.amazonaws-us-gov.com; do
    signin=${place#*:}
    fob -q credentials "role-${place%%:*}" >session
    asked fob -q login --print "role-${place%%:*}"
    expect_hosts "${signin%:*}" "login of a role in ${place%%:*}"
    expect_out_like "&Destination=https%3A%2F%2F${place##*:}%2F"
done
run fob -q resync --profile aws-cn
expect_status 0 'a device there is set right'

# Which region, and the one global STS.
AWS_REGION=ap-south-1 asked fob -q credentials aws
expect_hosts sts.ap-south-1.amazonaws.com 'the region of the environment'
printf '[profile old]\ninclude_profile = aws\nsts_regional_endpoints = legacy\n' \
    >>"$AWS_CONFIG_FILE"
ctl "$AWS" key ini aws old >>"$AWS_SHARED_CREDENTIALS_FILE"
fob -q sessions --clear
asked fob -q credentials old --wait
expect_status 0
expect_hosts sts.amazonaws.com 'sts_regional_endpoints = legacy'
AWS_STS_REGIONAL_ENDPOINTS=regional asked fob -q credentials old --wait
expect_hosts sts.eu-central-1.amazonaws.com 'unless the environment says regional'

# TLS that is not good.
for server in expired wrong-host stranger old; do
    AWS_ENDPOINT_URL=$(ctl "$AWS" server url $server) HTTPS_PROXY='' \
        run fob -q credentials aws --duration 3h
    expect_error 7 'TLS' "a server that is $server gets nothing"
done
finish
