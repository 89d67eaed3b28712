#!/bin/sh
# SPDX-License-Identifier: MIT
# The agent's second socket, forwarded: at its far end, be it another user,
# a machine without a network or one behind ssh, there are sessions and codes
# and nothing else.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
printf '[profile work]\nregion = eu-central-1\nmfa_serial = %s\nendpoint_url = %s\n' \
    "$ARN" "$AWS_ENDPOINT_URL" >"$AWS_CONFIG_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
echo KRUGKIDROVUWG2ZA | fob -q add --secret - other >/dev/null
near=$FOB_HOME/run/remote.sock
relays=''

# The far end: a program, no agent, no vault, no AWS files.
far=$work/far
mkdir -p "$far/bin" "$far/run" "$far/home"
chmod 711 "$work"
chmod 600 "$work/passphrase"
chmod 700 "$far/run"
cp "$O/fob" "$far/bin/"
there() { # COMMAND ...
    run env -i PATH="$far/bin:/usr/bin:/bin" HOME="$far/home" \
        FOB_HOME="$far" LC_ALL=C "$@"
    last="there: $*"
}
relay() { # [UID]
    rm -f "$far/run/agent.sock"
    "$PYTHON" "$TOP/tests/lib/relay.py" "$far/run/agent.sock" "$near" "$@" \
        2>/dev/null &
    relays="$relays $!"
    while ! [ -S "$far/run/agent.sock" ]; do sleep 0.1; done
    sleep 0.2
}

expect 'the socket is private' sh -c '[ "$(stat -c %a "$1")" = 600 ]' - "$near"

# --- what is to be had ------------------------------------------------------
relay
there fob code other
expect_out_like '^[0-9]{6}$' 'codes'
there fob code --next other
expect_status 0
there fob pair other
expect_out_like '^[0-9]{6} [0-9]{6}$'
there fob list
expect_out_like '^phone ' 'names of accounts'
there fob credentials work
expect_json 'it["SessionToken"]' 'sessions, by the config at the near end'
AWS=$(printf '%s' "$out" | sed 's/.*"AccessKeyId":"\([^"]*\)".*/\1/')
run fob sessions
expect_out_like "^$AWS " 'the same that are here'
there fob sessions
expect_out_like "^$AWS "
there fob exec work -- printenv AWS_ACCESS_KEY_ID
expect_out "$AWS"
there fob agent status
expect_out_like '^locked: no$'
there env AWS_CONFIG_FILE=/nowhere AWS_ENDPOINT_URL=http://127.0.0.1:9 \
    AWS_SHARED_CREDENTIALS_FILE=/nowhere fob credentials work
expect_status 0 'variables of the far end do not count'

# --- what is not ------------------------------------------------------------
refused() { # COMMAND ...
    there "$@"
    expect_error 1 'a forwarded agent gives sessions and codes'
}
cp "$FOB_HOME/vault" vault
echo "$PASSPHRASE" >"$far/passphrase"
chmod 600 "$far/passphrase"
refused env FOB_PASSPHRASE_FILE="$far/passphrase" fob export other --uri
refused env FOB_PASSPHRASE_FILE="$far/passphrase" fob export --all --uri
expect 'no seed in sight' sh -c '! grep -rq --exclude-dir=bin \
    -e otpauth: -e KRUGKI out err "$1"' - "$far"
there fob code --at 2000000000 other
expect_error 1 'codes of this moment only'
refused fob remove other
refused fob rename other mine
refused sh -c "echo $SEED | fob add --secret - new"
refused fob lock --all
refused fob unlock
refused fob agent stop
refused fob keys list
refused fob keys import work
refused fob keys remove work
refused fob keys rotate work
refused fob login work
refused fob token list
refused fob token info
refused fob token reset
refused fob token password
# A board is plugged in there: its token is not sent into its boot loader.
cp "$TOP/tests/e2e/playing_flash.sh" "$far/bin/fob-flash"
printf '0\nplace 1-4\nfile 7.0.0\nleave 666f6273696d0001\n' >"$far/first"
refused fob token flash "$O/fob-sim"
expect 'fob-flash was not called again, to write' test -e "$far/asked.first" \
    -a ! -e "$far/asked.second"
refused fob vault key-file "$far/passphrase"
refused fob vault slot remove 1
refused fob sessions --clear
refused fob vault status
refused fob vault passphrase
refused sh -c "echo 'otpauth://totp/x?secret=$SEED' | fob import -"
for command in enroll devices resync replace unenroll; do
    refused fob $command --profile work
done
there fob doctor
expect_out_like '^problem agent: a forwarded agent gives sessions' \
    'doctor says so, too'
expect 'nothing has changed' cmp vault "$FOB_HOME/vault"
run fob agent status
expect_out_like '^locked: no$' 'the agent serves on'

# --- a locked vault ---------------------------------------------------------
fob lock
there env FOB_PASSPHRASE_FILE="$far/passphrase" fob code other
expect_error 4 'locked, and its passphrase is not for this machine.*fob unlock'
there fob credentials work
expect_status 0 'sessions made before are there'
fob -q unlock

# --- another user, and no network -------------------------------------------
if [ "$(id -u)" = 0 ]; then
    chown -R 65534 "$far"
    relay 65534
    there setpriv --reuid=65534 --clear-groups fob code other
    expect_out_like '^[0-9]{6}$' 'another user gets codes'
    there setpriv --reuid=65534 --clear-groups fob credentials work
    expect_status 0 'and sessions'
    there setpriv --reuid=65534 --clear-groups fob remove other
    expect_error 1 'a forwarded agent'
    there setpriv --reuid=65534 --clear-groups cat "$near"
    expect_status 1 'the socket itself is out of reach'
    chown -R 0 "$far"
else
    for what in codes sessions removing 'the socket itself'; do
        skip "another user: $what" 'only root can become one'
    done
fi
if unshare -n true 2>/dev/null; then
    relay
    there unshare -n fob credentials work
    expect_status 0 'sessions without a network'
    there unshare -n sh -c 'ip -o addr 2>/dev/null | grep -v " lo "'
    expect_out '' 'there is none indeed'
else
    skip 'sessions without a network' 'no namespaces here'
    skip 'there is none indeed' 'no namespaces here'
fi

# --- ssh itself -------------------------------------------------------------
sshd=$(command -v sshd || echo /usr/sbin/sshd)
ssh_ready() {
    [ -x "$sshd" ] || return 1
    mkdir -p ssh && cd ssh || return 1
    ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f user
    port=$("$PYTHON" -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >config <<END
ListenAddress 127.0.0.1:$port
HostKey $work/ssh/host
AuthorizedKeysFile $work/ssh/user.pub
PidFile $work/ssh/pid
StrictModes no
UsePAM no
PermitRootLogin yes
AllowStreamLocalForwarding yes
StreamLocalBindUnlink yes
END
    [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
    "$sshd" -f "$work/ssh/config" -E log -D &
    sshd_pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        ssh_run 127.0.0.1 true >/dev/null 2>&1 && return 0
        sleep 0.2
    done
    return 1
}
ssh_run() { # [-R ...] COMMAND ...
    ssh -F none -p "$port" -i "$work/ssh/user" -o BatchMode=yes \
        -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
        -o LogLevel=ERROR -o ExitOnForwardFailure=yes -l "$(id -un)" \
        "$@"
}
if ssh_ready; then
    cd "$work" || exit 1
    rm -f "$far/run/agent.sock"
    run ssh_run -R "$far/run/agent.sock:$near" 127.0.0.1 \
        "env -i PATH=$far/bin:/usr/bin:/bin FOB_HOME=$far HOME=$far/home \
        sh -c 'fob code other && fob credentials work && fob remove other'"
    last='ssh -R'
    expect_out_like '^[0-9]{6}$' 'ssh -R: codes'
    expect_out_like '"SessionToken"' 'ssh -R: sessions'
    expect_err_like 'a forwarded agent gives' 'ssh -R: no more'
else
    cd "$work" || exit 1
    for what in codes sessions 'no more'; do
        skip "ssh -R: $what" 'no sshd can be run here'
    done
fi
[ -z "${sshd_pid:-}" ] || kill "$sshd_pid"
# shellcheck disable=SC2086 # a list
kill $relays

fob -q agent stop
expect 'the socket ends with the agent' test ! -e "$near"

finish
