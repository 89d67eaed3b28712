#!/bin/sh
# SPDX-License-Identifier: MIT
# Names on a token, tokens of one serial, and accounts that are on one already:
# no seed is overwritten, deleted or used for another.
# slow
# shellcheck source=tests/lib/pcsc.sh
. "$TOP/tests/lib/pcsc.sh"
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
trap 'pcsc_stop; kill $first $second $card2 2>/dev/null; stop_all' EXIT
unset FOB_TOKEN
first='' second='' card2=''
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV

is_code_of() { # SEED WHAT; asked for after $before was noted
    [ "$out" = "$before" ] || [ "$out" = "$(oathtool --totp -b "$1")" ]
    point $? "$2"
}
code_is() { # SEED WHAT COMMAND ...
    seed=$1 what=$2
    shift 2
    before=$(oathtool --totp -b "$seed")
    run "$@"
    is_code_of "$seed" "$what"
}
add_uri() { # SEED LABEL OPTION ...
    seed=$1 label=$2
    shift 2
    run_sh "printf 'otpauth://totp/%s?secret=%s' '$label' '$seed' |
        fob -q add --on token --no-touch --uri - $*"
}
aws_start
pcscd_start
sim() { # FLASH
    "$O/fob-sim" --touch --serial 00112233445566aa "$work/$1" "$work/$1.sock" &
    await_file -S "$1.sock"
}
sim one
first=$!
card_in sim "$work/one.sock"
SERIAL=00112233445566aa

# --- alike in their first 64 bytes ------------------------------------------
ALIKE=an-issuer-that-is-long:a-user-of-a-large-company-whose-name-is-long-too-at
add_uri "$SEED" "$ALIKE-prod" prod
expect_out prod 'a name that does not fit a token'
add_uri "$OTHER" "$ALIKE-test" test
expect_out test 'and one like it in its first 64 bytes'
code_is "$SEED" 'each has its own code' fob -q code prod
code_is "$OTHER" 'and not the other one' fob -q code test
run fob --json token accounts
expect_json "max(len(a['name'].encode()) for a in it) <= 64" 'both fit'
expect_json "sorted(a['account'] for a in it) == ['prod', 'test']" \
    'the list says which account is which'
add_uri "$OTHER" x:y colon
run_sh "printf 'otpauth://totp/y?secret=%s&issuer=x' '$SEED' |
    fob -q add --on token --no-touch --force --uri - second"
expect_status 1 'a name of the vault is not overwritten, with --force neither'
expect_err_like 'has the seed of colon already under the name x:y'
code_is "$OTHER" 'and its seed is there' fob -q code colon

# --- what is there already --------------------------------------------------
command ykman --reader "$READER" oath accounts add GitHub:me "$SEED"
command ykman --reader "$READER" oath accounts add -P 60 AWS:alice@1 "$OTHER"
run fob token accounts
expect_out_like '^GitHub:me +totp +SHA1 +-$' 'what other programs put there'
run fob add --on token --existing nobody
expect_error 3 "no account \"nobody\"; run: fob token accounts $SERIAL"
run fob add --existing GitHub:me
expect_error 2 'existing is for --on token'
run fob -q add --on token --existing GitHub
expect_out GitHub:me 'is adopted by a part of its name'
code_is "$SEED" 'and gives codes' fob -q code GitHub:me
run fob add --on token --existing GitHub:me again
expect_error 1 'GitHub:me' 'but once'
run fob -q add --on token --existing AWS --serial "$ARN" mfa
expect_out mfa 'under another name, bound to a device'
run fob --json list
expect_json "[(a['period'], a['issuer'], a['label'], a['serial']) for a in it
    if a['name'] == 'mfa'] == [(60, 'AWS', 'alice@1', '$ARN')]" \
    'its period, issuer and label come from the token'
before=$(oathtool --totp -s 60 -b "$OTHER")
run fob -q code mfa
[ "$out" = "$before" ] || [ "$out" = "$(oathtool --totp -s 60 -b "$OTHER")" ]
point $? 'so that its codes are right'
run fob remove GitHub:me
expect_err_like 'removed here, and not from token' 'what was adopted is left'
run command ykman --reader "$READER" oath accounts list
expect_out_like '^GitHub:me$' 'and other programs have it still'

# --- another token with the same serial -------------------------------------
sim two
second=$!
SLOT=2 "$PYTHON" "$TOP/tests/lib/card.py" sim "$work/two.sock" >card.2 &
card2=$!
await_line in card.2
for _ in $(seq 100); do
    run fob --json token list
    case $out in *},*) break ;; esac
    sleep 0.05
done
expect_json "[t['serial'] for t in it] == ['$SERIAL'] * 2" 'two of one serial'
ids=$("$PYTHON" -c 'import json
print(*[t["id"] for t in json.load(open("out"))])')
run timeout 20 fob token info
expect_error 3 'more than one token' 'which is meant, nobody said'
for how in 'reset --force' 'init --open' 'password --open'; do
    # shellcheck disable=SC2086
    run timeout 20 fob token $how $SERIAL
    expect_error 3 "two tokens have the serial $SERIAL: nothing was done" \
        "nothing is done by fob token $how SERIAL"
done
code_is "$SEED" 'the one that has the seed gives the code' fob -q code prod
ONE=${ids%% *} TWO=${ids##* }
run fob --json token info "$ONE"
expect_json "it['accounts'] == 5 or it['accounts'] == 0" 'an id names one'
run_sh "printf 'otpauth://totp/spare?secret=%s' '$OTHER' |
    fob -q add --on $TWO --no-touch --uri - spare"
expect_out spare 'and is one to put a seed on'
code_is "$OTHER" 'which has the code then' fob -q code spare
code_is "$SEED" 'as the other one has its own' fob -q code prod
run fob -q remove spare
run fob --json token info "$TWO"
expect_json "it['accounts'] == 0" 'from which it is deleted'
kill "$first"
wait "$first" 2>/dev/null
card_out
run fob code prod
expect_error 3 "token $SERIAL no longer has the seed of prod: it was erased \
since, or is another one with that serial; run: fob token accounts $SERIAL\$" \
    'the one that is left is not taken for it'
finish
