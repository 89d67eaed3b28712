/* SPDX-License-Identifier: MIT */
/*
 * A backup from anyone.  The first byte says how the rest is met: as a file;
 * as a file whose forger got the digests right; as records that were sealed
 * with the true code, merged into an empty vault and into what that became;
 * or as a code that was typed.
 */
#include "host/vault/backup/backup_header.h"
#include "host/vault/backup/backup_merge.h"
#include "host/vault/body.h"
#include "tests/lib/exact.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_secret code;

static void must(bool held)
{
    if (!held)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return fob_secret_start() != FOB_OK ||
           fob_secret_copy(&code, "sixteen bytes of", FOB_WRITTEN_CODE_LEN) !=
               FOB_OK;
}

/* What is read must be written the same; it opens, or not. */
static void try_file(uint8_t *data, size_t size)
{
    const struct fob_secret file = {data, size, size};
    const struct fob_backup_opener opener = {.type = FOB_BACKUP_CODE,
                                             .secret = &code};
    struct fob_backup_header header;
    struct fob_seal_bytes head, sealed;
    struct fob_secret records = {0};
    struct fob_error error = {0};
    uint8_t again[BACKUP_HEADER_LEN];

    if (backup_header_read((struct fob_seal_bytes){data, size}, &header, &head,
                           &sealed, &error) != FOB_OK) {
        must(error.text[0] != '\0');
        return;
    }
    backup_header_write(&header, sealed.len, again);
    must(memcmp(again, data, sizeof(again)) == 0);
    must(fob_backup_open(&file, &opener, &records, &error) != FOB_OK &&
         records.data == NULL);
}

static void forge(uint8_t *data, size_t size)
{
    size_t sealed_len = 0;

    if (size < BACKUP_HEADER_LEN)
        return;
    fob_seal_digest(data, BACKUP_HEADER_DIGESTED,
                    data + BACKUP_HEADER_DIGESTED);
    for (size_t at = 12; at < 16; at++)
        sealed_len = sealed_len << 8 | data[at];
    if (sealed_len <= size - BACKUP_HEADER_LEN &&
        size - BACKUP_HEADER_LEN - sealed_len >= FOB_SEAL_DIGEST_LEN)
        fob_seal_digest(data, BACKUP_HEADER_LEN + sealed_len,
                        data + BACKUP_HEADER_LEN + sealed_len);
}

static enum fob_status count(void *context,
                             const struct fob_restored_item *item,
                             struct fob_error *error)
{
    size_t *added = context;

    (void)error;
    must((item->was != NULL) == (item->result == FOB_RESTORED_RENAMED));
    *added += item->result == FOB_RESTORED_ADDED ||
              item->result == FOB_RESTORED_RENAMED;
    return FOB_OK;
}

/* The vault stays in order, and a second time nothing is added. */
static void try_records(uint8_t *data, size_t size)
{
    const struct fob_secret records = {data, size, size};
    struct fob_backup_home home = {"/c", "/d"};
    size_t added = 0, before;
    const struct fob_restore restore = {
        .home = &home, .context = &added, .take = count};
    struct fob_vault_body body = {0};
    struct fob_error error = {0};

    if (backup_records_check(&records, &error) != FOB_OK) {
        must(error.text[0] != '\0');
        return;
    }
    must(body_make(&body) == FOB_OK);
    if (fob_backup_merge(&records, &restore, &body, &error) == FOB_OK) {
        must(body_check(&body, &error) == FOB_OK);
        before = body.records.len;
        added = 0;
        must(fob_backup_merge(&records, &restore, &body, &error) == FOB_OK);
        must(added == 0 && body.records.len == before);
    }
    fob_vault_body_free(&body);
}

static void try_code(const uint8_t *data, size_t size)
{
    uint8_t got[FOB_WRITTEN_CODE_LEN], again[FOB_WRITTEN_CODE_LEN];
    char text[FOB_WRITTEN_CODE_TEXT_LEN + 1];

    if (fob_written_code_parse(data, size, got) != FOB_OK)
        return;
    fob_written_code_format(got, text);
    must(fob_written_code_parse(text, strlen(text), again) == FOB_OK &&
         memcmp(got, again, sizeof(got)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (size < 2)
        return 0;
    copy = exact_copy(data + 1, size - 1);
    switch (data[0]) {
    case 'c':
        try_code(copy, size - 1);
        break;
    case 'r':
        try_records(copy, size - 1);
        break;
    case 'f':
        forge(copy, size - 1);
        try_file(copy, size - 1);
        break;
    default:
        try_file(copy, size - 1);
    }
    free(copy);
    return 0;
}
