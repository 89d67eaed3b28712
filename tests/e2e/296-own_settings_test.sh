#!/bin/sh
# SPDX-License-Identifier: MIT
# A profile's calls go where its settings say: FIPS, dual-stack, a role's own
# region, endpoint and authorities; and what cannot be so is told by name.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/places.sh
. "$TOP/tests/lib/places.sh"
partition aws 111122223333 us-east-1 ''
partition aws-us-gov 333344445555 us-gov-west-1 BBBB
profile() { # NAME, and its lines on stdin
    printf '[profile %s]\n' "$1" >>"$AWS_CONFIG_FILE"
    cat >>"$AWS_CONFIG_FILE"
}

# --- FIPS and dual-stack -----------------------------------------------------
AWS_USE_FIPS_ENDPOINT=true asked fob -q credentials aws
expect_status 0
expect_hosts sts-fips.us-east-1.amazonaws.com 'AWS_USE_FIPS_ENDPOINT'
AWS_USE_FIPS_ENDPOINT=TRUE AWS_USE_DUALSTACK_ENDPOINT=true \
    asked fob -q devices --profile aws
expect_status 0
expect_hosts iam-fips.global.api.aws 'and both of IAM'
profile six <<END
include_profile = aws
use_dualstack_endpoint = true
END
ctl "$AWS" key ini aws six >>"$AWS_SHARED_CREDENTIALS_FILE"
asked fob -q credentials six
expect_status 0
expect_hosts sts.us-east-1.api.aws 'use_dualstack_endpoint'
AWS_USE_DUALSTACK_ENDPOINT=false asked fob -q devices --profile six
expect_hosts iam.amazonaws.com 'a variable wins'
AWS_USE_FIPS_ENDPOINT=yes run fob credentials aws
expect_error 2 'must be false or true, not "yes" \(AWS_USE_FIPS_ENDPOINT\)'
AWS_USE_FIPS_ENDPOINT=true AWS_ENDPOINT_URL_STS=https://vpce.example \
    run fob credentials aws
expect_error 2 'FIPS .*\(AWS_USE_FIPS_ENDPOINT\).* given \(AWS_ENDPOINT_URL_STS\)' \
    'an endpoint that is given is not taken for one by FIPS'
AWS_USE_FIPS_ENDPOINT=true asked fob -q login --print role-aws-us-gov
expect_status 0
grep -q signin-fips.amazonaws-us-gov.com hosts
point $? 'the sign-in service by FIPS, in GovCloud'
AWS_USE_FIPS_ENDPOINT=true run fob login --print role-aws
expect_error 8 'FIPS endpoints are asked for.*AWS_ENDPOINT_URL_SIGNIN' \
    'where there is none, nobody is signed in by another'

# --- a role's own ------------------------------------------------------------
fob -q sessions --clear
role=$(ctl "$AWS" role create far --require-mfa yes --max-session-s 43200)
profile far <<END
role_arn = $role
source_profile = aws
region = us-west-2
END
asked fob -q credentials far --wait
expect_hosts 'sts.us-east-1.amazonaws.com sts.us-west-2.amazonaws.com' \
    'a role by its own region, its source by that one'\''s'
asked fob -q credentials far --duration 2h --wait
expect_status 0
expect_hosts sts.us-west-2.amazonaws.com \
    'straight from the key, too: the call is the role'\''s'

# The same role without MFA, by boto3 and by fob.
open=$(ctl "$AWS" role create open --max-session-s 43200)
profile open <<END
role_arn = $open
source_profile = aws
region = eu-west-1
sts_regional_endpoints = legacy
END
cat >boto.py <<'END'
import boto3, sys
boto3.Session(profile_name=sys.argv[1]).get_credentials().get_frozen_credentials()
END
asked "$PYTHON" boto.py open
expect_status 0
expect_hosts sts.amazonaws.com 'boto3 assumes a role by its own settings'
asked fob -q credentials open --duration 2h --wait
expect_status 0
expect_hosts sts.amazonaws.com 'as fob does'

# A source that has only a key takes the place of the role.
ctl "$AWS" key ini aws-us-gov bare >>"$AWS_SHARED_CREDENTIALS_FILE"
gov=$(ctl "$AWS" role create gov --account 333344445555 --require-mfa yes)
serial=arn:aws-us-gov:iam::333344445555:mfa/aws-us-gov
for where in 'region = us-gov-east-1' 'output = json'; do
    fob -q sessions --clear
    name=gov-${where%% *}
    profile "$name" <<END
role_arn = $gov
source_profile = bare
mfa_serial = $serial
$where
END
    asked fob -q credentials "$name" --wait
    expect_status 0
    [ "${where%% *}" = region ] && place=us-gov-east-1 || place=us-gov-west-1
    expect_hosts sts.$place.amazonaws.com "$where: all of it in $place"
done
AWS_REGION=eu-central-1 asked fob credentials gov-output
expect_error 2 'region eu-central-1 \(AWS_REGION\) is of partition aws, but the role_arn of profile gov-output of aws-us-gov'
expect_hosts '' 'and no code is spent to hear it from AWS'

# A role without a region, whose source has it (aws-vault#374, #156).
profile gov-heir <<END
role_arn = $gov
source_profile = aws-us-gov
END
fob -q sessions --clear
asked fob -q env gov-heir --wait
expect_status 0
expect_hosts sts.us-gov-west-1.amazonaws.com "a role takes its source's region"
expect_out_like 'AWS_REGION=us-gov-west-1' 'and so does its command'

# Likewise one whose stack is on this machine.
profile stack <<END
role_arn = $role
source_profile = plain
mfa_serial = arn:aws:iam::111122223333:mfa/aws
endpoint_url = $(ctl "$AWS" server url)
END
ctl "$AWS" key ini aws plain >>"$AWS_SHARED_CREDENTIALS_FILE"
asked fob -q credentials stack --wait
expect_status 0 'a role at an endpoint of its own'
expect_hosts '' 'and nothing of it is AWS'\''s'

# Authorities of the role's profile are those of the call.
bundle=$AWS_CA_BUNDLE
unset AWS_CA_BUNDLE
profile trusted <<END
role_arn = $role
source_profile = plain
mfa_serial = arn:aws:iam::111122223333:mfa/aws
region = us-west-2
ca_bundle = $bundle
END
asked fob -q credentials trusted --wait
expect_status 0 "a role's own ca_bundle"
expect_hosts sts.us-west-2.amazonaws.com 'for its source, too'

# --- words -------------------------------------------------------------------
profile typo <<END
include_profile = aws
region = eu west
END
ctl "$AWS" key ini aws typo >>"$AWS_SHARED_CREDENTIALS_FILE"
run fob credentials typo
expect_error 2 'the region "eu west" \(profile typo in .*/config\) is not one'
AWS_DEFAULT_REGION=Frankfurt run fob credentials aws
expect_error 2 'the region "Frankfurt" \(AWS_DEFAULT_REGION\)'
AWS_REGION=us-isoz-east-1 run fob credentials typo
expect_error 8 'region us-isoz-east-1 \(AWS_REGION\) is of a partition .*AWS_ENDPOINT_URL_STS'
AWS_REGION=us-isoz-east-1 AWS_ENDPOINT_URL=https://127.0.0.1:1 NO_PROXY=127.0.0.1 \
    run fob credentials typo
expect_error 7 'no answer' 'with an endpoint given it is called'
finish
