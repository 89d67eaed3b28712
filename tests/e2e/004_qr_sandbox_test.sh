#!/bin/sh
# SPDX-License-Identifier: MIT
# The sandbox of the product's own objects: closed before the first byte is
# read, shut to each forbidden call, and never gone without.
. "$TOP/tests/lib/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
image=$TOP/tests/fuzz/corpus/image/code_grey.png
reply="$work/reply"

# The unit test again, this time over what is installed.
build_probe() {
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -I"$TOP" -o "$work/probe" \
        "$TOP/tests/unit/qr/sandbox_test.c" "$O/obj/host/qr/sandbox.o" \
        -Wl,--start-group "$O/lib/host-sandbox.a" "$O/lib/host-base.a" \
        -Wl,--end-group -lseccomp
}
tap_run 'the probe builds' build_probe
tap_run 'each forbidden call ends it' sh -c "'$work/probe' >'$work/probe.tap'"
tap_is "$(grep -c '^ok .*ends a process' "$work/probe.tap")" \
    "$(grep -c '{"[^}]*, try_' "$TOP/tests/unit/qr/sandbox_test.c")" \
    'and every one was tried'

# Line numbers of the first trace lines that match each pattern, in order.
in_order() {
    last=0
    for pattern in "$@"; do
        line=$(grep -n -- "$pattern" "$work/trace" | head -n 1 | cut -d: -f1)
        if [ "${line:-0}" -le "$last" ]; then
            echo "# out of order: $pattern"
            return 1
        fi
        last=$line
    done
}
strace -o "$work/trace" "$O/fob-qr" decode <"$image" >"$reply"
tap_ok $? 'a code is read under strace'
tap_run 'rights, files and limits go, then the filter, then stdin is read' \
    in_order 'prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE)' \
    'prctl(PR_SET_NO_NEW_PRIVS, 1' landlock_create_ruleset RLIMIT_AS \
    'SECCOMP_SET_MODE_FILTER, 0, ' 'read(0, '
tap_is "$(sed '1,/SECCOMP_SET_MODE_FILTER, 0, /d; /^+++/d; s/(.*//' \
    "$work/trace" | sort -u | grep -Evx 'read|write|exit_group|brk|munmap|'\
'mremap|madvise|mlock2|munlock|mmap|mprotect|futex|sysinfo')" '' \
    'no other call is made behind the filter'
tap_is "$(grep -c '^read(0, ' "$work/trace")" 2 'stdin is read to its end'

# Which call of its name, counted from the start, matches a pattern first.
call_number() {
    sed -n "1,/$2/p" "$work/trace" | grep -c "^$1("
}
privileges=$(call_number prctl PR_SET_NO_NEW_PRIVS)
limits=$(call_number prlimit64 RLIMIT_AS)
filter="prctl:error=EPERM:when=$((privileges + 2))+"

# A wall that cannot be built: nothing of stdin is read, and that is told.
status_of() { od -An -tx1 -N1 "$reply" | tr -d ' '; }
without() {
    strace -o "$work/trace" -e inject="$2" -e inject="${3:-$2}" \
        "$O/fob-qr" decode <"$image" >"$reply"
    tap_is "$? $(status_of) $(grep -c '^read(0, ' "$work/trace")" '0 10 0' \
        "without $1 nothing is read"
}
if grep -q '^landlock_restrict_self' "$work/trace"; then
    without 'Landlock' landlock_restrict_self:error=EPERM
else
    tap_skip 'none in this kernel' 'without Landlock nothing is read'
fi
without 'no_new_privs' "prctl:error=EPERM:when=$privileges"
without 'limits' "prlimit64:error=EPERM:when=$limits+"
without 'a filter of calls' seccomp:error=EPERM "$filter"
strace -o "$work/trace" -e inject=seccomp:error=EPERM \
    -e inject="$filter" \
    "$O/fob-qr" encode png <"$image" >"$reply" 2>"$work/error"
tap_is "$? $(wc -c <"$reply") $(grep -c '^read(0, ' "$work/trace")" '1 0 0' \
    'nor is a text to draw'
tap_is "$(wc -l <"$work/error")" 1 'with one line to say so'
strace -o "$work/trace" -e inject=landlock_create_ruleset:error=ENOSYS \
    "$O/fob-qr" decode <"$image" >"$reply"
tap_is "$? $(status_of)" '0 00' 'a kernel without Landlock will do'

# Seen from outside while it waits for its input.
mkfifo "$work/pipe"
"$O/fob-qr" decode <"$work/pipe" >"$reply" &
child=$!
exec 3>"$work/pipe"
tries=0
until grep -q '^Seccomp:	2' "/proc/$child/status" || [ $tries = 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
tap_is "$(grep -E '^(NoNewPrivs|Seccomp):' "/proc/$child/status" | tr '\n\t' '  ')" \
    'NoNewPrivs: 1 Seccomp: 2 ' 'the filter is there while it waits'
cat "$image" >&3
exec 3>&-
wait "$child"
tap_is "$? $(status_of)" '0 00' 'and the image is read then'
tap_done
