#!/bin/sh
# SPDX-License-Identifier: MIT
# What opens the vault is added, changed and removed, and a seed given out, for
# whoever shows that they may; what was shut out opens nothing; files that
# others have are refused by name.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

umask 022
chmod 600 passphrase
echo "$SEED" | fob -q add --secret - work >/dev/null
printf '%s\n' 'battery staple' >new
head -c 32 /dev/urandom >key
head -c 32 /dev/urandom >other
chmod 600 new key other
settings() { # LINE ...
    printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"
    [ $# = 0 ] || printf '%s\n' "$@" >>"$FOB_HOME/settings"
}
unasked() {
    env -u FOB_PASSPHRASE_FILE "$@"
}
slots() {
    run fob --json vault status
    expect_json "[(s['id'], s['type']) for s in it] == $1" "$2"
}
same_vault() { # WHAT
    expect "$1" cmp -s "$FOB_HOME/vault" before
}

# --- an open vault gives no way in away -------------------------------------
run fob code work
expect_status 0 'the vault is open'
cp "$FOB_HOME/vault" before
for change in 'vault key-file key' 'vault passphrase' 'vault slot remove 1' \
    'export --uri work'; do
    # shellcheck disable=SC2086
    run unasked fob $change
    expect_error 4 'asked' "$change asks again"
    # shellcheck disable=SC2086
    FOB_PASSPHRASE_FILE=new run fob $change
    expect_error 4 'passphrase does not open' 'for the right passphrase'
    # shellcheck disable=SC2086
    run unasked fob $change --key-file other
    expect_error 4 'no key slot for a key file' 'and not for any file'
done
same_vault 'nothing was changed'

run fob vault key-file key
expect_status 0
expect_err_like 'slot 2' 'success is told'
run fob -q vault key-file other
expect_err '' 'but not with -q'
slots "[(1, 'passphrase'), (2, 'key-file'), (3, 'key-file')]" 'both are slots'
run fob vault key-file key
expect_error 1 'slot 2 already' 'one file is not in two slots'

# --- the key file of the settings is no proof -------------------------------
settings "key_file = $work/key"
fob -q agent stop
run unasked fob code work
expect_status 0 'it opens the vault'
cp "$FOB_HOME/vault" before
run unasked fob export --uri work
expect_error 4 'asked' 'but gives no seed out'
run unasked fob export --uri work --key-file key
expect_error 4 'proves nothing' 'also when it is named'
cp key copy
run unasked fob vault slot remove 3 --key-file copy
expect_error 4 'proves nothing' 'or a copy of it is'
same_vault 'nothing was changed'
run unasked fob export --uri work --key-file other
expect_status 0 'one that the person holds does'
run_sh 'env -u FOB_PASSPHRASE_FILE fob export --uri work --key-file - <other'
expect_status 0 'on stdin'
run_sh 'cat other | env -u FOB_PASSPHRASE_FILE \
    fob export --uri work --key-file /dev/fd/3 3<&0 </dev/null'
expect_status 0 'or out of a pipe'

# --- numbers stay ------------------------------------------------------------
run fob vault slot remove 2
expect_status 0
expect_err_like '2 is removed'
run fob vault slot remove 2
expect_error 3 'no key slot 2' 'the same command again removes nothing'
slots "[(1, 'passphrase'), (3, 'key-file')]" 'the next slot keeps its number'
run fob vault status
expect_out_like '^3 +key-file$'
settings

# --- what was shut out opens nothing -----------------------------------------
opens() { # FILE PASSPHRASE-FILE KEY-FILE: is any code given?
    mkdir -m 700 -p elsewhere
    cp "$1" elsewhere/vault
    printf '[fob]\nscrypt_log2_n = 14\nkey_file = %s\n' "$work/$3" \
        >elsewhere/settings
    FOB_HOME=$work/elsewhere FOB_NO_AGENT=1 FOB_PASSPHRASE_FILE=$2 \
        fob code work
}
for file in "$FOB_HOME"/vault*; do
    [ -s "$file" ] || continue
    run opens "$file" missing key
    [ "$status" != 0 ]
    point $? "the removed key file does not open ${file##*/}"
done
run_tty "Passphrase=$PASSPHRASE" 'New passphrase=battery staple' \
    'again=battery staple' -- env -u FOB_PASSPHRASE_FILE fob vault passphrase
expect_status 0 'a passphrase is changed'
expect_out_like 'slot 1' 'and that is told'
for file in "$FOB_HOME"/vault*; do
    [ -s "$file" ] || continue
    run opens "$file" passphrase missing
    expect_error 4 'does not open' "the old one does not open ${file##*/}"
    run opens "$file" new missing
    expect_status 0 'the new one does'
done
FOB_PASSPHRASE_FILE=$work/new

# A forgotten passphrase, and a key file at hand.
echo "$PASSPHRASE" >third
chmod 600 third
FOB_PASSPHRASE_FILE=third run fob vault passphrase --key-file other
expect_status 0 'a key file is proof enough for a new passphrase'
slots "[(1, 'passphrase'), (3, 'key-file')]" 'which takes the old one'\''s place'
run fob vault passphrase
expect_error 4 'does not open' 'so that the forgotten one is void'
FOB_PASSPHRASE_FILE=$work/third
run fob vault slot remove 1
expect_status 0 'a passphrase may go when a key file is left'
run unasked fob vault slot remove 3 --key-file other
expect_error 2 'the last' 'the last that opens elsewhere stays'
settings "key_file = $work/other"
run unasked fob export --uri work
expect_error 4 'key-file FILE' 'without a passphrase the file is to be named'
run unasked fob export --uri work --key-file other
expect_status 0 'and then it is the proof'
run unasked fob export --uri work --key-file key
expect_error 4 'does not open' 'but no other file'
FOB_PASSPHRASE_FILE=third run fob vault passphrase --key-file other
expect_status 0 'a vault without a passphrase gets one'
slots "[(3, 'key-file'), (4, 'passphrase')]" 'as a slot of its own'
run fob vault status --key-file other
expect_error 2 'key-file' 'status needs no proof'

# --- files that others have --------------------------------------------------
fob -q agent stop
loose() { # FILE MODE WHAT
    chmod "$2" "$1"
    run unasked fob code work
    expect_error "$3" "others may .*$1.*run: chmod" "$1 with mode $2"
    chmod 600 "$1"
}
loose "$work/other" 640 4
loose "$work/other" 604 4
loose "$work/other" 620 4
loose "$FOB_HOME/settings" 620 8
loose "$FOB_HOME/settings" 602 8
loose "$FOB_HOME/vault" 620 8
loose "$FOB_HOME/vault" 606 8
run unasked fob code work
expect_status 0 'each is taken again after the chmod'
chmod 644 "$FOB_HOME/settings" "$FOB_HOME/vault"
run unasked fob code work
expect_status 0 'what is no secret may be read'
chmod 600 "$FOB_HOME/settings" "$FOB_HOME/vault"
run fob vault key-file /dev/null
expect_error 8 'at least 32 bytes' '/dev/null is no key file'
expect 'and nobody is told to chmod it' sh -c '! grep -q chmod "$1"' - "$work/err"
chmod 644 key
run fob vault key-file key
expect_error 4 "others may read key; run: chmod go= $work/key" \
    'nor is one added that others may read'
chmod 600 key

settings
fob -q agent stop
# A folder that others may enter: others can read what their mode lets them.
mkdir -p open
chmod 755 "$work" open
cp third open/phrase
for mode in 644 640 602; do
    chmod $mode open/phrase
    FOB_PASSPHRASE_FILE=$work/open/phrase FOB_NO_AGENT=1 run fob code work
    expect_error 4 "others may .*open/phrase.*run: chmod go= " \
        "a passphrase file with mode $mode"
done
chmod 644 open/phrase
run_sh 'FOB_NO_AGENT=1 FOB_PASSPHRASE_FILE=/dev/fd/3 fob code work \
    3<open/phrase'
expect_error 4 "/dev/fd/3.*run: chmod go= .*/open/phrase" \
    'by its descriptor it is told by its name'
run_sh 'cat open/phrase | FOB_NO_AGENT=1 FOB_PASSPHRASE_FILE=/dev/fd/3 \
    fob code work 3<&0 </dev/null'
expect_status 0 'a pipe is whoever wrote it'
run_sh 'mkfifo -m 666 open/fifo; cat open/phrase >open/fifo &
    FOB_NO_AGENT=1 FOB_PASSPHRASE_FILE=open/fifo fob code work; wait'
expect_status 0 'so is a FIFO'
chmod 700 open
FOB_PASSPHRASE_FILE=$work/open/phrase FOB_NO_AGENT=1 run fob code work
expect_status 0 'a folder that others cannot enter keeps a file of one run'
chmod 755 open
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
    chown 4711 open/phrase
    FOB_PASSPHRASE_FILE=$work/open/phrase FOB_NO_AGENT=1 run fob code work
    expect_error 4 'belongs to someone else' 'not a file of somebody else'
    run unshare -m sh -c "mount --bind open/phrase open/phrase &&
        mount -o remount,bind,ro open/phrase &&
        FOB_PASSPHRASE_FILE=$work/open/phrase FOB_NO_AGENT=1 fob code work"
    expect_status 0 'but a secret that is mounted, as containers have them'
else
    skip 'a secret that is mounted' 'no mounts here'
fi

# --- what a vault of somebody else's costs -----------------------------------
cat >dear.py <<'END'
import pathlib, sys
sys.path.insert(0, sys.argv[1] + "/tests/vectors")
import vault_codec as codec
vault = codec.vectors()["passphrase.vault"]
slot = dict(vault["slots"][0])
content = codec.slot_content(slot, bytes.fromhex(vault["id"]),
                             bytes.fromhex(vault["key"]))
dear = {"type": 1, "content": (bytes([20, 8, 1, 0]) + content[4:]).hex()}
vault["slots"] = [dear] * 8
pathlib.Path(sys.argv[2]).write_bytes(codec.encode(vault))
END
mkdir -m 700 foreign
"$PYTHON" dear.py "$TOP" foreign/vault
chmod 600 foreign/vault
FOB_HOME=$work/foreign FOB_NO_AGENT=1 run timeout 20 fob code work
expect_error 8 'ask for more work.*scrypt_log2_n' \
    'eight slots of a GiB each cost nothing'

finish
