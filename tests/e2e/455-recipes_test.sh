#!/bin/sh
# SPDX-License-Identifier: MIT
# The recipes of docs/recipes.md, each as it stands there but for folders and
# endpoints.  What is not installed is passed over by name.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
unset AWS_CA_BUNDLE AWS_DEFAULT_REGION # of whoever runs this
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
fob -q keys import work >/dev/null
ME=arn:aws:iam::111122223333:user/alice
page=$TOP/docs/recipes.md
AWS_REGION=eu-central-1
export AWS_REGION
mkdir bin std

# Programs find the local AWS; nothing else of a recipe is changed.
real() {
    command -v "$1" 2>/dev/null
}
wrap() { # PROGRAM WORDS ...: before the recipe's own
    path=$(real "$1") || return
    name=$1
    shift
    printf '#!/bin/sh\nexec %s %s "$@"\n' "$path" "$*" >"bin/$name"
    chmod 755 "bin/$name"
}
AT=${AWS_ENDPOINT_URL#http://}
wrap aws --endpoint-url "$AWS_ENDPOINT_URL"
wrap s3cmd "--host=$AT" "--host-bucket=$AT" --no-ssl
wrap rclone "--s3-endpoint=$AWS_ENDPOINT_URL" --s3-region=eu-central-1
wrap restic --no-cache
RCLONE_CONFIG=$work/rclone.conf
RESTIC_PASSWORD=x
export RCLONE_CONFIG RESTIC_PASSWORD
: >"$RCLONE_CONFIG"
PATH=$work/bin:$PATH

done_with=''
recipe() { # NAME: its block, to the file of that name
    done_with="$done_with $1"
    awk -v mark="<!-- run: $1 -->" '$0 == mark { on = 1; next }
        on && /^```/ { if (++fences == 2) exit; next }
        on && fences == 1' "$page" |
        sed -e "s|/srv/fob|$FOB_HOME|g" \
            -e "s|/run/secrets/fob|$FOB_PASSPHRASE_FILE|g" \
            -e "s|/usr/local/bin/fob|$O/fob|g" \
            -e "s|s3.eu-central-1.amazonaws.com/backups|$AWS_ENDPOINT_URL/books|g" \
            >"$1"
    [ -s "$1" ]
    point $? "the page has the recipe $1"
}
is_there() { # PROGRAM
    command -v "$1" >/dev/null && return 0
    skip "the recipe with $1" 'it is not installed'
    return 1
}
calls_by_session() { # WHAT: AWS was asked with a session since the last time
    run ctl log list
    expect_out_like 'key=ASIA' "$1"
    ctl log clear
}
value() { # KEY FILE: of a line "KEY: VALUE" or "KEY=VALUE"
    sed -n "s/^[ -]*$1[:=] *//p" "$2"
}

# --- shells -----------------------------------------------------------------
recipe prompt
run fob exec work bash --norc -c '. ./prompt; echo "${PS1@P}"'
expect_out_like '^\(work\) [$#] $' 'the prompt names the profile'
run bash --norc -c '. ./prompt; echo "${PS1@P}"'
expect_out_like '^[$#] $' 'and nothing where there is none'
for each in direnv direnv-env; do
    recipe "$each"
    is_there direnv || continue
    [ "$each" = direnv ] && fob -q setup work >/dev/null
    mkdir -p "project-$each"
    cp "$each" "project-$each/.envrc"
    direnv allow "project-$each" 2>direnv.err
    run env -u AWS_PROFILE direnv exec "project-$each" \
        aws sts get-caller-identity --query Arn --output text
    expect_out "$ME" "$each: the aws CLI is who it should be"
done

# --- a profile --------------------------------------------------------------
recipe setup
run sh setup
expect_json "it['Arn'] == '$ME'" 'setup, and the aws CLI by it'
recipe eks
run "$PYTHON" - eks <<'END'
import json, re, subprocess, sys, urllib.parse, base64
text = open(sys.argv[1]).read()
words = re.search(r"args: \[(.*)\]", text)[1].split(", ")
made = json.loads(subprocess.run([re.search("command: (.*)", text)[1], *words],
                                 check=True, capture_output=True).stdout)
token = made["status"]["token"].removeprefix("k8s-aws-v1.")
url = urllib.parse.urlsplit(base64.urlsafe_b64decode(token + "=="))
asked = urllib.parse.parse_qs(url.query.decode())
key, = asked["X-Amz-Credential"]
print(made["kind"], key[:4], "X-Amz-Security-Token" in asked)
END
expect_out 'ExecCredential ASIA True' 'a token for kubectl, signed by the session'

# --- variables, or the credentials file -------------------------------------
ctl log clear
for program in s3cmd rclone restic; do
    recipe $program
    is_there $program || continue
    run sh $program
    calls_by_session "$program asks with a session"
done
recipe into
chmod 600 "$AWS_SHARED_CREDENTIALS_FILE"
run sh into
expect_status 0
run aws --region eu-central-1 --profile session sts get-caller-identity --query Arn --output text
expect_out "$ME" 'a session in the credentials file'

# --- make, cron, systemd ----------------------------------------------------
recipe make
run make -s -j2 -f make
expect_out_like "$ME" 'rules of make'
recipe cron
recipe key-file
run sh key-file
expect_status 0 'a key file opens the vault'
fob agent stop
line=$(sed 's/^0 3 \* \* \* //' cron)
run env -i PATH="$PATH" HOME="$HOME" AWS_CONFIG_FILE="$AWS_CONFIG_FILE" \
    AWS_EC2_METADATA_DISABLED=true AWS_ENDPOINT_URL="$AWS_ENDPOINT_URL" \
    AWS_REGION=eu-central-1 sh -c "$line" </dev/null
expect_json "it['Arn'] == '$ME'" 'a line of a crontab, with nobody to ask'
grep -v key_file "$FOB_HOME/settings" >settings
cp settings "$FOB_HOME/settings"
recipe systemd
mkdir -m 700 credentials
cp "$FOB_PASSPHRASE_FILE" credentials/fob
chmod 400 credentials/fob
words=$(value ExecStart systemd)
settings=$(value Environment systemd | sed "s|%d|$work/credentials|")
# shellcheck disable=SC2086
run env -u FOB_PASSPHRASE_FILE $settings $words
expect_json "it['Arn'] == '$ME'" 'a service of systemd'

# --- phones -----------------------------------------------------------------
recipe phone
run sh phone
expect_status 0
exported() { # KIND FILE ...
    "$PYTHON" "$TOP/tests/e2e/exported.py" 1800000000 "$@"
}
exported google phone.png >got
expect 'a phone has the codes that fob has' \
    [ "$(cat got)" = "phone $(fob code --at 1800000000 phone)" ]
recipe bridge
fob export --all --uri >seeds.txt
run_tty 'New password for the Aegis file=open sesame' 'same again=open sesame' \
    -- sh -e bridge
expect_status 0
exported aegis aegis.json 'open sesame' >has
expect 'from a list of URIs to Aegis' cmp got has

# --- CI ---------------------------------------------------------------------
recipe github
run env -u FOB_PASSPHRASE_FILE FOB_NO_AGENT="$(value FOB_NO_AGENT github)" \
    FOB_HOME="$(value FOB_HOME github)" \
    FOB_PASSPHRASE_FILE="$(value FOB_PASSPHRASE_FILE github)" \
    sh -e -c "$(value run github)"
expect_json "it['Arn'] == '$ME'" 'a step of GitHub Actions'
recipe gitlab
cp "$FOB_PASSPHRASE_FILE" variable
chmod 666 variable
run env -u FOB_PASSPHRASE_FILE FOB_NO_AGENT=1 FOB_PASSPHRASE="$work/variable" \
    FOB_HOME="$(value FOB_HOME gitlab)" \
    sh -e -c "$(sed -n '/script:/,$s/^ *- //p' gitlab)"
expect_json "it['Arn'] == '$ME'" 'a job of GitLab'

last='the page'
sed -n 's/^<!-- run: \(.*\) -->$/\1/p' "$page" | sort >wanted
printf '%s\n' $done_with | sort >had
expect 'no recipe is left out' cmp wanted had
finish
