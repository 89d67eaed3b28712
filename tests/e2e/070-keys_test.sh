#!/bin/sh
# SPDX-License-Identifier: MIT
# Long-term keys go into the vault and out of the files.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
cat >"$AWS_SHARED_CREDENTIALS_FILE" <<EOF
# mine
[other]
aws_access_key_id = AKIAOTHER
aws_secret_access_key = other

[work]
; kept
aws_access_key_id = $KEY_ID
aws_secret_access_key = $KEY_SECRET
region = eu-west-1
EOF
chmod 640 "$AWS_SHARED_CREDENTIALS_FILE"

run fob keys list
expect_status 0 'an empty list is no error'
run fob keys import work
expect_status 0
expect_out "$KEY_ID" 'the id is printed'
expect 'the secret is gone from the file' sh -c '! grep -q "$1" "$2"' - \
    "$KEY_SECRET" "$AWS_SHARED_CREDENTIALS_FILE"
expect 'and all else is as it was' sh -c '
    grep -qx "# mine" "$1" && grep -qx "; kept" "$1" &&
    grep -qx "region = eu-west-1" "$1" && grep -qx "\[work\]" "$1" &&
    grep -qx "aws_secret_access_key = other" "$1" &&
    [ "$(stat -c %a "$1")" = 640 ]' - "$AWS_SHARED_CREDENTIALS_FILE"
expect 'in no other file either' sh -c '! grep -rq "$1" "$2" "$3"' - \
    "$KEY_SECRET" "$HOME" "$FOB_HOME"

run fob keys list
expect_out_like "^$KEY_ID +work"
run fob --json keys list
expect_json "it[0]['id'] == '$KEY_ID' and it[0]['profile'] == 'work'" 'in JSON'
run fob keys import work
expect_status 3 'there is nothing to import twice'
run fob keys import nothing
expect_error 3 'nothing'

echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
run fob credentials work
expect_status 0 'the key in the vault signs'
expect_json 'it["Version"] == 1' 'for a session'

run fob keys remove work
expect_status 0
run fob --json keys list
expect_out '[]' 'what is removed is gone'
run fob keys remove work
expect_error 3 'work'
run fob keys
expect_error 2 'fob keys --help'
run fob keys import
expect_error 3 'no profile default'
run fob keys remove
expect_error 2 'no PROFILE' 'nobody deletes by saying nothing'

finish
