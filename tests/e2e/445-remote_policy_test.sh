#!/bin/sh
# SPDX-License-Identifier: MIT
# What a far side may use: the policy of the settings, that of `fob agent
# forward`, a word of a person for each use, and what is told of it here.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
ROLE=$(ctl role create worker --require-mfa yes)
cat >"$AWS_CONFIG_FILE" <<END
[default]
region = eu-central-1

[profile work]
region = eu-central-1
mfa_serial = $ARN
endpoint_url = $AWS_ENDPOINT_URL

[profile worker]
region = eu-central-1
mfa_serial = $ARN
source_profile = work
role_arn = $ROLE
endpoint_url = $AWS_ENDPOINT_URL

[profile printed]
region = eu-central-1
mfa_serial = $ARN
credential_process = $work/print_key
endpoint_url = $AWS_ENDPOINT_URL

[profile above]
region = eu-central-1
mfa_serial = $ARN
role_arn = $ROLE
source_profile = printed
endpoint_url = $AWS_ENDPOINT_URL

[profile asked]
region = eu-central-1
mfa_serial = ${ARN%phone}elsewhere
mfa_process = $work/print_code
endpoint_url = $AWS_ENDPOINT_URL
END
sed 's/^\[work\]/[asked]/' "$AWS_SHARED_CREDENTIALS_FILE" >asked.ini
cat asked.ini >>"$AWS_SHARED_CREDENTIALS_FILE"
cat >print_key <<END
#!/bin/sh
touch $work/ran
echo '{"Version": 1, "AccessKeyId": "$KEY_ID", "SecretAccessKey": "$KEY_SECRET"}'
END
printf '#!/bin/sh\ntouch %s/ran\necho 123456\n' "$work" >print_code
chmod +x print_key print_code
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
echo KRUGKIDROVUWG2ZA | fob -q add --secret - other >/dev/null
echo KRUGKIDROVUWG2ZB | fob -q add --secret - 'other one' >/dev/null
echo 'otpauth://hotp/counted?secret=KRUGKIDROVUWG2ZC&counter=5' |
    fob -q add --uri - counted >/dev/null
near=$FOB_HOME/run/remote.sock
cp "$FOB_HOME/settings" plain
settings() { # LINE ...
    cp plain "$FOB_HOME/settings"
    for line; do echo "$line" >>"$FOB_HOME/settings"; done
}

far=$work/far
mkdir -p "$far/bin" "$far/home"
cp "$O/fob" "$far/bin/"
relays=''
# A far machine by the name of its folder.
far_by() { # NAME SOCKET
    mkdir -p "$far/$1/run"
    chmod 700 "$far/$1" "$far/$1/run"
    "$PYTHON" "$TOP/tests/lib/relay.py" "$far/$1/run/agent.sock" "$2" \
        2>/dev/null &
    relays="$relays $!"
    # A socket is there before anybody listens at it.
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        env -i FOB_HOME="$far/$1" "$far/bin/fob" agent status 2>/dev/null |
            grep -q '^pid' && return
        sleep 0.2
    done
}
by() { # NAME COMMAND ...
    name=$1
    shift
    run env -i PATH="$far/bin:/usr/bin:/bin" HOME="$far/home" \
        FOB_HOME="$far/$name" LC_ALL=C "$@"
    last="by $name: $*"
}
there() {
    by first "$@"
}
far_by first "$near"

# --- by default -------------------------------------------------------------
there fob code counted
expect_error 4 'HOTP' 'HOTP counts ahead without end, and is closed'
there fob pair counted
expect_error 4 'HOTP'
there fob list
expect_out_like '^other one ' 'other accounts are listed'
expect 'closed ones are not' sh -c '! grep -q counted out'
run fob -q --json list
expect_json '[a["counter"] for a in it if a["name"] == "counted"] == [5]' \
    'its counter has not moved'
for profile in printed above asked; do
    there fob credentials $profile
    expect_error 4 'not run for this machine' "$profile: no command is run"
done
expect 'none was' test ! -e ran
run fob credentials printed
expect_status 0 'here it is'
expect '... run' test -e ran
rm -f ran
there fob credentials work
expect_status 0 'a session of a plain profile'

# --- opened -----------------------------------------------------------------
settings 'remote_hotp = yes' 'remote_commands = yes'
there fob code counted
expect_out_like '^[0-9]{6}$' 'remote_hotp opens HOTP'
there fob list
expect_out_like '^counted '
there fob credentials asked
expect_status 6 'remote_commands lets mfa_process run'
expect '... and it did' test -e ran

# --- lists ------------------------------------------------------------------
settings 'remote_profiles = worker, dev-*' "remote_accounts = 'other one'"
there fob credentials work
expect_error 4 'profile work is not open to this machine'
there fob credentials
expect_error 4 'profile default' 'no profile, none of the far variables'
there env AWS_PROFILE=work fob credentials
expect_error 4 'profile work is not open'
# A request without a name, as a program of theirs may send it.
run "$PYTHON" -c 'import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.sendall(bytes.fromhex("000000020130"))
print(s.recv(4096))' "$far/first/run/agent.sock"
expect_out_like 'profile default is not open' 'no name is the name default'
printf '[profile dev-alias]\ncredential_process = fob credentials %s\n' work \
    >>"$AWS_CONFIG_FILE"
there fob credentials dev-alias
expect_error 4 'profile dev-alias is not open' \
    'nor is one that stands for a closed one'
there fob credentials nowhere
expect_error 4 'profile nowhere is not open' \
    'a name that is not there looks the same'
there fob credentials dev-nowhere
expect_error 3 'no profile dev-nowhere'
expect 'the nearest names are not told' sh -c '! grep -Eq "work|printed" err'
there fob credentials worker
expect_status 0 'a role of a closed source is what the open profile means'
there fob sessions
expect 'sessions of closed profiles are not listed' \
    sh -c '! grep -Eq " (work|printed) " out'
there fob code phone
expect_error 4 'account phone is not open to this machine'
there fob code pho
expect_error 4 'account pho is not open' 'a part of a name is looked up first'
there fob code 'er one'
expect_out_like '^[0-9]{6}$' '... also of one that is open'
there fob code oth
expect_error 4 'account oth is not open' 'names that fit several are not told'
there fob code nothing
expect_error 4 'account nothing is not open'
there fob pair other
expect_error 4 'account other is not open' 'a name is taken whole'
there fob list
expect_out_like '^other one '
expect 'and nothing else is listed' sh -c '[ "$(wc -l <out)" = 2 ]'
there fob --json code phone
expect_err_like '"code":"FORBIDDEN"' 'programs are told'
settings 'remote_profiles =' 'remote_accounts ='
there fob credentials work
expect_error 4 'not open' 'an empty list is nothing'
there fob list
expect_out ''
run fob code phone
expect_status 0 'here nothing of it holds'

# --- a policy that is not understood ----------------------------------------
settings 'remote_profiles = work' 'remote_hopt = yes'
for command in 'credentials work' 'code other' list sessions; do
    # shellcheck disable=SC2086 # words
    there fob $command
    expect_error 4 'policy for this machine cannot be read'
done

# --- names that nothing has --------------------------------------------------
settings 'remote_profiles = wrok, work*' "remote_accounts = 'otter', phone"
run fob doctor
expect_out_like '^note .*remote_profiles has wrok, which is the name of none'
expect_out_like '^note .*remote_accounts has otter, which'
expect 'others are passed over' sh -c '! grep -Eq "has (work|phone)" out'
settings 'remote_confirm = desktop' "remote_dialog = $work/none"
run fob doctor
expect_out_like '^problem .*remote_dialog program .*none cannot be run'

# --- what was asked is told here --------------------------------------------
settings
run fob --json agent status
expect_json '(it["remote"][0]["type"] == "sessions" and
              it["remote"][0]["result"] == "refused" and
              it["remote"][0]["socket"].endswith("/remote.sock"))' \
    'the newest first'
expect_json '[r for r in it["remote"] if r["type"] == "code" and
             r.get("name") == "other one" and r["result"] == "given"]' \
    'an account by its whole name'
expect_json '[r for r in it["remote"] if r.get("name") == "worker"
             and r["type"] == "credentials"]' 'a profile'
run fob agent status
expect_out_like 'credentials +worker +given +1$' 'also to read'
there fob --json agent status
expect_json '"remote" not in it or it["remote"] == []' 'not there'

forward() { # NAME OPTION ...
    name=$1
    shift
    fob agent forward --socket "$work/$name.sock" "$@" 2>"$name.said" &
    forwarder=$!
    while ! [ -S "$work/$name.sock" ] && kill -0 "$forwarder" 2>/dev/null; do
        sleep 0.1
    done
    far_by "$name" "$work/$name.sock"
}
# --- a terminal -------------------------------------------------------------
settings 'remote_confirm = terminal'
forward_at() { # NAME PROMPT=ANSWER ... -- OPTION ...
    name=$1
    shift
    "$PYTHON" "$TOP/tests/lib/at_terminal.py" "$@" >"$name.shown" 2>&1 &
    terminal=$!
    while ! [ -S "$work/$name.sock" ]; do sleep 0.1; done
    far_by "$name" "$work/$name.sock"
}
there fob code other
expect_error 4 'fob agent forward' 'where nobody waits nobody is asked'
forward_at tty 'Give it?=yes' 'Give it?=yes' 'Give it?=^C' -- \
    fob agent forward --socket "$work/tty.sock"
by tty fob code other
expect_out_like '^[0-9]{6}$' 'a yes at the terminal'
there fob code other
expect_out_like '^[0-9]{6}$' 'also for the agent'\''s own socket'
by tty fob code other
expect_error 4 'nobody can be asked' 'whoever leaves gives nothing'
wait "$terminal"
expect 'the terminal is in order' grep -q '^echo: on' tty.shown
expect 'it showed the question' grep -q 'by tty.sock, asks for a code' tty.shown
forward_at no 'Give it?=no' -- fob agent forward --socket "$work/no.sock"
by no fob code other
expect_error 4 'it was refused where the agent is'
by no fob code other
expect_error 4 'refused just now'
kill "$(pgrep -P "$terminal")"
wait "$terminal"

# --- a word for each use: pinentry, desktop ---------------------------------
cat >pinentry <<'END'
#!/bin/sh
# Enough of Assuan for one question.
echo 'OK at your service'
while read -r word rest; do
    echo "$word $rest" >>"$TMPDIR/asked"
    case $word in
    CONFIRM) cat "$TMPDIR/answer" ;;
    *) echo OK ;;
    esac
done
env >"$TMPDIR/env"
END
printf '#!/bin/sh\necho "$SSH_ASKPASS_PROMPT: $1" >>"$TMPDIR/asked"\nexec cat "$TMPDIR/answer"\n' >askpass
chmod +x pinentry askpass
settings 'remote_confirm = pinentry' "pinentry = $work/pinentry"
DISPLAY=:77 fob -q unlock
echo OK >"$TMPDIR/answer"
there fob code other
expect_out_like '^[0-9]{6}$' 'a yes gives it'
expect 'the question says what' \
    grep -q 'SETDESC A far machine, by remote.sock, asks for a code of the account other. Give it?' "$TMPDIR/asked"
expect 'where the person sits' grep -q '^DISPLAY=:77$' "$TMPDIR/env"
expect 'and gets nothing else of the agent' \
    sh -c '! grep -Eq "passphrase|horse|AWS_" "$TMPDIR/env"'
there fob credentials work
expect_status 0
there fob list
expect_status 0
run fob code phone
expect_status 0
expect 'names and local use are not asked for' \
    sh -c '[ "$(grep -c CONFIRM "$TMPDIR/asked")" = 2 ]'
there fob credentials nowhere
expect_error 3 'no profile' 'nor is what is not there'
echo 'ERR 83886194 Not confirmed' >"$TMPDIR/answer"
there fob code other
expect_error 4 'not confirmed: it was refused'
echo OK >"$TMPDIR/answer"
there fob credentials work
expect_error 4 'refused just now' 'after a no nothing is asked for a while'
expect '... indeed' sh -c '[ "$(grep -c CONFIRM "$TMPDIR/asked")" = 3 ]'
run fob code phone
expect_status 0

# --- a socket of its own ----------------------------------------------------
settings 'remote_profiles = work, worker' "remote_dialog = $work/askpass"
forward less --profiles 'worker, printed' --accounts phone --confirm desktop
expect 'it is private' sh -c '[ "$(stat -c %a less.sock)" = 600 ]'
expect 'and says how to use it' grep -q "^fob: Listening at .*ssh -R\|^Listening at .*ssh -R" less.said
: >"$TMPDIR/asked"
echo yes >"$TMPDIR/answer"
by less fob credentials worker
expect_status 0 'what both allow'
expect 'asked as ssh-askpass is' \
    grep -q '^confirm: A far machine, by less.sock, asks for a session of the profile worker' "$TMPDIR/asked"
by less fob credentials work
expect_error 4 'work is not open' 'less than the settings'
by less fob credentials printed
expect_error 4 'printed is not open' 'and never more'
by less fob code other
expect_error 4 'other is not open'
there fob code other
expect_status 0 'the other socket has its own'
echo no >"$TMPDIR/answer"
by less fob code phone
expect_error 4 'it was refused where the agent is'
there fob code other
expect_status 0 'a no is for one socket'
run fob --json agent status
expect_json '[r for r in it["remote"] if r["socket"].endswith("/less.sock")
             and r["result"] == "refused"]' 'the record says which socket'
# Its far side does its worst; the other one's is served.
"$PYTHON" "$TOP/tests/lib/flood.py" "$work/less.sock" silent many refused \
    >flood.out 2>&1 &
flood=$!
await_line 'at work' flood.out
there timeout 20 fob code other
expect_status 0 'a crowd at one socket keeps nobody out of another'
kill "$flood"
wait "$flood" 2>/dev/null
kill "$forwarder"
wait "$forwarder" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e less.sock ] && sleep 0.1; done
expect 'it ends with its command' test ! -e less.sock
by less fob list
expect 'and nobody gets in' test "$status" != 0
settings 'remote_confirm = pinentry' "pinentry = $work/pinentry"
run fob agent forward --confirm no
expect_error 2 'would have none' 'no confirmation is taken away'
run fob agent forward --profiles "'x"
expect_error 2 'names with commas'
run fob agent forward --confirm perhaps
expect_error 2 'terminal, pinentry or desktop'
run env FOB_NO_AGENT=1 fob agent forward
expect_error 2 'private agent'
run fob agent start --profiles x
expect_error 2 'forward only'
: >taken
run fob agent forward --socket taken
expect_error 1 'something at .*/taken already'
expect 'what is there stays' test -f taken

# --- nobody answers, and a flood --------------------------------------------
printf '#!/bin/sh\necho "$$" >>"%s/started"\nexec sleep 100\n' "$work" >askpass
settings 'remote_confirm = desktop' "remote_dialog = $work/askpass"
forward flood
begin=$(date +%s)
floods=''
for i in 1 2 3 4 5 6 7 8; do
    env -i PATH="$far/bin:/usr/bin:/bin" HOME="$far/home" \
        FOB_HOME="$far/flood" fob code other >"flood$i" 2>&1 &
    floods="$floods $!"
    sleep 0.1
done
run fob code phone
expect_status 0 'local use goes on'
run fob lock
expect_status 0
fob -q unlock
# shellcheck disable=SC2086 # a list
wait $floods
expect 'one was asked, and it ended in time' \
    sh -c '[ $(($(date +%s) - '"$begin"')) -lt 60 ] && [ "$(wc -l <started)" = 1 ]'
expect 'nobody got one' sh -c '! grep -Eq "^[0-9]{6}$" flood[1-8]'
words() { # COUNT WORDS
    [ "$(cat flood? | grep -c "$2")" = "$1" ]
}
expect 'the one was not answered' words 1 'nobody answered'
expect 'some had no room to wait' words 3 'too many questions'
expect 'the rest share the no' words 4 'just now'
expect 'the dialogue is gone' sh -c '! kill -0 "$(cat started)" 2>/dev/null'
kill "$forwarder"
# shellcheck disable=SC2086 # a list
kill $relays

finish
