/* SPDX-License-Identifier: MIT */
/* When a token's latest code is somebody else's. */
#include "host/agent/tokens/token_use_record.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/secret.h"
#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>

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

static struct fob_token token_of(uint8_t id)
{
    struct fob_token token = {.serial = "e6614c31", .is_own = true};

    token.id[0] = id;
    return token;
}

static bool has_noted(const struct fob_token *token, uint64_t value)
{
    const struct fob_token_use use = {.uid = PHONE, .value = value};
    static struct token_use_record record;

    token_use_record_read(token, &record);
    return token_use_record_has(&record, &use);
}

/* As fobs before the id was in its name have left it. */
static bool write_of_old(const struct fob_token *token)
{
    const struct fob_file_options options = {.mode = 0600};
    static struct token_use_record record;
    uint8_t data[TOKEN_USES_FILE_MAX];
    struct fob_error error;
    char path[FOB_PATH_MAX];

    memcpy(record.id, token->id, sizeof(record.id));
    record.count = 1;
    record.use[0].uid = PHONE;
    record.use[0].value = 9;
    return state_file_make("tokens", "uses:e6614c31", path, &error) == FOB_OK &&
           fob_file_replace(path, data, token_use_record_encode(&record, data),
                            &options, &error) == FOB_OK;
}

static void test_twins(void)
{
    const struct fob_token one = token_of(1), twin = token_of(2);
    char folder[] = "/tmp/uses-XXXXXX", remove[64];
    struct fob_error error;

    tap_ok(fob_secret_start() == FOB_OK && mkdtemp(folder) != NULL &&
               setenv("FOB_HOME", folder, 1) == 0,
           "a state folder is made");
    tap_ok(write_of_old(&one) && has_noted(&one, 9) && !has_noted(&twin, 9),
           "a record of before counts for the token whose id it has");
    tap_ok(token_use_record_note(&one, PHONE, 1, &error) == FOB_OK &&
               token_use_record_note(&twin, PHONE, 2, &error) == FOB_OK,
           "codes of two tokens with one serial are noted");
    tap_ok(has_noted(&one, 1) && has_noted(&one, 9) && !has_noted(&one, 2),
           "the first knows its own");
    tap_ok(has_noted(&twin, 2) && !has_noted(&twin, 1), "and so does the twin");
    snprintf(remove, sizeof(remove), "rm -r %s", folder);
    tap_ok(system(remove) == 0, "the state folder is removed");
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
    test_twins();
    return tap_done();
}
