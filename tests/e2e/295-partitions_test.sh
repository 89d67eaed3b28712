#!/bin/sh
# SPDX-License-Identifier: MIT
# Where fob goes in earnest: STS of the region, IAM of the partition, over TLS
# and by AWS's own names, which a proxy leads to the local AWS.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/places.sh
. "$TOP/tests/lib/places.sh"
partition aws 111122223333 eu-central-1 ''
partition aws-cn 222233334444 cn-north-1 AAAA
partition aws-us-gov 333344445555 us-gov-west-1 BBBB
partition aws-eusc 444455556666 eusc-de-east-1 CCCC
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
asked fob -q credentials aws-eusc
expect_status 0 'the European Sovereign Cloud'
expect_hosts sts.eusc-de-east-1.amazonaws.eu 'STS'
asked fob -q devices --profile aws-eusc
expect_out_like 'arn:aws-eusc:iam::444455556666:mfa/aws-eusc'
expect_hosts iam.eusc-de-east-1.amazonaws.eu 'IAM'
asked fob -q credentials role-aws-eusc
expect_status 0
for place in aws:signin.aws.amazon.com:console.aws.amazon.com \
    aws-cn:signin.amazonaws.cn:console.amazonaws.cn \
    aws-us-gov:signin.amazonaws-us-gov.com:console.amazonaws-us-gov.com \
    aws-eusc:eusc-de-east-1.signin.amazonaws-eusc.eu:console.amazonaws-eusc.eu; do
    signin=${place#*:}
    fob -q credentials "role-${place%%:*}" >session
    asked fob -q login --print "role-${place%%:*}"
    expect_hosts "${signin%:*}" "login of a role in ${place%%:*}"
    expect_out_like "&Destination=https%3A%2F%2F${place##*:}%2F"
done
run fob -q resync --profile aws-cn
expect_status 0 'a device there is set right'

# Which region, and the one global STS.
for region in ap-south-1 us-west-2 eu-west-1; do
    AWS_REGION=$region asked fob -q credentials aws
    expect_status 0
    expect_hosts '' "a session is good in $region, too: nobody is asked"
done
fob -q sessions --clear
AWS_REGION=ap-south-1 asked fob -q credentials aws
expect_status 0
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
