#!/bin/sh
# SPDX-License-Identifier: MIT
# Which browser fob login opens, and what it is given.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
printf '[profile "a b&c"]\nrole_arn = %s\nsource_profile = work\n' \
    "$(ctl role create dev)" >>"$AWS_CONFIG_FILE"
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null
unset BROWSER DISPLAY WAYLAND_DISPLAY WSL_DISTRO_NAME WSL_INTEROP
unset VSCODE_IPC_HOOK_CLI
export work
mark=https://console.aws.amazon.com/${work##*/}
PAGE=$FOB_HOME/run/login.html

# Programs that note what they were called with.
mkdir bin
note() { # NAME [COMMAND]
    cat >"bin/$1" <<END
#!/bin/sh
for each; do echo "\$each"; done >"$work/$1.words"
[ -t 0 ] && echo "a terminal" >>"$work/$1.words"
cp "$PAGE" "$work/$1.page" 2>/dev/null
${2:-exit 0}
END
    chmod +x "bin/$1"
}
PATH=$work/bin:$PATH
open() { # [PROFILE]: at a terminal
    rm -f ./*.words ./*.page
    run_tty -- fob login --destination "$mark" "${1:-work}"
}
opened() { # NAME WORDS... : it had these, and a page that leads to sign-in
    name=$1
    shift
    printf '%s\n' "$@" >wanted
    expect "$name gets: $*" cmp wanted "$name.words"
    expect "the page of $name leads to sign-in" \
        grep -q '0;url=http[^"]*Action=login&amp;' "$name.page"
}
printed() { # WHAT
    expect "$1" grep -q '^http.*Action=login' out
    expect_status 0
}

# --- nothing is there -------------------------------------------------------
open
printed 'without a screen the URL is printed'
expect 'nothing of it stays' test ! -e "$PAGE"
note xdg-open
open
printed 'and no xdg-open is started, which would take the terminal'
DISPLAY=:0 open
opened xdg-open "$PAGE"
rm bin/xdg-open
DISPLAY=:0 open
printed 'a screen without an xdg-open'

# --- BROWSER ----------------------------------------------------------------
note first 'exit 3'
note second
note third
BROWSER=second open
opened second "$PAGE"
BROWSER='second -P "my own":third' open
opened second -P 'my own' "$PAGE"
expect 'the next one is left alone' test ! -e third.words
BROWSER='first:none:second --to=%s -x100%%:third' open
opened second "--to=$PAGE" -x100%
expect 'one that fails was tried' test -e first.words
DISPLAY=:0 BROWSER=none:first open
printed 'no browser of the list'
note xdg-open
DISPLAY=:0 BROWSER=none open
opened xdg-open "$PAGE"
BROWSER="second '" open
printed 'an open quote'
VSCODE_IPC_HOOK_CLI=/x BROWSER=second open
printed "an editor's browser is on another machine"
expect 'and is not given our page' test ! -e second.words
note slow 'echo $$ >"$work/slow"; exec sleep 300'
BROWSER=slow open
opened slow "$PAGE"
expect 'one that stays open is not waited for' kill "$(cat slow)"
if [ -e /usr/bin/python3 ]; then
    mkdir std
    BROWSER='second %s' "$PYTHON" -c \
        'import webbrowser; webbrowser.open("file:///p")'
    cp second.words std/python
    expect "Python reads %s so, too" grep -qx file:///p std/python
fi

# --- Windows ----------------------------------------------------------------
note wslview
WSL_DISTRO_NAME=Debian DISPLAY=:0 open
opened wslview "$PAGE"
expect 'under WSL xdg-open comes last' test ! -e xdg-open.words
rm bin/wslview
note powershell.exe "cat >'$work/script'"
WSL_DISTRO_NAME=Debian open
opened powershell.exe -NoProfile -NonInteractive -Command -
expect 'PowerShell is told the URL on its standard input' \
    grep -qx "Start-Process 'http.*Action=login.*'" script
rm bin/powershell.exe
WSL_DISTRO_NAME=Debian DISPLAY=:0 open
opened xdg-open "$PAGE"

# --- the settings -----------------------------------------------------------
setting() {
    printf '[fob]\nscrypt_log2_n = 14\nbrowser = %s\n' "$1" \
        >"$FOB_HOME/settings"
}
setting 'second -P {profile}'
BROWSER=third DISPLAY=:0 open 'a b&c'
opened second -P 'a b&c' "$PAGE"
expect 'it stands alone' test ! -e third.words
setting "second '--profile-directory={profile}' {page} --new-window"
open 'a b&c'
opened second '--profile-directory=a b&c' "$PAGE" --new-window
setting 'second ext+container:name={profile_encoded}&url={url_encoded}'
open 'a b&c'
expect 'a container is named, and the URL is one of its parameters' \
    "$PYTHON" -c 'import sys, urllib.parse
text = open("second.words").read().strip()
given = urllib.parse.parse_qs(text.partition(":")[2], strict_parsing=True)
url = urllib.parse.urlsplit(given["url"][0])
sys.exit(given["name"] != ["a b&c"] or url.path != "/federation"
         or urllib.parse.parse_qs(url.query)["Action"] != ["login"])'
setting 'second {url}'
open
expect 'the URL itself, for whoever asks for it' grep -q '^http.*=login' \
    second.words
setting 'sh -c "echo; touch $HOME/ran" {page}'
open
expect 'words of a shell go to a shell alone' test -e "$HOME/ran"
setting 'second $HOME `id` *'
open
opened second '$HOME' '`id`' '*' "$PAGE"
setting 'first {page}'
DISPLAY=:0 BROWSER=third open
printed 'one that fails stands alone, too'
expect 'nobody else is signed in instead' test ! -e third.words -a \
    ! -e xdg-open.words
setting '{browser} {page}'
open
expect 'a word in braces that nobody knows: said with its line' \
    grep -q 'line 3: browser must be a program' out
setting ''
open
expect_status 8
# What would have removed the pages in a minute.
pkill -f "^fob login --destination $mark"

finish
