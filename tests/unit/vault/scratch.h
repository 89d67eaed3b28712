/* SPDX-License-Identifier: MIT */
/* A vault in a folder of its own, cheap to open, for tests. */
#ifndef FOB_TESTS_UNIT_VAULT_SCRATCH_H
#define FOB_TESTS_UNIT_VAULT_SCRATCH_H

#include "host/base/text.h"
#include "host/vault/accounts.h"
#include "host/vault/vault.h"
#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct scratch {
    char folder[64];
    char path[80];
    char backup[96];
    struct fob_secret passphrase;
    struct fob_slot_opener opener;
};

/* A premise of the test; without it nothing after makes sense. */
#define scratch_must(call)                                                     \
    do {                                                                       \
        if ((call) != FOB_OK) {                                                \
            printf("Bail out! %s:%d: " #call "\n", __FILE__, __LINE__);        \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

__attribute__((unused)) static struct scratch scratch_make(void)
{
    static struct fob_secret passphrase;
    struct scratch s = {.folder = "/tmp/fob-vault-XXXXXX"};

    if (!passphrase.data)
        scratch_must(fob_secret_copy(&passphrase, "correct horse", 13));
    s.passphrase = passphrase;
    s.opener = (struct fob_slot_opener){
        .type = FOB_SLOT_PASSPHRASE, .secret = &passphrase, .cost = {14, 1, 1}};
    if (!mkdtemp(s.folder))
        exit(1);
    snprintf(s.path, sizeof(s.path), "%s/vault", s.folder);
    snprintf(s.backup, sizeof(s.backup), "%s.previous", s.path);
    return s;
}

__attribute__((unused)) static void scratch_remove(struct scratch *s)
{
    char name[128];

    unlink(s->path);
    unlink(s->backup);
    snprintf(name, sizeof(name), "%s.lock", s->path);
    unlink(name);
    if (rmdir(s->folder) != 0)
        tap_ok(false, "nothing else is left in %s", s->folder);
}

__attribute__((unused)) static enum fob_status
scratch_create(const struct scratch *s, struct fob_vault *vault)
{
    struct fob_error error;

    return fob_vault_create(vault, s->path, s->backup, &s->opener, &error);
}

__attribute__((unused)) static enum fob_status
scratch_open(const struct scratch *s, struct fob_vault *vault,
             struct fob_error *error)
{
    return fob_vault_open(vault, s->path, s->backup, &s->opener, error);
}

/* A TOTP account whose seed is made of its name. */
__attribute__((unused)) static void
scratch_account(struct fob_vault_account *account, const char *name)
{
    memset(account, 0, sizeof(*account));
    snprintf(account->name, sizeof(account->name), "%s", name);
    snprintf(account->otp.issuer, sizeof(account->otp.issuer), "Example");
    snprintf(account->otp.label, sizeof(account->otp.label), "%.100s", name);
    account->otp.secret_len = 20;
    for (size_t i = 0; i < 20 + strlen(name); i++)
        account->otp.secret[i % 20] =
            (uint8_t)(31 * account->otp.secret[i % 20] +
                      name[i % strlen(name)] + (int)i);
    account->otp.type = FOB_TOTP;
    account->otp.hash = FOB_SHA1;
    account->otp.digits = 6;
    account->otp.period_s = 30;
    account->created_s = 1700000000;
}

__attribute__((unused)) static enum fob_status
scratch_add_to(struct fob_vault_body *body, const char *name)
{
    struct fob_vault_account account;
    struct fob_error error;

    scratch_account(&account, name);
    return fob_accounts_add(body, &account, &error);
}

__attribute__((unused)) static enum fob_status
scratch_add(struct fob_vault *vault, const char *name)
{
    struct fob_vault_edit edit;
    struct fob_error error;
    enum fob_status status = fob_vault_begin(vault, &edit, &error);

    if (status == FOB_OK)
        status = scratch_add_to(&edit.body, name);
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, &error);
    fob_vault_end(&edit);
    return status;
}

/* Accounts in the vault, -1 when it cannot be read. */
__attribute__((unused)) static int scratch_count(struct fob_vault *vault)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account account;
    struct fob_error error;
    size_t cursor = 0;
    int count = 0;

    if (fob_vault_load(vault, &body, &error) != FOB_OK)
        return -1;
    while (fob_accounts_next(&body, &cursor, &account))
        count++;
    fob_vault_body_free(&body);
    return count;
}

/* A whole file; `data` NULL: zeros. */
__attribute__((unused)) static void scratch_write(const char *path,
                                                  const void *data, size_t len)
{
    FILE *file = fopen(path, "wb");

    if (!file || (data && fwrite(data, 1, len, file) != len) ||
        fflush(file) != 0 || (!data && ftruncate(fileno(file), (off_t)len)))
        exit(1);
    fclose(file);
}

#endif
