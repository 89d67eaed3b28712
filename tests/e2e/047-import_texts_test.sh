#!/bin/sh
# SPDX-License-Identifier: MIT
# otpauth URIs are found wherever they stand: in what pass and gopass keep, in
# password managers' CSV and XML, in HTML and JSON.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/text_exports.py" || exit 1

# base32 of the N-th key that text_exports.py makes.
secret() {
    "$PYTHON" -c 'import base64, sys
print(base64.b32encode(bytes(int(sys.argv[1]) ^ i for i in range(20)))
      .decode())' "$1"
}

# The account's code at second 59 is oathtool's.
expect_code() { # NAME N
    run fob code "$1" --at 59
    expect_out "$(oathtool --totp -b -N @59 "$(secret "$2")")" \
        "the code of $1 is oathtool's"
}

run_sh 'fob import - <pass.txt'
expect_status 0 'pass'
expect_code Pass:1 1
run fob import bitwarden.csv
expect_status 8 'Bitwarden, and what it cannot read'
expect_out_like '^Bitwarden:2 +added'
expect_out_like '^Shop:me +added'
expect_out_like '^(Games:)?me .*Steam'
expect_code Bitwarden:2 2
expect_code Shop:me 3
run fob import keepassxc.csv
expect_status 0 'KeePassXC'
expect_code KeePassXC:4 4
run fob import keepass.xml
expect_status 0 'KeePass'
expect_code KeePass:5 5
expect_code Plain:me 6
run_sh 'fob list | grep Gone'
expect_status 1 'what KeePass remembers of the past is not taken'
run fob import stratum.html
expect_status 0 'HTML'
expect_code Stratum:8 8
run fob import cotp.json
expect_status 0 'JSON of an app that nobody told fob of'
expect_code JSON:9 9

printf 'hello\n' >prose.txt
run fob import prose.txt
expect_error 8 'no kind.*otpauth'
secret 10 >secret.txt
run fob import secret.txt
expect_error 8 'a secret without a name.*fob add --secret -' 'a bare secret'
printf '<html></html>' >page.html
run fob import page.html
expect_error 8 'HTML'
iconv -f UTF-8 -t UTF-16 pass.txt >wide.txt
run fob import wide.txt
expect_error 8 'UTF-16.*iconv -f UTF-16 -t UTF-8 FILE'
run_sh 'iconv -f UTF-16 -t UTF-8 wide.txt | fob import -'
expect_out_like '^Pass:1 +.*already' 'and its advice helps'

finish
