#!/bin/sh
# SPDX-License-Identifier: MIT
# A vault goes into a file and comes out of it on another machine, merged with
# what is there.  The bytes are held to the page by tests/vectors/backup_test.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
OTHER=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
third=$work/third

# Another machine: a home, and the files of the first one's dotfiles.
host() { # NAME COMMAND ...
    name=$1
    shift
    mkdir -p "$work/$name/.aws"
    mkdir -p -m 700 "$work/$name/fob"
    cp -n "$work/fob/settings" "$work/$name/fob/settings"
    cp "$AWS_CONFIG_FILE" "$work/$name/.aws/config"
    HOME=$work/$name FOB_HOME=$work/$name/fob FOB_NO_AGENT=1 \
        AWS_CONFIG_FILE=$work/$name/.aws/config \
        AWS_SHARED_CREDENTIALS_FILE=$work/$name/.aws/credentials "$@"
}

echo $SEED | fob -q add --secret - --serial "$ARN" phone >/dev/null
echo $OTHER | fob -q add --secret - bank >/dev/null
fob -q keys import work >/dev/null
fob -q credentials work >/dev/null

# --- out --------------------------------------------------------------------
run fob doctor
expect_out_like '^note backup: no backup is known of .* 2 seeds; run: fob backup' \
    'doctor misses a backup'
run fob backup b
expect_error 4 'code is shown on a terminal.*--code-file' 'nobody sees the code'
expect 'nothing is made' [ ! -e b ]
umask 022
run fob --json backup --code-file code b
expect_status 0
expect_json '[r.get("name", r.get("profile")) for r in it] == [
    "phone", "bank", "work"]' 'what is in it, as JSON'
expect 'both are their owner'"'"'s alone' \
    [ "$(stat -c %a b code | tr '\n' ' ')" = '600 600 ' ]
expect 'no seed, key or name can be read in it' sh -c \
    "! grep -qaE 'phone|bank|AKIA|$KEY_SECRET' b"
run fob backup --code-file code2 b
expect_error 1 'b is there already' 'nothing is written over'
expect 'and no code is left' [ ! -e code2 ]
run fob backup --code-file code b2
expect_error 1 'code is there already' 'nor is a code'
expect 'and no backup is left' [ ! -e b2 ]
run fob backup --code-file code3 missing/b
expect_error 1 'missing/b' 'a folder that is not there'
expect 'leaves no code' [ ! -e code3 ]
run_sh 'fob backup --code-file code4 - >/dev/full'
expect_error 1 'No space left'
FOB_PASSPHRASE_FILE='' run fob backup --code-file code5 b5
expect_error 4 'asked for again' 'the passphrase is asked for again'
echo wrong >wrong && chmod 600 wrong
FOB_PASSPHRASE_FILE=$work/wrong run fob backup --code-file code5 b5
expect_error 4 'does not open' 'and must be right'
expect 'nothing is left of either' [ ! -e b5 ] && [ ! -e code5 ]
run fob backup --passphrase --code-file code5 b5
expect_error 2 'makes no code'
run_tty - -- fob backup -
expect_status 2 'no binary to a terminal'

# A terminal is shown the code, once, and the file has none of it.
run_tty -- fob backup shown
expect_status 0
expect_out_like '^    ([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}' \
    'a code of 28 letters'
shown=$(echo "$out" | grep -oE '([0-9A-Z]{4}-){6}[0-9A-Z]{4}')

# --- in ---------------------------------------------------------------------
export FOB_BACKUP_CODE_FILE="$work/code"
run host second fob --json restore b
expect_status 0 'a new machine'
expect_json '[(r["kind"], r["status"]) for r in it] == [
    ("key", "added"), ("account", "added"), ("account", "added")]' \
    'has it all'
expect_err_like 'may have to wait half a minute' 'and waits a little for codes'
run host second fob credentials work
expect_error 6 'codes.*in [0-9]+ s|again.*[0-9]+ s' \
    'the codes of now may be used up elsewhere'
expect 'and none was tried' [ "$(ctl log count GetSessionToken)" = 1 ]
# Later: what the ledger holds is of no moment any more.
find "$work/second/fob" -path '*/devices/*' -type f -exec rm {} +
ctl clock advance 30
run host second fob credentials work
expect_status 0 'then its sessions are its own'
expect_json 'it["AccessKeyId"].startswith("ASIA")' 'minted with the seed'
run host second fob code bank
expect_out "$(oathtool --totp -b "$OTHER")" 'a seed that was no device'
run host second fob --json keys list
expect_json "(it[0]['id'], it[0]['file']) == (
    '$KEY_ID', '$work/second/.aws/config')" 'the key is of this home'
run fob doctor
expect_out_like '^ok backup: every seed of the vault was there' \
    'doctor knows the backup'
sleep 1 # doctor goes by seconds
echo JBSWY3DPEHPK3PXPJBSWY3DP | fob -q add --secret - late >/dev/null
run fob doctor
expect_out_like '^note backup: .*lacks 1 of 3 seeds, late among them; run: fob backup FILE$' \
    'and what came after it'
fob -q remove --force late
run host second fob --json restore - <b
expect_json 'all(r["status"] == "kept" for r in it)' 'a second time all is kept'
run_sh 'cmp fob/vault second/fob/vault'
expect_status 1 'it is a vault of its own'

# --- merged -----------------------------------------------------------------
echo KRUGKIDROVUWG2ZA | host third fob -q add --secret - phone >/dev/null
echo $OTHER | host third fob -q add --secret - mine >/dev/null
run host third fob --json restore b
expect_json '{(r["name"], r["status"]) for r in it if "name" in r} == {
    ("phone (2)", "renamed"), ("mine", "kept")}' \
    'the same name has a number, the same seed one account'
expect_json '[r["was"] for r in it if r["status"] == "renamed"] == ["phone"]' \
    'whose name it was'
expect_err_like 'phone of the backup is phone .2. here' 'it is said'
run host third fob code phone
expect_out "$(oathtool --totp -b KRUGKIDROVUWG2ZA)" 'the one that was there stays'
run host third fob code 'phone (2)'
expect_out "$(oathtool --totp -b "$SEED")" 'the other one is the backup'"'"'s'

# --- wrong and damaged ------------------------------------------------------
before=$(sha256sum "$third/fob/vault")
echo 0000-0000-0000-0000-0000-0000-0000 >bad && chmod 600 bad
FOB_BACKUP_CODE_FILE=$work/bad run host third fob restore b
expect_error 4 'letter is mistyped' 'no code at all'
FOB_BACKUP_CODE_FILE='' run host third fob restore b
expect_error 4 'nobody can be asked.*FOB_BACKUP_CODE_FILE' 'nobody is asked'
head -c 300 b >cut
FOB_BACKUP_CODE_FILE='' run host third fob restore cut
expect_error 8 'truncated' 'damage is told before anybody is asked'
run host third fob restore "$AWS_CONFIG_FILE"
expect_error 8 'no backup of fob' 'another file'
expect 'the vault is as it was' [ "$before" = "$(sha256sum "$third/fob/vault")" ]

# At a terminal: shown as it is typed, three tries, each told.
unset FOB_BACKUP_CODE_FILE
run host third run_tty 'Code of the backup of 20=what' '2 tries left=0000' \
    "1 try left=$shown" -- fob restore shown
expect_status 0 'a person mistypes twice'
expect_out_like 'it has a letter|ends early' 'and is told'

# --- a passphrase -----------------------------------------------------------
echo 'my own' >phrase && chmod 600 phrase
FOB_BACKUP_CODE_FILE=$work/phrase run fob backup --passphrase guessable
expect_status 0
expect_err_like 'try passphrases' 'its weakness is told'
FOB_BACKUP_CODE_FILE=$work/phrase run host fourth fob restore guessable
expect_status 0 'a passphrase opens it'
FOB_BACKUP_CODE_FILE=$work/code run host fourth fob restore guessable
expect_error 4 'passphrase does not open'

# --- on a token -------------------------------------------------------------
fob-sim --touch "$work/flash" "$work/sim" &
sim=$!
await_file -S "$work/sim"
export FOB_TOKEN="sim:$work/sim"
run fob token init --no-passphrase
echo JBSWY3DPEHPK3PXPJBSWY3DP | fob -q add --secret - --on token safe >/dev/null
run fob backup --code-file code6 b6
expect_status 0
expect_err_like 'Not in it: the seed of safe, which never leaves token' \
    'what is not in it is named'
FOB_BACKUP_CODE_FILE=$work/code6 run host fifth fob --json restore b6
expect_json '[r["place"] for r in it if r.get("name") == "safe"] != [
    "vault"]' 'its account comes along'
run host fifth fob code safe
expect_status 0 'and works where the token is'
kill $sim
finish
