#!/bin/sh
# SPDX-License-Identifier: MIT
# Keys move out of aws-vault: from its encrypted files, and from what its other
# backends give to a pipe.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
export work
unset AWS_VAULT_FILE_DIR
aws_start
rm "$AWS_SHARED_CREDENTIALS_FILE"
printf '%s\n' 'Go Pats 2051' >"$work/theirs"
chmod 600 "$work/theirs"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null

# A file of aws-vault's, with the key of $1 (alice's or another).
keep() { # OPTIONS PROFILE PASSPHRASE ID SECRET [TOKEN]
    printf '%s\n' "$4" "$5" "${6-}" |
        "$PYTHON" "$TOP/tests/lib/aws_vault.py" $1 "$3" "$2"
}
exported() { # PROFILE ID SECRET WHAT
    run fob keys export "$1"
    expect_json "[it['AccessKeyId'], it['SecretAccessKey']] == ['$2', '$3']" \
        "$4"
}
import() {
    run fob keys import --from aws-vault --password-file "$work/theirs" "$@"
}
one=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
two=je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY

# --- what aws-vault's own library wrote -------------------------------------
genuine=$TOP/tests/vectors/aws_vault
mkdir -p "$work/genuine/folder" "$work/odd"
cp "$genuine/work.jwe" "$work/genuine/work"
cp "$genuine/team.jwe" "$work/genuine/team%2Fprod 50%25"
cp "$genuine/session.jwe" "$work/genuine/sts.GetSessionToken,d29yaw,,1525456570"
cp "$genuine/odd.jwe" "$work/odd/work"
import --folder "$work/genuine"
expect_status 0
expect_out_like '^team/prod 50% +AKIAI44QH8DHBEXAMPLE +added$' \
    'a name with a slash and a percent sign'
expect_out_like '^work +AKIAIOSFODNN7EXAMPLE +added$' 'a plain one'
expect 'nothing else: no session, no folder' test "$(wc -l <"$work/out")" = 3
exported work AKIAIOSFODNN7EXAMPLE "$one" 'the key is the one that went in'
exported 'team/prod 50%' AKIAI44QH8DHBEXAMPLE "$two" 'so is the other'
expect 'a new profile is in the config' \
    grep -qxF '[profile "team/prod 50%"]' "$AWS_CONFIG_FILE"
import --folder "$work/genuine"
expect_out_like '^work +AKIAIOSFODNN7EXAMPLE +there already$' 'twice is once'
expect_status 0
fob -q keys remove work
import --folder "$work/odd"
expect_status 0 'files of 6.0 and 6.1, which aws-vault itself gave up'
exported work AKIAIOSFODNN7EXAMPLE "$one" 'are read'
fob -q keys remove work

# --- the folder that aws-vault uses -----------------------------------------
import
expect_error 3 'no keys in .*/home/.awsvault/keys.*aws-vault export'
keys=$HOME/.awsvault/keys
mkdir -p "$keys"
keep '' work 'Go Pats 2051' "$KEY_ID" "$KEY_SECRET" >"$keys/work"
keep --odd old 'Go Pats 2051' AKIAIOSFODNN7EXAMPLE "$one" >"$keys/old"
printf '\n[profile old]\ncredential_process = aws-vault export old\n' \
    >>"$AWS_CONFIG_FILE"
keep '' own another AKIAI44QH8DHBEXAMPLE "$two" >"$keys/own"
keep '' work 'Go Pats 2051' ASIA1 "$one" token >"$keys/session,d29yaw,,1525456570"
: >"$keys/work session (1525456570)"
echo broken >"$keys/broken"
import
expect_status 8 'what cannot be taken is told'
expect_out_like '^work +AKIA[A-Z0-9]+ +added$' 'what can is'
expect_out_like '^old +AKIAIOSFODNN7EXAMPLE +added; its credential_process' \
    'by either derivation, and what goes before it'
expect_out_like '^own +- +has another passphrase' 'one with its own passphrase'
expect_out_like '^broken +- +its file is damaged' 'no file of aws-vault'
echo another >"$work/theirs"
import own
expect_status 0 'alone it is taken'
expect_out_like '^own +AKIAI44QH8DHBEXAMPLE +added$'
run caller_arn work-mfa
expect_out_like ':user/alice$' 'a key that moved signs for sessions'
import nobody
expect_error 3 'no key of profile nobody'

# --- the wrong passphrase, no passphrase ------------------------------------
echo wrong >"$work/theirs"
import work
expect_error 4 'passphrase opens none'
run fob keys import --from aws-vault work
expect_error 4 'nobody can be asked'
run_tty "Passphrase of aws-vault's files=wrong" \
    "Wrong; passphrase of aws-vault's files=Go Pats 2051" -- \
    fob keys import --from aws-vault work
expect_status 0 'a slip at the terminal is forgiven'
echo 'Go Pats 2051' >"$work/theirs"

# --- damage, and what is not aws-vault's ------------------------------------
# Each part of the file changed in one character.
damaged() { # SED WHAT
    sed "$1" "$keys/work" >"$keys/damaged"
    import damaged
    expect_status 8 "damaged: $2"
    expect_out_like '^damaged +- +its file is damaged$' "and told: $2"
}
damaged 's/\.[^.]*$/.AAAAAAAAAAAAAAAAAAAAAA/' 'the tag'
damaged 's/\(.*\.\)\([^.]\)\([^.]*\.[^.]*\)$/\1-\3/' 'the text'
damaged 's/\.[^.]*$//' 'a part missing'
damaged 's/$/.AA/' 'a part too many'
keep '--rounds 3000000' slow 'Go Pats 2051' AKIA1 x >"$keys/slow"
import slow
expect_status 8
expect_out_like 'encrypted as aws-vault does not' 'more work than fob allows'
rm -r "$keys"

# --- the other backends, through a pipe -------------------------------------
fob -q keys remove work
keep --plain work '' "$KEY_ID" "$KEY_SECRET" >"$work/record"
run_sh 'fob keys add work <"$work/record"' # pass show, secret-tool lookup
expect_out "$KEY_ID" 'a record of pass or of Secret Service'
exported work "$KEY_ID" "$KEY_SECRET" 'is the key'

# --- the command line -------------------------------------------------------
run fob keys import --from pass
expect_error 2 'from is aws-vault'
run fob keys import --folder /tmp work
expect_error 2 'go with --from'
finish
