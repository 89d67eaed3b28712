#!/bin/sh
# SPDX-License-Identifier: MIT
# Whoever crowds the agent's sockets, be it the far side at its worst or hung
# programs here, holds the owner not up: credentials, code, lock and stop are
# answered, and time locks the vault.  The bound only catches a hang.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
PATIENCE=20
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
echo KRUGKIDROVUWG2ZA | fob -q add --secret - other >/dev/null
fob -q credentials work >session
near=$FOB_HOME/run/remote.sock
here=$FOB_HOME/run/agent.sock

flood() { # SOCKET WAY ...
    "$PYTHON" "$TOP/tests/lib/flood.py" "$@" >flood.out 2>flood.err &
    flood=$!
    await_line 'at work' flood.out
}
calm() {
    kill "$flood" 2>/dev/null
    wait "$flood" 2>/dev/null
}
trap 'calm; stop_all' EXIT
# soon COMMAND ...: it is answered before patience ends.
soon() {
    run timeout $PATIENCE "$@"
    last="$way: $*"
}

# --- the far side -----------------------------------------------------------
for way in silent slow half announced refused allowed deaf many \
    'silent slow half announced refused allowed deaf many'; do
    # shellcheck disable=SC2086 # a list
    flood "$near" $way
    soon fob credentials work
    expect_out "$(cat session)" "$way: a session"
    soon fob code other
    expect_out_like '^[0-9]{6}$' "$way: a code"
    soon fob --json agent status
    expect_json 'not it["locked"]' "$way: the status"
    soon fob lock
    expect_status 0
    soon fob --json agent status
    expect_json 'it["locked"]' "$way: locked it is"
    soon fob unlock
    expect_status 0
    expect 'the flood went on all the time' kill -0 "$flood"
    calm
done
way='after all that'
soon fob --json agent status
expect_json 'it["connections"] <= 40' 'nothing is left standing about'

# --- time, meanwhile --------------------------------------------------------
printf '[fob]\nscrypt_log2_n = 14\nlock_idle_s = 3\n' >"$FOB_HOME/settings"
way='all of it'
flood "$near" silent slow half announced refused allowed deaf many
soon fob unlock
expect_status 0
locked=no i=0
while [ $i -lt $PATIENCE ] && [ $locked = no ]; do
    sleep 1
    i=$((i + 1))
    fob agent status | grep -q '^locked: yes' && locked=yes
done
expect 'the idle lock closes the vault under the flood' [ $locked = yes ]
calm
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"

# --- programs that hang, here ----------------------------------------------
for way in silent half announced deaf; do
    flood "$here" $way
    soon fob unlock
    expect_status 0
    soon fob lock --all
    expect_status 0
    soon fob agent stop
    expect_status 0
    soon fob code other
    expect_out_like '^[0-9]{6}$' "$way, here: and the next agent serves"
    calm
done
# Hundreds of questions stand open, and keep nobody from work.
fob lock
way=asking
flood "$here" asking
soon fob code other
expect_out_like '^[0-9]{6}$' 'questions that nobody answers: a code'
soon fob credentials work
expect_status 0
soon fob lock
expect_status 0
calm
fob -q unlock
way='a far side at its worst'
flood "$near" silent slow half announced refused allowed deaf many
soon fob agent stop
expect_status 0
calm

# --- looking is not using ---------------------------------------------------
printf '[fob]\nscrypt_log2_n = 14\nlock_idle_s = 4\n' >"$FOB_HOME/settings"
far=$work/far
mkdir -p "$far/run" && chmod 700 "$far/run"
"$PYTHON" "$TOP/tests/lib/relay.py" "$far/run/agent.sock" "$near" &
relay=$!
await_file -S "$far/run/agent.sock"
keeps_open() { # COMMAND ...
    fob -q unlock
    keeping=yes i=0
    while [ $i -lt 16 ] && [ $keeping = yes ]; do
        "$@" >out 2>&1
        sleep 0.5
        i=$((i + 1))
        fob agent status | grep -q '^locked: yes' && keeping=no
    done
    expect "$*: keeps it open: $want" [ $keeping = $want ]
}
want=yes
keeps_open fob code other
want=no
keeps_open fob agent status
keeps_open fob sessions
keeps_open fob doctor
keeps_open fob list
keeps_open fob vault status
keeps_open env FOB_HOME="$far" fob code other
keeps_open env FOB_HOME="$far" fob credentials work
kill $relay
printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"

# --- a question that stands open --------------------------------------------
# Whoever else needs the vault is asked, and opens it for both.
fob lock
run_tty "Passphrase=!timeout $PATIENCE fob code other >second; echo mistyped" \
    -- env -u FOB_PASSPHRASE_FILE fob code other
expect_status 0 'a prompt that stands open is served when another has opened'
expect 'as another command is meanwhile' grep -Eqx '[0-9]{6}' second
fob lock
run_tty "Passphrase=!timeout $PATIENCE fob unlock && \
printf '\\004'" \
    -- env -u FOB_PASSPHRASE_FILE fob code other
expect_status 0 'also whoever then gives no answer'
fob lock
run_tty "Passphrase=!FOB_PASSPHRASE_FILE=/dev/null timeout $PATIENCE \
fob code other 2>second; echo '$PASSPHRASE'" \
    -- env -u FOB_PASSPHRASE_FILE fob code other
expect_status 0 'one that is answered wrongly elsewhere opens nothing'
expect 'and that is told there' grep -q 'passphrase' second
fob agent stop
rm -rf "$FOB_HOME/vault" "$FOB_HOME/vault.previous"
run_tty "New passphrase=!echo $SEED | timeout $PATIENCE fob -q add --secret - a \
>second; echo other" 'again=other' -- \
    env -u FOB_PASSPHRASE_FILE sh -c "echo KRUGKIDROVUWG2ZA | fob add --secret - b"
expect_status 0 'two that make a vault make one'
expect_out_like 'made by another command meanwhile' 'and the second is told'
run fob list
expect_out_like '^a ' 'with both in it'
expect_out_like '^b '

finish
