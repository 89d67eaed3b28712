#!/bin/sh
# SPDX-License-Identifier: MIT
# Exports with pictures in, as large as people have them.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/large_exports.py" || exit 1
secret=$(cat secret)
echo 'open sesame' >password

run fob import --password-file password sealed.json
expect_status 0 'an encrypted Aegis vault of 37 MB, icons and all'
expect_out_like '^Eight:heidi17 +added'
run fob code Eight:heidi17 --at 59
expect_out "$(oathtool --totp -b -N @59 "$secret")" "it is oathtool's code"
run_sh 'fob import - <plain.json'
expect_status 0 'the same, plain, from stdin'
expect_out_like '^Eight:heidi1 ' 'and with the same accounts'

# The most that is read is read, and not a byte more.
run fob import just.txt
expect_status 0 'a file of 64 MiB'
expect_out_like '^Nine +added'
echo >>just.txt
run fob import just.txt
expect_error 8 'just.txt is longer than 67108864 bytes|64 MiB'
run fob status
expect_status 0 'the agent is there after it'

finish
