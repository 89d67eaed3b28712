#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes of devices whose seed is nowhere here: a person types them, or pipes
# them in.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
aws_start
unset FOB_PASSPHRASE_FILE
cat >>"$AWS_CONFIG_FILE" <<END
[profile twin]
region = eu-central-1
mfa_serial = $ARN
[profile role]
role_arn = $(ctl role create admin --require-mfa yes --max-session-s 43200)
source_profile = work
END
ctl key ini alice twin >>"$AWS_SHARED_CREDENTIALS_FILE"
PROMPT="Code of MFA device $ARN"
code() { # [STEPS]
    ctl device code phone "${1:-0}"
}
# next: codes that nobody used yet, of which fob hears.
next() {
    ctl clock advance 180
    fob -q devices --profile work >"$work/devices"
}

# --- at a terminal ------------------------------------------------------------
run fob credentials work
expect_error 4 "no seed for $ARN, and nobody can be asked.*terminal.*--code -" \
    'without a terminal it says what to do'
export TOP
CODE="!$PYTHON $TOP/tests/aws/ctl.py device code phone"
run_tty "$PROMPT (work): =$CODE" -- fob exec work -- sh -c 'echo "id $AWS_ACCESS_KEY_ID"'
expect_status 0 'at one it is asked for, by the name of the device'
expect_out_like 'id ASIA' 'without a vault'
run fob credentials twin
expect_status 0 'another profile of that device is served by the same code'
run fob exec role -- true
expect_status 0 'and so is a role'
run ctl log count GetSessionToken
expect_out 1
fob -q sessions --clear
run_tty "$PROMPT=$CODE" "That code is used: wait for the next one. $PROMPT=12345" \
    "That is not six digits. $PROMPT=$CODE 1" -- fob credentials work
expect_status 0 'a code that was used is told, and so is what is none'
run ctl log codes GetSessionToken
expect_out_like '.' 'only codes are sent'
run ctl log count GetSessionToken
expect_out 2 'and a used one is not'
next
fob -q sessions --clear
ctl log clear
run_tty "$PROMPT=000000" "That code was wrong, or used before. $PROMPT=111111" \
    "That code was wrong, or used before. $PROMPT=222222" -- fob env work
expect_status 6 'a wrong code is asked for again, twice'
expect_out_like 'the code was wrong, or has been used before'
run ctl log count GetSessionToken
expect_out 3
run_tty "$PROMPT=^C" -- fob exec work -- true
expect_status 130 'and can be given up'

# Many at once: one prompt.
next
run_tty "$PROMPT=$CODE" -- sh -c '
    for number in 1 2 3 4; do fob -q credentials work >"$0.$number" & done; wait' \
    "$work/many"
expect_status 0 'one prompt, and nothing else'
run sh -c 'sort -u "$1".[1-4] | wc -l' - "$work/many"
expect_out 1 'makes one session for four callers'

# What is captured does not hide the prompt; a role may be all that has the
# device.
next
cat >>"$AWS_CONFIG_FILE" <<END
[profile deviceless]
region = eu-central-1
[profile role-alone]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = deviceless
mfa_serial = $ARN
END
ctl key ini alice deviceless >>"$AWS_SHARED_CREDENTIALS_FILE"
run_tty "Code of MFA device $ARN (role-alone): =$CODE" -- sh -c \
    'fob -q credentials --fresh --duration 2h role-alone >"$1" 2>"$1.err"' - \
    "$work/captured"
expect_status 0 'captured output does not hide the prompt'
expect 'nor is the prompt in it' sh -c \
    'grep -q ASIA "$1" && ! grep -q Code "$1" "$1.err"' - "$work/captured"

# --- on stdin -----------------------------------------------------------------
next
fob -q sessions --clear
(code; printf 'for the child\n') >"$work/in"
run_sh "fob exec --code - work -- cat <'$work/in'"
expect_status 0 'a code on stdin'
expect_out 'for the child' 'the child has the rest'
run_sh "fob exec --code - work -- cat <'$work/in'"
expect_status 0
expect_out 'for the child' 'also where no code was needed'
run_sh "fob -q exec --server --fresh --code - work -- cat <'$work/in'"
expect_error 6 'has been used: each serves once' 'a code that was used is told'
run ctl log count GetSessionToken
before=$out
for bad in 12345 1234567 12345x ''; do
    run_sh "echo '$bad' | fob credentials --fresh --code - work"
    expect_error 8 'not six digits' "$bad is no code"
done
run_sh "fob credentials --code 123456 work"
expect_error 2 'takes -' 'nor does one belong in an argument'
run ctl log count GetSessionToken
expect_out "$before" 'nothing of that was sent'
next
run_sh "{ code=\$(\"$PYTHON\" '$TOP/tests/aws/ctl.py' device code phone)
    echo \"\${code%???} \${code#???}\"; } | fob login --fresh --print --code - role"
expect_status 0 'as an authenticator shows it'
run_sh 'echo 333333 | fob -q credentials --fresh --code - work'
expect_error 6 'code was wrong' 'a wrong one is the end of it'

# --- the seven verifications ------------------------------------------------------
next
for number in 1 2 3 4 5 6 7; do
    echo "00000$number" | fob -q credentials --fresh --code - work 2>"$work/no"
done
run_sh "echo 000008 | fob -q credentials --fresh --code - work"
expect_error 6 'again in [0-9]+ s; run: fob credentials --wait work' \
    'a window has seven verifications, whoever types'

# --- by a pinentry ---------------------------------------------------------------
next
cat >"$HOME/pinentry" <<END
#!/bin/sh
echo 'OK'
while read -r line; do
    echo "\$line" >>'$work/asked'
    case \$line in GETPIN) echo "D \$($PYTHON $TOP/tests/aws/ctl.py device code phone)" ;; esac
    echo OK
done
END
chmod 755 "$HOME/pinentry"
printf 'pinentry = %s\n' "$HOME/pinentry" >>"$FOB_HOME/settings"
run fob credentials --fresh work
expect_status 0 'a pinentry asks where there is no terminal'
run cat "$work/asked"
expect_out_like "^SETPROMPT Code:$"
expect_out_like "^SETDESC Code of MFA device $ARN \(work\)$"
finish
