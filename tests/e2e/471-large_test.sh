#!/bin/sh
# SPDX-License-Identifier: MIT
# Ten thousand of each: profiles in the config, accounts in the vault.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
MANY=10000
aws_start
run_sh "echo '$SEED' | fob add --secret - phone --serial '$ARN'"

# More than a MiB, with the profile that is wanted in the midst of it.
"$PYTHON" - "$AWS_CONFIG_FILE" $MANY <<'EOF'
import pathlib, sys
path, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
other = [f"[profile account-{i:05}]\nrole_arn = arn:aws:iam::{100000000000 + i}"
         ":role/admin\nsource_profile = work\nregion = eu-central-1\n"
         "output = json\n\n" for i in range(count)]
middle = count // 2
path.write_text("".join(other[:middle]) + path.read_text() + "\n"
                + "".join(other[middle:]))
EOF
run wc -c "$AWS_CONFIG_FILE"
expect_out_like '^[1-9][0-9]{6} ' 'a config of more than a megabyte'
run fob credentials work
expect_json "it['AccessKeyId'].startswith('ASIA')" 'gives a session'
run caller_arn work-mfa
expect_out arn:aws:iam::111122223333:user/alice 'as botocore has it, too'
run fob credentials account-0500
expect_error 3 'nearest: account-0' 'a name that is nearly one of them'
run ctl log count GetSessionToken
expect_out 1 'all with one code'

# What is changed counts, by fob and by others.
run fob setup work
expect_status 0
run "$PYTHON" -c 'import boto3
print(len(set(boto3.Session().available_profiles)))'
[ "$out" -ge $((MANY + 2)) ] &&
    [ "$(grep -c '^credential_process' "$AWS_CONFIG_FILE")" -ge 2 ]
point $? 'setup adds to it and takes nothing away'
sed "s|^mfa_serial = .*|mfa_serial = $ARN-none|" "$AWS_CONFIG_FILE" >edited
cat edited >"$AWS_CONFIG_FILE"
run fob credentials work
expect_error 4 'phone-none' 'an edit of the file counts at once'

"$PYTHON" - $MANY >uris <<'EOF'
import base64, hashlib, sys
for i in range(int(sys.argv[1])):
    seed = base64.b32encode(hashlib.sha256(b"%d" % i).digest()[:20]).decode()
    print(f"otpauth://totp/Acme:user{i}?secret={seed}&issuer=Acme")
EOF
run_sh 'fob --json import uris'
expect_json "len(it) == $MANY and {r['status'] for r in it} == {'added'}" \
    'ten thousand accounts are taken over at once'
run fob --json list
expect_json "len(it) == $MANY + 1 and it[-1]['name'] == 'Acme:user9999'" \
    'and listed'
seed=$(tail -n 1 uris | sed 's/.*secret=\([A-Z2-7]*\).*/\1/')
run fob code Acme:user9999 --at 1900000000
expect_out "$(oathtool --totp -b --now @1900000000 "$seed")" \
    "the last one's code is oathtool's"
run_sh 'fob --json import uris'
expect_json "len(it) == $MANY and {r['status'] for r in it} == {'kept'}" \
    'none of them is taken twice'
finish
