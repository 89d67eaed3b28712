#!/bin/sh
# SPDX-License-Identifier: MIT
# What becomes of an account that comes where there is one like it: nothing is
# dropped in silence, and each gives the codes of its own seed.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
cd "$work" || exit 1

# Seeds of 160 bits, by number.
seed() {
    printf 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQO%s' "$(
        echo "AA AB AC AD AE AF AG AH AI AJ" | cut -d' ' -f"$1")"
}

uri() { # LABEL SEED [more]
    printf 'otpauth://totp/%s?secret=%s%s\n' "$1" "$(seed "$2")" "${3-}"
}

is_code_of() { # NAME SEED [oathtool's options]
    name=$1 number=$2
    shift 2
    run fob code "$name" --at 59
    expect_out "$(oathtool --totp -b -N @59 "$@" "$(seed "$number")")" \
        "$name has the codes of seed $number"
}

# --- the same name, another seed --------------------------------------------
AWS=Amazon%20Web%20Services:bob@123456789012
uri $AWS 1 >old.txt
uri $AWS 2 >new.txt
uri $AWS 3 >>new.txt
run fob import old.txt
expect_status 0
run fob --json import new.txt
expect_status 0 'a device that was deleted and made again keeps its label'
expect_json '[(r["name"], r["status"], r["was"]) for r in it] == [
    ("Amazon Web Services:bob@123456789012 (2)", "renamed",
     "Amazon Web Services:bob@123456789012"),
    ("Amazon Web Services:bob@123456789012 (3)", "renamed",
     "Amazon Web Services:bob@123456789012")]' 'both are kept'
expect_json '[(r["issuer"], r["label"], r["place"], r["file"], r["at"])
    for r in it] == [("Amazon Web Services", "bob@123456789012", "vault",
    "new.txt", "line 1"), ("Amazon Web Services", "bob@123456789012", "vault",
    "new.txt", "line 2")]' 'with where they come from'
expect_err_like 'bob@123456789012 of new.txt is Amazon .*bob@123456789012 \(2\) here: another account has its name' \
    'and it is said'
is_code_of 'Amazon Web Services:bob@123456789012' 1
is_code_of 'Amazon Web Services:bob@123456789012 (2)' 2
is_code_of 'Amazon Web Services:bob@123456789012 (3)' 3
before=$(sha256sum fob/vault)
run fob --json import new.txt old.txt
expect_status 0
expect_json '[(r["status"], r.get("was", "")[-3:]) for r in it] == [
    ("kept", "012"), ("kept", "012"), ("kept", "")]' \
    'once more, each is known by its seed'
expect_err '' 'and there is nothing to say'
run sha256sum fob/vault
expect_out "$before" 'and nothing is written'
uri other%20name 1 >again.txt
run fob import again.txt
expect_status 0
expect_out_like '^Amazon Web Services:bob@123456789012 +kept' \
    'the same seed by another name keeps the one it has'
expect_err_like 'other name of again.txt is there already, as Amazon' 'is told'
{ uri TEST 9; uri TEST2 9; } >twins.txt
run fob --json import twins.txt
expect_json '[(r["name"], r["status"], r.get("was")) for r in it] == [
    ("TEST", "added", None), ("TEST", "kept", "TEST2")]' 'also in one file'
fob -q remove --force TEST
uri 'AB' 8 >longer.txt
uri 'A' 8 >shorter.txt
run fob import longer.txt
run fob import shorter.txt
expect_err_like 'A of shorter.txt is there already, as AB, and keeps' \
    'a name that is the begin of another is told'
{ printf 'otpauth://hotp/not%%20called?secret=%s&counter=3\n' "$(seed 7)"
  uri 'counter' 8; } >words.txt
run fob import words.txt
run fob import words.txt
expect_err_like 'counter of words.txt is there already, as AB' \
    'whatever it is called'
expect 'and what is as it was is not told' \
    test "$(wc -l <err)" = 1
fob -q remove --force AB
fob -q remove --force 'not called'

# --- the same seed, other codes ---------------------------------------------
{ uri x 4; uri x 4 '&digits=8'; uri y 4 '&algorithm=SHA256'
  uri X 4 '&period=60'; } >kinds.txt
run fob --json import kinds.txt
expect_status 0
expect_json '[(r["name"], r["status"]) for r in it] == [("x", "added"),
    ("x (2)", "renamed"), ("y", "added"), ("X", "added")]' \
    'digits, hash or period make another account, and case another name'
is_code_of 'x (2)' 4 -d 8
run fob code y --at 59
expect_out "$(oathtool --totp=sha256 -b -N @59 "$(seed 4)")"
is_code_of X 4 -s 60
run fob rename 'x (2)' eight
expect_status 0 'which is changed as any other'

# --- codes that count -------------------------------------------------------
counter() { # COUNTER
    printf 'otpauth://hotp/h?secret=%s&counter=%s\n' "$(seed 5)" "$1" >hotp.txt
    run fob --json import hotp.txt
}
counter 5
run fob code h
counter 9
expect_json '(it[0]["status"], "from 9" in it[0]["reason"]) == ("kept", True)' \
    'the higher counter counts'
expect_err_like 'h: .*its counter goes on from 9'
counter 2
expect_json '(it[0]["status"], "from" in it[0]["reason"]) == ("kept", False)' \
    'and never a lower one'
run fob code h
expect_out "$(oathtool -b -c 9 "$(seed 5)")" 'no code comes twice'

# --- a seed that is on a token ----------------------------------------------
token_start
seed 6 | fob -q add --on token --secret - safe >/dev/null 2>&1
uri safe 6 >safe.txt
run fob --json import safe.txt
expect_json '[(r["name"], r["status"], r["place"]) for r in it] == [
    ("safe (2)", "renamed", "vault")]' 'cannot be compared, so both are kept'
token_stop

# --- names that do not fit --------------------------------------------------
a128=$(printf '%0128d' 0)
uri "$a128:$a128" 7 >long.txt
uri "$a128:$a128" 8 >>long.txt
run fob --json import long.txt
expect_status 0 'a long name is cut'
expect_json '[len(r["name"]) for r in it] == [255, 249]' 'with its number'

# --- what is left out -------------------------------------------------------
{ echo '# mine'; uri good 9; uri Weak 9 | sed 's/secret=.*/secret=JBSWY3DP/'
  echo; uri md5 9 '&algorithm=MD5'; } >bad.txt
run fob --json import bad.txt
expect_status 8 'is no success'
expect_json '[(r["name"], r["status"], r["file"], r["at"]) for r in it] == [
    ("good", "added", "bad.txt", "line 2"),
    ("Weak", "left out", "bad.txt", "line 3"),
    ("md5", "left out", "bad.txt", "line 5")]' 'and named with its place'
expect_json '"80 bits" in it[1]["reason"] and it[2]["reason"] != ""' 'and why'
run fob import bad.txt
expect_err_like '^Left out: Weak \(line 3 of bad.txt\): its secret is shorter'
expect_err_like '^Left out: md5 \(line 5 of bad.txt\): '
expect_err_like '^fob: .*Weak \(line 3 of bad.txt\): .*80 bits, and 1 more; run: fob import --force bad.txt$' \
    'the first in the error, and what to run'

# --- a look first -----------------------------------------------------------
before=$(sha256sum fob/vault)
uri unseen 10 >>bad.txt
run fob --json import --list bad.txt
expect_status 8
expect_json '[(r["name"], r["status"]) for r in it] == [("good", "found"),
    ("Weak", "left out"), ("md5", "left out"), ("unseen", "found")]' \
    'what is in a file is shown'
run sha256sum fob/vault
expect_out "$before" 'and nothing stored'
mkdir -m 700 nothing
run env FOB_HOME="$work/nothing" FOB_PASSPHRASE_FILE= fob import --list new.txt
expect_status 0 'without a vault'
expect_out_like '^Amazon.*bob@123456789012 +found'
run ls nothing/vault
expect_status 2 'and makes none'
env FOB_HOME="$work/nothing" fob -q agent stop

# --- a duplicate that is added by hand --------------------------------------
run_sh "$(printf 'echo %s | fob add --secret - good' "$(seed 10)")"
expect_error 1 'good.* has that name' 'is refused'
expect_err_like 'fob rename good NEW-NAME'
run_sh "$(printf 'echo %s | fob add --secret - other' "$(seed 9)")"
expect_error 1 'stored already, as good; run: fob code good'

# --- hundreds ---------------------------------------------------------------
"$PYTHON" -c '
import base64
for i in range(120):
    print(f"otpauth://totp/n{i}?secret="
          + base64.b32encode(i.to_bytes(20, "big")).decode())' >many.txt
run_tty -- fob import many.txt
expect_out_like '50 of 120 accounts' 'show how far they are'

finish
