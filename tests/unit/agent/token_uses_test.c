/* SPDX-License-Identifier: MIT */
/* When a token's latest code is somebody else's. */
#include "host/agent/tokens/token_use_record.h"

#include "tests/lib/tap.h"

enum { PHONE = 7, OTHER = 8 };

static struct token_use_record uses;

static void note(uint32_t uid, uint64_t value)
{
    if (uses.count == TOKEN_USES_MAX)
        memmove(uses.use, uses.use + 1, --uses.count * sizeof uses.use[0]);
    uses.use[uses.count].uid = uid;
    uses.use[uses.count++].value = value;
}

static bool is_strange(uint64_t mark)
{
    const struct fob_token_account phone = {
        .uid = PHONE, .has_facts = true, .is_marked = true, .mark = mark};

    return token_use_record_is_strange(&uses, &phone);
}

int main(void)
{
    const struct fob_token_account unmarked = {.uid = PHONE, .has_facts = true};
    const struct fob_token_account unknown = {
        .uid = PHONE, .is_marked = true, .mark = 5};

    tap_ok(is_strange(5), "a code that is in no record");
    tap_ok(!token_use_record_is_strange(&uses, &unmarked),
           "none was given yet");
    tap_ok(!token_use_record_is_strange(&uses, &unknown),
           "nothing is known of it");
    note(PHONE, 5);
    tap_ok(!is_strange(5), "a code of ours");
    note(OTHER, 6);
    tap_ok(is_strange(6), "another account's is not it");
    for (uint64_t i = 1; i < TOKEN_USES_MAX - 1; i++)
        note(OTHER, 1000 + i);
    tap_ok(!is_strange(5) && is_strange(6),
           "a full record still tells, as long as the account is in it");
    note(OTHER, 5000);
    tap_ok(!is_strange(5) && !is_strange(6),
           "when it has forgotten the account it cannot");
    return tap_done();
}
