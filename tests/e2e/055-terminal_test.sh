#!/bin/sh
# SPDX-License-Identifier: MIT
# The terminal at a passphrase prompt, and while the passphrase is checked:
# nothing shows what is typed, and nothing leaves it without echo.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
echo "$SEED" | fob -q add --secret - work >/dev/null
unset FOB_PASSPHRASE_FILE
fob -q agent start
agent=$(fob --json agent status | "$PYTHON" -c \
    'import json, sys; print(json.load(sys.stdin)["pid"])')

modes() { # WHAT SCENARIO
    fob -q lock
    run "$PYTHON" "$TOP/tests/e2e/terminal_modes.py" "$2" "$agent" \
        Passphrase fob code work --at 59 <<EOF
$PASSPHRASE
EOF
    expect_status 0 "$1"
}

modes 'every signal that ends it at the prompt leaves echo on' \
    signals_at_prompt
modes 'and so does each while the passphrase is checked' signals_while_checked
modes 'so do ^C and ^\, and what was typed before is not shown' \
    keys_while_checked
modes 'what is typed ahead is neither shown nor left for the shell' ahead
modes '^Z while it is checked: echo, and none after fg' stopped_while_checked
modes 'SIGSTOP and a shell that puts echo on: none after fg' \
    stopped_from_outside

three='fob code work --at 59 & a=$!; fob code work --at 59 & b=$!
    fob code work --at 59 && wait $a && wait $b'
fob -q lock
together() { # AGENT_PID
    run "$PYTHON" "$TOP/tests/e2e/terminal_modes.py" together "$1" Passphrase \
        sh -c "$three" <<EOF
$PASSPHRASE
EOF
}
together "$agent"
expect_status 0 'of three commands of a job one asks, for all'
FOB_NO_AGENT=1
export FOB_NO_AGENT
together 0
unset FOB_NO_AGENT
expect_status 0 'with an agent each they ask one after the other'

rm "$FOB_HOME/vault" "$FOB_HOME/vault.previous"
run "$PYTHON" "$TOP/tests/e2e/terminal_modes.py" twice 0 'New passphrase' \
    sh -c "fob -q agent stop; echo $SEED >seed; fob add --secret - work <seed" \
    <<EOF
$PASSPHRASE
EOF
expect_status 0 'no echo between a new passphrase and the same again'

finish
