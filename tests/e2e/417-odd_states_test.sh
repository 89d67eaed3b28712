#!/bin/sh
# SPDX-License-Identifier: MIT
# Machines in odd states: what is wrong is said, whose fault it is, and what to
# do.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE" "$AWS_CONFIG_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q keys import work >/dev/null

# --- a dead proxy is not AWS ------------------------------------------------
dead() { # HTTPS_PROXY
    run env AWS_ENDPOINT_URL= HTTPS_PROXY="$1" fob credentials work
    last="HTTPS_PROXY=$1 fob credentials work"
}
dead http://me:SeCrEt@127.0.0.1:9
expect_error 7 'the connection to the proxy 127.0.0.1:9 was refused'
expect 'its password is not told' sh -c '! grep SeCrEt err'
dead http://no.such.host.invalid:80
expect_error 7 'no address found for the proxy no.such.host.invalid:80'

# --- places -------------------------------------------------------------------
run env -u FOB_HOME HOME=here fob list
expect_error 1 'HOME is not an absolute path; set HOME, or FOB_HOME'
run env -u FOB_HOME -u HOME fob doctor
expect_out_like "^note files: fob's files were not looked at: HOME is not set"
expect 'and not called well' sh -c '! grep -q "^ok files" out'
run env -u FOB_HOME XDG_RUNTIME_DIR=/run/user/nobody fob list
expect_status 0 'an XDG_RUNTIME_DIR that is stale is in nobody'"'"'s way'
env -u FOB_HOME fob -q agent stop

# --- a clock that is a day off ----------------------------------------------
fob -q sessions --clear
ctl clock set "$(($(date +%s) + 100000))"
run fob credentials work
expect_error 4 'clock of http.* is 1 day ahead of this machine.s: nothing is signed' \
    'one line, which says no other thing before'
ctl clock set "$(date +%s)"

# --- somebody else's, by sudo -E --------------------------------------------
if [ "$(id -u)" = 0 ]; then
    fob -q agent stop
    chown -R 65534 "$FOB_HOME"
    run fob list
    expect_error 1 'run belongs to someone else .user 65534, this is user 0.; run it as that user, without sudo'
    FOB_NO_AGENT=1 run fob exec work -- true
    expect_status 8 'nor without an agent'
    expect 'no chmod is advised' sh -c '! grep -q chmod err'
    run fob doctor
    expect_out_like '^problem files: .* belongs to someone else.*without sudo'
    [ "$(grep -c '^problem files' out)" = 1 ]
    point $? 'which is told once'
    chown -R 0 "$FOB_HOME"
else
    skip 'files of another user' 'only root can make them'
fi

# --- disks --------------------------------------------------------------------
if unshare -m true 2>/dev/null; then
    fob -q agent stop
    cat >disk.sh <<'END'
mkdir -p disk && mount -t tmpfs -o size=400k tmpfs disk || exit 99
cp -a "$FOB_HOME" disk/fob
rm -rf disk/fob/run
FOB_HOME=$PWD/disk/fob
export FOB_HOME
mount -o remount,ro disk
fob list
FOB_NO_AGENT=1 fob doctor
mount -o remount,rw disk
cat /dev/zero >disk/fill 2>/dev/null
FOB_NO_AGENT=1 fob doctor
FOB_NO_AGENT=1 fob rename phone tablet
END
    run unshare -m sh disk.sh
    last='a disk that cannot be written'
    expect_err_like 'no agent can be started: cannot (write|make) .*Read-only.*FOB_NO_AGENT=1'
    expect_out_like '^problem files: .*/state is on a read-only file system: no code'
    expect 'no lock is said to be held' sh -c '! grep "has not been free" out'
    expect_out_like '^problem files: the disk of .*/state is full'
    expect_err_like 'No space left on device; free some space, then run'
else
    skip 'disks that are full or read-only' 'only root can mount one'
fi

finish
