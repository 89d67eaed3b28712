#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared agent: started when needed, locked and stopped when told, tied to
# nothing of its caller; the private one ends with its command.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

# Programs of our own, to tell their processes from those of other tests: an
# agent's environment is not for reading.
mkdir bin
cp "$O/fob" "$O/fob-agent" "$O/fob-net" "$O/fob-qr" bin
PATH=$work/bin:$PATH

agents() {
    pgrep -f "^$work/bin/fob-agent"
}
count_agents() {
    agents | wc -l
}

# --- start and stop ---------------------------------------------------------
run fob agent status
expect_out 'not running'
expect_status 0
run fob --json agent status
expect_json 'it == {"running": False}' 'nor in JSON'
run fob lock
expect_status 0 'without an agent all is locked'
expect 'and none is started for that' [ "$(count_agents)" = 0 ]
run fob agent start
expect_status 0
run fob agent start
expect_status 0 'starting twice does no harm'
expect 'there is one agent' [ "$(count_agents)" = 1 ]
run fob --json agent status
expect_json 'it["running"] and it["locked"] and it["pid"] > 1' 'it starts locked'
run fob agent stop
expect_status 0
run fob agent stop
expect_status 0 'stopping twice does no harm'
expect 'no agent is left' [ "$(count_agents)" = 0 ]

# --- lock and unlock --------------------------------------------------------
echo "$SEED" | fob -q add --secret - work >/dev/null
unset FOB_PASSPHRASE_FILE
run fob code work
expect_status 0 'the command that made the vault left it open'
run fob lock
expect_status 0
run fob code work
expect_error 4 'or at a terminal: fob unlock'
run fob --json code work
expect_status 4
expect_err_like '^\{"error":\{"status":4,"code":"NOBODY","message":".*","hint":".*"\}\}$'
FOB_PASSPHRASE_FILE=$work/passphrase run fob unlock
expect_status 0
expect_out ''
run fob code work
expect_status 0 'unlocked for the commands to come'
run fob --json agent status
expect_json 'not it["locked"] and it["locks_at"] > "2026"' 'until a moment'
expect 'whoever runs it' [ "$(ps -o sess= -p "$(agents)")" != \
    "$(ps -o sess= -p $$)" ]

# --- time locks it ----------------------------------------------------------
fob -q agent stop
printf '[fob]\nscrypt_log2_n = 14\nlock_idle_s = 2\n' >"$FOB_HOME/settings"
FOB_PASSPHRASE_FILE=$work/passphrase run fob unlock
expect_status 0
sleep 3
run fob code work
expect_error 4 'locked' 'an idle agent locks'
printf '[fob]\nscrypt_log2_n = 14\nlock_after_s = 3\n' >"$FOB_HOME/settings"
FOB_PASSPHRASE_FILE=$work/passphrase run fob unlock
expect_status 0
i=0
while [ $i -lt 5 ] && fob -q code work >out 2>&1; do
    sleep 1
    i=$((i + 1))
done
run fob code work
expect_error 4 'locked' 'and so does one in use, when its time is over'
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"

# --- it keeps nothing of its caller -----------------------------------------
FOB_PASSPHRASE_FILE=$work/passphrase
export FOB_PASSPHRASE_FILE
fob -q agent stop
mkdir gone
run_sh 'cd gone && out=$(fob code work --at 59 7>&1) && echo "<$out>"'
expect_out "<$(oathtool --totp -b -N @59 "$SEED")>" \
    'a substitution does not wait for the agent'
expect 'its working folder can be removed' rmdir gone
pid=$(agents)
expect 'its descriptors are its own' sh -c \
    'for fd in /proc/$1/fd/*; do
        case $(readlink "$fd") in
        "$2"/out|"$2"/err|pipe:*|/dev/pts/*|/dev/tty) exit 1 ;; esac
    done' - "$pid" "$work"
expect 'nobody can trace it or dump it' sh -c \
    '[ "$(stat -c %u "/proc/$1/mem")" = 0 ] &&
        grep -Eq "^Max core file size +0 " "/proc/$1/limits"' - "$pid"
expect 'its socket is private' sh -c \
    'find "$1" -type s ! -perm 600 | grep -q . && exit 1
     find "$1" -type s | grep -q .' - "$FOB_HOME"
expect 'its environment names no secret, or cannot be read' sh -c \
    '! tr "\0" "\n" <"/proc/$1/environ" | grep -q FOB_PASSPHRASE_FILE' - "$pid"

# A killed agent is replaced, its socket and all.
kill -9 "$pid"
while ps -o stat= -p "$pid" | grep -q '^[^Z]'; do
    sleep 0.05
done
run fob code work --at 59
expect_status 0 'a killed agent is started anew'

run_sh 'for i in 1 2 3 4 5 6 7 8 9 10; do
    fob -q agent stop && fob code work --at 59 || exit; done'
expect_status 0 'a stopped agent has left its place'

# --- many at once -----------------------------------------------------------
fob -q agent stop
run_sh 'for i in 1 2 3 4 5 6 7 8 9 10; do fob code work --at 59 & done; wait'
expect 'ten first commands are all served' [ "$(sort -u out | wc -l)" = 1 ]
expect 'by one agent' [ "$(count_agents)" = 1 ]

# --- a private one ----------------------------------------------------------
fob -q agent stop
FOB_NO_AGENT=1
export FOB_NO_AGENT
run fob code work --at 59
expect_out "$(oathtool --totp -b -N @59 "$SEED")" 'a private agent serves'
expect 'and ends with its command' [ "$(count_agents)" = 0 ]
expect 'it has no socket' [ -z "$(find "$FOB_HOME" -type s)" ]
unset FOB_NO_AGENT

# --- key slots --------------------------------------------------------------
run fob --json vault status
expect_json '[s["type"] for s in it] == ["passphrase"]' 'one slot'
head -c 32 /dev/urandom >key
chmod 600 key
run fob vault key-file key
expect_status 0
run fob --json vault status
expect_json '[s["type"] for s in it] == ["passphrase", "key-file"]' \
    'a key file is a second slot'
fob -q agent stop
printf '[fob]\nscrypt_log2_n = 14\nkey_file = %s\n' "$work/key" \
    >"$FOB_HOME/settings"
FOB_PASSPHRASE_FILE='' run fob code work --at 59
expect_status 0 'the key file opens the vault with nobody there'
run fob vault slot remove 0
expect_error 3 'no key slot'
run fob vault slot remove 1
expect_status 0
run fob vault slot remove 2
expect_error 4 'key-file FILE' 'nobody has a passphrase now'
run fob vault slot remove 1 --key-file key
expect_error 3 'no key slot 1' 'the number is not given to the next slot'
run fob vault slot remove 2 --key-file key
expect_error 2 'the last' 'the last slot stays'
run fob vault slot remove x
expect_error 2 'number'
run fob vault nonsense
expect_error 2 'verb'

finish
