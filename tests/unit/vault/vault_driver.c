/* SPDX-License-Identifier: MIT */
/*
 * The vault for scripts:
 *
 *     vault_driver VERB PATH passphrase|key-file FILE [NAME]
 *
 * create, add NAME (a TOTP account), take NAME (prints the counter), touch
 * (writes a generation with the same contents), change FILE (the passphrase
 * is that file's content from now on), grow FILE (that key file opens it, too),
 * drop NUMBER (a slot, from 1), dump (all of it, one record
 * a line, texts and bytes in hex, "-" for none).  A fault is told on stderr
 * as "STATUS TEXT | HINT", and 1 is the exit status.
 */
#include "host/base/file.h"
#include "host/base/text.h"
#include "host/vault/access_keys.h"
#include "host/vault/accounts.h"
#include "host/vault/slots.h"
#include "host/vault/vault.h"
#include "tests/unit/vault/scratch.h"

#include <inttypes.h>

static struct fob_error error;
static struct fob_vault vault;
static struct fob_secret secret;
static struct fob_slot_opener opener = {.secret = &secret, .cost = {14, 1, 1}};
static char backup[FOB_PATH_MAX];

static void print_hex(const void *data, size_t len)
{
    char hex[2 * FOB_ACCOUNT_ARN_MAX + 1];

    fob_text_hex(data, len, hex);
    printf(" %s", len ? hex : "-");
}

static void print_text(const char *text)
{
    print_hex(text, strlen(text));
}

static void print_account(const struct fob_vault_account *account)
{
    const struct fob_account *otp = &account->otp;

    printf("account");
    print_text(account->name);
    print_text(otp->issuer);
    print_text(otp->label);
    print_hex(otp->secret, otp->secret_len);
    print_text(account->token);
    printf(" %d %d %d %" PRIu32 " %" PRIu64 " %" PRId64, (int)otp->type,
           (int)otp->hash, otp->digits, otp->period_s, otp->counter,
           account->created_s);
    print_text(account->device);
    print_text(account->user);
    print_text(account->partition);
    print_text(account->account_id);
    printf(" %" PRId32 "\n", account->offset_s);
}

static void print_key(const struct fob_access_key *key)
{
    printf("key");
    print_text(key->profile);
    print_text(key->id);
    print_text(key->secret);
    printf(" %" PRId64, key->created_s);
    print_text(key->user_arn);
    printf("\n");
}

static enum fob_status print_facts(const struct fob_vault_body *body)
{
    struct fob_secret cache_key = {NULL, 0, 0};
    enum fob_status status = fob_vault_cache_key(body, &cache_key, &error);

    printf("facts");
    if (status == FOB_OK)
        print_hex(cache_key.data, cache_key.len);
    printf(" %" PRIu64 "\n", atomic_load(&vault.generation));
    fob_secret_free(&cache_key);
    return status;
}

static enum fob_status dump(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account account;
    struct fob_access_key key;
    enum fob_status status = fob_vault_load(&vault, &body, &error);

    if (status != FOB_OK)
        return status;
    status = print_facts(&body);
    for (size_t at = 0; fob_accounts_next(&body, &at, &account);)
        print_account(&account);
    for (size_t at = 0; fob_access_keys_next(&body, &at, &key);)
        print_key(&key);
    fob_vault_body_free(&body);
    return status;
}

/* An edit that adds `name`, or nothing. */
static enum fob_status edit_vault(const char *name)
{
    struct fob_vault_account account;
    struct fob_vault_edit edit;
    enum fob_status status = fob_vault_begin(&vault, &edit, &error);

    if (status == FOB_OK && name != NULL) {
        scratch_account(&account, name);
        status = fob_accounts_add(&edit.body, &account, &error);
    }
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, &error);
    fob_vault_end(&edit);
    return status;
}

/* A change of a slot: by `verb`, with `what` as the driver was given it. */
static enum fob_status change_slot(const char *verb, const char *what,
                                   struct fob_vault_edit *edit)
{
    struct fob_secret content = {NULL, 0, 0};
    struct fob_slot_opener next = {
        .type = FOB_SLOT_PASSPHRASE, .secret = &content, .cost = {14, 1, 1}};
    enum fob_status status;
    size_t number;

    if (strcmp(verb, "drop") == 0)
        return fob_slots_remove(edit, (size_t)atoi(what) - 1, &error);
    status = fob_file_read(what, FOB_KEY_FILE_MAX, &content, &error);
    if (status == FOB_OK && strcmp(verb, "change") == 0)
        status = fob_slots_replace(edit, 0, &next, &error);
    next.type = FOB_SLOT_KEY_FILE;
    if (status == FOB_OK && strcmp(verb, "grow") == 0)
        status = fob_slots_add(edit, &next, &number, &error);
    fob_secret_free(&content);
    return status;
}

static enum fob_status edit_slots(const char *verb, const char *what)
{
    struct fob_vault_edit edit;
    enum fob_status status = fob_vault_begin(&vault, &edit, &error);

    if (status == FOB_OK)
        status = change_slot(verb, what, &edit);
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, &error);
    fob_vault_end(&edit);
    return status;
}

static enum fob_status take(const char *name)
{
    struct fob_vault_account account;
    enum fob_status status =
        fob_accounts_take_counter(&vault, name, &account, &error);

    if (status == FOB_OK)
        printf("%" PRIu64 "\n", account.otp.counter);
    return status;
}

static enum fob_status act(const char *verb, const char *path, const char *name)
{
    enum fob_status status;

    if (strcmp(verb, "create") == 0)
        return fob_vault_create(&vault, path, backup, &opener, &error);
    status = fob_vault_open(&vault, path, backup, &opener, &error);
    if (status != FOB_OK)
        return status;
    if (strcmp(verb, "add") == 0)
        return edit_vault(name);
    if (strcmp(verb, "touch") == 0)
        return edit_vault(NULL);
    if (strcmp(verb, "change") == 0 || strcmp(verb, "grow") == 0 ||
        strcmp(verb, "drop") == 0)
        return edit_slots(verb, name);
    return strcmp(verb, "take") == 0 ? take(name) : dump();
}

int main(int argc, char **argv)
{
    enum fob_status status;

    if (argc < 5 || fob_secret_start() != FOB_OK)
        return 2;
    snprintf(backup, sizeof(backup), "%s.previous", argv[2]);
    opener.type = strcmp(argv[3], "key-file") == 0 ? FOB_SLOT_KEY_FILE
                                                   : FOB_SLOT_PASSPHRASE;
    status = fob_file_read(argv[4], FOB_KEY_FILE_MAX, &secret, &error);
    if (status == FOB_OK)
        status = act(argv[1], argv[2], argc > 5 ? argv[5] : "");
    if (status != FOB_OK)
        fprintf(stderr, "%02x %s | %s\n", (unsigned)status, error.text,
                error.hint);
    fob_vault_close(&vault);
    fob_secret_free(&secret);
    return status != FOB_OK;
}
