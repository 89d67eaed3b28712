#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes are those of oathtool; accounts are found, listed, renamed, removed.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

put_uri() {
    echo "otpauth://$1" | fob -q add --uri - "$2" >/dev/null
}
EIGHT=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U
SLOW=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
COUNTED=ONXW2ZLUNBUW4ZZAMVWHGZJAMVXHI2LS
put_uri "totp/AWS:alice?secret=$SEED&issuer=AWS" work
put_uri "totp/x?secret=$EIGHT&algorithm=SHA256&digits=8" eight
put_uri "totp/x?secret=$SLOW&algorithm=SHA512&digits=7&period=60" slow
put_uri "hotp/x?secret=$COUNTED&counter=7" counted

# --- codes ------------------------------------------------------------------
# A step may end between two commands: take the codes of one moment.
for unix in 0 59 1111111109 1234567890 2000000000 20000000000; do
    run fob code work --at $unix
    expect_out "$(oathtool --totp -b -N @$unix "$SEED")"
done
run fob code eight --at 1111111111
expect_out "$(oathtool --totp=sha256 -d 8 -b -N @1111111111 "$EIGHT")"
run fob code slow --at 1111111111
expect_out "$(oathtool --totp=sha512 -d 7 -s 60 -b -N @1111111111 "$SLOW")"
run fob code work --at 59 --next
expect_out "$(oathtool --totp -b -N @60 "$SEED")" 'the next step'
expect 'a code and a newline, nothing else' [ "$(wc -c <out)" = 7 ]

before=$(oathtool --totp -b "$SEED")
run fob code work
after=$(oathtool --totp -b "$SEED")
expect 'the code is of now' [ "$out" = "$before" -o "$out" = "$after" ]
run fob pair work
now=$(date +%s)
pair_at() {
    printf '%s %s' "$(oathtool --totp -b -N @$(($1 - 30)) "$SEED")" \
        "$(oathtool --totp -b -N "@$1" "$SEED")"
}
expect 'a pair is the last step and this one' \
    [ "$out" = "$(pair_at "$now")" -o "$out" = "$(pair_at $((now - 5)))" ]

# --- HOTP -------------------------------------------------------------------
run fob code counted
expect_out "$(oathtool -b -c 7 "$COUNTED")"
run fob code counted
expect_out "$(oathtool -b -c 8 "$COUNTED")" 'a counter is used once'
run fob pair counted
expect_out "$(oathtool -b -c 9 "$COUNTED") $(oathtool -b -c 10 "$COUNTED")"
run fob code counted --at 59
expect_error 2 'HOTP'

# --- names ------------------------------------------------------------------
run fob code EIGH --at 59
expect_status 0 'a part of a name will do, in any case'
run fob code o
expect_error 3 'work|slow|counted' 'a part of several names is ambiguous'
run fob code nothing
expect_error 3 'nothing.*run: fob list'

# --- listings ---------------------------------------------------------------
run fob list
expect_out_like '^NAME +ISSUER +LABEL'
expect_out_like '^work +AWS +alice +totp +vault'
run fob --json list
expect_json '[a["name"] for a in it] == ["work", "eight", "slow", "counted"]' \
    'a listing in JSON is an array of objects with names'
expect_json 'it[1]["hash"] == "SHA256" and it[1]["digits"] == 8' 'with hash'
expect_json 'it[2]["period"] == 60 and it[3]["counter"] == 11' 'with counter'
run fob --json code work --at 59
expect_json 'it["code"].isdigit() and it["expires"] == "1970-01-01T00:01:00Z"' \
    'a code in JSON has its end'
run fob --json pair work
expect_json 'len(it["code1"]) == len(it["code2"]) == 6' 'a pair in JSON'

# --- rename and remove ------------------------------------------------------
run fob rename work 'my wörk'
expect_status 0
run fob code 'my wörk' --at 59
expect_out "$(oathtool --totp -b -N @59 "$SEED")"
run fob rename eight slow
expect_error 1 'slow' 'a name that is taken is refused'
run fob rename nothing more
expect_error 3 'nothing'
run fob remove eight
expect_status 0
run fob code eight
expect_error 3 'eight' 'what is removed is gone'
run fob remove eight
expect_error 3 'eight'

# --- outputs that take nothing ----------------------------------------------
run_sh 'fob code slow >/dev/full'
expect_error 1 'No space left' 'a full stdout is told'
run_sh 'fob --json list >/dev/full'
expect_status 1
expect_err_like '"status":1,"code":"IO"' 'in JSON as well'

# --- the clipboard ----------------------------------------------------------
mkdir bin
cat >bin/xclip <<'EOF'
#!/bin/sh
if [ "$3" = -out ]; then
    echo >>"$TMPDIR/pasted"
    exec cat "$TMPDIR/clipboard"
fi
cat >"$TMPDIR/clipboard"
# It stays to serve the clipboard, as the real one does.
(exec sleep 600) &
echo $! >"$TMPDIR/xclip.pid"
EOF
chmod +x bin/xclip
# A program that is tried first, and has no display.
printf '#!/bin/sh\nexit 1\n' >bin/wl-copy
chmod +x bin/wl-copy
PATH=$work/bin:$PATH run_sh 'out=$(fob code slow --copy --at 59); echo "<$out>"'
expect_out '<>' 'a copied code is not printed, and nobody waits for xclip'
expect_err_like 'on the clipboard, and is taken off it in 45 s'
expect 'it is on the clipboard' [ "$(cat "$TMPDIR/clipboard")" = \
    "$(oathtool --totp=sha512 -d 7 -s 60 -b -N @59 "$SLOW")" ]
kill "$(cat "$TMPDIR/xclip.pid")"
settings=$(cat "$FOB_HOME/settings")
clear_after() { printf '%s\nclipboard_clear_s = %s\n' "$settings" "$1" \
    >"$FOB_HOME/settings"; }
clear_after 1
PATH=$work/bin:$PATH run fob code slow --copy
expect_err_like 'in 1 s'
await_file -s "$TMPDIR/pasted"
expect 'after its time it is off the clipboard' sh -c 'n=0
    while [ -s "$0" ]; do n=$((n + 1)); [ $n -lt 200 ] || exit 1; sleep 0.1
    done' "$TMPDIR/clipboard"
kill "$(cat "$TMPDIR/xclip.pid")"
rm "$TMPDIR/pasted"
PATH=$work/bin:$PATH run fob code slow --copy
kill "$(cat "$TMPDIR/xclip.pid")"
echo "something else" >"$TMPDIR/clipboard"
await_file -s "$TMPDIR/pasted"
sleep 0.5
expect 'what was copied meanwhile stays' grep -q else "$TMPDIR/clipboard"
clear_after 0
PATH=$work/bin:$PATH run fob code slow --copy
expect_err 'The code is on the clipboard.' 'or it may stay'
kill "$(cat "$TMPDIR/xclip.pid")"
printf '%s\n' "$settings" >"$FOB_HOME/settings"
rm bin/xclip
for name in xclip xsel pbcopy; do
    cp bin/wl-copy bin/$name
done
PATH=$work/bin:$PATH run fob code slow --copy
expect_error 1 'clipboard'

finish
