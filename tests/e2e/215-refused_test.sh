#!/bin/sh
# SPDX-License-Identifier: MIT
# What AWS refused for a reason that stays is not asked again for a minute, by
# whichever agent: a program that polls a broken profile leaves the codes to
# others.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q credentials work >"$work/session"
role() { # NAME [OPTION ...]
    name=$1
    shift
    cat >>"$AWS_CONFIG_FILE" <<END
[profile $name]
role_arn = $(ctl role create "$name" --require-mfa yes --max-session-s 43200 \
    "$@")
source_profile = work
region = eu-central-1
duration_seconds = 7200
END
}
role broken --external-id secret
role also --external-id secret
role sound
role calm
fresh() { # a window of its own
    fob -q sessions --clear
    ctl clock advance 200
    fob -q devices --profile work >"$work/devices"
    ctl log clear
}
asked() { # COUNT WHAT
    run ctl log count AssumeRole
    expect_out "$1" "$2"
}

# --- a program that polls ---------------------------------------------------
fresh
run fob -q credentials broken
expect_error 6 'does not trust this user.*trust policy'
for number in 1 2 3 4 5 6 7 8; do
    fob -q credentials broken >"$work/polled" 2>&1
done
run fob -q credentials broken
expect_error 6 \
    'does not trust this user.*; refused [0-9]+ s ago, asked again in [0-9]+ s.*trust policy' \
    'the reason, and when'
expect_err_like "; check the role's trust policy" 'and what to do'
asked 1 'ten callers cost one code'
run fob -q --json credentials broken
expect_err_like '^\{"error":\{"status":6,.*asked again in [0-9]+ s' 'in JSON, too'
FOB_NO_AGENT=1 run fob -q credentials broken
expect_error 6 'asked again in' 'a private agent knows it'
fob agent stop
run fob -q credentials broken
expect_error 6 'asked again in' 'and the next shared one'
asked 1 'still one code'
run fob -q credentials sound
expect_status 0 'another role of the same device is asked for at once'

# --- what is another session ------------------------------------------------
run fob -q credentials broken --duration 3h
expect_error 6 'trust policy' 'another duration is'
expect 'it was asked' [ "$(ctl log count AssumeRole)" = 3 ]
sed 's/^\(role_arn.*broken\)$/\1\nexternal_id = secret/' "$AWS_CONFIG_FILE" \
    >"$work/mended"
AWS_CONFIG_FILE=$work/mended run fob -q credentials broken
expect_status 0 'and so is the mended profile: nobody is locked out'

# --- forgotten --------------------------------------------------------------
fresh
run fob -q credentials broken
expect_error 6 'trust policy'
ctl fault add AssumeRole error --code AccessDenied --status 403 --message \
    'User: x is not authorized to perform: sts:AssumeRole' --times 1
fob -q sessions --clear
run fob -q credentials also
expect_error 6 'trust policy'
asked 2 'clearing sessions forgets refusals'
fob -q sessions --clear
run fob -q credentials also
asked 3 'so that a person who mended it at AWS need not wait'

# --- what does not stay -----------------------------------------------------
fresh
ctl fault add AssumeRole error --code AccessDenied --status 403 --message \
    'MultiFactorAuthentication failed with invalid MFA one time pass code. '
run fob -q credentials calm
expect_error 6 'code was wrong'
run fob -q credentials calm
expect_status 0 'a code that was wrong is followed by the next'

# --- parameters, and the wrong device ---------------------------------------
fresh
for number in 1 2 3; do
    run fob -q credentials sound --duration 12h
done
expect_status 0
ctl role create short --require-mfa yes >"$work/short"
cat >>"$AWS_CONFIG_FILE" <<END
[profile short]
role_arn = $(cat "$work/short")
source_profile = work
region = eu-central-1
END
fresh
for number in 1 2 3; do
    run fob -q credentials short --duration 4h
done
expect_error 6 'longer than the role allows.*asked again in'
asked 1 'a duration that is too long costs one code'
theirs=$(ctl user create bob >"$work/bob" && ctl device create his --user bob)
sed "s,^mfa_serial = .*,mfa_serial = $theirs," "$AWS_CONFIG_FILE" >"$work/his"
echo "${SEED}AAAA" | fob -q add --secret - his --serial "$theirs" >"$work/added"
fresh
for number in 1 2 3; do
    AWS_CONFIG_FILE=$work/his run fob -q credentials work
done
expect_error 6 'not of this user.*asked again in'
run ctl log count GetSessionToken
expect_out 1 "another user's device costs one code"

# --- a minute later ---------------------------------------------------------
for number in 1 2 3 4 5 6; do
    role "role$number"
done
fresh
stand=$(($(date +%s) / 180 * 180 + 1802))
ctl clock stop "$stand"
fob -q devices --profile work >"$work/devices"
ctl log clear
run fob -q credentials broken
expect_error 6 'trust policy'
for number in 1 2 3 4; do
    fob -q credentials "role$number" >"$work/taken"
done
sleep 61
ctl clock advance 95
fob -q devices --profile work >"$work/devices"
run fob -q credentials role5
expect_status 0
asked 6 'six codes of a window are used'
run fob -q credentials broken
expect_error 6 'no unused code' 'the last is not for who was refused'
run fob -q credentials role6
expect_status 0 'but for any other'
asked 7 'seven in all'
ctl clock advance 90
fob -q devices --profile work >"$work/devices"
run fob -q credentials broken
expect_error 6 'does not trust this user'
expect_out '' 'in the next window AWS is asked again'
asked 8 'with one code more'
finish
