# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# What tests/demo shows besides its story, with its `step`, `show` and `ctl`.

# A user who has nothing but an access key.
act_alone() {
    step 'Bob has an access key and no device: fob makes one at AWS by itself.'
    ctl user create bob >user
    ctl key ini bob bob >>"$HOME/.aws/credentials"
    role=$(ctl role create ops --require-mfa yes)
    cat >>"$HOME/.aws/config" <<EOF

[profile bob]
region = eu-central-1

[profile ops]
region = eu-central-1
role_arn = $role
source_profile = bob
EOF
    show_said fob enroll bob
    grep -q 'mfa/bob' shown
    sed -n '/^\[profile bob\]/,/^$/p' "$HOME/.aws/config" | sed 's/^/   | /'

    step 'Any command with a session, here who it is by then.'
    cat >who.py <<'EOF'
import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
      .get_caller_identity()["Arn"], "by", os.environ["FOB_PROFILE"])
EOF
    show fob exec bob -- "$PYTHON" who.py
    grep -q 'user/bob by bob' shown

    step 'The codes of now, on a terminal until q is pressed.'
    printf '   $ fob watch phone\n'
    "$PYTHON" "$TOP/tests/lib/at_terminal.py" ' s  phone=q' -- \
        fob watch phone >screen
    grep -o '[0-9]\{6\} .* s  phone' screen | sed 's/^/   /;1q' >shown
    grep -q phone shown
    cat shown

    step 'The console, signed in as a role, without typing a password.'
    printf '   $ fob login ops --print\n'
    fob login ops --print >shown
    grep -q 'Action=login' shown
    cut -c 1-70 shown | sed 's/^/   /; s/$/.../'

    step 'Who one is, and what is open until when.'
    show fob profiles
    show fob status bob
}

# The vault is lost; the backup and its code are not.
act_loss() {
    step 'A backup: the file here, its code elsewhere.'
    show fob backup --code-file code.txt backup
    # shellcheck disable=SC2012
    ls -l backup code.txt | sed 's/^[^ ]* *[^ ]* *[^ ]* *[^ ]* *\([0-9]*\).* /   \1 bytes: /'

    step 'The laptop is gone, and another one has an empty home.'
    fob -q agent stop
    old=$FOB_HOME
    FOB_HOME=$work/other
    show env FOB_BACKUP_CODE_FILE="$work/code.txt" fob restore backup
    show fob list
    fob -q agent stop
    FOB_HOME=$old
}

# Six digits of a phone, for a device whose seed is not fob's.
act_phone() {
    step "Carol's seed is on her phone: she types the six digits."
    ctl user create carol >user
    carol=$(ctl device create carols --user carol)
    ctl key ini carol carol >>"$HOME/.aws/credentials"
    printf '\n[profile carol]\nregion = eu-central-1\nmfa_serial = %s\n' \
        "$carol" >>"$HOME/.aws/config"
    printf '   $ fob exec carol --code - -- python3 who.py\n'
    ctl device code carols | fob exec carol --code - -- "$PYTHON" who.py >shown
    sed 's/^/   /' shown
    grep -q 'user/carol' shown
}

# Programs of other makers, where they are installed.
act_programs() {
    step 'What is no SDK takes the session as well.'
    if command -v rclone >rclone; then
        RCLONE_CONFIG=$work/rclone.conf
        export RCLONE_CONFIG
        : >"$RCLONE_CONFIG"
        show fob exec bob --server -- rclone lsd \
            ":s3,provider=AWS,env_auth,region=eu-central-1,endpoint='$AWS_ENDPOINT_URL':"
        grep -q books shown
    fi
    if command -v s3cmd >s3cmd; then
        show fob exec bob -- s3cmd --no-ssl --region=eu-central-1 \
            --host="${AWS_ENDPOINT_URL#http://}" \
            --host-bucket="${AWS_ENDPOINT_URL#http://}" ls
        grep -q books shown
    fi
}
