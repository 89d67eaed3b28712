/* SPDX-License-Identifier: MIT */
/*
 * Files of the state folder, whoever wrote them.  The first byte says which:
 * the ledger of a device, an entry of the journal, the uses of a token, a
 * clock, a sealed record, or one whose contents were sealed with the true
 * key.  What is taken is written back byte for byte, and does no harm.
 */
#include "host/agent/iam/journal_entry.h"
#include "host/agent/mint/refusal_memory.h"
#include "host/agent/network/identity.h"
#include "host/agent/state/clock_file.h"
#include "host/agent/state/sealed_file.h"
#include "host/agent/state/session_cache.h"
#include "host/agent/state/session_file.h"
#include "host/agent/tokens/token_use_record.h"
#include "host/aws/ledger.h"
#include "host/vault/seal.h"

#include "tests/lib/exact.h"

enum { SALT_LEN = 32, HEAD_LEN = 5 + SALT_LEN };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_agent agent;
static const char cache_key[32] = "the key of the session cache";

static void must(bool held)
{
    if (!held)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(fob_secret_start() == FOB_OK);
    agent_init(&agent, false);
    must(fob_secret_copy(&agent.cache_key, cache_key, sizeof cache_key) ==
         FOB_OK);
    return 0;
}

static void must_equal(const void *again, size_t again_len, const void *data,
                       size_t len)
{
    must(again_len == len && (len == 0 || memcmp(again, data, len) == 0));
}

static void try_ledger(const uint8_t *data, size_t len)
{
    struct fob_ledger ledger;
    uint8_t again[FOB_LEDGER_MAX];
    uint64_t step;
    uint32_t wait_s;
    int64_t now_s;

    if (fob_ledger_decode(&ledger, data, len) != FOB_OK) {
        must(ledger.step_count == 0 && ledger.check_count == 0);
        return;
    }
    must_equal(again, fob_ledger_encode(&ledger, again), data, len);
    now_s = ledger.check_count > 0 ? ledger.checks[0] & INT32_MAX : 1000;
    if (fob_ledger_choose(&ledger, now_s, 30, &step, &wait_s) == FOB_OK)
        must(!fob_ledger_is_spent(&ledger, step));
    else
        must(wait_s > 0 && wait_s <= FOB_LEDGER_WINDOW_S);
    fob_ledger_spend(&ledger, step, now_s, true);
    must(fob_ledger_is_spent(&ledger, step));
    must(fob_ledger_decode(&ledger, again, fob_ledger_encode(&ledger, again)) ==
         FOB_OK);
}

static void try_entry(const uint8_t *data, size_t len)
{
    static const struct journal_entry nothing;
    struct journal_entry entry;
    struct fob_secret again = {NULL, 0, 0};

    if (journal_entry_decode(data, len, &entry) != FOB_OK) {
        must(memcmp(&entry, &nothing, sizeof entry) == 0);
        return;
    }
    must(journal_entry_encode(&entry, &again) == FOB_OK);
    must_equal(again.data, again.len, data, len);
    fob_secret_free(&again);
}

static void try_uses(const uint8_t *data, size_t len)
{
    static struct token_use_record uses;
    static uint8_t again[TOKEN_USES_FILE_MAX];

    if (len < 5 + FOB_TOKEN_ID)
        memset(uses.id, 0, sizeof uses.id);
    else
        memcpy(uses.id, data + 5, sizeof uses.id);
    token_use_record_decode(&uses, data, len);
    if (uses.count > 0)
        must_equal(again, token_use_record_encode(&uses, again), data, len);
}

static void try_clock(const uint8_t *data, size_t len)
{
    uint8_t again[CLOCK_FILE_MAX];
    struct clock_file_record record;
    struct fob_clock *clock = &record.clock;

    clock_file_decode(&record, data, len);
    (void)fob_clock_server_s(clock, clock_file_local_ms());
    (void)fob_clock_must_tell(clock);
    must(clock->known == (record.name[0] != '\0'));
    if (clock->known)
        must_equal(again, clock_file_encode(&record, again), data, len);
    fob_clock_learn(clock, 1000, 2000, 1767225600);
    must(clock->known && clock->low_ms <= clock->high_ms);
}

/* What is taken comes back from what is written of it. */
static void try_session(const struct fob_secret *content)
{
    struct session session = {0}, again = {0};
    struct fob_secret file = {NULL, 0, 0};

    if (session_file_decode(content, &session) != FOB_OK) {
        must(session_is_empty(&session));
        return;
    }
    (void)session_left_s(&session, 1767225600);
    must(session_file_encode(&session, &file) == FOB_OK);
    must(session_file_decode(&file, &again) == FOB_OK);
    must(strcmp(session.profile, again.profile) == 0 &&
         strcmp(session.serial, again.serial) == 0 &&
         session.credentials.expires_s == again.credentials.expires_s &&
         session.credentials.token.len == again.credentials.token.len);
    session_free(&session);
    session_free(&again);
    fob_secret_free(&file);
}

static void try_refusal(const struct fob_secret *content)
{
    struct refusal_memory memory;

    if (refusal_memory_decode(&memory, content->data, content->len))
        must(content->len ==
             1 + 8 + 2 + strlen(memory.text) + 2 + strlen(memory.hint));
    else
        must(memory.at_s == 0 && memory.text[0] == '\0' &&
             memory.hint[0] == '\0');
}

/* What the agent makes of a record, by its name. */
static void read_record(const char *name, const struct fob_secret *content)
{
    char id[FOB_KEY_ID_MAX + 1];

    if (identity_is_root(name, content, id))
        must(id[0] != '\0');
    if (strncmp(name, "journal\n", 8) == 0)
        try_entry(content->data, content->len);
    if (session_cache_is_name(name))
        try_session(content);
    if (refusal_memory_is_name(name))
        try_refusal(content);
}

static void try_sealed(const uint8_t *data, size_t len)
{
    struct fob_secret content = {NULL, 0, 0};
    char name[SEALED_NAME_MAX + 1];

    if (sealed_file_decode(&agent, data, len, name, &content) == FOB_OK)
        read_record(name, &content);
    else
        must(content.data == NULL);
    fob_secret_free(&content);
}

/* The bytes as the box of a file that opens. */
static void try_forged(const uint8_t *data, size_t len)
{
    static const char info[] = "fob session cache 1";
    uint8_t *file = exact_copy(NULL, HEAD_LEN + len + FOB_SEAL_TAG_LEN);
    uint8_t key[FOB_SEAL_KEY_LEN];

    memcpy(file, "fobC\1", 5);
    must(fob_seal_hkdf((struct fob_seal_bytes){cache_key, sizeof cache_key},
                       (struct fob_seal_bytes){file + 5, SALT_LEN}, info,
                       key) == FOB_OK);
    must(fob_seal_close(key, (struct fob_seal_bytes){file, HEAD_LEN},
                        (struct fob_seal_bytes){data, len},
                        file + HEAD_LEN) == FOB_OK);
    try_sealed(file, HEAD_LEN + len + FOB_SEAL_TAG_LEN);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        uint8_t letter;
        void (*run)(const uint8_t *data, size_t len);
    } kinds[] = {
        {'b', try_ledger}, {'j', try_entry},  {'u', try_uses},
        {'c', try_clock},  {'s', try_sealed}, {'f', try_forged},
    };
    uint8_t *copy;

    if (size == 0)
        return -1;
    copy = exact_copy(data + 1, size - 1);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].letter == data[0])
            kinds[i].run(copy, size - 1);
    free(copy);
    return 0;
}
