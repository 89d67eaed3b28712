#!/bin/sh
# SPDX-License-Identifier: MIT
# Whose settings count: two sets of AWS files, environments, proxies, CA bundles
# and clocks at one agent behave as if each had its own.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
mkdir tls
AWS=$(ctl start --parent $$ --tls "$work/tls")
ctl() { # as every test's, at this server unless another is named
    case "$1" in
    http*) "$PYTHON" "$TOP/tests/aws/ctl.py" "$@" ;;
    *) AWS_ENDPOINT_URL=$AWS "$PYTHON" "$TOP/tests/aws/ctl.py" "$@" ;;
    esac
}

# customer NAME: a folder with a set of files whose profile is `work`.
customer() {
    mkdir -p "$1"
    ctl user create "$1" >"$1/user"
    ctl device create "$1" --user "$1" --seed "$SEED$2" >"$1/arn"
    ctl key ini "$1" work >"$1/credentials"
    printf '[profile work]\nregion = eu-central-1\nmfa_serial = %s\n' \
        "$(cat "$1/arn")" >"$1/config"
    echo "$SEED$2" | fob -q add --secret - "$1" --serial "$(cat "$1/arn")" >out0
}
id_of() { sed -n 's/^access_key_id=//p' "$1/user"; }
as() { # CUSTOMER COMMAND ...
    set_of=$1
    shift
    AWS_ENDPOINT_URL=$AWS AWS_CONFIG_FILE=$work/$set_of/config \
        AWS_SHARED_CREDENTIALS_FILE=$work/$set_of/credentials "$@"
}
customer one AAAA
customer two BBBB
customer three CCCC

# --- keys: T1 ---------------------------------------------------------------
run as one fob -q keys import work
expect_out "$(id_of one)" 'the first set has a key of its profile work'
run as two fob -q sessions --clear
run as two fob -q credentials work
expect_status 0 'the second has another, in its files'
run ctl --json log last GetSessionToken
expect 'which its files name, and which signs' grep -q "$(id_of two)" out
run as two fob -q keys import work
expect_out "$(id_of two)" 'it is moved, too'
run as three fob -q setup work
expect_status 0 'and a third by setup'
run fob --json keys list
expect_json 'len(it) == 3 and {e["profile"] for e in it} == {"work"}' \
    'three keys of one name: none took the place of another'
expect_json 'len({e["file"] for e in it}) == 3' 'and the list says whose'
fob -q sessions --clear
for who in one two three; do
    ctl clock advance 60
    ctl log clear
    run as $who fob -q credentials work
    expect_status 0 "$who has a session"
    run ctl --json log last GetSessionToken
    expect "made with the key of $who" grep -q "$(id_of $who)" out
done
ln -s one link
run as link fob -q credentials work
expect_status 0 'the same files by another path are the same files'
mkdir empty
: >empty/credentials
cp two/config empty/config
run as empty fob -q credentials work
expect_error 3 'profile work has no access key' \
    'a fourth set without a key has none, whatever others have'
run as empty fob keys remove work
expect_error 3 'no access key of the profile "work" of .*/empty/config' \
    'nor can it remove one'
run as one fob keys rotate work
expect_status 0 'rotated is the one of the caller'
ROTATED=$out
run fob --json keys list
expect_json 'len(it) == 3' 'and no other'
expect 'of the first' grep -q "$ROTATED" out
expect 'the second stays' grep -q "$(id_of two)" out
run as three fob -q keys remove work
run fob --json keys list
expect_json "[e['id'] for e in it] == ['$(id_of two)', '$ROTATED'] or \
[e['id'] for e in it] == ['$ROTATED', '$(id_of two)']" \
    'removed is the one of the caller'

# Another key under the same files: the old one is kept, and told.
ctl user create four >four.user
ctl key ini four work >two/credentials
run as two fob keys import work
expect_err_like "the key $(id_of two) .* is kept as \"work \\($(id_of two)\\)\"" \
    'a key that is replaced in the files is kept'
run as two fob keys remove "$(id_of two)"
expect_status 0 'until it is removed by its id'
run fob --json keys list
expect_json "'$(id_of two)' not in [e['id'] for e in it]" 'and that one only'
# One config, two credentials files.
cp -r one half
ctl user create five >five.user
ctl key ini five work >half/credentials
AWS_ENDPOINT_URL=$AWS AWS_CONFIG_FILE=$work/one/config \
    AWS_SHARED_CREDENTIALS_FILE=$work/half/credentials \
    run fob -q keys import work
expect_status 0 'the same config with other credentials'
run fob --json keys list
expect 'is another set' grep -q "$ROTATED" out
run as one fob -q credentials work
expect_status 0 'and the first has what it had'

# --- commands: T5 -----------------------------------------------------------
for who in one two; do
    mkdir -p bin-$who
    cat >bin-$who/get-key <<END
#!/bin/sh
echo run >>$work/ran-$who
echo '{"Version": 1, "AccessKeyId": "TEMP$who", "SecretAccessKey": "s",
"SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z"}'
END
    cat >bin-$who/get-long <<END
#!/bin/sh
echo run >>$work/long-$who
echo '{"Version": 1, "AccessKeyId": "LONG$who", "SecretAccessKey": "longsecret"}'
END
    chmod 755 bin-$who/get-key bin-$who/get-long
    mkdir -p set-$who
    printf '[profile p]\nregion = eu-central-1\ncredential_process = get-key\n' \
        >set-$who/config
    printf '[profile l]\nregion = eu-central-1\nmfa_serial = %s\n' \
        "$(cat one/arn)" >>set-$who/config
    printf 'credential_process = get-long\n' >>set-$who/config
    : >set-$who/credentials
done
for who in one two one two; do
    PATH=$work/bin-$who:$PATH run as set-one fob -q credentials p
    expect_json "it['AccessKeyId'] == 'TEMP$who'" \
        "the command that the PATH of $who has"
done
expect 'is asked once for each' test "$(cat ran-one ran-two | wc -l)" = 2
cat >bin-one/by-home <<'END'
#!/bin/sh
echo '{"Version": 1, "AccessKeyId": "TEMP'"${HOME##*/}${AWS_REGION:-}"'",
"SecretAccessKey": "s", "SessionToken": "t",
"Expiration": "2099-01-01T00:00:00Z"}'
END
chmod 755 bin-one/by-home
printf '[profile h]\ncredential_process = %s\n' "$work/bin-one/by-home" \
    >>set-one/config
mkdir anna
run as set-one fob -q credentials h
expect_json 'it["AccessKeyId"] == "TEMPhome"' 'what a command says of a HOME'
HOME=$work/anna run as set-one fob -q credentials h
expect_json 'it["AccessKeyId"] == "TEMPanna"' 'is not said to another'
AWS_REGION=x-1 run as set-one fob -q credentials h
expect_json 'it["AccessKeyId"] == "TEMPhomex-1"' 'nor to another region'
PATH=$work/bin-one:$PATH run as set-one fob -q credentials l
# What is on disk is sealed: only another agent can tell.
runs=$(wc -l <long-one)
fob -q agent stop
fob -q unlock
PATH=$work/bin-one:$PATH run as set-one fob -q credentials l
expect 'a long-term key that a command prints is not on disk' \
    test "$(wc -l <long-one)" -gt "$runs"
runs=$(wc -l <long-one)
PATH=$work/bin-one:$PATH run as set-one fob -q credentials l
expect 'nor asked for anew for the same caller' \
    test "$(wc -l <long-one)" = "$runs"
fob -q lock
fob -q unlock
PATH=$work/bin-one:$PATH run as set-one fob -q credentials l
expect 'but no lock leaves it in memory' test "$(wc -l <long-one)" -gt "$runs"

# --- sign-in: T6 ------------------------------------------------------------
role=$(ctl role create reader --require-mfa yes)
cat >>one/config <<END
[profile reader]
role_arn = $role
source_profile = work
region = eu-central-1
[profile moved]
role_arn = $role
source_profile = work
region = us-east-1
endpoint_url = https://sts.us-east-1.amazonaws.com
END
hosts() {
    ctl --json proxy list | "$PYTHON" -c 'import json, sys
print(*{e["host"].partition(":")[0] for e in json.load(sys.stdin)})'
}
ca=$work/tls/ca.pem
proxy=$(ctl server url proxy)
tls() { # with AWS's own names, by the proxy
    env HTTPS_PROXY="$proxy" AWS_CA_BUNDLE="$ca" AWS_ENDPOINT_URL= \
        AWS_CONFIG_FILE="$work/one/config" \
        AWS_SHARED_CREDENTIALS_FILE="$work/one/credentials" "$@"
}
ctl clock advance 90
run tls fob -q login --print moved
expect_status 0 'endpoint_url of a config file moves calls that are signed'
run hosts
expect 'but sign-in, which gets the session itself, stays' sh -c \
    'grep -q signin.aws.amazon.com out && grep -q sts.us-east-1 out'
ctl clock advance 90
run tls env AWS_ENDPOINT_URL=https://sts.eu-central-1.amazonaws.com \
    fob -q login --print reader
expect_out_like '^https://signin.aws.amazon.com/' \
    'as it does with AWS_ENDPOINT_URL'
run tls env AWS_ENDPOINT_URL_SIGNIN=https://iam.amazonaws.com \
    fob -q login --print reader
expect_out_like '^https://iam.amazonaws.com/' 'its own variable moves it'
printf 'services = s\n[services s]\nsignin =\n  endpoint_url = https://localhost:1\n' \
    >>one/config
run tls fob -q login --print moved
expect_out_like '^https://localhost:1/' 'and so does a services entry'

# --- what vouched for a server: T7 ------------------------------------------
GOOD=$(ctl server url good)
counted() { ctl log count GetSessionToken; }
cp tls/ca.pem mine.pem
secure() { # CA [VARIABLE=VALUE ...] COMMAND ...
    bundle=$1
    shift
    env AWS_CA_BUNDLE="$bundle" AWS_ENDPOINT_URL="$GOOD" \
        AWS_CONFIG_FILE="$work/one/config" \
        AWS_SHARED_CREDENTIALS_FILE="$work/one/credentials" "$@"
}
ctl clock advance 90
ctl log clear
run secure "$work/mine.pem" fob -q credentials work
expect_status 0 'a session that a private CA vouches for'
run secure '' fob -q credentials work
expect_error 7 TLS 'is none for whoever does not trust that CA'
ctl clock advance 30
run secure "$work/tls/ca.pem" fob -q credentials work
expect_status 0
expect 'nor for another bundle' test "$(counted)" = 2
run secure "$work/tls/ca.pem" fob -q credentials work
expect 'but for the same one it is' test "$(counted)" = 2
echo '# more' >>mine.pem
ctl clock advance 30
run secure "$work/mine.pem" fob -q credentials work
expect 'a bundle that changed is another' test "$(counted)" = 3
ctl clock advance 30
run secure "$work/mine.pem" HTTPS_PROXY="$proxy" fob -q credentials work
expect_status 0
expect 'and so is one behind a proxy' test "$(counted)" = 4
expect 'who a key is of is asked by each' \
    test "$(ctl log count GetCallerIdentity)" = 4

# --- clocks: T2 -------------------------------------------------------------
is_code_of() { # SEED UNIX-TIME, give or take a step
    oathtool --totp -b -w 2 -N "@$(($2 - 30))" "$1" | grep -qx "$out"
}
ctl clock set "$(date +%s)"
run as one fob -q sessions --clear
run as one fob -q credentials work --wait
expect_status 0 'AWS tells its time'
OTHER=$(ctl start --parent $$)
ctl "$OTHER" user create one >other.user
ctl "$OTHER" device create one --user one --seed "${SEED}AAAA" >other.arn
mkdir far
ctl "$OTHER" key ini one work >far/credentials
cp one/config far/config
ctl "$OTHER" clock set "$(($(date +%s) + 7200))"
as far env AWS_ENDPOINT_URL="$OTHER" fob -q credentials work >out1 2>&1
expect 'a stand-in two hours ahead has sessions by its own clock' \
    sh -c '[ "$1" = 200 ]' - \
    "$(ctl "$OTHER" --json log last GetSessionToken | "$PYTHON" -c \
        'import json, sys; print(json.load(sys.stdin)["status"])')"
for _ in 1 2; do
    run fob -q code one
    expect 'but codes to be typed stay right' \
        is_code_of "${SEED}AAAA" "$(date +%s)"
    fob -q agent stop
done
run as one fob doctor
expect_out_like "^problem clock: .*behind that of $OTHER" 'doctor tells of it'
expect_out_like "^note clock: the clock of $OTHER/? is [0-9]+ s ahead of" \
    'and compares them'

# A day and more: nothing is sent.
ctl "$OTHER" clock set 2028-01-01T00:00:00Z
ctl "$OTHER" log clear
fob -q sessions --clear
run as far env AWS_ENDPOINT_URL="$OTHER" fob -q credentials work
expect_error 4 'clock of .* days .* --trust-clock' \
    'a clock of another year is refused'
expect 'no code of that year left' test \
    "$(ctl "$OTHER" log codes | wc -l)" -le 1
ctl "$OTHER" log clear
for try in 1 2 3; do
    run as far env AWS_ENDPOINT_URL="$OTHER" fob -q credentials work
    expect_error 4 '--trust-clock' "try $try"
done
run as far env AWS_ENDPOINT_URL="$OTHER" fob -q resync --profile work
expect_error 4 '--trust-clock' 'whatever the command'
expect 'and nothing at all is sent' test "$(ctl "$OTHER" log count)" = 0
run as far env AWS_ENDPOINT_URL="$OTHER" fob -q credentials --trust-clock work
expect_error 4 'no terminal' 'a script cannot say so'
as far env AWS_ENDPOINT_URL="$OTHER" "$PYTHON" \
    "$TOP/tests/lib/at_terminal.py" -- fob -q credentials --trust-clock work \
    >out 2>err
status=$?
expect_status 0 'a person can'
run ctl "$OTHER" --json log last GetSessionToken
expect_json 'it["status"] == 200' 'and what is sent is of its time'
run fob -q code one
expect 'typed codes stay right' is_code_of "${SEED}AAAA" "$(date +%s)"
run as one fob -q credentials work --wait
expect_status 0 'and so does all that goes elsewhere'

# --- a vault of an older fob, which noted no files --------------------------
fob -q agent stop
FOB_HOME=$work/older
mkdir -m 700 "$FOB_HOME"
cp "$TOP/tests/vectors/vault/passphrase.vault" "$FOB_HOME/vault"
chmod 600 "$FOB_HOME/vault"
OLD_ID=AKIAIOSFODNN7EXAMPLE
ctl account create 123456789012 >out0
ctl user create alice --account 123456789012 --key no >out0
ctl key create alice --id $OLD_ID \
    --secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY >out0
ctl device create alice --user alice --account 123456789012 \
    --seed GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ >old.arn
mkdir -p foreign "$HOME/.aws"
printf '[profile prod]\nregion = eu-central-1\nmfa_serial = %s\n' \
    "$(cat old.arn)" | tee foreign/config >"$HOME/.aws/config"
: | tee foreign/credentials >"$HOME/.aws/credentials"
own() { AWS_ENDPOINT_URL=$AWS AWS_CONFIG_FILE='' AWS_SHARED_CREDENTIALS_FILE='' "$@"; }
run as foreign fob -q credentials prod
expect_error 3 "vault's $OLD_ID is an older fob's.*run: fob keys import prod" \
    'its key is not for files that may be another'"'"'s'
ctl log clear
run own fob -q credentials prod
expect "but for those of the agent's own HOME" sh -c '
    [ "$1" -gt 0 ]' - "$(ctl log count GetSessionToken)"
ctl key create alice --id AKIAOTHEROTHEROTHER1 --secret othersecret >out0
printf '[prod]\naws_access_key_id = AKIAOTHEROTHEROTHER1\n%s\n' \
    'aws_secret_access_key = othersecret' >"$HOME/.aws/credentials"
ctl log clear
run own fob -q credentials prod --wait
run ctl --json log last GetSessionToken
expect 'unless they name another key' grep -q AKIAOTHEROTHEROTHER1 out
run as foreign fob keys import prod
expect_out "$OLD_ID" 'until a person says so'
expect_err_like "older fob put, is now that of profile prod of .*/foreign/config"
run fob --json keys list
expect_json "len(it) == 1 and it[0]['file'].endswith('/foreign/config')" \
    'then it is theirs'
: >"$HOME/.aws/credentials"
run own fob -q credentials prod
expect_error 3 'profile prod has no access key' 'and no more for others'
finish
