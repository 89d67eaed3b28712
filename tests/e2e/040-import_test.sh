#!/bin/sh
# SPDX-License-Identifier: MIT
# Accounts come over from lists, Google Authenticator and Aegis.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/exports.py" || exit 1

# base32 of the N-th key that exports.py makes.
secret() {
    "$PYTHON" -c 'import base64, sys
print(base64.b32encode(bytes(int(sys.argv[1]) ^ i for i in range(20)))
      .decode())' "$1"
}

# --- a list -----------------------------------------------------------------
run fob import list.txt
expect_status 8 'a weak secret is not taken'
expect_out_like '^One:a +added'
expect_out_like '^Two:b +added'
expect_out_like '^Weak +.*80 bits'
expect_err_like '^fob: not all of them'
run fob code One --at 59
expect_out "$(oathtool --totp -b -N @59 "$(secret 1)")" 'the others are'
run fob code Two
expect_out "$(oathtool -b -c 5 "$(secret 2)")" 'with their counters'
run fob --json import --force - <list.txt
expect_status 0 'what is there already is no fault'
expect_json '[a["status"] for a in it].count("added") == 1' 'once more, forced'

# --- Google Authenticator ---------------------------------------------------
run fob import google.png
expect_status 0 'a picture of an export'
expect_out_like '^Three:carol +added'
run fob code Four --at 59
expect_out "$(oathtool --totp=sha256 -d 8 -b -N @59 "$(secret 4)")"
run fob import google.txt
expect_status 0 'the same as text'
expect_out_like '^Three:carol +.*already'
run_sh 'fob import - <google.png'
expect_status 0 'from stdin'

# --- Aegis ------------------------------------------------------------------
run fob import aegis.json
expect_status 8
expect_out_like '^Five:erin +added'
expect_out_like '^(Six:)?frank' 'what fob has no codes for is named'
echo 'open sesame' >password
run fob import --password-file password sealed.json
expect_status 0 'an encrypted vault'
run fob code Seven --at 59
expect_out "$(oathtool --totp -d 8 -s 60 -b -N @59 "$(secret 7)")"
run fob remove --force Seven:grace
printf 'open sesame\r\n' >password
run fob import --password-file password sealed.json
expect_out_like '^Seven:grace +added' 'the password may end as a Windows editor has it'
echo wrong >password
run fob import --password-file password sealed.json
expect_error 4 'password'
run setsid -w fob import sealed.json
expect_error 4 'asked' 'nobody there, nobody asked'
run_tty 'Password=open sesame' -- fob import sealed.json
expect_status 0 'a terminal is asked'

# --- what is none of these --------------------------------------------------
run fob import other.json
expect_error 8 'other.json|Aegis|JSON'
run fob import missing.txt
expect_error 1 'missing.txt'
run fob import /dev/null
expect_error 8 ''
run_sh 'head -c 70000000 /dev/zero | fob import -'
expect_error 8 'longer|larger'
printf '\211PNG\r\n\032\n' >short.png
run fob import short.png
expect_error 8 'short.png'
run fob import
expect_error 2 'operand'

finish
