#!/bin/sh
# SPDX-License-Identifier: MIT
# make help: a line for each target that a person calls, and for each variable.
# shellcheck source=tests/lib/tap.sh
. "$TOP/tests/lib/tap.sh"
cd "$TOP" || exit 1

files='Makefile firmware/firmware.mk tests/tests.mk'
variables_without_default='CC CPPFLAGS LDFLAGS SANITIZE V WERROR'

# shellcheck disable=SC2086 # several
targets() { # of .PHONY, continued lines joined; FORCE is make's own
    sed -e ':a' -e '/\\$/N; s/\\\n//; ta' $files |
        sed -n 's/^\.PHONY://p' | tr -s ' \t' '\n' | grep -vx -e '' -e FORCE |
        sort
}

# shellcheck disable=SC2086
variables() { # those that name a tool are none
    {
        cat $files | sed -n 's/^\([A-Z][A-Z_]*\) ?=.*/\1/p' |
            grep -v -e _CC -e _OBJCOPY
        echo $variables_without_default | tr ' ' '\n'
    } | sort
}

help=$(make --no-print-directory help)
tap_is "$(printf '%s' "$help" | sed -n 's/^  make \([a-z-]*\)  *[^ ].*/\1/p')" \
    "$(targets)" 'every target is told, and no other'
tap_is "$(printf '%s' "$help" | sed -n 's/^  \([A-Z_]*\)  *[^ ].*/\1/p')" \
    "$(variables)" 'every variable is told, and no other'

# A compiler that has no zbar.h.
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
cat >"$tree/cc" <<'END'
#!/bin/sh
case " $* " in
*" -E -x c - "*) ! grep -q zbar ;;
*) exec cc "$@" ;;
esac
END
chmod +x "$tree/cc"
why=$(make --no-print-directory CC="$tree/cc" O="$tree/o" \
    "$tree/o/obj/host/base/text.o" 2>&1 |
    sed 1q)
tap_is "$why" 'not found: zbar.h; run: make deps' \
    'a library that is missing is told, and the way to it'
tap_done
