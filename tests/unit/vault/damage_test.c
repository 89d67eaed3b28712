/* SPDX-License-Identifier: MIT */
/*
 * Damage: every bit flipped and every cut is detected and named, by chance
 * (digests wrong) or on purpose (digests made right again).
 */
#include "host/vault/body.h"
#include "host/vault/header.h"
#include "host/vault/record.h"
#include "host/vault/slot.h"
#include "host/vault/vault_file.h"
#include "tests/unit/vault/scratch.h"

static struct scratch scratch;
static struct fob_vault vault;
static uint8_t *file; /* the vault as written */
static size_t file_len;
static size_t head_len;

static void read_file(const char *path)
{
    FILE *in = fopen(path, "rb");

    file = malloc(65536);
    if (in == NULL || file == NULL)
        exit(1);
    file_len = fread(file, 1, 65536, in);
    head_len = (size_t)file[10] << 8 | file[11];
    fclose(in);
}

/* Read `len` bytes that lie in memory of exactly that size. */
static enum fob_status read_copy(const uint8_t *bytes, size_t len,
                                 struct fob_error *error)
{
    struct fob_vault_header header;
    struct fob_seal_bytes head, sealed;
    uint8_t *copy = malloc(len ? len : 1);
    enum fob_status status;

    if (copy == NULL)
        exit(1);
    memcpy(copy, bytes, len);
    status = header_read((struct fob_seal_bytes){copy, len}, &header, &head,
                         &sealed, error);
    free(copy);
    return status;
}

static void names_every_cut(void)
{
    struct fob_error error;
    size_t wrong = 0;

    for (size_t len = 0; len < file_len; len++)
        wrong += read_copy(file, len, &error) != FOB_E_TOO_SHORT ||
                 error.text[0] == '\0';
    tap_ok(wrong == 0, "each of %zu cuts is named a truncation", file_len);
    file[file_len] = 0;
    tap_ok(read_copy(file, file_len + 1, &error) == FOB_E_DAMAGED,
           "a byte too many is damage");
}

/* What a flip at `at` may be called. */
static bool flip_is_named(size_t at, enum fob_status status,
                          const struct fob_error *error)
{
    if (at < 8)
        return status == FOB_E_SYNTAX;
    if (at < 10)
        return status == FOB_E_VERSION || status == FOB_E_DAMAGED;
    if (at < 12)
        return status == FOB_E_TOO_SHORT || status == FOB_E_DAMAGED;
    if (status != FOB_E_DAMAGED)
        return false;
    if (at >= head_len)
        return strstr(error->text, "contents");
    if (at == 72) /* their count */
        return strstr(error->text, "header") != NULL ||
               strstr(error->text, "slot") != NULL;
    if (at >= HEADER_FIXED_LEN && at < head_len - FOB_SEAL_DIGEST_LEN)
        return strstr(error->text, "key slot 1");
    return strstr(error->text, "header");
}

static void names_every_flip(void)
{
    struct fob_error error;
    size_t missed = 0, misnamed = 0;

    for (size_t bit = 0; bit < 8 * file_len; bit++) {
        file[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum fob_status status = read_copy(file, file_len, &error);
        file[bit / 8] ^= (uint8_t)(1 << bit % 8);
        missed += status == FOB_OK;
        if (!flip_is_named(bit / 8, status, &error)) {
            printf("# bit %zu: %02x %s\n", bit, (unsigned)status, error.text);
            misnamed++;
        }
    }
    tap_ok(missed == 0, "each of %zu bits flipped is detected", 8 * file_len);
    tap_ok(misnamed == 0, "and named for where it is");
}

/* Make the digests of a tampered file right again: of the slot, the header
 * and the whole. */
static void forge(uint8_t *bytes)
{
    uint8_t digest[FOB_SEAL_DIGEST_LEN];
    uint8_t *slot = bytes + HEADER_FIXED_LEN;
    size_t content_len = (size_t)slot[2] << 8 | slot[3];

    if (content_len + HEADER_FIXED_LEN + 12 + FOB_SEAL_DIGEST_LEN == head_len) {
        fob_seal_digest(slot, 4 + content_len, digest);
        memcpy(slot + 4 + content_len, digest, HEADER_SLOT_CHECK_LEN);
    }
    fob_seal_digest(bytes, head_len - FOB_SEAL_DIGEST_LEN,
                    bytes + head_len - FOB_SEAL_DIGEST_LEN);
    fob_seal_digest(bytes, file_len - FOB_SEAL_DIGEST_LEN,
                    bytes + file_len - FOB_SEAL_DIGEST_LEN);
}

/* Whether a vault that is open takes these bytes for its own. */
static enum fob_status load_forged(const uint8_t *bytes,
                                   struct fob_error *error)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    enum fob_status status;

    scratch_write(scratch.path, bytes, file_len);
    status = fob_vault_load(&vault, &body, error);
    fob_vault_body_free(&body);
    return status;
}

static void detects_every_forged_flip(void)
{
    struct fob_error error;
    uint8_t *forged = malloc(file_len);
    size_t missed = 0, unnamed = 0, tried = 0;

    if (forged == NULL)
        exit(1);
    for (size_t bit = 0; bit < 8 * (file_len - FOB_SEAL_DIGEST_LEN); bit++) {
        memcpy(forged, file, file_len);
        forged[bit / 8] ^= (uint8_t)(1 << bit % 8);
        forge(forged);
        if (memcmp(forged, file, file_len) == 0)
            continue; /* the flip was in a digest, now right again */
        enum fob_status status = load_forged(forged, &error);
        tried++;
        missed += status == FOB_OK;
        unnamed += error.text[0] == '\0' || error.hint[0] == '\0' ||
                   strchr(error.text, '\n') != NULL;
    }
    tap_ok(missed == 0 && tried > 8 * (file_len - 112),
           "each of %zu bits flipped with its digests forged is detected",
           tried);
    tap_ok(unnamed == 0, "and told in one line with a next step");
    free(forged);
    scratch_write(scratch.path, file, file_len);
}

static void offers_the_backup(void)
{
    struct fob_error error;

    file[head_len] ^= 1;
    tap_ok(load_forged(file, &error) == FOB_E_DAMAGED &&
               strstr(error.hint, "cp ") != NULL &&
               strstr(error.hint, scratch.backup) != NULL,
           "a whole backup is offered as a command");
    scratch_write(scratch.backup, file, file_len);
    tap_ok(load_forged(file, &error) == FOB_E_DAMAGED &&
               strstr(error.hint, "cp ") == NULL,
           "a damaged one is not");
    file[head_len] ^= 1;
}

static void leaves_damage_alone(void)
{
    struct fob_error error;
    struct fob_vault_edit edit;
    uint8_t before[4096], after[4096];
    FILE *in;

    file[head_len + 3] ^= 1;
    scratch_write(scratch.path, file, file_len);
    memcpy(before, file, file_len);
    tap_ok(fob_vault_begin(&vault, &edit, &error) == FOB_E_DAMAGED &&
               edit.lock < 0,
           "a damaged vault is not written to");
    in = fopen(scratch.path, "rb");
    tap_ok(in != NULL && fread(after, 1, sizeof(after), in) == file_len &&
               memcmp(before, after, file_len) == 0,
           "and stays byte for byte as it is");
    if (in != NULL)
        fclose(in);
}

/* Contents with a valid seal that break the format. */
static void checks_contents(void)
{
    static const struct {
        const char *what;
        const char *bytes;
        size_t len;
    } bad[] = {
        {"nothing", "", 0},
        {"half a head", "\0\1\0", 3},
        {"a record beyond the end", "\0\1\0\0\0\5\1\0", 8},
        {"a huge record", "\0\1\xff\xff\xff\xff\1\0", 8},
        {"facts without a key", "\0\1\0\0\0\0", 6},
        {"a field beyond its record", "\0\1\0\0\0\4\1\0\x20\0", 10},
        {"an account of nothing", "\0\2\0\0\0\0", 6},
        {"no facts", "\x7f\0\0\0\0\0", 6},
    };
    struct fob_error error;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint8_t *copy = malloc(bad[i].len ? bad[i].len : 1);
        struct fob_vault_body body = {{copy, bad[i].len, bad[i].len}};
        if (copy == NULL)
            exit(1);
        memcpy(copy, bad[i].bytes, bad[i].len);
        tap_ok(body_check(&body, &error) == FOB_E_DAMAGED && error.text[0],
               "contents with %s are refused", bad[i].what);
        free(copy);
    }
}

static void put_record(struct fob_vault_body *body, uint16_t type, uint8_t tag,
                       size_t len)
{
    const uint8_t head[] = {0,
                            (uint8_t)type,
                            0,
                            0,
                            (uint8_t)((len + 3) >> 8),
                            (uint8_t)(len + 3),
                            tag,
                            (uint8_t)(len >> 8),
                            (uint8_t)len};

    scratch_must(fob_secret_append(&body->records, head, sizeof(head)));
    for (size_t i = 0; i < len; i++)
        scratch_must(fob_secret_append(&body->records, "x", 1));
}

/* Far beyond its room, so that a copy would leave the struct, too. */
static void refuses_wide_fields(void)
{
    static const struct {
        uint16_t type;
        uint8_t tag;
        size_t len;
        const char *what;
    } wide[] = {
        {RECORD_FACTS, 1, 33, "a key of 33 bytes"},
        {RECORD_FACTS, 1, 8000, "a key of 8000 bytes"},
        {RECORD_ACCOUNT, 1, 8000, "a name of 8000 bytes"},
        {RECORD_ACCOUNT, 4, 8000, "a seed of 8000 bytes"},
        {RECORD_ACCOUNT, 6, 8, "a type of 8 bytes"},
        {RECORD_ACCESS_KEY, 3, 8000, "a secret of 8000 bytes"},
    };
    struct fob_error error;

    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        struct fob_vault_body body = {{NULL, 0, 0}};
        put_record(&body, wide[i].type, wide[i].tag, wide[i].len);
        tap_ok(body_check(&body, &error) == FOB_E_DAMAGED &&
                   strstr(error.text, "record 1 ") != NULL,
               "%s is refused", wide[i].what);
        fob_vault_body_free(&body);
    }
}

static void refuses_doubles(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_error error;
    uint8_t field[35];

    put_record(&body, RECORD_FACTS, 1, 32);
    memcpy(field, body.records.data + RECORD_HEAD_LEN, sizeof(field));
    tap_ok(body_check(&body, &error) == FOB_OK, "facts once are good");
    put_record(&body, RECORD_FACTS, 1, 32);
    tap_ok(body_check(&body, &error) == FOB_E_DAMAGED, "facts twice are not");
    body.records.len /= 2;
    scratch_must(fob_secret_append(&body.records, "\0", 1));
    tap_ok(body_check(&body, &error) == FOB_E_DAMAGED,
           "nor are facts with a byte after them");
    body.records.len--;
    scratch_must(fob_secret_append(&body.records, field, sizeof(field)));
    body.records.data[5] += sizeof(field);
    tap_ok(body_check(&body, &error) == FOB_E_DAMAGED,
           "nor is a field twice in one record");
    fob_vault_body_free(&body);
    scratch_must(body_make(&body));
    tap_ok(body_check(&body, &error) == FOB_OK, "fresh contents are good");
    fob_vault_body_free(&body);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    scratch = scratch_make();
    scratch_must(scratch_create(&scratch, &vault));
    scratch_must(scratch_add(&vault, "one"));
    read_file(scratch.path);
    names_every_cut();
    names_every_flip();
    detects_every_forged_flip();
    offers_the_backup();
    leaves_damage_alone();
    checks_contents();
    refuses_wide_fields();
    refuses_doubles();
    fob_vault_close(&vault);
    scratch_remove(&scratch);
    free(file);
    return tap_done();
}
