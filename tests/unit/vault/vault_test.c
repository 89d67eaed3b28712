/* SPDX-License-Identifier: MIT */
/* The vault as a whole: made, opened, changed, locked against its writers. */
#include "host/vault/access_keys.h"
#include "host/vault/accounts.h"
#include "host/vault/vault.h"
#include "tests/unit/vault/scratch.h"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static void creates_and_opens(void)
{
    struct scratch s = scratch_make();
    struct fob_vault made, opened;
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_secret first = {NULL, 0, 0}, again = {NULL, 0, 0};
    struct fob_error error;
    struct stat st;

    tap_ok(scratch_create(&s, &made) == FOB_OK, "a vault is made");
    tap_ok(stat(s.path, &st) == 0 && (st.st_mode & 07777) == 0600,
           "its file is private");
    tap_ok(access(s.backup, F_OK) != 0, "a first generation has no backup");
    tap_ok(fob_vault_load(&made, &body, &error) == FOB_OK &&
               fob_vault_cache_key(&body, &first, &error) == FOB_OK &&
               first.len == 32,
           "it holds a session-cache key");
    fob_vault_body_free(&body);
    fob_vault_close(&made);
    tap_ok(scratch_open(&s, &opened, &error) == FOB_OK,
           "the passphrase opens it");
    tap_ok(fob_vault_load(&opened, &body, &error) == FOB_OK &&
               fob_vault_cache_key(&body, &again, &error) == FOB_OK &&
               again.len == first.len &&
               memcmp(again.data, first.data, first.len) == 0,
           "the session-cache key stays");
    fob_vault_body_free(&body);
    fob_vault_close(&opened);
    fob_secret_free(&first);
    fob_secret_free(&again);
    scratch_remove(&s);
}

static void refuses_to_overwrite(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    struct fob_error error;

    tap_ok(scratch_create(&s, &vault) == FOB_OK, "a vault is made");
    fob_vault_close(&vault);
    tap_ok(scratch_create(&s, &vault) == FOB_E_EXISTS && vault.key.data == NULL,
           "a vault that is there is not made again");
    rename(s.path, s.backup);
    tap_ok(fob_vault_create(&vault, s.path, s.backup, &s.opener, &error) ==
                   FOB_E_EXISTS &&
               strstr(error.hint, "cp ") != NULL,
           "nor one of which only the backup is left, and that is offered");
    tap_ok(scratch_open(&s, &vault, &error) == FOB_E_NOT_FOUND &&
               strstr(error.hint, "cp ") != NULL,
           "opening it names what is missing and offers the backup");
    unlink(s.backup);
    tap_ok(scratch_open(&s, &vault, &error) == FOB_E_NOT_FOUND &&
               strstr(error.hint, "fob add") != NULL,
           "without any, the hint is how to make one");
    scratch_remove(&s);
}

static void keeps_previous_generation(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    struct fob_vault_header now, before;
    struct fob_error error;

    scratch_must(scratch_create(&s, &vault));
    tap_ok(scratch_add(&vault, "one") == FOB_OK &&
               scratch_add(&vault, "two") == FOB_OK,
           "two accounts are added");
    tap_ok(fob_vault_inspect(s.path, s.backup, &now, &error) == FOB_OK &&
               now.generation == 3,
           "each write is a generation");
    tap_ok(fob_vault_inspect(s.backup, s.backup, &before, &error) == FOB_OK &&
               before.generation == 2,
           "the one before is kept");
    tap_ok(memcmp(now.salt, before.salt, sizeof(now.salt)) != 0,
           "each is sealed under a salt of its own");
    tap_ok(memcmp(now.id, before.id, sizeof(now.id)) == 0,
           "both are the same vault");
    fob_vault_close(&vault);
    scratch_remove(&s);
}

static void abandons_edit(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_vault_header header;
    struct fob_error error;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    scratch_must(scratch_add_to(&edit.body, "one"));
    fob_vault_end(&edit);
    tap_ok(fob_vault_inspect(s.path, s.backup, &header, &error) == FOB_OK &&
               header.generation == 1 && scratch_count(&vault) == 0,
           "an edit without a commit changes nothing");
    tap_ok(scratch_add(&vault, "two") == FOB_OK, "and holds no lock after");
    fob_vault_close(&vault);
    scratch_remove(&s);
}

static void detects_swap_and_rollback(void)
{
    struct scratch s = scratch_make(), other = scratch_make();
    struct fob_vault vault, foreign;
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_error error;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(scratch_create(&other, &foreign));
    scratch_must(scratch_add(&vault, "one"));
    rename(s.backup, s.path);
    tap_ok(fob_vault_load(&vault, &body, &error) == FOB_E_DAMAGED &&
               strstr(error.text, "generation 1") != NULL &&
               strstr(error.hint, "fob lock") != NULL,
           "an older generation put back under an open vault is named");
    fob_vault_close(&vault);
    tap_ok(scratch_open(&s, &vault, &error) == FOB_OK,
           "after opening anew it is accepted");
    rename(other.path, s.path);
    tap_ok(fob_vault_load(&vault, &body, &error) == FOB_E_DAMAGED &&
               strstr(error.text, "another vault") != NULL,
           "another vault in its place is named");
    fob_vault_close(&vault);
    fob_vault_close(&foreign);
    scratch_remove(&s);
    scratch_remove(&other);
}

static void refuses_what_is_too_big(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_error error;
    static const uint8_t filler[FOB_VAULT_BODY_MAX];

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    scratch_must(fob_secret_append(&edit.body.records, filler, sizeof(filler)));
    tap_ok(fob_vault_commit(&edit, &error) == FOB_E_TOO_LONG &&
               scratch_count(&vault) == 0,
           "a vault beyond its size is refused and the old one stands");
    fob_vault_end(&edit);
    fob_vault_close(&vault);
    scratch_write(s.path, NULL, 2 * FOB_VAULT_BODY_MAX);
    tap_ok(scratch_open(&s, &vault, &error) == FOB_E_TOO_LONG,
           "a file larger than any vault is not read");
    scratch_remove(&s);
}

/* One reads while another writes: what was current when the reading began
 * must not look like a generation put back. */
static void *load_often(void *of)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_error error;
    size_t failed = 0;

    for (int i = 0; i < 200; i++) {
        failed += fob_vault_load(of, &body, &error) != FOB_OK;
        fob_vault_body_free(&body);
    }
    return (void *)failed;
}

static void *add_often(void *of)
{
    static atomic_int number;
    size_t failed = 0;
    char name[16];

    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof(name), "account %d",
                 atomic_fetch_add(&number, 1));
        failed += scratch_add(of, name) != FOB_OK;
    }
    return (void *)failed;
}

static void serves_threads(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    pthread_t threads[4];
    size_t failed = 0;
    void *result;

    scratch_must(scratch_create(&s, &vault));
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, i < 2 ? add_often : load_often,
                           &vault) != 0)
            exit(1);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &result);
        failed += (size_t)result;
    }
    tap_ok(failed == 0 && scratch_count(&vault) == 40,
           "threads read and write one open vault side by side");
    fob_vault_close(&vault);
    scratch_remove(&s);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    creates_and_opens();
    refuses_to_overwrite();
    keeps_previous_generation();
    abandons_edit();
    detects_swap_and_rollback();
    refuses_what_is_too_big();
    serves_threads();
    return tap_done();
}
