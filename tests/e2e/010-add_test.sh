#!/bin/sh
# SPDX-License-Identifier: MIT
# Seeds come in as pictures, URIs and base32, and go nowhere they should not.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

AWS_URI="otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=$SEED&issuer=Amazon%20Web%20Services"
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ

# --- a picture --------------------------------------------------------------
qrencode -o aws.png "$AWS_URI"
run fob add --qr aws.png
expect_status 0
expect_out 'Amazon Web Services:alice@111122223333' 'it is named by its URI'
expect_err '' 'and there is nothing else to say'
run fob code alice
expect_out_like '^[0-9]{6}$'

run fob add --qr aws.png again
expect_error 1 'Amazon Web Services:alice' 'a seed is not taken twice'
run fob add --qr - again <aws.png
expect_error 1 'Amazon Web Services:alice' 'from stdin neither'

# --- a URI ------------------------------------------------------------------
run_sh "echo 'otpauth://totp/GitHub:bob?secret=$OTHER&issuer=GitHub' |
    fob add --uri -"
expect_status 0
expect_out 'GitHub:bob'
run_sh "echo 'otpauth://totp/x?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA' |
    fob add --uri - 'GitHub:bob'"
expect_error 1 'GitHub:bob' 'a name is not given twice'
run_sh "echo 'http://example.org/' | fob add --uri - x"
expect_error 8 'a web link, without a secret'
run_sh ": | fob add --uri - x"
expect_error 8 'empty'

# --- base32 -----------------------------------------------------------------
run_sh "echo 'mfrg gzdf-mztw q2lk nnwg 23tp oa==' | fob add --secret - typed"
expect_status 0 'a secret may look as people type it'
run fob code typed --at 59
expect_out "$(oathtool --totp -b -N @59 MFRGGZDFMZTWQ2LKNNWG23TPOA)"
run_sh "echo JBSWY3DP | fob add --secret - weak"
expect_error 8 'shorter than 80 bits'
run_sh "echo JBSWY3DP | fob add --secret - --force weak"
expect_status 0 'a weak secret is taken when forced'
run_sh "echo 'not base32!' | fob add --secret - x"
expect_error 8 'character 10 is none of base32'

# --- pictures with too much or too little in them ---------------------------
"$PYTHON" "$TOP/tests/e2e/join.py" aws.png \
    "otpauth://totp/GitLab:carol?secret=ONXW2ZLUNBUW4ZZAMVWHGZJA" two.png
run fob add --qr two.png
expect_error 8 '2 codes: .*Amazon Web Services:alice' 'several codes are listed'
expect_err_like 'GitLab:carol'
expect_err_like 'fob import two.png' 'and import takes them all'
expect 'no seed is in the error' sh -c \
    '! grep -q -e ONXW2ZLUNBUW4ZZA -e '"$SEED"' "$1"' - "$work/err"
"$PYTHON" "$TOP/tests/e2e/join.py" white.png
run fob add --qr white.png
expect_error 8 'white.png'
head -c 100 aws.png >cut.png
run fob add --qr cut.png
expect_error 8 'cut.png'
run fob add --qr "$TOP/tests/e2e/join.py"
expect_error 8 'join.py'
run fob add --qr missing.png
expect_error 1 'missing.png: No such file'
qrencode -o export.png 'otpauth-migration://offline?data=AAAA'
run fob add --qr export.png
expect_error 8 'fob import export.png' 'an export is sent to import'

# --- the command line is no place for secrets -------------------------------
run fob add --secret "$SEED" x
expect_error 2 'stdin'
expect 'the secret is not echoed' sh -c '! grep -q "$1" "$2"' - \
    "$SEED" "$work/err"
run fob add "--uri=$AWS_URI"
expect_error 2 'stdin'
run fob add "$AWS_URI" --uri -
expect_error 2 'stdin'
expect 'nor is the URI' sh -c '! grep -q "$1" "$2"' - "$SEED" "$work/err"
run fob add x
expect_error 2 'one of'
run_sh "echo $SEED | fob add --secret -"
expect_error 2 'NAME'
run fob add --qr aws.png --uri - x
expect_error 2 'one of'

# --- names that cannot be ---------------------------------------------------
run_sh 'echo JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP | fob add --secret - ""'
expect_error 2 'add: operand 1 is empty; is a variable not set' \
    'a name that a variable did not give is none'
run fob add --qr ''
expect_error 2 'the FILE of --qr is empty'
run fob rename again ''
expect_error 2 'operand 2 is empty'
run_sh 'echo JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP | fob add --secret - "a
b"'
expect_error 2 'the name "a.*b" holds a control character'
run_sh 'echo JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP |
    fob add --secret - "$(head -c 200 /dev/zero | tr "\\0" x)"'
expect_error 2 'at most 128 bytes'
run_sh 'echo JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP | fob add --secret -'
expect_error 2 'needs a NAME'
run fob rename again "$(head -c 300 /dev/zero | tr '\0' x)"
expect_error 2 'new name is longer than 255 bytes'
run fob exec '' -- true
expect_error 2 'exec: PROFILE is empty'

finish
