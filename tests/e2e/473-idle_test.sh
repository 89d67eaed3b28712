#!/bin/sh
# SPDX-License-Identifier: MIT
# An agent that has nothing open sleeps.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
run_sh "echo '$SEED' | fob add --secret - phone"
expect_status 0
PID=$(fob --json agent status | sed -n 's/.*"pid":\([0-9]*\).*/\1/p')

# What it does by itself in that time.
watch_agent() { # SECONDS
    strace -f -q -e trace=openat,poll -o calls -p "$PID" >strace.out 2>&1 &
    sleep "$1"
    kill $!
    wait $! 2>kill.out
    grep -c 'settings' calls
}

run fob lock
if ! strace -q -e trace=none true 2>strace.out; then
    skip 'what a locked agent does' 'nothing may be traced here'
    finish
fi
run watch_agent 3
expect_out 0 'while it is locked it reads no settings'
[ "$(grep -c 'poll(NULL' calls)" = 0 ]
point $? 'and nothing wakes the thread that locks'
run fob unlock
expect_status 0
run fob code phone --at 1900000000
expect_out "$(oathtool --totp -b --now @1900000000 "$SEED")" \
    'it wakes for a request'
printf '[fob]\nscrypt_log2_n = 14\nlock_idle_s = 1\n' >"$FOB_HOME/settings"
sleep 4
run fob --json agent status
expect_json 'it["locked"]' 'and locks in time, by settings that were edited'
finish
