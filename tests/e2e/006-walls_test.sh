#!/bin/sh
# SPDX-License-Identifier: MIT
# What a helper that was taken over could do: from behind the walls of each,
# built of the product's own objects, the agent, its vault, other processes and
# other programs are out of reach.  Each attempt is made without walls first.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

built() {
    objects=''
    for object in net/sandbox net/sandbox_calls flash/sandbox qr/sandbox; do
        objects="$objects $O/obj/host/$object.o"
    done
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -I"$TOP" -o "$work/walls" \
        "$TOP/tests/unit/sandbox/walls_driver.c" $objects -Wl,--start-group \
        "$O/lib/host-sandbox.a" "$O/lib/host-aws.a" "$O/lib/host-base.a" \
        "$O/lib/src.a" "$O/obj/host/base/secret_mmap.o" -Wl,--end-group \
        -lseccomp -lcurl
}
run built
expect_status 0 'the walls of all helpers, around one program'

# WALLS ATTEMPT WHAT RESULT, which is an ERE
outcome() {
    run "$work/walls" "$1" "$2" "$3"
    last="from fob-$1: $2 $3"
    expect_out_like "^($4)\$" "$1: $2 ${3##*/}: $4"
}

# Let WALLS in order: none, net, serve, flash, qr.
each() { # ATTEMPT WHAT NET SERVE FLASH QR
    outcome none "$1" "$2" 'done'
    outcome net "$1" "$2" "$3"
    outcome serve "$1" "$2" "$4"
    outcome flash "$1" "$2" "$5"
    outcome qr "$1" "$2" "$6"
}

# An agent that has a seed, and its vault open.
echo "$SEED" | fob -q add --secret - phone >/dev/null
agent=$(fob --json agent status | sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')
socket=$FOB_HOME/run/agent.sock
mkdir -p "$HOME/.aws"
echo secret >"$HOME/.aws/credentials"

# --- the agent ----------------------------------------------------------------
each unix "$socket" EAFNOSUPPORT SYS EAFNOSUPPORT SYS
each pair "$socket" ENOSYS SYS ENOSYS SYS

# --- files --------------------------------------------------------------------
files_of() { # PATH
    each read "$1" EACCES SYS EACCES SYS
}
landlock=$("$PYTHON" -c 'import ctypes
print(max(ctypes.CDLL(None).syscall(444, None, 0, 1), 0))')
if [ "$landlock" -ge 1 ]; then
    files_of "$FOB_HOME/vault"
    files_of "$HOME/.aws/credentials"
    files_of "/proc/$$/environ"
    files_of /etc/passwd
    each list "$HOME" EACCES SYS EACCES SYS
    each list / EACCES SYS EACCES SYS
    each overwrite "$HOME/.aws/credentials" ENOSYS SYS EACCES SYS
    mkdir -p "$work/links"
    ln -sf "$FOB_HOME/vault" "$work/links/resolv.conf"
    each read "$work/links/resolv.conf" EACCES SYS EACCES SYS
else
    skip 'files are out of reach' 'no Landlock in this kernel'
fi
each write "$work/new" ENOSYS SYS ENOSYS SYS
touch "$work/old"
outcome net remove "$work/old" ENOSYS
outcome serve remove "$work/old" SYS
outcome flash remove "$work/old" ENOSYS
outcome qr remove "$work/old" SYS
outcome none remove "$work/old" 'done'

# --- other processes ----------------------------------------------------------
each signal "$agent" SYS SYS SYS SYS
each owner "$agent" ENOSYS SYS ENOSYS SYS
each fork '' ENOSYS SYS ENOSYS SYS
each exec /bin/true SYS SYS SYS SYS
# fob-agent lets nobody look, so a process that does stands in its place.
sleep 100 &
sleeper=$!
each trace $sleeper SYS SYS SYS SYS
each peek $sleeper SYS SYS SYS SYS
kill $sleeper

# --- the network --------------------------------------------------------------
"$PYTHON" -c 'import socket, sys, time
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
time.sleep(100)' >port &
server=$!
for _ in $(seq 100); do
    [ -s port ] && break
    sleep 0.05
done
port=$(cat port)
outcome none dial "$port" 'done'
outcome serve dial "$port" SYS
outcome flash dial "$port" ENOSYS
outcome qr dial "$port" SYS
if [ "$landlock" -ge 4 ]; then
    outcome net dial "$port" EACCES
    outcome net dial 443 ECONNREFUSED
else
    skip 'fob-net reaches no port but those of its request' \
        'no Landlock of version 4 in this kernel'
fi
kill $server
each listen '' ENOSYS SYS ENOSYS SYS
for walls in net flash; do
    outcome $walls io_uring '' ENOSYS
done
for walls in serve qr; do
    outcome $walls io_uring '' SYS
done

# --- the programs themselves --------------------------------------------------
# Line numbers of the first trace lines that match each pattern, in order.
in_order() {
    before=0
    for pattern in "$@"; do
        line=$(grep -n -- "$pattern" trace | head -n 1 | cut -d: -f1)
        [ "${line:-0}" -gt "$before" ] || return 1
        before=$line
    done
}
"$PYTHON" - >request <<'END'
import os, sys
sys.path.insert(0, os.environ["TOP"] + "/tests/fault")
from net_support import request
sys.stdout.buffer.write(request("http://127.0.0.1:1/"))
END
reply() { # the status of fob-net's reply
    od -An -tx1 -j2 -N1 | tr -d ' '
}
net() { # [STRACE OPTION ...]
    strace -f -o trace "$@" "$O/fob-net" <request | reply
}
tried() {
    grep -c 'connect([0-9]*, {sa_family=AF_INET, ' trace
}
run net
expect_out 70 'fob-net asks, and nobody is there'
expect 'the request, the walls, and then the network' in_order 'read(0, ' \
    landlock_create_ruleset 'SECCOMP_SET_MODE_FILTER, 0, ' 'connect('
run net -e inject=landlock_create_ruleset:error=ENOSYS
expect_out 70 'a kernel without Landlock will do'
expect 'which was looked for' grep -q 'ENOSYS.*INJECTED' trace
run net -e inject=landlock_create_ruleset:error=EPERM
expect_out 70 'nor need a container let it through'
run net -e inject=seccomp:error=EPERM -e inject=prctl:error=EPERM:when=5+
expect_out 10 'one without seccomp will not'
expect 'and nobody is called' test "$(tried)" = 0
if [ "$landlock" -ge 1 ]; then
    run net -e inject=landlock_restrict_self:error=EPERM
    expect_out 10 'nor Landlock that fails'
    expect 'and nobody is called' test "$(tried)" = 0
fi
# The endpoint's server ends with its feed; fob-flash has no file to look at.
run strace -f -o trace "$O/fob-net" --serve </dev/null
expect_status 0 'the server is behind its walls'
expect 'before it hears anything' in_order \
    'SECCOMP_SET_MODE_FILTER, 0, ' 'read(0, '
run strace -f -o trace "$O/fob-flash" </dev/null
expect_out_like '^fault 8. ' 'fob-flash is behind its walls'
expect 'before it reads the file' in_order \
    'SECCOMP_SET_MODE_FILTER, 0, ' 'read(0, '
unfiltered() {
    run strace -f -o trace -e inject=seccomp:error=EPERM \
        -e inject=prctl:error=EPERM:when=5+ "$@" </dev/null
    last="$*"
    expect_status 1 "$(basename "$1") does nothing without seccomp"
    expect 'and reads nothing' sh -c '! grep -q "^[0-9 ]*read(0, " trace'
}
unfiltered "$O/fob-net" --serve
unfiltered "$O/fob-flash"
expect_out_like '^fault 10 the USB sandbox cannot filter system calls' \
    'and says why'
finish
