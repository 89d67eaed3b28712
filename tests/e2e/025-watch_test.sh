#!/bin/sh
# SPDX-License-Identifier: MIT
# Codes on a screen: those of oathtool, others when their time is over, and
# none when the command is.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1

OTHER=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U
COUNTED=ONXW2ZLUNBUW4ZZAMVWHGZJAMVXHI2LS
DEVICE=arn:aws:iam::123456789012:mfa/alice
put_uri() { # URI NAME [OPTION]...
    uri=otpauth://$1
    shift
    echo "$uri" | fob -q add --uri - "$@" >/dev/null
}

run_tty -- fob watch
expect_status 3 'without an account there is nothing to watch'
put_uri "totp/AWS:alice?secret=$SEED" work --serial "$DEVICE"
put_uri "totp/x?secret=$OTHER&digits=8&period=3" quick
put_uri "hotp/x?secret=$COUNTED&counter=7" counted

left_on_screen() {
    "$PYTHON" "$TOP/tests/e2e/screen.py" <out
}
expect_clean() { # WHAT
    left_on_screen >left
    point $? 'the screen uses no control that is not known'
    ! grep -Eq '[0-9]{6}|  (work|quick)' left
    point $? "$1"
}

# --- what is shown ----------------------------------------------------------
# Two looks at one code: not at the end of its step.
left=$((30 - $(date +%s) % 30))
[ "$left" -gt 10 ] || sleep "$left"
before=$(oathtool --totp -b "$SEED")
run_tty ' s  work=q' -- fob watch work
after=$(oathtool --totp -b "$SEED")
expect_status 0 'q ends it'
expect_out_like "($before|$after)   +([12]?[0-9]|30) s  work" \
    'the code of now, how long it is good, its account'
expect_out_like '^echo: on$' 'the terminal echoes again'
expect_clean 'and shows no code any more'
run_tty ' s  work=q' -- fob watch wo
expect_out_like '^this code may have been used already' \
    'a code shown for a device counts as used'

quick_at() {
    oathtool --totp -s 3 -d 8 -b -N "@$1" "$OTHER"
}
now=$(date +%s)
run_tty "$(quick_at $((now + 6)))" "$(quick_at $((now + 9)))=" -- \
    fob watch quick work
expect_status 0 'codes take the place of others, and Return ends it'
expect_clean 'of two, too, none stays'
PTY_LOG=$work/terminal run_tty --plain ' s  quick=q' -- fob watch
expect_out '' 'nothing goes to stdout'
expect 'but to the terminal' grep -q ' s  quick$' terminal
expect 'not what counts' sh -c '! grep -q " s  counted" terminal'
expect_err_like '1 more: those on tokens'
expect 'nor an AWS device, whose codes would be used up' \
    sh -c '! grep -q " s  work" terminal'
expect_err_like '1 more: AWS devices are shown by name or with --all'
PTY_LOG=$work/terminal run_tty --plain ' s  quick=q' -- fob watch --all
expect 'unless all are asked for' grep -q ' s  work$' terminal
fob -q remove --force quick
run_tty -- fob watch
expect_status 3 'devices alone are not shown unasked'
expect_out_like 'run: fob watch --all'
put_uri "totp/x?secret=$OTHER&digits=8&period=3" quick

# --- other ways to end ------------------------------------------------------
for key in C:130 '\:131'; do
    run_tty " s  work=^${key%:*}" -- fob watch work
    expect_status "${key#*:}" "^${key%:*} ends it by its signal"
    expect_out_like '^echo: on$' 'and the terminal echoes again'
    expect_clean 'and shows no code'
done
echo q >q
run "$PYTHON" "$TOP/tests/e2e/suspend.py" ' s  work' fob watch work <q
expect_status 0 '^Z stops it with echo on, and fg goes on'
run setsid -w fob watch work
expect_error 4 'no terminal'

# --- what cannot be ---------------------------------------------------------
run_tty -- fob watch counted
expect_status 2 'a counter is not used up by looking'
run fob code counted
expect_out "$(oathtool -b -c 7 "$COUNTED")"
run_tty -- fob watch nothing
expect_status 3
FOB_NO_AGENT=1 run_tty ' s  work=q' -- fob watch work
expect_status 0 'an agent of its own does it, too'
finish
