#!/bin/sh
# SPDX-License-Identifier: MIT
# The include rules hold, the check of them can fail, and the top level holds
# nothing but the house.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 1
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
. tests/lib/tap.sh

# Plant FILE with INCLUDE into an otherwise clean tree: is it told?
planted() { # FILE INCLUDE
    rm -rf "${tree:?}"/*
    for file in src/status.h host/base/text.h host/net/http.h host/net/feed.h \
        host/aws/iam.h host/client/client.h host/vault/vault.h \
        host/wire/message.h host/agent/serve/dispatch.h \
        host/agent/accounts/vault_hold.h host/agent/mint/mint.h \
        host/cli/ui/ui.h host/cli/call/command.h firmware/app/app.h \
        firmware/app/store/master_key.h firmware/usb/usb.h firmware/port/port.h tests/lib/tap.h; do
        mkdir -p "$tree/$(dirname "$file")"
        : >"$tree/$file"
    done
    mkdir -p "$tree/$(dirname "$1")"
    printf '%s\n' "#include $2" >"$tree/$1"
    tests/lint/includes.sh "$tree" | grep -q "^$1:1: "
}

refuse() {
    planted "$1" "$2"
    tap_ok $? "refused: $1 with $2"
}

allow() {
    ! planted "$1" "$2"
    tap_ok $? "allowed: $1 with $2"
}

tests/lint/includes.sh | sed 's/^/# /'
tests/lint/includes.sh >/dev/null
tap_ok $? "every include of the tree is allowed"

refuse src/a.c '"host/base/text.h"'
refuse src/a.c '"firmware/port/port.h"'
refuse src/a.c '<stdio.h>'
refuse src/a.c '<stdlib.h>'
refuse src/a.c '"../host/base/text.h"'
refuse src/a.c '"missing.h"'
refuse firmware/app/a.c '"firmware/usb/usb.h"'
refuse firmware/app/a.c '<stdio.h>'
refuse firmware/usb/a.c '"firmware/app/store/master_key.h"'
refuse firmware/app/store/a.c '"firmware/app/app.h"'
refuse firmware/bus/a.c '"firmware/app/store/master_key.h"'
refuse firmware/bus/a.c '"firmware/port/port.h"'
refuse firmware/port/rp2040/a.c '"firmware/app/store/master_key.h"'
refuse firmware/port/sim/a.c '"host/base/text.h"'
refuse host/base/a.c '"host/vault/vault.h"'
refuse host/vault/a.c '"host/aws/iam.h"'
refuse host/aws/a.c '"host/client/client.h"'
refuse host/net/a.c '"host/aws/iam.h"'
refuse host/wire/a.c '"host/client/client.h"'
refuse host/client/a.c '"host/agent/serve/dispatch.h"'
refuse host/agent/a.c '"host/cli/ui/ui.h"'
refuse host/agent/a.c '"host/net/http.h"'
refuse host/agent/a.c '"host/vault/vault.h"'
refuse host/agent/mint/a.c '"host/agent/serve/dispatch.h"'
refuse host/agent/mint/a.c '"host/wire/message.h"'
refuse host/agent/mint/deep/a.c '"src/status.h"'
refuse host/agent/accounts/a.c '"host/agent/mint/mint.h"'
refuse host/cli/a.c '"host/vault/vault.h"'
refuse host/cli/a.c '"host/agent/accounts/vault_hold.h"'
refuse host/cli/a.c '"host/net/feed.h"'
refuse host/cli/ui/a.c '"host/cli/call/command.h"'
refuse host/cli/endpoint/a.c '"host/net/http.h"'
refuse host/cli/a.c '"firmware/port/port.h"'
refuse host/cli/a.c '"tests/lib/tap.h"'
refuse host/unheard_of/a.c '"src/status.h"'
refuse src/a.c '"status.h"'
refuse src/deep/a.c '"src/status.h"'
allow src/a.c '"src/status.h"'
allow src/a.c '<stdint.h>'
allow firmware/app/a.c '"firmware/port/port.h"'
allow firmware/bus/a.c '"firmware/app/app.h"'
allow firmware/port/sim/main.c '"firmware/app/store/master_key.h"'
allow host/agent/serve/a.c '"host/vault/vault.h"'
allow host/agent/mint/a.c '"host/agent/accounts/vault_hold.h"'
allow host/cli/endpoint/a.c '"host/net/feed.h"'
allow host/cli/a.c '"host/client/client.h"'
allow host/cli/a.c '<stdio.h>'

planted src/a.h '"src/status.h"'
echo '#include "src/a.h"' >"$tree/src/status.h"
tests/lint/includes.sh "$tree" | grep -q '^include circle: src/a.h$'
tap_ok $? "refused: headers in a circle"

extra=$(git ls-files 2>/dev/null | sed 's|/.*||' | sort -u | grep -vxE \
    '\..*|Makefile|README\.md|LICENSE|CHANGELOG\.md|src|firmware|host|tests|docs')
[ -z "$extra" ]
tap_ok $? "the top level holds the house and dotfiles${extra:+, but also $extra}"

tap_done
