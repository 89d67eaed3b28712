#!/bin/sh
# SPDX-License-Identifier: MIT
# What a screen takes: tables of 80 columns that align by cells, whatever the
# names; a QR code that says when it does not fit; no escapes where they would
# be seen.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
unset COLUMNS
aws_start
echo "$SEED" | fob -q add --secret - --serial "$ARN" \
    'Amazon Web Services:phone@111122223333-production-and-more' >/dev/null
n=0
for name in '東京支社:佐藤' 'e♥ combined é' '🔑 key of emoji 🔑🔑🔑' 'ﾊﾝｶｸ' plain \
    "$(printf '%0120d' 0)"; do
    n=$((n + 1))
    echo "${SEED}AAAA$(printf '%s' AAAAAAAA BBBBAAAA CCCCAAAA DDDDAAAA EEEEAAAA FFFFAAAA |
        cut -c $((8 * n - 7))-$((8 * n)))" | fob -q add --secret - "$name" >/dev/null
    printf '[profile %s]\nrole_arn = arn:aws:iam::111122223333:role/%s\n' "$name" \
        "ARatherLongNameOfARole$n" >>"$AWS_CONFIG_FILE"
    printf 'source_profile = work\nregion = us-gov-west-1\n' >>"$AWS_CONFIG_FILE"
done
fob credentials work >/dev/null

# Cells by wcwidth(3), in a Python of its own; where a column begins.
cat >cells.py <<'END'
import ctypes, locale, sys
locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
libc = ctypes.CDLL(None)
def cells(text):
    return sum(max(libc.wcwidth(ctypes.c_wchar(c)), 0) for c in text)
lines = sys.stdin.buffer.read().decode().splitlines()
limit, title = int(sys.argv[1]), sys.argv[2]
assert len(lines) > 1, "no table"
for line in lines:
    assert cells(line) <= limit, (cells(line), line)
at = lines[0].index(title)
for line in lines[1:]:
    before = 0
    for i, c in enumerate(line):
        if before >= at:
            break
        before += max(libc.wcwidth(ctypes.c_wchar(c)), 0)
    assert before == at and line[i - 1] == " " and line[i] != " ", line
END
fits() { # COLUMNS TITLE COMMAND ...
    columns=$1 title=$2
    shift 2
    fob "$@" >table
    run "$PYTHON" cells.py "$columns" "$title" <table
    last="fob $*"
    expect_status 0 "fob $*: $columns columns, and $title is one of them"
}
fits 80 PLACE list
fits 80 SEED profiles
fits 80 PROFILE sessions
fits 80 NAME devices work
COLUMNS=60 fits 60 PLACE list
COLUMNS=300 fits 300 SERIAL list
COLUMNS=300 run fob list
expect_out_like "$ARN" 'where there is room all is shown'
run fob --json list
expect_json "any(a.get('serial') == '$ARN' for a in it)" 'JSON is whole: the ARN'
expect_json "any(len(a['name']) == 120 for a in it)" 'and the longest name'

# --- a QR code --------------------------------------------------------------
run_tty -- sh -c 'stty rows 24 cols 80; fob export --qr amazon'
expect_out_like 'The QR code takes [0-9]+ rows.*24 and 80: make it larger, or run: fob export --qr --png FILE NAME' \
    'one that does not fit says so'
run_tty -- sh -c 'stty rows 60 cols 120; fob export --qr plain'
expect 'one that does says nothing' sh -c '! grep -q "QR code takes" out'
run_tty -- sh -c 'stty rows 60 cols 120; TERM=dumb fob export --qr plain'
expect 'TERM=dumb: no colours' sh -c '! grep -q "$(printf "\033")" out'

# --- escapes ----------------------------------------------------------------
run_tty ' s  plain=q' -- env TERM=dumb fob watch plain
expect 'TERM=dumb: a code as a line, no escapes' sh -c '
    ! grep -q "$(printf "\033")" out && grep -q "^[0-9]\{6\} .* s  plain" out'
fob -q sessions --clear
run_tty -- env TERM=dumb fob -v exec work true
expect 'TERM=dumb: progress is a line' sh -c '
    ! grep -q "$(printf "\033")" out && grep -q "asking STS for a session" out'
fob -q sessions --clear
run fob -v exec work true
expect 'nor are there any without a terminal' sh -c \
    '! grep -q "$(printf "\033")" err out'

finish
