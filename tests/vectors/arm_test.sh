#!/bin/sh
# SPDX-License-Identifier: MIT
# Every unit test of the core again, on a Cortex-M0 in QEMU; its points are
# relayed as this test's own.  `make arm-unit` builds the programs.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
O=${O:-build}

# The last line tells the exit status, so that a dead QEMU is no silence.
run() {
    timeout 300 qemu-system-arm -M microbit \
        -global nrf51-soc.sram-size=262144 -nographic \
        -semihosting-config enable=on,target=native -kernel "$1" \
        </dev/null 2>&1
    echo "status $?"
}

for source in tests/unit/src/*_test.c; do
    case $source in *_openssl_test.c) continue ;; esac
    name=$(basename "$source" .c)
    echo "program $name"
    run "$O/arm/tests/unit/src/$name.elf"
done | tr -d '\r' | awk '
function point(good, text) {
    printf "%sok %d - arm %s: %s\n", good ? "" : "not ", ++points, name, text
    failed += !good
}
$1 == "program" { name = $2; seen = 0; plan = "no"; next }
/^(not )?ok [0-9]+ - / {
    good = $1 == "ok"
    sub(/^(not )?ok [0-9]+ - /, "")
    seen++
    point(good, $0)
    next
}
/^1\.\.[0-9]+$/ { plan = substr($0, 4); next }
$1 == "status" && NF == 2 {
    point($2 == 0 && plan == seen && seen > 0, \
          "ends well, status " $2 ", " seen " of " plan " points")
    next
}
{ print "# " $0 }
END { print "1.." points + 0; exit failed || !points }'
