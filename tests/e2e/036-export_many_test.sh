#!/bin/sh
# SPDX-License-Identifier: MIT
# Many accounts go to another authenticator at once: a list of URIs, the codes
# of Google's app, Aegis's file.  Each is read by other code than fob's, and
# oathtool makes the codes that fob made; what a format or a token keeps back is
# told.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
umask 022
AT=1800000000

exported() { # KIND FILE ...
    "$PYTHON" "$TOP/tests/e2e/exported.py" "$AT" "$@"
}

run fob export --all --uri
expect_error 3 'no vault' 'nothing is there yet'

# --- what there is ------------------------------------------------------------
cat >list <<END
otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=$SEED&issuer=Amazon%20Web%20Services
otpauth://totp/One:a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=One&algorithm=SHA512&digits=8
otpauth://totp/Two:b%3Ac%20d?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Two&algorithm=SHA256
otpauth://hotp/Count?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LL&counter=5
END
cat >odd <<END
otpauth://totp/Seven?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LM&digits=7
otpauth://totp/Sixty?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LN&period=60
END
fob -q import list >/dev/null
fob -q rename Count 'my counter'
{
    for name in 'Amazon Web Services:alice@111122223333' One:a 'Two:b:c d'; do
        echo "$name $(fob code --at "$AT" "$name")"
    done
    echo "Count $(oathtool --hotp -b -c 5 MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LL)"
} >codes

# --- a list of URIs -----------------------------------------------------------
run fob export --all --uri
expect_status 0
cp out uris
expect_out "$(cat list)" 'a list of URIs, a line each'
exported otpauth uris >got
expect 'oathtool has the codes that fob has' cmp got codes
run_sh 'fob export --all --uri | fob --json import -'
expect_status 0 'all that is exported is there already'
run fob list
expect_out "$(fob list)" 'and nothing is added'
run fob export --uri One 'my counter' One:a
expect_out "$(sed -n '2p; 4p' list)" 'several names, each once, as named'
run fob --json export --uri One 'my counter'
expect_json '[(a["name"], a["status"], a["uri"][:15]) for a in it] == [
    ("One:a", "exported", "otpauth://totp/"),
    ("my counter", "exported", "otpauth://hotp/")]' \
    'as JSON, an array'
run_sh 'fob export --all --uri >/dev/full'
expect_error 1 'No space left'

# --- Google's codes -----------------------------------------------------------
run fob export --all --google --uri
expect_status 0
exported google out >got
expect "Google's codes, as URIs" cmp got codes
run fob export --all --google --png one.png
expect_status 0
expect_err_like 'Transfer codes, Import codes'
exported google one.png >got
expect 'as one picture, which zbarimg reads' cmp got codes
run fob --json export --all --google --each 3 --png two.png
expect_status 0
expect_json '[(a["code"], a["file"]) for a in it] == [
    (1, "two-1.png"), (1, "two-1.png"), (1, "two-1.png"), (2, "two-2.png")]' \
    'as two, JSON tells which'
exported google two-1.png two-2.png >got
expect 'one goes on where the other ended' cmp got codes
expect 'only their owner can read them' \
    [ "$(stat -c %a two-1.png two-2.png | tr '\n' ' ')" = '600 600 ' ]
zbarimg -q --raw two-2.png two-1.png >scanned 2>/dev/null
run fob import two-2.png two-1.png
expect_status 0 'fob reads what it drew'
run fob export --all --google --each 2
expect_status 0
"$PYTHON" "$TOP/tests/e2e/render.py" out drawn.png
zbarimg -q --raw drawn.png 2>/dev/null | grep -c migration >count
expect 'drawn one below the other where nobody waits' [ "$(cat count)" = 2 ]

# --- Aegis's file -------------------------------------------------------------
echo 'open sesame' >password
run fob export --all --aegis a.json --password-file password
expect_status 0
expect 'only its owner can read it' [ "$(stat -c %a a.json)" = 600 ]
expect 'no name or seed can be read in it' sh -c "! grep -qE 'alice|$SEED' a.json"
exported aegis a.json 'open sesame' >got
expect "Aegis's file, opened by Python" cmp got codes
run fob import --password-file password a.json
expect_status 0 'and by fob'
run_sh 'fob export --aegis - --password-file password One >b.json'
exported aegis b.json 'open sesame' >got
expect '- is stdout' [ "$(cat got)" = "$(grep One: codes)" ]
run_tty 'New password for the Aegis file=open' 'same again=other' 'differ' \
    'file=open sesame' 'again=open sesame' -- fob export --aegis c.json One
expect_status 0 'a terminal is asked twice'
exported aegis c.json 'open sesame' >got
expect 'and what was typed opens it' cmp -s got - <<END
$(grep One: codes)
END

# --- all kinds, into another vault --------------------------------------------
for kind in uris scanned a.json; do
    rm -rf other && mkdir -m 700 other && cp fob/settings other/
    run env FOB_HOME="$work/other" FOB_NO_AGENT=1 \
        fob -q import --password-file password "$kind"
    expect_status 0 "a new vault takes $kind"
    FOB_HOME=$work/other FOB_NO_AGENT=1 fob export --all --uri | sort >got
    expect 'and gives out the same' [ "$(cat got)" = "$(sort list)" ]
done

# --- what has no place --------------------------------------------------------
fob -q import odd >/dev/null
run fob export --all --google --uri
expect_status 8 'what Google'"'"'s app does not know is told'
expect_err_like '^Left out: Seven: .*7 digits'
expect_err_like '^Left out: Sixty: .*30 seconds'
expect_err_like '^fob: 2 of 6 accounts are left out, Seven for one'
exported google out >got
expect 'and all else is there' cmp got codes
run fob --json export --all --google --png three.png
expect_json '[(a["name"], a["status"], a.get("file")) for a in it][3:] == [
    ("my counter", "exported", "three.png"), ("Seven", "left out", None),
    ("Sixty", "left out", None)] and "7 digits" in it[4]["reason"]' \
    'JSON has a status for each'
run fob export --google --png four.png Seven
expect_error 8 'Seven is left out: its codes have 7 digits'
expect 'with nothing to draw there is no picture' [ ! -e four.png ]
run fob export --aegis d.json --password-file password Seven Sixty
expect_status 0 'Aegis knows both'

# --- faults -------------------------------------------------------------------
run fob export --all --aegis a.json --password-file password
expect_error 1 'a.json is there already' 'nothing is written over'
run fob export --all --google --each 3 --png two.png
expect_error 1 'two-1.png is there already'
rm two-1.png
run fob export --google --each 3 --png two.png One Two Amazon Count
expect_error 1 'two-2.png is there already'
expect 'and no picture is left beside' [ ! -e two-1.png ]
run fob export --all --aegis missing/a.json --password-file password
expect_error 1 'missing/a.json'
run fob export --all --aegis e.json
expect_error 4 'password for the Aegis file .*--password-file FILE' \
    'nobody to ask for its password'
: >empty
run fob export --all --aegis e.json --password-file empty
expect_error 8 'password for the Aegis file is empty'
run fob export --uri One nothing
expect_error 3 'nothing' 'one name is wrong: nothing goes out'
FOB_PASSPHRASE_FILE='' run fob export --all --uri
expect_error 4 'asked for again' 'the passphrase is asked for again'
FOB_PASSPHRASE_FILE=$work/password run fob export --all --aegis e.json \
    --password-file password
expect_error 4 'passphrase does not open' 'and the right one'
expect 'nothing is made' [ ! -e e.json ]
head -c 32 /dev/urandom >key
chmod 600 key
fob -q vault key-file key
FOB_PASSPHRASE_FILE='' run fob export --all --uri --key-file key
expect_status 0 'a key file proves as well'
expect_out "$(cat list odd)"
for line in '--all One --uri' '--uri' '--all' '--all --aegis a --qr' \
    '--all --aegis a --google' '--google --uri --png a One' \
    '--uri --each 3 One' '--google --each 0 One' '--google --each 11 One' \
    '--uri --password-file password One' '--all --google --each 1 --png -'; do
    # shellcheck disable=SC2086 # words
    run fob export $line
    expect_error 2 'fob export --help|name a file' "a contradiction: $line"
done
run fob --json export --qr One Two
expect_status 2 'JSON draws nothing'

# --- a terminal ---------------------------------------------------------------
# Each code alone on the screen; a terminal of 24 rows has room for one account.
TERM=dumb run_tty 'Code 1 of 4' 'Return, when it has been scanned=' \
    'Code 2 of 4' 'scanned=' 'Code 3 of 4' 'scanned=' 'Code 4 of 4' -- \
    sh -c "stty rows 24 cols 80; exec fob export --google --each 1 \
        Amazon One Two Count"
expect_status 0 'codes are shown one after another'
expect_out_like 'make it larger, or run it again with --png FILE' \
    'what does not fit is told'
TERM=dumb run_tty 'Code 1 of 2' 'scanned=^D' -- fob export --qr One Two
expect_status 4 'a person may stop'
expect_out_like 'codes that follow were not shown'
TERM=dumb run_tty -- sh -c "stty rows 70 cols 200; exec fob export --google \
    Amazon One Two Count"
expect_status 0 'a larger one has them all at once'
expect 'with nothing to wait for' sh -c '! grep -q scanned out'

# --- a token keeps its own ----------------------------------------------------
"$O/fob-sim" "$work/flash" "$work/socket" &
sim=$!
trap 'kill $sim; stop_all' EXIT
await_file -S socket
export FOB_TOKEN="sim:$work/socket"
echo NBSWY3DPEB3W64TMMQQHO2LUNAQG2ZLO | fob -q add --on token --secret - \
    kept >/dev/null 2>&1
run fob export --all --uri
expect_status 8 'a seed on a token is told'
expect_out "$(cat list odd)" 'and all others are there'
expect_err_like '^fob: kept is left out: its seed is on token 666f'
run fob export --aegis f.json --password-file password kept
expect_error 8 'kept is left out: its seed is on token'
expect 'with none there is no file' [ ! -e f.json ]

finish
