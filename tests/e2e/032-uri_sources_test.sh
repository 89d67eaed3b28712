#!/bin/sh
# SPDX-License-Identifier: MIT
# URIs and secrets by whichever way they come: pasted at a terminal, in a
# picture, in a list.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ

# --- pasted -------------------------------------------------------------------
run_tty 'Secret: =GEZD GNBV GY3T QOJQ
GEZD GNBV GY3T QOJQ' -- fob add --secret - pasted
expect_status 0
expect_out_like 'stood in 2 lines' 'a secret pasted in two lines is one'
expect_out_like '^echo: on'
run fob code pasted --at 59
expect_out "$(oathtool --totp -b -N @59 $OTHER)" 'the whole of it'
run_tty "Secret: =$SEED" -- fob add --secret - one
expect_status 0 'one line is one, as ever'
run fob code one --at 59
expect_out "$(oathtool --totp -b -N @59 $SEED)"
run_tty "URI: =otpauth://totp/two?secret=MFRGGZDFMZTWQ2LK
MFRGGZDFMZTWQ2LK" -- fob add --uri -
expect_status 8
expect_out_like 'it goes on in another line' 'half a URI is none'
run_tty "Secret: =$(head -c 1500 /dev/zero | tr '\0' 'A' | fold -w 500)" \
    -- fob add --secret - long
expect_status 8
expect_out_like 'more than 1023 bytes were typed'
run fob list
expect 'nothing else was added' [ "$(grep -c . out)" = 3 ]

# --- in a picture ---------------------------------------------------------------
picture() { # TEXT WORDS
    qrencode -o code.png "$1"
    run fob add --qr code.png
    last="add --qr: $1"
    expect_error 8 "$2"
}
picture 'phonefactor://activate_account?code=1&url=https%3A%2F%2Fx.org' \
    'choose another authenticator app on that page'
picture "$OTHER" 'bare secret.*fob add --secret - NAME'
picture "otpauth://totp/Steam:a?secret=$OTHER&issuer=Steam" "Steam's"
picture "otpauth://totp/a?secret=GEZD%20GNBV%20GY1T" 'character 11 of its secret'
qrencode -o bare.png "otpauth://totp?secret=MFRGGZDFMZTWQ2LKMFRGGZDF"
run fob add --qr bare.png
expect_error 8 'names no account'
run fob add --qr bare.png named
expect_out named 'a code without a label takes the name'

# --- in a list ------------------------------------------------------------------
cat >list <<EOF
otpauth://totp/Games:a?secret=$OTHER&issuer=Games&encoder=steam
otpauth://totp/slip?secret=GEZD%20GNBV%20GY1T
otpauth://totp/ten?secret=$OTHER&digits=10
otpauth://totp/all&secret=$OTHER
otpauth://totp/good?secret=NBSWY3DPO5XXE3DEHAYTEMZU&amp;digits=8
EOF
run fob import list
expect_status 8
expect_err_like "Games:a \\(line 1 of list\\): its codes are Steam's" \
    'each that is left out is told, and why'
expect_err_like 'slip .*: character 11 of its secret is 0, 1, 8 or 9'
expect_err_like 'ten .*: its codes have 10 digits, and fob makes 6 to 8'
expect 'a secret is no name' sh -c '! grep -q "$1" out err' - "$OTHER"
run fob code good --at 59
expect_out "$(oathtool --totp -d 8 -b -N @59 NBSWY3DPO5XXE3DEHAYTEMZU)" \
    'and the others are taken'

finish
