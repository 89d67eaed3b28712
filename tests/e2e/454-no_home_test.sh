#!/bin/sh
# SPDX-License-Identifier: MIT
# A home, or a runtime folder, that is not there: told, and never made.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
gone=$work/gone
lost() { # COMMAND ...
    run env -u FOB_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME \
        HOME="$gone" "$@"
    last="$*"
}
for each in 'fob list' 'fob code x' 'fob sessions' 'fob agent status' \
    'fob devices --profile x' 'fob keys list' 'fob doctor'; do
    # shellcheck disable=SC2086
    lost $each
    expect "$each says so" grep -q "HOME is $gone, which is not there" err out
    expect "$each makes nothing" test ! -e "$gone"
done 2>/dev/null
FOB_NO_AGENT=1 lost fob list
expect_error 1 'set HOME, or FOB_HOME'
mkdir "$work/real"
run env -u FOB_HOME HOME="$work/real" XDG_RUNTIME_DIR="$work/runtime" fob list
expect_status 0 'a home will do'
run env -u FOB_HOME HOME="$work/real" XDG_RUNTIME_DIR="$work/runtime" \
    fob agent stop
expect 'and no runtime folder is made' test ! -e "$work/runtime"
finish
