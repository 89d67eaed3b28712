#!/bin/sh
# SPDX-License-Identifier: MIT
# fob login: a URL that signs in to the console, for roles.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
ROLE=$(ctl role create dev --require-mfa yes --max-session-s 43200)
cat >>"$AWS_CONFIG_FILE" <<END
[profile dev]
role_arn = $ROLE
source_profile = work
mfa_serial = $ARN
region = eu-west-1
END

# Where a browser would be sent.
lands() {
    "$PYTHON" -c 'import sys, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
try:
    urllib.request.build_opener(Stay).open(sys.argv[1])
except urllib.error.HTTPError as answer:
    print(answer.code, answer.headers.get("Location"))' "$1"
}

# --- the URL ----------------------------------------------------------------
run fob login dev
expect_status 0
expect_out_like '/federation\?Action=login&Issuer=fob&Destination=https%3A' \
    'a URL, when stdout is no terminal'
run lands "$out"
expect_out '302 https://console.aws.amazon.com/console/home?region=eu-west-1' \
    'it signs in, and begins in the region'
run fob login --print --destination 'https://console.aws.amazon.com/s3/?a=b&c' dev
run lands "$out"
expect_out '302 https://console.aws.amazon.com/s3/?a=b&c' 'or where one likes'
run fob login --destination s3/buckets dev
run lands "$out"
expect_out '302 https://console.aws.amazon.com/s3/buckets?region=eu-west-1' \
    'a path is one of the console'
run fob login --destination '/ec2/home?region=eu-north-1#Instances:' dev
run lands "$out"
expect_out '302 https://console.aws.amazon.com/ec2/home?region=eu-north-1#Instances:' \
    'and may have a region of its own'
run fob --json login dev
expect_json 'it["url"].startswith("http")' 'in JSON'
AWS_PROFILE=dev run fob login --print
expect_status 0 'AWS_PROFILE names the profile'
run fob login --duration 8h dev
expect_status 0 'for longer, a session that is not chained'
run lands "$out"
expect_out_like '^302 ' 'which signs in'
run ctl --json log last getSigninToken
expect_json "it['params']['SessionDuration'] == '28800'" 'and is so long'
run fob sessions --clear
run fob login --duration 30m dev
expect_status 0 'for half an hour, one that is chained'
run ctl --json log last getSigninToken
expect_json "'SessionDuration' not in it['params']" \
    'of which AWS would refuse to be told'

# --- the browser ------------------------------------------------------------
mkdir -p "$work/bin"
cat >"$work/bin/xdg-open" <<'END'
#!/bin/sh
echo "$@" >"$work/opened"
cp "$1" "$work/page"
stat -c %a "$1" >"$work/mode"
END
chmod +x "$work/bin/xdg-open"
PATH=$work/bin:$PATH
DISPLAY=:0
unset BROWSER WAYLAND_DISPLAY WSL_DISTRO_NAME WSL_INTEROP VSCODE_IPC_HOOK_CLI
export work DISPLAY
mark=https://console.aws.amazon.com/${work##*/}
run_tty -- fob login --destination "$mark" dev
expect_status 0
expect 'at a terminal no URL is printed' sh -c '! grep -q federation out'
expect 'no secret is an argument' sh -c '! grep -q http opened'
expect 'the page is private' grep -qx 600 mode
expect 'it is HTML' "$PYTHON" -c 'import html, re, sys
url = re.search("url=([^\"]*)", sys.stdin.read())[1]
sys.exit(html.escape(html.unescape(url)) != url)' <page
expect 'and somebody is there to remove it' pgrep -f "^fob login --destination $mark dev"
page=$(sed -n 's/.*0;url=\([^"]*\)".*/\1/p' page | sed 's/&amp;/\&/g')
run lands "$page"
expect_out_like '^302 https://console' 'it leads to the console'
printf '#!/bin/sh\nexit 3\n' >"$work/bin/xdg-open"
run_tty -- fob login dev
expect_status 0
expect 'where none opens it, the URL is for the person' sh -c \
    'grep -q "No browser could" out && grep -q "^http.*Action=login" out'
expect 'and nothing is left' test ! -e "$FOB_HOME/run/login.html"
# What would have removed the first page in a minute.
pkill -f "^fob login --destination $mark dev"

# --- when every code is used ------------------------------------------------
# Near the end of a step, so that the next is not far.
ctl clock set "$(($(date +%s) / 180 * 180 + 360 + 22))"
fob -q devices --profile work >devices # and fob hears of it
for number in 1 2 3 4 5; do
    fob sessions --clear
    fob -q credentials work >"session$number" || echo "# no session $number"
done
fob sessions --clear
run fob -q login dev
expect_error 6 'again in [0-9]+ s; run: fob login --wait dev' \
    'nobody looks on: told when'
run_tty -- fob login --print dev
expect_status 0 'where a person looks on it waits'
expect_out_like 'waiting [0-9]+ s for an unused code' 'and says for how long'

# --- what is refused --------------------------------------------------------
run fob login nothing
expect_error 3 nothing
run fob login --destination http://x/ dev
expect_error 2 'https'
run fob login --duration 13h dev
expect_error 2 'duration'
AWS_ENDPOINT_URL_SIGNIN=http://127.0.0.1:9 run fob login dev
expect_error 7 'sign-in service'
AWS_ENDPOINT_URL_SIGNIN=http://example.com run fob login dev
expect_error 2 'sign-in service'

finish
