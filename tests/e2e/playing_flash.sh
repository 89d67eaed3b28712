#!/bin/sh
# SPDX-License-Identifier: MIT
# In place of fob-flash, where a bus would be needed: says what the file
# `first` holds, or `second` when it is called with --wait, and ends with the
# status in the first line of it.  With the file `loader` it waits until the
# simulated board behind `socket` is in its boot loader, as fob-flash would, and
# with the file `back` it starts that anew.
# What it was called with and what it read stay in `asked.*` and `got.*`, all
# in the folder above its own.
cd "$(dirname "$0")/.." || exit 1
case " $* " in
*' --wait '*) say=second ;;
*) say=first ;;
esac
echo "$*" >"asked.$say"
cat >"got.$say"
if [ "$say" = second ] && [ -e loader ]; then
    "$PYTHON" "$TOP/tests/lib/world.py" socket await-loader || exit 1
    [ ! -e back ] ||
        "$PYTHON" "$TOP/tests/lib/world.py" socket restart || exit 1
fi
tail -n +2 "$say"
exit "$(head -n 1 "$say")"
