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
