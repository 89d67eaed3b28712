#!/bin/sh
# SPDX-License-Identifier: MIT
# Each meaning that fob gives to an error of AWS's has a sample in the unit
# test: the code, and the part of the message if that decides.
set -u
cd "$TOP" || exit 1
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh

samples=$(tr -d '\n' <tests/unit/aws/refusal_test.c | sed 's/" *"//g')

# CODE|PART of each row, PART empty where the code alone decides.
rows() {
    sed -n 's/^    {"\([A-Za-z]*\)", "\([^"]*\)".*/\1|\2/p
        s/^    {"\([A-Za-z]*\)", NULL.*/\1|/p' host/aws/refusal_rows.c
}

rows >"${TMPDIR:-/tmp}/fob-rows.$$"
while IFS='|' read -r code part; do
    printf '%s\n' "$samples" | grep -Eq "\"$code(Exception)?\", *\"[^\"]*$part"
    tap_ok $? "a sample of $code${part:+: $part}"
done <"${TMPDIR:-/tmp}/fob-rows.$$"
tap_is "$(wc -l <"${TMPDIR:-/tmp}/fob-rows.$$")" \
    "$(grep -c '^    {"' host/aws/refusal_rows.c)" 'all rows were read'
rm "${TMPDIR:-/tmp}/fob-rows.$$"
tap_done
