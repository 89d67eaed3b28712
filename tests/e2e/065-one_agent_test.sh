#!/bin/sh
# SPDX-License-Identifier: MIT
# One agent for one vault, whatever the session: with a runtime folder, without,
# with one that is gone or somebody else's; and no agent for two vaults.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
unset FOB_HOME
mkdir bin
cp "$O/fob" "$O/fob-agent" "$O/fob-net" "$O/fob-qr" bin
PATH=$work/bin:$PATH
count_agents() {
    pgrep -fc "^$work/bin/fob-agent"
}
end_all() {
    # shellcheck disable=SC2046 # a list
    kill $(pgrep -f "^$work/bin/fob-agent") $relays 2>/dev/null
    rm -rf "$work"
}
relays=''
trap end_all EXIT
mkdir -p "$HOME/.config/fob" rt
chmod 700 rt
printf '[fob]\nscrypt_log2_n = 14\n' >"$HOME/.config/fob/settings"
rt=$work/rt
session="env XDG_RUNTIME_DIR=$rt"
data=$HOME/.local/share/fob

# --- with a session and without ---------------------------------------------
echo "$SEED" | $session fob -q add --secret - one >out
code=$(oathtool --totp -b -N @59 "$SEED")
run fob code one --at 59
expect_out "$code" 'a shell without a session has the agent of one with it'
expect 'it is one' [ "$(count_agents)" = 1 ]
run $session fob lock --all
expect_status 0
run fob --json agent status
expect_json 'it["locked"]' 'locking in one locks the other'
fob unlock
run fob lock --all
run $session fob --json agent status
expect_json 'it["locked"]' 'and the other way round'
fob -q agent stop
fob unlock
run $session fob code one --at 59
expect_out "$code" 'one started without a session is found with it'

# --- a runtime folder that is no use ----------------------------------------
: >file
mkdir open theirs
chmod 777 open
mkdir -m 700 theirs/fob
folders="$work/gone file relative/one $work/open"
if [ "$(id -u)" = 0 ]; then
    chown -R 65534 theirs
    folders="$folders $work/theirs"
fi
for folder in $folders $work/$(printf '%0150d' 0) ''; do
    run env XDG_RUNTIME_DIR="$folder" fob code one --at 59
    expect_out "$code" "XDG_RUNTIME_DIR=${folder##*/}: the same agent"
    expect_err ''
    run env XDG_RUNTIME_DIR="$folder" fob lock --all
    run fob --json agent status
    expect_json 'it["locked"]' 'which is locked there'
    fob unlock
done
expect 'there is still one agent' [ "$(count_agents)" = 1 ]
for folder in $folders; do
    fob -q agent stop
    run env XDG_RUNTIME_DIR="$folder" fob code one --at 59
    expect_out "$code" "XDG_RUNTIME_DIR=${folder##*/}: one is started"
    run $session fob code one --at 59
    expect_out "$code" 'which a good session finds'
done
run env -i HOME="$HOME" PATH="$PATH" fob code one --at 59
expect_out "$code" 'so does cron'
run env XDG_STATE_HOME="$work/state" fob code one --at 59
expect_out "$code" 'and a shell with another state folder'
if unshare -npf true 2>/dev/null; then
    run unshare -npf fob code one --at 59
    expect_out "$code" 'and a container with the same home'
else
    skip 'and a container with the same home' 'no namespaces here'
fi
expect 'of all of them there is one agent' [ "$(count_agents)" = 1 ]
pkill -9 -f "^$work/bin/fob-agent"
run fob code one --at 59
expect_out "$code" 'one that was killed is replaced'

# --- another vault ----------------------------------------------------------
mkdir -p other/.config/fob
cp "$HOME/.config/fob/settings" other/.config/fob
echo KRUGKIDROVUWG2ZA | HOME=$work/other $session fob -q add --secret - two >out
run env HOME="$work/other" XDG_RUNTIME_DIR="$rt" fob list
expect_out_like '^two ' 'another home has its own vault in the same session'
run $session fob list
expect_out_like '^one ' 'and this one still has its own'
run env XDG_DATA_HOME="$work/other/.local/share" XDG_RUNTIME_DIR="$rt" fob list
expect_out_like '^two ' 'it is the vault that counts'
expect 'two vaults have two agents' [ "$(count_agents)" = 2 ]
HOME=$work/other $session fob -q agent stop
run $session fob list
expect_out_like '^one ' 'one of them ends alone'

# --- links ------------------------------------------------------------------
fob -q agent stop
$session fob unlock
expect 'what looks in the session finds the sockets' sh -c \
    '[ -S "$1/fob/remote.sock" ] && [ -S "$1/fob/agent.sock" ] &&
        [ "$1/fob/remote.sock" -ef "$2/run/remote.sock" ]' - "$rt" "$data"
$session fob -q agent stop
expect 'and nothing is left of them' sh -c '[ -z "$(ls -A "$1/fob")" ]' - "$rt"

# --- a socket that another put there ----------------------------------------
# ssh, or an agent of a version that kept sessions apart: found, used, locked
# and stopped like our own.
FOB_HOME=$work/old fob -q agent start
mkdir -m 700 -p rt/fob
"$PYTHON" "$TOP/tests/lib/relay.py" "$rt/fob/agent.sock" \
    "$work/old/run/agent.sock" 2>/dev/null &
relays="$relays $!"
await_file -S "$rt/fob/agent.sock"
mkdir -p old
cp "$HOME/.config/fob/settings" old/settings
echo KRUGKIDROVUWG2ZA | FOB_HOME=$work/old fob -q add --secret - three >out
run $session fob list
expect_out_like '^three ' 'it is used while it answers'
fob unlock
expect 'our own runs beside it' [ "$(count_agents)" = 2 ]
expect 'and leaves it its place' sh -c '[ ! -L "$1" ]' - "$rt/fob/agent.sock"
run $session fob lock --all
expect_status 0
for home in "$work/old" ''; do
    run env FOB_HOME="$home" fob --json agent status
    expect_json 'it["locked"]' 'locking reaches both'
done
run $session fob agent stop
expect_status 0
expect 'and so does stopping' [ "$(count_agents)" = 0 ]
# shellcheck disable=SC2086 # a list
kill $relays
# shellcheck disable=SC2086 # a list
wait $relays
relays=''
run $session fob code one --at 59
expect_out "$code" 'when it is dead our own is started'
expect 'and takes its place' sh -c '[ -L "$1" ]' - "$rt/fob/agent.sock"
fob -q agent stop

# --- a long way home --------------------------------------------------------
deep=$work/$(printf '%0120d' 0)/$(printf '%0120d' 1)
mkdir -p "$deep"
mv "$HOME/.local" "$HOME/.config" "$deep"
for shell in env "$session"; do
    run $shell HOME="$deep" fob code one --at 59
    expect_out "$code" 'a home further away than a socket address reaches'
done
expect 'has one agent as well' [ "$(count_agents)" = 1 ]
run env HOME="$deep" fob agent stop
expect_status 0
expect 'which can be stopped' [ "$(count_agents)" = 0 ]

finish
