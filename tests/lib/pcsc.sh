# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# pcscd, and cards in a virtual reader: source it before e2e.sh, which then
# runs in a network and a mount of its own.
#
#     pcscd_start; card_in foreign
#     touch_card; card_out

if [ "${FOB_VPCD:-}" != inside ]; then
    why=$(cd "$TOP/tests/lib" && "${PYTHON:-python3}" -c \
        'import vpcd; print(vpcd.missing() or "")')
    [ -x /usr/bin/ykman ] || why="${why:-ykman is not installed}"
    /usr/bin/python3 -c 'import smartcard' 2>/dev/null ||
        why="${why:-python3-pyscard is not installed}"
    [ -z "$why" ] || { echo "1..0 # SKIP $why"; exit 0; }
    FOB_VPCD=inside exec unshare -mn "$0"
fi
ip link set lo up
mkdir -p /run/pcscd
mount -t tmpfs tmpfs /run/pcscd

READER='Virtual PCD 00 00'

pcscd_start() {
    pcscd --foreground >"$work/pcscd" 2>&1 &
    pcscd=$!
    for _ in $(seq 400); do
        [ -S /run/pcscd/pcscd.comm ] && return 0
        sleep 0.05
    done
}

pcscd_stop() {
    kill "$pcscd" 2>/dev/null && wait "$pcscd" 2>/dev/null
    pcscd=
}

# The readers as pcscd has them: a card is there when it has looked again.
has_card() {
    /usr/bin/python3 -c 'import smartcard.scard as pcsc, sys
context = pcsc.SCardEstablishContext(pcsc.SCARD_SCOPE_SYSTEM)[1]
code, states = pcsc.SCardGetStatusChange(
    context, 0, [(sys.argv[1], pcsc.SCARD_STATE_UNAWARE)])
sys.exit(not (states and states[0][1] & pcsc.SCARD_STATE_PRESENT))' "$READER"
}

await_card() { # in|out
    for _ in $(seq 400); do
        if has_card; then now=in; else now=out; fi
        [ "$now" = "$1" ] && return 0
        sleep 0.05
    done
    echo "# the card is not $1"
    return 1
}

put_card() {
    rm -f "$work/card"
    "$PYTHON" "$TOP/tests/lib/card.py" "$@" >"$work/card" &
    card=$!
    touches=0
    await_line in "$work/card" && await_card in
}

# The reader drops a card that answers late, as on a busy machine: it is put in
# once more then.
card_in() { # KIND [ARGUMENT], as tests/lib/card.py has them
    put_card "$@" && return 0
    card_pull
    put_card "$@"
}

card_pull() {
    kill -KILL "$card"
    wait "$card" 2>/dev/null
}

card_out() {
    card_pull
    await_card out
}

# Once it waits for that.
touch_card() {
    touches=$((touches + 1))
    await_line "touch $touches" "$work/card" && kill -USR1 "$card"
}

pcsc_stop() {
    kill -KILL "${card:-}" 2>/dev/null && wait "$card" 2>/dev/null
    pcscd_stop
}
