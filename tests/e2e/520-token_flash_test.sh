#!/bin/sh
# SPDX-License-Identifier: MIT
# `fob token flash` up to the bus: which files and boards it takes, and how a
# token is asked to leave for its boot loader.  Where a board would be needed,
# a script takes the place of fob-flash; tests/vm has the real ones.
# slow
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
# shellcheck source=tests/lib/token.sh
. "$TOP/tests/lib/token.sh"
unset FOB_TOKEN
cd "$work" || exit 1

# After a restart, power that came is no touch.
SERIAL=666f6273696d0001

# A first page whose checksum the ROM takes, vectors, and a version.
"$PYTHON" - <<'PY'
import struct
head = bytes(range(252)) + bytes.fromhex("a8e254b4")
vectors = struct.pack("<2I", 0x20002000, 0x10000101)
for name, text in (("good.bin", b"fob-firmware 7.0.0\0"),
                   ("foreign.bin", b"blink\0")):
    with open(name, "wb") as file:
        file.write((head + vectors + text).ljust(4096, b"\xa5"))
PY

# --- files, by the real fob-flash -------------------------------------------
run fob token flash
expect_error 2 'flash takes 1 or 2 operands'
run fob token flash good.bin "$SERIAL" more
expect_error 2 'flash takes 1 or 2 operands|too many'
run fob token flash nowhere.bin
expect_error 1 'cannot open nowhere.bin'
: >empty.bin
run fob token flash empty.bin
expect_error 8 'the file is empty; nothing was written.*make firmware'
run_sh 'head -c 3932161 /dev/zero | fob token flash -'
expect_error 8 'stdin is longer than 3932160 bytes'
run_sh 'head -c 3932160 /dev/zero | fob token flash -'
expect_error 8 'larger than the flash that holds firmware; nothing was'
run fob token flash "$O/fob"
expect_error 8 '(no firmware for the RP2040|larger than).*; nothing was'
run fob token flash foreign.bin
expect_error 8 "not a token's; write it all the same with --force"

# --- boards -----------------------------------------------------------------
# Where there is no USB at all, that is the fault.
run fob token flash --bus 0-0 good.bin
if [ "$status" = 1 ]; then
    expect_error 1 'cannot use USB'
    skip 'a place where nothing is' 'there is no USB'
    skip 'a token that is not there' 'there is no USB'
    skip 'FOB_TOKEN names the token' 'there is no USB'
else
    expect_error 3 'at 0-0; leave --bus out' 'a place where nothing is'
    run fob token flash good.bin 0000000000000000
    expect_error 5 'token 0000000000000000 ' 'a token that is not there'
    run env FOB_TOKEN=0000000000000001 fob token flash good.bin
    expect_error 5 'token 0000000000000001 ' 'FOB_TOKEN names the token'
    run env FOB_TOKEN=0000000000000001 fob token flash --bus 0-0 good.bin
    expect_error 3 'at 0-0' '--bus goes before it'
fi
run fob token flash --bus 0-0 good.bin "$SERIAL"
expect_error 2 'not both'
export FOB_TOKEN="sim:$work/socket"
run fob token flash good.bin
expect_error 8 'simulated token, which takes no firmware'

# --- a bus that is played: a token at 1-4 -----------------------------------
mkdir bin
cp "$O/fob" "$O/fob-agent" bin/
cp "$TOP/tests/e2e/playing_flash.sh" bin/fob-flash
PATH=$work/bin:$PATH
printf '0\nplace 1-4\nfile 7.0.0\nleave %s\n' "$SERIAL" >first
written="progress enter 0 1
place 1-4
file 7.0.0
progress write 1 1
before 0.1.0
serial $SERIAL
version 7.0.0"
printf '0\n%s\n' "$written" >second
: >loader
token_start
world restart

flash() { # OPTION ...
    rm -f asked.second err
    fob -v token flash --bus 1-4 "$@" good.bin >out 2>err &
    caller=$!
}
# When fob asks for it: the LED may blink for another reason.
press_for_flash() {
    await_line "touch the token $SERIAL, 15 s left" err
    world press
}
flashed() { # wait for its end
    wait "$caller"
    status=$?
    out=$(cat out) err=$(cat err) last='fob token flash'
}

world press &
run_tty -- fob token flash --bus 1-4 good.bin
expect_status 0 'a touch, and the firmware is written'
expect_out_like "touch the token $SERIAL" 'the terminal asks for the touch'
expect_out_like 'write .*100 %' 'and has a bar'
expect_out_like '^before: 0.1.0$' 'what was there is told'
expect_out_like "serial: $SERIAL\$" 'and who came back'
expect_out_like "firmware is written, but token $SERIAL was not asked what it \
runs: .*; run: fob token info $SERIAL" 'one that does not answer then is told of'
expect_out_like '^written: 7.0.0$' 'with the version that was written'
expect 'and no other' sh -c '! grep -q "^version: " out'
expect 'both runs get the same file' sh -c \
    'cmp got.first good.bin && cmp got.second good.bin'
[ "$(cat asked.first asked.second)" = '--bus 1-4
--bus 1-4 --wait 15' ]
point $? 'the second waits at the place of the token'
run fob token info
expect_error 5 'no token|is not there|went away' \
    'the agent, which saw it leave, finds no token now'
run fob list
expect_status 0 'and serves who needs none'
world restart

# --- what it says -----------------------------------------------------------
# By a private agent, to which the token comes back.
flash_back() {
    : >back
    flash
    press_for_flash
    flashed
    rm back
}
export FOB_NO_AGENT=1
flash_back
expect_status 1
expect_err_like "^fob: token $SERIAL says that it runs version 0[^ ]*, and not \
7.0.0, which was written; .*BOOTSEL" 'a token of another version than the file'
[ -z "$out" ]
point $? 'is no success'
VERSION=$(fob -q token info | sed -n 's/^version: //p')
sed -i "s/7\.0\.0/$VERSION/" second
flash_back
expect_status 0
expect_out_like "^version: $VERSION\$" 'one that says what was written is'
unasked() {
    grep -q 'was not asked' err
}
! unasked
point $? 'and nothing is left to ask it'
sed -i '/^version /d' second
flash_back
expect_status 0 'firmware without a version is no token to ask'
! unasked
point $? 'and no word is lost on it'
sed -i 's/^serial .*/version 7.0.0/' second
flash_back
expect_err_like "^the firmware is written, but the board at 1-4 does not tell \
who it is, .*; run: fob token list\$" 'nor is a board without a serial'
expect_status 0
printf '0\n%s\n' "$written" >second
unset FOB_NO_AGENT

# --- no touch, no token, no boot loader -------------------------------------
flash
world await-led
world pass 16000
flashed
expect_status 5
expect_err_like 'nothing was written: .* not touched in time; run the' \
    'nobody came'
[ ! -e asked.second ]
point $? 'the bus was not asked again'
run fob token identify
expect_status 0 'and the token goes on'
token_stop
token_start
world restart
rm loader
printf '5\nfault 50 no boot loader came up at 1-4\nhint hold BOOTSEL\n' >second
flash
world await-led
world off
flashed
expect_status 5
expect_err_like "token $SERIAL went away or stopped answering; plug it in" \
    'unplugged while it waits'
expect 'but for a moment it is looked for' grep -q -e '--wait 5' asked.second
printf '0\n%s\n' "$written" >second
world on
world restart
flash
world await-led
world off
flashed
expect_status 0 'a token whose answer was lost may have left all the same'
world on
world restart
printf '5\nfault 50 no boot loader came up at 1-4\nhint hold BOOTSEL\n' >second
flash
press_for_flash
flashed
expect_status 5
expect_err_like 'no boot loader came up at 1-4; hold BOOTSEL' 'none comes up'
world restart
run env FOB_NO_AGENT=1 fob token identify
expect_status 0 'a private agent finds the token again'

# --- versions ---------------------------------------------------------------
sed -i 's/^file .*/file 0.0.1/' first
rm asked.second
run fob -v token flash --bus 1-4 good.bin
expect_status 2
expect_err_like "^fob: token $SERIAL has version 0\.[^ ]*, the file the older \
0\.0\.1; write it all the same with --force\$" \
    'older firmware is refused'
[ "$(wc -l <err)" = 1 ] && [ ! -e asked.second ]
point $? 'before anybody is asked for a touch'
flash --force
press_for_flash
flashed
expect 'unless it is told to' grep -q -e '--force .*--wait' asked.second
finish
