#!/bin/sh
# SPDX-License-Identifier: MIT
# Several files in one command: pictures of one export, texts, and what is none.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
"$PYTHON" "$TOP/tests/e2e/exports.py" parts || exit 1

# --- an export over three pictures ------------------------------------------
run fob import 3.png 1.png
expect_error 8 'code 2 of the export.s 3 is missing; 3.png is code 3, 1.png is' \
    'which one is missing, and which are there'
expect_err_like 'all pictures of the export in one command' 'and what to do'
run fob list
expect_out '' 'nothing is stored'
run fob import 3.png list.txt 1.png 3.png 2.png
expect_status 8 'but for the weak one'
expect_out_like '^Part:c +added'
expect_out_like '^One:a +added'
expect_out_like '^Part:a +added'
expect_out_like '^Part:b +added'
run fob code Part:b --at 59
expect_out "$(oathtool --totp -b -N @59 "$(cat b.secret)")" 'with its seed'
run_sh 'cat 2.png | fob import 1.png - 3.png'
expect_status 0 'one of them from stdin, and all once more'
"$PYTHON" "$TOP/tests/e2e/join.py" 1.png "$(cat 3.uri)" both.png
run fob import both.png 2.png
expect_status 0 'two codes in one picture'
run fob import --force 1.png
expect_status 8 'by force what is there'
expect_out_like 'code 2 of the export.s 3 is missing; 1.png'

# --- what is none -----------------------------------------------------------
mkdir folder
: >empty.txt
printf 'otpauth://totp/New:n?secret=%s\n' "$(cat b.secret | rev)" >new.txt
printf '# nothing\n' >comment.txt
for bad in \
    'folder|1|cannot read folder: Is a directory' \
    'missing.png|1|cannot open missing.png' \
    'empty.txt|8|empty.txt is empty' \
    'other.json|8|other.json: ' \
    'comment.txt|8|comment.txt: the file holds no accounts' \
    '/dev/null|8|/dev/null is empty'; do
    name=${bad%%|*} rest=${bad#*|}
    run fob import new.txt "$name"
    expect_error "${rest%%|*}" "${rest#*|}" "$name"
done
qrencode -o store.png 'https://play.google.com/store/apps/details?id=x'
run fob import new.txt store.png
expect_error 8 'store.png: code 1 is no otpauth URI: it is a web link' \
    'a code that only a browser follows'
expect_err_like 'another authenticator app on that page' 'and what to do'
run fob code New:n
expect_error 3 'New:n' 'nothing of the others was stored'
run fob import - - </dev/null
expect_error 2 'once' 'stdin is one'

finish
