#!/bin/sh
# SPDX-License-Identifier: MIT
# Cards of other makers in a reader of pcscd's, each with its own ways
# (tests/lib/maker_cards.py): accounts put there, listed, used, overwritten,
# deleted; what each refuses, and in what words.
# slow
# shellcheck source=tests/lib/pcsc.sh
. "$TOP/tests/lib/pcsc.sh"
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
trap 'pcsc_stop; stop_all; rm -rf "$work"' EXIT
unset FOB_TOKEN
FOB_TOKEN_PASSPHRASE_FILE=$work/token-passphrase
export FOB_TOKEN_PASSPHRASE_FILE
echo 123456 >"$FOB_TOKEN_PASSPHRASE_FILE"
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV
pcscd_start

is_code_of() { # SEED WHAT; asked for after $before was noted
    [ "$out" = "$before" ] || [ "$out" = "$(oathtool --totp -b "$1")" ]
    point $? "$2"
}
add() { # SEED OPTION ... NAME
    seed=$1
    shift
    echo "$seed" | fob -q add --on token --secret - "$@" >add.out 2>add.err
}
# Another program, which knows nothing of this vault.
elsewhere() {
    FOB_HOME=$work/elsewhere FOB_NO_AGENT=1 "$@"
}
mkdir -m 700 elsewhere
cp fob/settings elsewhere/
# 49 bytes with what follows, so that a listing of it has 52.
long='with a name as long as an ARN may be,'

for maker in yubikey canokey nitrokey nitrokey-pin pico-fido; do
    card_in $maker now
    run fob --json token list
    case $maker in *pin) state=pin ;; *) state=open ;; esac
    expect_json "[(t['state'], t['transport']) for t in it] == [
        ('$state', 'pcsc')]" "$maker: seen"
    SERIAL=$("$PYTHON" -c 'import json, sys
print(json.load(open("out"))[0]["serial"])')
    for i in 1 2 3 4 5 6; do
        add "$SEED" --no-touch "$long is number $i" || break
    done
    [ $i = 6 ] && [ ! -s add.err ]
    point $? "$maker: six accounts with long names"
    add "$OTHER" phone
    expect "$maker: and one that needs a touch" [ ! -s add.err ]
    before=$(oathtool --totp -b "$OTHER")
    run fob -q code phone
    is_code_of "$OTHER" "$maker: its code is oathtool's"
    elsewhere add "$SEED" phone
    err=$(cat add.err)
    run_sh 'cat add.err >&2; exit 1'
    expect_error 1 "token $SERIAL has (a seed|an account) .*already" \
        "$maker: a name that is there is not taken"
    elsewhere add "$SEED" --force phone
    expect "$maker: unless it is to be" [ ! -s add.err ]
    before=$(oathtool --totp -b "$SEED")
    run elsewhere fob -q code phone
    is_code_of "$SEED" "$maker: and then its code is the new seed's"
    run fob -q remove phone
    expect_status 0
    run elsewhere fob -q code phone
    expect_error 3 "token $SERIAL no longer has the seed of phone" \
        "$maker: what is deleted is gone"
    run elsewhere fob -q remove --force phone
    fob -q remove "$long is number 4"
    run fob -q code "$long is number 5"
    expect_out_like '^[0-9]{6}$' "$maker: and the others are there"
    for i in 1 2 3 5 6; do
        fob -q remove "$long is number $i"
    done
    case $maker in
    canokey)
        run fob token reset --force
        expect_error 8 'cannot do that' "$maker: has no reset" ;;
    nitrokey-pin) ;;
    *)
        run fob -q token reset --force
        expect_status 0 "$maker: is erased" ;;
    esac
    case $maker in
    canokey | yubikey | pico-fido)
        run fob -q token password
        expect_status 0 "$maker: takes a password"
        echo wrong >"$FOB_TOKEN_PASSPHRASE_FILE"
        run_sh "echo $SEED | fob -q add --on token --secret - phone"
        expect_error 4 'wrong password for token' "$maker: and refuses a wrong"
        echo 123456 >"$FOB_TOKEN_PASSPHRASE_FILE"
        add "$SEED" --no-touch phone
        before=$(oathtool --totp -b "$SEED")
        run fob -q code phone
        is_code_of "$SEED" "$maker: behind its password it is as before"
        fob -q remove phone ;;
    esac
    card_out
done

# --- the PIN of a Nitrokey --------------------------------------------------
card_in nitrokey-pin now
SERIAL=218a715f
add "$SEED" --no-touch open
before=$(oathtool --totp -b "$SEED")
run env -u FOB_TOKEN_PASSPHRASE_FILE fob -q code open
is_code_of "$SEED" 'an account that is not under the PIN needs none'
run env -u FOB_TOKEN_PASSPHRASE_FILE fob --json token accounts
expect_json "[a['name'] for a in it] == ['open']" 'one that is, is not listed'
expect_err_like "what is under the PIN of token $SERIAL is left out"
run fob -q add --on token --existing sealed
expect_out sealed 'with the PIN it can be adopted'
SEALED=$(printf KRUGKIDROVUWG2ZA | base32)
before=$(oathtool --totp -b "$SEALED")
run fob code sealed
is_code_of "$SEALED" 'and gives codes'
run env -u FOB_TOKEN_PASSPHRASE_FILE fob -q code sealed
expect_error 4 "token $SERIAL is locked, and nobody can be asked" \
    'without anybody to say the PIN there is none'
echo 654321 >"$FOB_TOKEN_PASSPHRASE_FILE"
run fob -q code sealed
expect_error 4 "wrong PIN for token $SERIAL, 7 tries left" 'a wrong one is told'
run fob -q code sealed
expect_error 4 "refused what FOB_TOKEN_PASSPHRASE_FILE holds before" \
    'and is not given again'
run_tty --plain 'PIN of token=123456' -- fob -q code sealed
expect_out_like '^[0-9]{6}$' 'a person gives it'
echo 123456 >"$FOB_TOKEN_PASSPHRASE_FILE"
elsewhere add "$OTHER" --no-touch --force sealed
expect 'with the PIN what is under it is overwritten' [ ! -s add.err ]
before=$(oathtool --totp -b "$OTHER")
run elsewhere fob -q code sealed
is_code_of "$OTHER" 'and its code is the new seed'\''s'
run elsewhere fob --json token accounts
expect_json "[a['name'] for a in it] == ['open', 'sealed']" 'the old is gone'
card_out
card_in nitrokey-pin now
rm -rf elsewhere
mkdir -m 700 elsewhere
cp fob/settings elsewhere/
echo "$OTHER" >seed
run_tty --plain 'PIN of token=123456' 'PIN of token=^D' -- \
    env -u FOB_TOKEN_PASSPHRASE_FILE FOB_HOME="$work/elsewhere" FOB_NO_AGENT=1 \
    sh -c 'fob add --on token --secret - --no-touch --force sealed <seed'
expect_status 0
expect_err_like "was there stays on token $SERIAL as sealed~old-[0-9a-f]+" \
    'what nobody gives the PIN for stays there, and that is told'
card_out

# --- what a card cannot overwrite is not lost before the new one is there ---
for kind in worn stuck old; do
    card_in canokey-$kind now
    SERIAL=$(fob --json token list | "$PYTHON" -c 'import json, sys
print(json.load(sys.stdin)[0]["serial"])')
    rm -rf elsewhere
    mkdir -m 700 elsewhere
    cp fob/settings elsewhere/
    elsewhere add "$SEED" --no-touch phone
    run_sh "echo $OTHER |
        fob -q add --on token --secret - --no-touch --force phone"
    case $kind in
    worn)
        expect_error 5 "nothing was added: token $SERIAL failed" \
            'a card that fails to put the new one'
        before=$(oathtool --totp -b "$SEED")
        run elsewhere fob -q code phone
        is_code_of "$SEED" 'has the old one as it was' ;;
    stuck)
        expect_error 5 "and the seed that was there is called \
phone~old-[0-9a-f]{8} now: token $SERIAL failed" \
            'or by another name, and says so'
        run fob --json token accounts
        expect_json "[a['name'][:10] for a in it] == ['phone~old-']" \
            'and lists it' ;;
    old)
        expect_error 5 'the seed that was there is gone, and nothing was' \
            'one that cannot rename loses it, and that is told' ;;
    esac
    card_out
done
finish
