#!/bin/sh
# SPDX-License-Identifier: MIT
# Accounts come over from apps with heavier keys, through the agent as it is.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/sealed_exports.py" || exit 1
echo 'open sesame' >password

# base32 of the N-th key that sealed_exports.py makes.
secret() {
    "$PYTHON" -c 'import base64, sys
print(base64.b32encode(bytes(int(sys.argv[1]) ^ i for i in range(20)))
      .decode())' "$1"
}

# --- Bitwarden --------------------------------------------------------------
run fob import bitwarden.json
expect_status 8 'a plain Bitwarden export with a Steam account'
expect_out_like '^Bit:ann +added'
expect_out_like "gamer +.*Steam's" 'which is named'
run fob code Bit:ann --at 59
expect_out "$(oathtool --totp -b -N @59 "$(secret 21)")" "oathtool's code"
run fob import --password-file password bitwarden-argon2.json
expect_status 0 'one under a password and Argon2id'
run fob code Warden:bob --at 59
expect_out "$(oathtool --totp -d 8 -b -N @59 "$(secret 23)")"
run fob import bitwarden-bound.json
expect_error 8 'Bitwarden.*bound.*Password protected' 'which to export instead'

# --- Proton Authenticator, Ente Auth ----------------------------------------
run fob import --password-file password proton.json
expect_status 8 'an encrypted export of Proton Authenticator'
expect_out_like "Valve +.*Steam's"
run fob code P:carl --at 59
expect_out "$(oathtool --totp=sha256 -b -N @59 "$(secret 24)")"
run fob import --password-file password ente.json
expect_status 0 'and one of Ente Auth'
run fob code E:dora --at 59
expect_out "$(oathtool --totp -s 60 -b -N @59 "$(secret 26)")"

# --- Stratum ----------------------------------------------------------------
run fob import stratum.json
expect_status 8 'a backup of Stratum as JSON'
run fob code Str:eve --at 59
expect_out "$(oathtool --totp -d 7 -b -N @59 "$(secret 27)")"
run fob import --password-file password new.authpro old.authpro
expect_status 0 'and encrypted, with both headers'
run fob code Str:fay
expect_out "$(oathtool -b -c 3 "$(secret 29)")"
run fob code Str:gil --at 59
expect_out "$(oathtool --totp=sha512 -b -N @59 "$(secret 30)")"

# --- passwords --------------------------------------------------------------
run setsid -w fob import ente.json
expect_error 4 'asked' 'nobody there, nobody asked'
echo wrong >password
run fob import --password-file password ente.json
expect_error 4 'password does not open the Ente Auth export'
mkfifo pipe
{ echo wrong >pipe; echo 'open sesame' >pipe; } &
writer=$!
run fob import --password-file pipe ente.json
expect_error 4 'password does not open .*password that was given to the app' \
    'a file answers once'
kill $writer

finish
