#!/bin/sh
# SPDX-License-Identifier: MIT
# Passphrases come from a terminal, a file or a pinentry; without any of them
# nothing blocks.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
unset FOB_PASSPHRASE_FILE
# Each command asks anew.
FOB_NO_AGENT=1
export FOB_NO_AGENT
echo "$SEED" >seed
run_add="fob add --secret - work <seed"

# --- nobody to ask ----------------------------------------------------------
run_sh "setsid -w $run_add"
expect_error 4 'nobody can be asked' 'a new vault needs a passphrase'
expect 'and is not made without' [ ! -e "$FOB_HOME/vault" ]

# --- a terminal -------------------------------------------------------------
run_tty 'New passphrase=one' 'again=other' 'differ' \
    "New passphrase=$PASSPHRASE" "again=$PASSPHRASE" -- sh -c "$run_add"
expect_status 0 'a new passphrase is typed twice, until both are the same'
expect_out_like '^work$'
expect_out_like '^echo: on$' 'the terminal echoes again'
expect 'and has shown no passphrase' sh -c '! grep -q horse out'

# What is made now cannot be asked for later.
vault_gone() {
    rm "$FOB_HOME"/vault*
}
vault_gone
run_tty 'nobody can recover it' 'New passphrase=' 'An empty one opens nothing' \
    'New passphrase=!grep -oE "([0-9A-Z]{4}-){3}[0-9A-Z]{4}" <<E
$SCREEN
E' 'again=!grep -oE "([0-9A-Z]{4}-){3}[0-9A-Z]{4}" <<E
$SCREEN
E' -- sh -c "$run_add"
expect_status 0 'an empty one is refused at once, and one is offered'
printf '%s\n' "$out" | grep -oE '([0-9A-Z]{4}-){3}[0-9A-Z]{4}' >offered
FOB_PASSPHRASE_FILE=$work/offered run fob code work --at 59
expect_status 0 'which then opens the vault'
vault_gone
run_tty 'New passphrase=a' 'short, with 1 bytes' 'again=a' -- sh -c "$run_add"
expect_status 0 'a short one is taken, and called short'
vault_gone
run_tty 'New passphrase=' 'New passphrase=' 'New passphrase=' \
    'New passphrase=' 'New passphrase=' -- sh -c "$run_add"
expect_status 4 'who has none is not asked for ever'
run_tty "New passphrase=$PASSPHRASE" "again=$PASSPHRASE" -- sh -c "$run_add"
expect 'nothing is said of a long one' sh -c '! grep -q "That is short" out'

run_tty "Passphrase=$PASSPHRASE" -- fob code work --at 59
expect_status 0
expect_out_like "^$(oathtool --totp -b -N @59 "$SEED")$" 'the passphrase opens it'
run_tty 'Passphrase=wrong' "Passphrase=$PASSPHRASE" -- fob code work --at 59
expect_status 0 'a mistyped passphrase is asked for again'
run_tty 'Passphrase=1' 'Wrong, 2 tries left. Passphrase=2' \
    'Wrong, 1 try left. Passphrase=3' -- fob code work
expect_status 4 'three times'
expect_out_like '^fob: .*passphrase does not open'
run_tty "Passphrase=$(printf '%01100d' 0)" -- fob code work
expect_out_like 'more than 1023 bytes' 'half a passphrase is none'
expect_status 8
run_tty 'Passphrase=^D' -- fob code work
expect_status 4 'end of file is no answer'

for key in C:130 '\:131'; do
    run_tty "Passphrase=hor^${key%:*}" -- fob code work
    expect_status "${key#*:}" "^${key%:*} at the prompt ends it by its signal"
    expect_out_like '^echo: on$' 'and the terminal echoes again'
done
run "$PYTHON" "$TOP/tests/e2e/suspend.py" Passphrase fob code work --at 59 <<EOF
$PASSPHRASE
EOF
expect_status 0 '^Z stops it with echo on, and fg asks again'
run_tty "Passphrase=$PASSPHRASE" -- sh -c \
    'fob code work --at 59 2>err.txt | cat >out.txt'
expect 'prompts go to the terminal, data to stdout' \
    [ "$(cat out.txt)" = "$(oathtool --totp -b -N @59 "$SEED")" ]

# As an SDK runs it: stdin is whatever, stdout and stderr are captured.
PTY_LOG=$work/terminal run_tty --plain "Passphrase=$PASSPHRASE" -- \
    fob code work --at 59
expect_out "$(oathtool --totp -b -N @59 "$SEED")" 'also when all is captured'
expect_err ''
expect 'the prompt was at the terminal' grep -q '^Passphrase' terminal

# --- secrets typed ----------------------------------------------------------
run_tty "Secret=$SEED" "Passphrase=$PASSPHRASE" -- fob add --secret - again
expect_status 1 'a secret is typed at the terminal when stdin is one'
expect 'unseen' sh -c '! grep -q "$1" out' - "$SEED"
run_tty -- fob add --qr -
expect_status 2 'nobody types a picture'

# --- a file -----------------------------------------------------------------
echo "$PASSPHRASE" >right
printf '%s' "$PASSPHRASE" >bare
printf '%s\n\n' "$PASSPHRASE" >two
printf '%5000s' x >long
: >empty
for file in right bare; do
    FOB_PASSPHRASE_FILE=$file run fob code work --at 59
    expect_status 0 "a passphrase from a file ($file)"
done
for file in two empty; do
    FOB_PASSPHRASE_FILE=$file run fob code work
    expect_error 4 'passphrase' "not any passphrase ($file)"
done
FOB_PASSPHRASE_FILE=long run fob code work
expect_error 8 'longer than 4096 bytes'
FOB_PASSPHRASE_FILE=missing run fob code work
expect_error 1 'missing.*FOB_PASSPHRASE_FILE'
FOB_PASSPHRASE_FILE=$work run fob code work
expect_error 1 'directory'
run_sh "echo '$PASSPHRASE' |
    FOB_PASSPHRASE_FILE=/dev/fd/3 fob code work --at 59 3<&0 </dev/null"
expect_status 0 'a passphrase from a pipe'
FOB_PASSPHRASE_FILE=$work/right run_tty -- fob code work --at 59
expect_status 0 'with a file nobody is asked'

# --- a pinentry -------------------------------------------------------------
cat >pinentry <<'EOF'
#!/bin/sh
# Enough of Assuan for one question.
echo 'OK at your service'
while read -r word rest; do
    echo "$word $rest" >>"$TMPDIR/asked"
    case $word in
    GETPIN) cat "$TMPDIR/answer" ;;
    BYE) echo OK; exit ;;
    esac
    echo OK
done
EOF
chmod +x pinentry
echo "pinentry = $work/pinentry" >>"$FOB_HOME/settings"
echo "D $PASSPHRASE" >"$TMPDIR/answer"
run setsid -w fob code work --at 59
expect_status 0 'a pinentry asks where there is no terminal'
expect 'and is told what for' grep -q '^SETDESC Passphrase' "$TMPDIR/asked"
printf 'D correct%%20horse battery%%20staple\n' >"$TMPDIR/answer"
run setsid -w fob code work --at 59
expect_status 0 'its escapes are read'
echo 'ERR 83886179 cancelled' >"$TMPDIR/answer"
run setsid -w fob code work
expect_error 4 'gave no passphrase'
rm pinentry
run setsid -w fob code work
expect_error 1 'pinentry'

finish
