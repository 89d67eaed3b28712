#!/bin/sh
# SPDX-License-Identifier: MIT
# The walls around the helpers are the same code on aarch64: it compiles for
# that architecture, whose calls tests/unit/sandbox/filter_test.c looks at.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"
target=aarch64-linux-gnu
libc=/usr/$target/include
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
if [ ! -e "$libc/stdio.h" ]; then
    echo "1..0 # SKIP no headers of libc for aarch64"
    exit 0
fi

# Headers that are the same on all architectures.
for header in /usr/include/seccomp.h /usr/include/seccomp-syscalls.h \
    /usr/include/"$(gcc -dumpmachine)"/curl; do
    ln -s "$header" "$work/"
done

compiles() { # FILE
    clang --target=$target -std=c11 -D_GNU_SOURCE -I"$TOP" -nostdlibinc \
        -isystem "$libc" -isystem "$work" -Wall -Wextra -Werror \
        -c -o "$work/object.o" "$1" && readelf -h "$work/object.o" |
        grep -q 'Machine: *AArch64'
}

for file in "$TOP"/host/sandbox/*.c "$TOP"/host/net/sandbox*.c \
    "$TOP"/host/flash/sandbox.c "$TOP"/host/qr/sandbox.c; do
    tap_run "${file#"$TOP"/}" compiles "$file"
done
echo '_Static_assert(sizeof(long) == 4, "");' >"$work/bad.c"
tap_ok "$(! compiles "$work/bad.c" 2>/dev/null; echo $?)" \
    'what does not compile is told'
tap_done
