#!/bin/sh
# SPDX-License-Identifier: MIT
# Every command that fob tells a person to run has the names in it quoted, and
# the check of that can fail.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"
cd "$TOP" || exit 1
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/host/base"

tests() { # CODE: of a file with it, what is told
    printf 'static void told(void)\n{\n    %s\n}\n' "$1" >"$tree/host/base/a.c"
    "$PYTHON" tests/lint/hints.py "$tree"
}

refuse() { # CODE
    tests "$1" | grep '^host/base/a.c:3: ' >/dev/null
    tap_ok $? "refused: $1"
}

allow() { # CODE
    tests "$1" >/dev/null
    tap_ok $? "allowed: $1"
}

"$PYTHON" tests/lint/hints.py | sed 's/^/# /'
"$PYTHON" tests/lint/hints.py >/dev/null
tap_ok $? 'every hint of the tree is made by what quotes'
refuse 'ui_note(ui, "run: fob login %s", name);'
refuse 'ui_note(ui, "run: fob "
            "login %s", name);'
refuse 'fob_text_format(hint, cap, "fob login %s", name);'
refuse "fob_error_hint(error, \"rm '%s'\", path);"
refuse 'fob_error_hint(error, "fob x --to=%s", path);'
refuse 'fob_error_hint(error, "fob x %s-fob", path);'
refuse 'fob_error_hint(error, "fob x %.*s", len, path);'
refuse 'fob_error_hint(error, "fob x %s, then look", path);'
refuse 'fob_error_hint(error, "%s", advice);'
allow 'fob_error_hint(error, "fob x %s; then: fob y --to %s", path, name);'
allow 'fob_error_hint(error, "when it is gone: fob x %s", path);'
allow 'ui_note(ui, "the token %s has no tries left", serial);'
tap_done
