#!/bin/sh
# SPDX-License-Identifier: MIT
# What is wrong with a URI or a secret is told: what, where, and what to run
# next; never a character of it.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
URI=otpauth://totp/a?secret=$SEED

uri() { # TEXT WORDS [WHAT]: the text as a URI
    printf '%s\n' "$1" >text
    run_sh 'fob add --uri - <text'
    last="add --uri: $1"
    expect_error 8 "$2" "${3:-$1}"
}

secret() { # TEXT WORDS [WHAT]: the text as a secret
    printf '%b\n' "$1" >text
    run_sh 'fob add --secret - bad <text'
    last="add --secret: $1"
    expect_error 8 "$2" "${3:-secret: $2}"
}

# --- something else than a URI ------------------------------------------------
uri 'phonefactor://activate_account?code=1&url=https%3A%2F%2Fx.org' \
    'Microsoft Authenticator.*choose another authenticator app on that page'
uri 'msauth://activate?code=1' 'Microsoft Authenticator.*choose another'
uri 'microsoft-authenticator://activate?code=1' 'Microsoft.*choose another'
uri 'oktaverify://alice@x.org/?t=abc' 'another app.*choose another'
uri 'https://apps.apple.com/app/id388497605' 'web link.*choose another'
uri 'FIDO:/0123456789' 'passkey'
uri 'otpauth-migration://offline?data=AAAA' 'Google Authenticator.*fob import -'
uri "$OTHER" 'bare secret.*fob add --secret - NAME'
uri 'password: hunter2' 'does not begin with otpauth.*fob import -'
uri "$URI
otpauth://totp/b?secret=$OTHER" 'another line.*fob import -' 'two URIs'
uri '  ' 'it is empty' 'an empty line'

# --- codes of another kind ----------------------------------------------------
uri "steam://$SEED" "Steam's"
uri "otpauth://totp/Steam:a?secret=$SEED&issuer=Steam" "Steam's"
uri "$URI&encoder=steam" "Steam's"
uri "otpauth://yaotp/a?secret=$SEED&pin_length=4" "Yandex's"
uri 'motp://Shop:a?secret=0123456789abcdef' "mOTP's"
uri "otpauth://pipush/a?secret=$SEED" 'neither totp nor hotp'

# --- a part that is wrong -----------------------------------------------------
uri "otpauth://totp/a?issuer=Shop" 'has no secret'
uri "otpauth://totp?secret=$SEED" 'names no account.*fob add --uri - NAME'
uri "$URI&issuer=100%" 'issuer has a % that stands for no character'
uri "otpauth://totp/Gr%FC%DFe?secret=$SEED" 'label is not UTF-8'
uri "$URI&digits=9" '9 digits, and fob makes 6 to 8'
uri "$URI&period=0" 'period is 0 s'
uri "$URI&period=30s" 'period is no number'
uri "$URI&algorithm=MD5" 'none of SHA1, SHA256 and SHA512'
uri "$URI&digits=8&amp;digits=6" 'two values for its digits'
uri "otpauth://totp/a?secret=GEZD%20GNBV%20GY1T" 'character 11 of its secret'
uri "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQG" 'its secret has 17 characters'
uri "otpauth://totp/a?secret=JBSWY3DP" 'shorter than 80 bits.*fob add --force --uri -'

# --- a bare secret ------------------------------------------------------------
secret 'GEZD GNBV GY1T' 'character 11 is 0, 1, 8 or 9.*1 an I or L'
secret 'GEZD=GNBV' 'character 5 follows a ='
secret 'hunter2!' 'character 8 is none of'
secret 'GEZD\0320\0220NBV' 'character 5 is not ASCII, even if it looks so'
secret 'GEZDGNBVG' 'it has 9 characters: one is missing'
secret ' \0302\0240 ' 'it is empty'
secret "otpauth://totp/a?secret=$SEED" 'whole otpauth URI.*fob add --uri -'
secret 'otpauth-migration://offline?data=AAAA' 'fob import -'
secret "steam://$SEED" "Steam's"
secret JBSWY3DP 'shorter than 80 bits.*fob add --force --secret - bad'

# --- nothing of it is said ----------------------------------------------------
echo 'correcthorse@battery9' | fob add --secret - bad 2>err >out
expect 'no part of what was typed is in the error' sh -c \
    '! grep -q -i -e correct -e horse -e @ -e battery err'
echo "otpauth://totp/a?secret=${SEED}0" | fob --json add --uri - 2>err >out
expect 'nor a seed with a slip' sh -c '! grep -q "$1" err' - KRUGKIDR

# --- and what is as good as right ---------------------------------------------
run_sh "echo 'otpauth://totp?secret=$SEED&issuer=Acme' | fob add --uri - bare"
expect_out bare 'a URI without a label is called as the person says'
run fob code bare --at 59
expect_out "$(oathtool --totp -b -N @59 $SEED)"
run_sh "printf '%s\r\n%s\302\240%s\r\n' GEZDGNBVGY3TQOJQ GEZD GNBVGY3TQOJQ |
    fob add --secret - broken"
expect_out broken 'a secret may be broken over lines'
expect_err_like 'stood in 2 lines' 'which is noted'
run fob code broken --at 59
expect_out "$(oathtool --totp -b -N @59 $OTHER)"
run_sh "printf '\357\273\277%s\342\200\213\n' MFRGGZDFMZTWQ2LKNNWG23TPOA |
    fob add --secret - marked"
expect_status 0 'what nobody sees is passed over'
expect_err '' 'without a word'
run_sh "echo 'otpauth://totp/x?secret=MFRG+GZDF+MZTW+Q2LK&issuer&amp;digits=8' |
    fob add --uri -"
expect_out x 'and so are empty parameters, and what HTML makes of &'
run fob code x --at 59
expect_out "$(oathtool --totp -b -d 8 -N @59 MFRGGZDFMZTWQ2LK)"

finish
