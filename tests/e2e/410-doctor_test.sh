#!/bin/sh
# SPDX-License-Identifier: MIT
# fob doctor: each fault is found, told with its remedy, and shown by the
# exit status; without a question and without the network.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE" "$AWS_CONFIG_FILE"

finds() { # LEVEL ERE [WHAT]
    run fob doctor
    last='fob doctor'
    printf '%s\n' "$out" | grep -Eq -e "^$1 .*($2)"
    point $? "${3:-doctor: $1: $2}"
}

# --- clean ------------------------------------------------------------------
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
finds problem "keys: .*profile work is in plaintext.*run: fob keys import work"
expect_status 1 'a problem: exit 1'
fob -q keys import work >/dev/null
run fob doctor
expect_status 0 'nothing wrong: exit 0'
expect_err '' 'and nothing on stderr'
expect_out_like '^ok agent: running$'
expect_out_like '^note clock: nothing is known.*run: fob doctor --online$'
fob credentials work >/dev/null
fob -q backup --code-file code backup
finds ok 'clock: [-0-9]+ s off that of http://127'
run fob --json doctor
expect_json '{"agent", "vault", "clock", "environment", "programs"} <= {f["name"] for f in it}' \
    'JSON says the same'
expect_json '{"ok"} == {f["level"] for f in it if f["text"] and
    f["name"] != "sandbox"}' 'in its own way'
fob lock --all
run fob doctor </dev/null
expect_status 0 'a locked vault is as good'
expect_out_like '^ok vault: whole; generation [0-9]+, 1 key slot, locked$'

# --- without an agent -------------------------------------------------------
fob -q agent stop
run fob doctor
expect_status 0
expect_out_like '^ok agent: not running$'
expect 'no agent is left' sh -c 'fob agent status | grep -qx "not running"'
AWS_ENDPOINT_URL=http://127.0.0.1:9 run fob doctor
expect_status 0 'nobody is asked'

# --- each fault -------------------------------------------------------------
cp "$AWS_CONFIG_FILE" good
printf '\n[profile again]\nregion\n' >>"$AWS_CONFIG_FILE"
printf 'stray = 1\n' >"$AWS_SHARED_CREDENTIALS_FILE"
finds problem "config: .*/config.*line 10"
finds problem 'config: .*/credentials.*line 1' 'both files are told of'
for check in profiles keys clock; do
    expect_out_like "^note $check: not known while the AWS files cannot be read" \
        "$check: nothing is said to be well that nobody could look at"
done
expect 'nor else' sh -c '! grep -E "^ok (config|profiles|keys|clock)" out'
cp good "$AWS_CONFIG_FILE"
: >"$AWS_SHARED_CREDENTIALS_FILE"

chmod 644 "$AWS_SHARED_CREDENTIALS_FILE"
finds problem "files: .*/credentials has mode 644: others may read it; run: chmod go= "
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE"
chmod 666 "$AWS_CONFIG_FILE"
finds problem 'files: .*/config has mode 666: others may write it; run: chmod go-w '
chmod 600 "$AWS_CONFIG_FILE"
chmod 644 "$FOB_HOME/vault"
finds problem 'files: .*/vault has mode 644'
chmod 600 "$FOB_HOME/vault"
# opened MODE PATH ERE [MODE-BEFORE]: found while it has that mode, and not after
opened() {
    was=$(stat -c %a "$2")
    chmod "$1" "$2"
    finds problem "files: $2 has mode $1: others may $3" "${2#"$work"} with mode $1"
    chmod "$was" "$2"
}
opened 750 "$FOB_HOME" 'look into it; run: chmod go= '
opened 640 "$FOB_HOME/vault.previous" 'read it; run: chmod go= '
opened 646 "$FOB_HOME/settings" 'write it; run: chmod go-w '
opened 711 "$FOB_HOME/state" 'look into it'
opened 777 "$HOME/.aws" 'put files there; run: chmod go-w '
echo key >key
printf 'key_file = %s\n' "$work/key" >>"$FOB_HOME/settings"
opened 604 "$work/key" 'read it; run: chmod go= '
sed -i '/^key_file/d' "$FOB_HOME/settings"
run fob doctor
expect_status 0 'with all modes as they were nothing is found'
if [ "$(id -u)" = 0 ]; then
    chown 65534 "$AWS_SHARED_CREDENTIALS_FILE"
    finds problem 'files: .*/credentials belongs to someone else .user 65534, .*without sudo'
    chown 0 "$AWS_SHARED_CREDENTIALS_FILE"
else
    skip "another user's file" 'only root can make one'
fi

cat >>"$AWS_CONFIG_FILE" <<'END'
[profile sms]
mfa_serial = arn:aws:iam::111122223333:sms-mfa/alice
[profile fido]
mfa_serial = arn:aws:iam::111122223333:u2f/user/alice/key
[profile root]
mfa_serial = arn:aws:iam::111122223333:mfa/root-account-mfa-device
[profile typo]
mfa_serial = phone
[profile bare]
aws_access_key_id = AKIABARE
aws_secret_access_key = x
credential_process = fob credentials bare
[profile half]
aws_access_key_id = AKIAHALF
[profile lost]
role_arn = arn:aws:iam::111122223333:role/dev
source_profile = nowhere
[profile late]
duration_seconds = soon
[profile afar]
sts_regional_endpoints = sometimes
[profile temporary]
aws_access_key_id = ASIAX
aws_secret_access_key = x
aws_session_token = x
END
finds problem "sms .*SMS; run: fob enroll --profile sms"
finds problem 'fido .*FIDO'
finds problem "root is the root user's"
finds problem "typo is no device's"
finds problem "bare has a long-term key and no mfa_serial.*run: fob enroll"
finds problem 'SDKs take that key and never run the credential_process of profile bare'
finds problem 'keys: .*half'
finds problem 'profiles: .*nowhere'
finds problem 'profiles: duration_seconds of profile late is not a number'
finds problem 'profiles: .*sts_regional_endpoints.*afar'
expect 'a temporary key is none' sh -c '! grep -q temporary out'
cp good "$AWS_CONFIG_FILE"

AWS_ACCESS_KEY_ID=AKIAX finds problem 'environment: .*AWS_ACCESS_KEY_ID'
cp "$FOB_HOME/settings" settings
echo 'lock_idle = x' >>"$FOB_HOME/settings"
finds problem 'settings: .*settings line 3'
cp settings "$FOB_HOME/settings"
printf 'pinentry = /nowhere/pinentry\n' >>"$FOB_HOME/settings"
finds problem 'settings: .*/nowhere/pinentry'
cp settings "$FOB_HOME/settings"

cp "$FOB_HOME/vault" vault
printf X | dd of="$FOB_HOME/vault" bs=1 seek=60 conv=notrunc 2>/dev/null
finds problem 'vault: '
cp vault "$FOB_HOME/vault"

hold() { # LOCK: as a process that hangs does
    rm -f held
    flock "$1" sh -c 'echo here >held; exec sleep 60' &
    holder=$!
    while ! [ -e held ]; do sleep 0.1; done
}
let_go() {
    pkill -P $holder
    wait $holder
}
hold "$FOB_HOME/vault.lock"
finds problem "locks: .*vault.lock has not been free.*kill $holder" \
    'who holds a lock is named'
let_go
books=$(find "$FOB_HOME/state/devices" -name '*.lock')
mkdir -p "$FOB_HOME/state/locks"
for lock in "$books" "$FOB_HOME/state/locks/x.lock" "$FOB_HOME/state/config.lock"; do
    hold "$lock"
    finds problem "locks: .*$lock has not been free.*kill $holder" \
        "so is that of ${lock#"$FOB_HOME/state/"}"
    expect_status 1
    let_go
done
mkdir -p "$FOB_HOME/state/tokens"
hold "$FOB_HOME/state/tokens/x.lock"
finds note "locks: .*x.lock has not been free.*kill $holder" \
    'one that may wait for a finger is a note'
expect_status 0 'which is no problem'
let_go
rm "$FOB_HOME/state/tokens/x.lock"
fob -q unlock
agent=$(fob --json agent status | sed 's/.*"pid":\([0-9]*\).*/\1/')
kill -STOP "$agent"
finds problem "agent: the agent, process $agent, does not answer.*kill -9 $agent" \
    'an agent that hangs is told, and nothing hangs with it'
expect_out_like '^ok memory' 'all else is looked at'
kill -CONT "$agent"
finds ok 'agent: running'
version=$(fob version | grep -o '[0-9][0-9.]*' | head -n 1)
mkdir other
cp "$O/fob" "$O/fob-net" other/
LC_ALL=C sed "s/$version/9.${version#*.}/g" "$O/fob-agent" >other/fob-agent
chmod +x other/fob-agent
fob -q agent stop
other/fob -q agent start
finds problem 'agent: .* another version than fob; run: fob agent stop'
fob -q agent stop
fob -q unlock
if setpriv --bounding-set=-ipc_lock true 2>/dev/null; then
    run env FOB_NO_AGENT=1 setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock \
        prlimit --memlock=0 fob doctor
    last='fob doctor, with no memory to lock'
    expect_out_like '^problem memory: .*swapped to disk; raise the limit'
else
    skip 'memory that cannot be locked' 'only root can lose the right to'
fi
# Of an older kernel, or in a container that keeps it back.
for fault in ENOSYS EPERM; do
    FOB_NO_AGENT=1 run strace -f -o trace \
        -e inject="landlock_create_ruleset:error=$fault" fob doctor
    expect_out_like '^note sandbox: there is no Landlock: .*lsm=$' \
        "a machine without Landlock ($fault)"
done
# What it takes an unlocked vault to see.
sed 's,^mfa_serial = .*,&-not,' good >"$AWS_CONFIG_FILE"
finds note 'profiles: the seed of the device of profile work, .*phone-not, is not in'
sed '/^mfa_serial/d' good >"$AWS_CONFIG_FILE"
finds problem 'profiles: profile work has a long-term key and no mfa_serial'
cp good "$AWS_CONFIG_FILE"
chmod 755 "$FOB_HOME/run"
finds problem 'agent: .*not yours alone; run: chmod 700'
chmod 700 "$FOB_HOME/run"

# --- clocks and root keys ---------------------------------------------------
ctl clock set "$(($(date +%s) + 90))"
fob -q sessions --clear
fob -q credentials work >/dev/null 2>&1
finds problem "clock: this machine's clock is (89|90|91) s behind .*run: timedatectl"
ctl clock set "$(date +%s)"
ctl key create root >/dev/null
ctl key ini root boss >>"$AWS_SHARED_CREDENTIALS_FILE"
printf '[profile boss]\nmfa_serial = %s\n' "$ARN" >>"$AWS_CONFIG_FILE"
fob -q credentials boss >/dev/null 2>&1
finds problem "keys: the access key AKIA[A-Z0-9]+ is the root user's"

# --- what was begun -----------------------------------------------------------
expect 'no journal, no finding' sh -c 'fob doctor | grep -qx \
    "ok journal: no change at AWS was left unfinished"'
cut() { # ACTION COMMAND ...: its reply is lost
    ctl fault add "$1" lost
    shift
    fob -q "$@" >cut.out 2>&1
}
cp good "$AWS_CONFIG_FILE"
printf '[profile new]\nregion = eu-central-1\n' >>"$AWS_CONFIG_FILE"
ctl user create carol >carol.txt
ctl key ini carol new >>"$AWS_SHARED_CREDENTIALS_FILE"
fob -q keys import new >/dev/null
cut EnableMFADevice enroll --profile new
finds problem "journal: enrolling the device .*mfa/carol for user carol was \
begun and not finished; run: fob enroll --profile new\$" \
    'an enrolment that was cut'
expect_status 1
fob lock --all
finds problem 'journal: a change at AWS was begun.*run: fob unlock' \
    'with the key gone, that there is one'
fob -q unlock
journal=$(find "$FOB_HOME/state/journal" -type f ! -name '*.lock')
hold "$journal.lock"
finds note "locks: .*kill $holder"
expect 'one at work is not unfinished' sh -c '! grep -q "^problem journal" out'
let_go
fob -q enroll --profile new >/dev/null
cut CreateAccessKey keys rotate new
finds problem "journal: rotating the access key AKIA[A-Z0-9]+ for user carol \
.*run: fob keys rotate new\$" 'a rotation'
fob -q keys rotate new >/dev/null
cut EnableMFADevice enroll --profile new --add --device spare
finds problem "enrolling .*run: fob enroll --profile new --user carol\$" \
    'a second device'
fob -q enroll --profile new --user carol >/dev/null 2>&1
cut DeactivateMFADevice replace --profile new
finds problem "journal: putting the device .*mfa/carol-2 in the place of \
.*mfa/carol for .*run: fob replace --profile new\$" 'a replacement'
fob -q replace --profile new >/dev/null
cut DeactivateMFADevice unenroll --profile new
finds problem "journal: removing the device .*carol-2 .*run: fob unenroll \
--profile new\$" 'a removal'
printf x >>"$journal"
finds problem "journal: .* cannot be read: $journal; look at fob devices, then \
rm $journal" 'one that cannot be read'
rm "$journal"

run fob doctor now
expect_error 2 'operands'

finish
