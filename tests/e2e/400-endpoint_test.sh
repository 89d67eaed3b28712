#!/bin/sh
# SPDX-License-Identifier: MIT
# fob exec --server: a container endpoint for as long as the command lives.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
ME=arn:aws:iam::111122223333:user/alice

served() { # COMMAND ...
    run fob exec work --server -- "$@"
    last="fob exec work --server -- $*"
}

ask() {
    served "$PYTHON" "$TOP/tests/lib/endpoint.py" "$@"
    last="endpoint.py $*"
}

# --- who gets what ----------------------------------------------------------
caller='import boto3
import os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"])'
served "$PYTHON" -c "$caller"
expect_out "$ME" 'boto3 is who it should be'
if command -v aws >/dev/null; then
    served aws --endpoint-url "$AWS_ENDPOINT_URL" sts get-caller-identity \
        --query Arn --output text
    expect_out "$ME" 'and so is the AWS CLI'
else
    skip 'the AWS CLI' 'there is none'
fi
AWS_ACCESS_KEY_ID=old AWS_SECRET_ACCESS_KEY=old AWS_SESSION_TOKEN=old \
    AWS_PROFILE=x AWS_DEFAULT_PROFILE=x AWS_ROLE_ARN=x \
    AWS_WEB_IDENTITY_TOKEN_FILE=x AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=x \
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=x served env
expect 'what would win is gone' sh -c '! grep -E \
    "^AWS_(ACCESS|SECRET|SESSION|PROFILE|DEFAULT_PROFILE|ROLE|WEB|.*_FILE=x)" out'
expect_out_like '^AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127\.0\.0\.1:'
expect_out_like '^AWS_CONTAINER_AUTHORIZATION_TOKEN=[0-9a-f]{64}$'
expect_out_like '^AWS_REGION=eu-central-1$'
mkdir -p "$work/default"
printf '[default]\naws_access_key_id = AKIA\naws_secret_access_key = x\n' |
    cat - "$AWS_SHARED_CREDENTIALS_FILE" >"$work/default/credentials"
AWS_SHARED_CREDENTIALS_FILE=$work/default/credentials served true
expect_err_like 'default has aws_access_key_id' 'a [default] of its own is told'
expect_status 0

# --- the endpoint -----------------------------------------------------------
ask get
printf '%s\n' "$out" | sed 's/^200 //' >out
expect_json 'set(it) >= {"AccessKeyId", "SecretAccessKey", "Token",
    "Expiration"} and it["Expiration"].endswith("Z")' 'it says what SDKs read'
ask get GET /credentials wrong
expect_out_like '^403 .*"Forbidden"' 'a wrong token: 403'
ask get GET /credentials ''
expect_out_like '^403 ' 'no token: 403'
# All of 127/8 is this machine's: who listens everywhere listens there, too.
ask dial 127.0.0.2
expect_out refused 'only 127.0.0.1 is listened at'
served printenv AWS_CONTAINER_AUTHORIZATION_TOKEN
token=$out
served printenv AWS_CONTAINER_AUTHORIZATION_TOKEN
expect 'no token comes twice' test "$out" != "$token"
ask get POST
expect_out_like '^405 ' 'POST: 405'
ask get GET /credentials/
expect_out_like '^404 ' 'another path: 404'
ask get GET '/credentials?x=1'
expect_out_like '^404 ' 'a query: 404'
ask raw 'GARBAGE\r\n\r\n'
expect_out 'HTTP/1.1 400 Bad Request' 'what is no HTTP: 400'
ask raw "$(printf 'GET /credentials HTTP/1.1\\r\\nA:%9000s\\r\\n\\r\\n' x)"
expect_out 'HTTP/1.1 431 Request Header Fields Too Large' 'too long: 431'
ask flood 300
expect_out 300 'many callers at once'
ask slow
expect_out 'hung up' 'a slow caller is hung up on'
ask stalled 100
expect_out '200 100' 'callers that stall are in nobody'"'"'s way'

# --- the process ------------------------------------------------------------
served sh -c 'exit 37'
expect_status 37 'the exit status is the command'"'"'s'
served sh -c 'kill -TERM $$'
expect_status 143
served "$work/missing"
expect_error 127 missing
run fob exec nothing --server -- true
expect_error 3 nothing
expect 'it is the process that fob was' sh -c '
    fob exec work --server -- sh -c "echo \$\$" >pid & wait $!
    [ "$(cat pid)" = $! ]'
expect 'a signal reaches it' sh -c '
    fob exec work --server -- sh -c "trap \"echo got >signal; exit 5\" USR1
        echo >ready; while :; do sleep 0.1; done" &
    while ! [ -e ready ]; do sleep 0.1; done
    kill -USR1 $!; wait $!; [ $? = 5 ] && grep -q got signal'
state() {
    "$@" sh -c 'exec cat /proc/self/limits'
    "$@" sh -c 'exec grep -E "^(Sig(Blk|Ign|Cgt)|CapEff|Seccomp|NoNew)" /proc/self/status'
    "$@" sh -c 'umask; pwd; exec ls /proc/self/fd'
}
ulimit -c 4096 2>/dev/null
(
    trap '' USR1
    state env >before
    state fob exec work --server -- >after
)
run diff before after
expect_status 0 'limits, masks, descriptors are unchanged'
served sh -c 'read -r x </proc/$$/task/$$/children; echo "$x"'
expect_out '' 'the command has no child that it did not make'
run_sh 'fob exec work --server -- sh -c "readlink /proc/self/fd/0 || echo no" <&-'
expect_out no 'a closed stdin stays closed'
run_sh 'x=$(fob exec work --server -- echo text); echo "$x"'
expect_out text 'nothing holds a pipe open'
# What the monitor and its fob-net have of ours: folder and descriptors.
cat >belongings <<'END'
for pid in $(pgrep -x fob); do
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "$0" || continue
    for each in $pid $(pgrep -P "$pid"); do
        readlink "/proc/$each/cwd"
        ls -l "/proc/$each/fd" | sed -n 's/.* -> //p'
    done
done
END
served sh "$work/belongings" 7<"$work/alice"
expect_out_like '^anon_inode:.timerfd.$' 'the monitor is found'
expect 'it has no terminal, folder or descriptor of ours' sh -c \
    '! grep -Evx -e / -e /dev/null -e "(socket|anon_inode):.*" out'
served "$PYTHON" -c 'import os, sys
print(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"].split("/")[2])' \
    "$work/marker"
run "$PYTHON" -c 'import socket, sys, time
host, port = sys.argv[1].split(":")
for _ in range(100):
    try:
        socket.create_connection((host, int(port)), timeout=9).close()
    except ConnectionRefusedError:
        sys.exit(0)
    time.sleep(0.1)
sys.exit(1)' "$out"
expect_status 0 'the endpoint ends with the command'
run sh -c 'n=0; while pgrep -f "exec work --server .*[/]${1#/}/marker"; do
    n=$((n + 1)); [ $n -gt 100 ] && exit 1; sleep 0.1; done' - "$work"
expect_status 0 'and so does its monitor'

# --- no shared agent --------------------------------------------------------
fob -q agent stop
FOB_NO_AGENT=1 served "$PYTHON" -c "$caller"
expect_out "$ME" 'a private agent serves as well'
cat >outlast.py <<'END'
import os, subprocess, sys, time
def once():
    return subprocess.run([sys.executable, os.environ["TOP"] +
                           "/tests/lib/endpoint.py", "get"],
                          capture_output=True, text=True).stdout
first, started = once(), time.monotonic()
while (now := once()) == first and time.monotonic() < started + 60:
    time.sleep(0.2)
print(first[:3], now[:3], first != now)
END
# The next session ends in 8 s by AWS's clock.
ends_soon() {
    ctl fault add GetSessionToken replace --element Expiration --text \
        "$(date -u -d "@$(($(ctl clock now) + 8))" +%Y-%m-%dT%H:%M:%SZ)"
    fob sessions --clear
}
ends_soon
FOB_NO_AGENT=1 served "$PYTHON" outlast.py
expect_out '200 200 True' 'and renews'
ctl clock set "$(($(date +%s) + 1500))"
fob -q devices --profile work >devices # and fob hears of it
ends_soon
served "$PYTHON" outlast.py
expect_out '200 200 True' "a session ends by AWS's clock, not by ours"
ctl clock set "$(date +%s)"

# --- a session that ends ----------------------------------------------------
fob -q agent stop
rm -f "$FOB_HOME/run/agent.sock"
cat >outlive.py <<'END'
import os, subprocess, sys, time
def once():
    return subprocess.run([sys.executable, os.environ["TOP"] +
                           "/tests/lib/endpoint.py", "get"],
                          capture_output=True, text=True).stdout
first = once()
started = time.monotonic()
while once() == first and time.monotonic() < started + 60:
    time.sleep(0.2)
print("took over:", "KEY1" in first and "KEY2" in once())
while not once().startswith("503") and time.monotonic() < started + 60:
    time.sleep(0.2)
print(once())
END
"$PYTHON" "$TOP/tests/lib/fake_agent.py" "$FOB_HOME/run/agent.sock" 9 9 &
fake=$!
while ! [ -S "$FOB_HOME/run/agent.sock" ]; do sleep 0.1; done
served "$PYTHON" outlive.py
kill $fake
expect_out_like '^took over: True$' 'a session is renewed before it ends'
expect_out_like '^503 .*"fob: no more; run: fob unlock"' \
    'what keeps it from being renewed is told'
rm -f "$FOB_HOME/run/agent.sock"

run fob exec --server work --
expect_error 2 '\-\-'

finish
