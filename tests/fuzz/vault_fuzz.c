/* SPDX-License-Identifier: MIT */
/*
 * A vault file from anyone.  The first byte says how the rest is met: as a
 * file; as a file whose forger got the digests right; or as contents that
 * were sealed with the true key.
 */
#include "host/vault/access_keys.h"
#include "host/vault/accounts.h"
#include "host/vault/body.h"
#include "host/vault/header.h"
#include "host/vault/slot.h"
#include "tests/lib/exact.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_secret key_file;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    if (fob_secret_start() != FOB_OK ||
        fob_secret_copy(&key_file, "fixed key file of at least 32 bytes", 35) !=
            FOB_OK)
        return 1;
    return 0;
}

/* A slot may open, or not; nothing else may happen.  Passphrases are left
 * out, since scrypt is made to be slow. */
static void try_slots(const struct fob_vault_header *header)
{
    const struct fob_slot_opener opener = {.type = FOB_SLOT_KEY_FILE,
                                           .secret = &key_file};
    struct fob_secret key = {NULL, 0, 0};
    struct fob_error error;
    size_t number;

    (void)!slot_open_any(header, &opener, &key, &number, &error);
    fob_secret_free(&key);
}

/* What is read must be written the same. */
static void try_file(const uint8_t *data, size_t size)
{
    struct fob_vault_header header;
    struct fob_seal_bytes head, sealed;
    struct fob_error error;
    uint8_t again[HEADER_MAX];

    if (header_read((struct fob_seal_bytes){data, size}, &header, &head,
                    &sealed, &error) != FOB_OK) {
        if (error.text[0] == '\0')
            abort();
        return;
    }
    if (header_write(&header, sealed.len, again) != head.len ||
        memcmp(again, head.data, head.len) != 0)
        abort();
    try_slots(&header);
}

static size_t number_at(const uint8_t *data, size_t len)
{
    size_t number = 0;

    for (size_t i = 0; i < len; i++)
        number = number << 8 | data[i];
    return number;
}

/* Make right the checks of the slots, as far as they lie in the header. */
static void forge_slots(uint8_t *data, size_t header_len)
{
    size_t at = HEADER_FIXED_LEN, end = header_len - FOB_SEAL_DIGEST_LEN;
    uint8_t digest[FOB_SEAL_DIGEST_LEN];

    for (unsigned i = 0; i < data[72] && end - at >= 12; i++) {
        size_t len = number_at(data + at + 2, 2) + HEADER_SLOT_HEAD_LEN;
        if (len > end - at - HEADER_SLOT_CHECK_LEN)
            return;
        fob_seal_digest(data + at, len, digest);
        memcpy(data + at + len, digest, HEADER_SLOT_CHECK_LEN);
        at += len + HEADER_SLOT_CHECK_LEN;
    }
}

static void forge(uint8_t *data, size_t size)
{
    size_t header_len, digested;

    if (size < HEADER_FIXED_LEN)
        return;
    header_len = number_at(data + 10, 2);
    digested = header_len + number_at(data + 12, 4);
    if (header_len < HEADER_FIXED_LEN + FOB_SEAL_DIGEST_LEN ||
        header_len > size)
        return;
    forge_slots(data, header_len);
    fob_seal_digest(data, header_len - FOB_SEAL_DIGEST_LEN,
                    data + header_len - FOB_SEAL_DIGEST_LEN);
    if (digested <= size && size - digested >= FOB_SEAL_DIGEST_LEN)
        fob_seal_digest(data, digested, data + digested);
}

static void must(bool held)
{
    if (!held)
        abort();
}

/* Change all that can be changed; it must stay in order. */
static void edit(struct fob_vault_body *body)
{
    struct fob_vault_account account;
    struct fob_access_key key;
    struct fob_error error;
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    size_t count = 0;

    for (size_t at = 0; fob_accounts_next(body, &at, &account); count++)
        memcpy(name, account.name, sizeof(name));
    if (count > 0) {
        must(fob_accounts_find(body, name, &account, &error) == FOB_OK);
        (void)!fob_accounts_rename(body, name, "renamed", &error);
        (void)!fob_accounts_remove(body, name, &error);
    }
    for (size_t at = 0; fob_access_keys_next(body, &at, &key);)
        must(fob_access_keys_put(body, &key, &error) == FOB_OK);
    must(body_check(body, &error) == FOB_OK);
}

static void try_contents(const uint8_t *data, size_t size)
{
    /* Views only, so that a read beyond the input is seen. */
    struct fob_vault_body input = {{(uint8_t *)(uintptr_t)data, size, size}};
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_error error;

    if (body_check(&input, &error) != FOB_OK) {
        must(error.text[0] != '\0');
        return;
    }
    if (fob_secret_copy(&body.records, data, size) == FOB_OK)
        edit(&body);
    fob_vault_body_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (size < 2)
        return 0;
    copy = exact_copy(data + 1, size - 1);
    if (data[0] == 'c') {
        try_contents(copy, size - 1);
    } else {
        if (data[0] == 'f')
            forge(copy, size - 1);
        try_file(copy, size - 1);
    }
    free(copy);
    return 0;
}
