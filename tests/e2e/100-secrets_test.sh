#!/bin/sh
# SPDX-License-Identifier: MIT
# Planted seeds, keys and passphrases are searched for wherever they might
# have gone: argv and environment of every process, error texts, files,
# memory after use, core dumps.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

# Secrets of this run alone: tests beside it may show theirs.
random_base32() {
    "$PYTHON" -c 'import base64, os
print(base64.b32encode(os.urandom(25)).decode())'
}
SEED=$(random_base32)
PASSPHRASE="no other has $(random_base32)"
echo "$PASSPHRASE" >"$FOB_PASSPHRASE_FILE"
aws_start

look() {
    "$PYTHON" "$TOP/tests/e2e/secrets.py" "$@"
}

# Another seed, of which only broken forms are ever handed in.
BROKEN=$(random_base32)
mkdir hidden
random_base32 >hidden/password
printf '%s\n' "$SEED" "$BROKEN" "$KEY_SECRET" "$PASSPHRASE" \
    "$(cat hidden/password)" >hidden/secrets
qrencode -o hidden/seed.png "otpauth://totp/AWS:phone?secret=$SEED&issuer=AWS"
echo "otpauth://totp/AWS:x?secret=$BROKEN&secret=$BROKEN" >hidden/twice
echo "otpauth://totp/AWS:x?secret=$BROKEN&digits=99" >hidden/digits
echo "$BROKEN!" >hidden/base32
echo "otpauth-migration://offline?data=$BROKEN" >hidden/migration
echo "{\"version\":1,\"db\":\"$BROKEN\"" >hidden/aegis
qrencode -o hidden/text.png "secret=$BROKEN"
mv "$FOB_PASSPHRASE_FILE" hidden/passphrase
FOB_PASSPHRASE_FILE=$work/hidden/passphrase

# The search itself must find what is there.
echo "x${SEED}y" >planted
expect 'the search finds what was planted' sh -c '! "$@"' - \
    "$PYTHON" "$TOP/tests/e2e/secrets.py" files hidden/secrets planted
rm planted

# --- everything fob does, watched -------------------------------------------
cat >scenario <<'EOF'
exec 2>>errors
fob -v add --qr hidden/seed.png --serial "$ARN" phone
fob -v add --qr hidden/seed.png phone
fob -v add --uri - <hidden/twice
fob -v add --uri - <hidden/digits
fob -v add --secret - x <hidden/base32
fob -v add --qr hidden/text.png
for file in twice digits base32 migration aegis text.png; do
    fob -v import hidden/$file
    fob --json import - <hidden/$file
done
fob code phone
fob pair phone
fob rename phone telephone
fob keys import work
fob keys list
fob credentials work
fob exec work -- true
fob --json sessions
fob vault status
fob export --all --google --png hidden/phone.png
fob export --all --aegis hidden/aegis.json --password-file hidden/password
fob export --all --aegis hidden/aegis.json --password-file hidden/password
fob export --all --uri >hidden/list
fob -v import hidden/aegis.json --password-file hidden/password
fob lock --all
fob unlock
fob sessions --clear
fob --json code nothing
fob agent stop
FOB_NO_AGENT=1 fob code telephone
AWS_ENDPOINT_URL=http://127.0.0.1:9 fob credentials work
fob agent stop
EOF
look watch hidden/secrets stop >watched 2>watch.log &
watcher=$!
strace -f -qq -v -s 100000 -e trace=execve -e signal=none -o calls \
    sh scenario >said
: >stop
wait "$watcher"
run cat watched
expect_out '' 'no process showed a secret in argv or environment'
expect 'and many were seen' sh -c '[ "$(sed "s/watched //" watch.log)" -gt 5 ]'
grep -o 'execve("[^"]*fob[^"]*"' calls | sort -u >programs
if [ "$(id -u)" = 0 ]; then
    expect 'the trace has every program in it' sh -c 'for name in fob \
        fob-agent fob-net fob-qr; do
            grep -q "/$name\"" programs || exit 1; done'
else
    skip 'the trace has every program in it' 'only root can trace them'
fi
expect 'no execve was given a secret' look files hidden/secrets calls
expect 'no error, note or answer has one' \
    look files hidden/secrets errors said
expect 'there were errors to look at' sh -c '[ "$(wc -l <errors)" -gt 10 ]'
expect 'no file of ours has one' \
    look files hidden/secrets "$FOB_HOME" "$HOME" "$TMPDIR"
run ls -A "$TMPDIR"
expect_out '' 'no temporary file is left'
expect 'what is kept is private' sh -c \
    '! find "$1" \( -type f -o -type s \) -perm /077 | grep -v "/settings$"' - \
    "$FOB_HOME"

# --- memory -----------------------------------------------------------------
run fob export --uri telephone
expect_out_like "$SEED" 'an export gives the seed, and only that'
fob credentials work >/dev/null
pid=$(fob --json agent status | "$PYTHON" -c 'import json, sys
print(json.load(sys.stdin)["pid"])')
if [ "$(id -u)" = 0 ]; then
    run look memory hidden/secrets "$pid"
    expect_status 0 "between requests no seed or key is in the agent's memory"
    fob lock --all
    run look memory hidden/secrets "$pid"
    expect_status 0 'nor after a lock'
else
    skip "the agent's memory" 'only root can read it'
    expect 'nobody but root reads it' sh -c '! head -c 1 "/proc/$1/mem"' - "$pid"
fi

# --- core dumps -------------------------------------------------------------
ulimit -c unlimited 2>/dev/null
mkdir cores
cd cores || exit 1
unset FOB_PASSPHRASE_FILE
fob -q agent stop
run_tty 'Passphrase=^\' -- fob code telephone
expect_status 131 'fob dies of SIGQUIT'
run_tty --plain 'Passphrase=^\' -- fob code telephone
expect 'without a core' sh -c '! find "$@" -name "*core*" -type f | grep .' - \
    . "$FOB_HOME"
cd "$work" || exit 1

finish
