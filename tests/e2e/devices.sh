# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# For tests of devices' lives: source it after tests/lib/e2e.sh.

arn() { # NAME
    echo "arn:aws:iam::111122223333:mfa/$1"
}

# A local AWS with user alice, who has no device, and her key in `work`.
aws_bare() {
    aws_start
    ctl server reset
    ctl user create alice >"$work/alice"
    ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
    KEY_ID=$(sed -n 's/^access_key_id=//p' "$work/alice")
    cat >"$AWS_CONFIG_FILE" <<END
# mine
[profile work]
region = eu-central-1
END
    ALICE=$(arn alice)
    export KEY_ID ALICE
}

# A key of the root user for the credentials file.
aws_root_key() {
    ctl key ini root root 2>"$work/err" ||
        { ctl key create root >/dev/null && ctl key ini root root; }
}

expect_devices() { # "ARN=USER ..." WHAT: all that the server has
    ctl --json device list | "$PYTHON" -c 'import json, sys
have = {d["arn"]: (d["user"] or "").rpartition("/")[2]
        for d in json.load(sys.stdin)}
want = dict(w.split("=") for w in sys.argv[1].split())
sys.exit(f"{have} is not {want}" if have != want else 0)' "$1" 2>"$work/err"
    point $? "$2"
}

# What an SDK reads from the profile's section.
serial_of() { # PROFILE
    "$PYTHON" -c 'import botocore.session, sys
profile = botocore.session.Session(profile=sys.argv[1]).get_scoped_config()
print(profile.get("mfa_serial", ""))' "$1"
}

expect_serial() { # PROFILE SERIAL [WHAT]
    [ "$(serial_of "$1")" = "$2" ]
    point $? "${3:-mfa_serial of $1 is ${2:-gone}}"
}

no_journal() {
    [ -z "$(find "$FOB_HOME/state/journal" -type f ! -name '*.lock')" ]
}

# --- scenes that are cut ------------------------------------------------------
# Each has a server, a FOB_HOME and a config as new, and private agents.
scene_start() { # COMMAND: what is to be cut; all but enroll have a device
    ctl server reset
    rm -rf "$FOB_HOME"
    mkdir -m 700 "$FOB_HOME"
    printf '[fob]\nscrypt_log2_n = 14\n' >"$FOB_HOME/settings"
    ctl user create alice >"$work/alice"
    ctl key ini alice work >"$AWS_SHARED_CREDENTIALS_FILE"
    printf '[profile work]\nregion = eu-central-1\n' >"$AWS_CONFIG_FILE"
    FOB_NO_AGENT=1
    export FOB_NO_AGENT
    [ "$1" = enroll ] || fob -q enroll --profile work >/dev/null
    ctl log clear
}

# Processes of a name below a process.
below() { # PID NAME
    for child in $(pgrep -P "$1"); do
        [ "$(cat "/proc/$child/comm")" != "$2" ] || echo "$child"
        below "$child" "$2"
    done
}

await_call() { # ACTION: until the server has met it
    i=0
    while [ "$(ctl log count "$1")" = 0 ] && [ $i -lt 200 ]; do
        i=$((i + 1))
        sleep 0.05
    done
}

# lost: done at AWS, the reply never comes.  close: not done.  kill-before,
# kill-after: the agent is killed while the call waits, done or not.
scene_cut() { # ACTION HOW COMMAND ...
    action=$1
    how=$2
    shift 2
    case $how in
    lost | close) ctl fault add "$action" "$how" --times 1 ;;
    kill-before) ctl fault add "$action" stall --seconds 20 ;;
    *) ctl fault add "$action" delay --seconds 20 ;;
    esac
    case $how in
    lost | close)
        run "$@"
        return
        ;;
    esac
    "$@" >"$work/out" 2>"$work/err" &
    pid=$!
    await_call "$action"
    case $how in
    kill-net) kill -9 "$(below $pid fob-net)" ;;
    kill-caller) kill -9 $pid ;;
    *)
        net=$(below $pid fob-net)
        kill -9 "$(below $pid fob-agent)"
        kill -9 "$net"
        ;;
    esac 2>/dev/null
    wait $pid 2>/dev/null
    status=$?
    last="$*"
    out=$(cat "$work/out")
    err=$(cat "$work/err")
}

# After the command: the devices at AWS, mfa_serial, the seeds, the journal,
# and a session with a code of its own.
scene_check() { # COMMAND WHAT
    case $1 in
    enroll) serial=$(arn alice) ;;
    replace) serial=$(arn alice-2) ;;
    unenroll) serial='' ;;
    esac
    expect_devices "${serial:+$serial=alice}" "$2: the devices at AWS"
    expect_serial work "$serial" "$2: mfa_serial"
    run fob --json list
    expect_json "[a['serial'] for a in it] == '$serial'.split()" "$2: the seeds"
    expect "$2: no journal" no_journal
    [ -n "$serial" ] || return
    fob -q sessions --clear
    run fob -q credentials work --wait
    expect_status 0 "$2: a session"
}
