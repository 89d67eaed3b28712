#!/bin/sh
# SPDX-License-Identifier: MIT
# Accounts come over from 2FAS, andOTP, FreeOTP+, Raivo, LastPass Authenticator
# and Duo Mobile, and what cannot be read is called by its name.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/app_exports.py" || exit 1
echo 'open sesame' >password

# base32 of the N-th key that app_exports.py makes.
secret() {
    "$PYTHON" -c 'import base64, sys
print(base64.b32encode(bytes(int(sys.argv[1]) ^ i for i in range(20)))
      .decode())' "$1"
}

# The account's code at second 59 is oathtool's.
expect_code() { # NAME N [OATHTOOL-OPTION...]
    name=$1 number=$2
    shift 2
    run fob code "$name" --at 59
    expect_out "$(oathtool -b -N @59 "$@" "$(secret "$number")")" \
        "the code of $name is oathtool's"
}

run fob import 1.2fas
expect_status 8 'Steam is told'
expect_out_like '^(Steam:)?99 .*Steam'
expect_code 2FAS:1 1 --totp=sha256 -d 8
run fob import --password-file password 2.2fas
expect_status 0 '2FAS, encrypted'
expect_code 2FAS:2 2 --totp -s 60
run fob import 3.json
expect_status 0 'andOTP'
expect_code andOTP:3 3 --totp=sha512
run_tty 'Password=open sesame' -- fob import 4.json.aes
expect_status 0 'andOTP, encrypted'
expect_code andOTP:4 4 --totp -d 8
run fob import --password-file password 5.json.aes
expect_status 0 'andOTP, encrypted as of old'
expect_code andOTP:5 5 --totp
run fob import 6.json
expect_status 0 'FreeOTP+'
expect_code FreeOTP:6 6 --totp=sha256
run fob import 7.json
expect_status 0 'Raivo'
expect_code Raivo:7 7 --totp -d 8
run fob import 8.json
expect_status 0 'LastPass Authenticator'
expect_code LastPass:8 8 --totp -s 60
run fob import 9.json
expect_status 0 'Duo Mobile'
expect_code Duo:9 9 --totp
run fob code Duo:10
expect_out "$(oathtool -b -c 5 "$(secret 10)")" 'with its counter'
run fob import 9.json
expect_status 0 'once more'
expect_out_like '^Duo:9 +.*already'

run setsid -w fob import 4.json.aes
expect_error 4 'asked' 'nobody there, nobody asked'
echo wrong >password
run fob import --password-file password 4.json.aes
expect_error 4 'andOTP' 'a wrong password'
run fob import newer.2fas
expect_error 8 '2FAS.*5' 'a newer version is told'
run fob import photo.heic
expect_error 8 'HEIC.*heif-convert photo.heic' 'a picture of another kind'
run fob import vault.kdbx
expect_error 8 'KeePass.*.*keepassxc-cli export' 'a database'

finish
