/* SPDX-License-Identifier: MIT */
#include "host/vault/access_keys.h"
#include "tests/unit/vault/scratch.h"

static struct fob_error error;

static struct fob_access_key key_make(const char *profile, const char *id)
{
    struct fob_access_key key;

    memset(&key, 0, sizeof(key));
    snprintf(key.profile, sizeof(key.profile), "%s", profile);
    snprintf(key.id, sizeof(key.id), "%s", id);
    snprintf(key.secret, sizeof(key.secret), "secret of %s", id);
    key.created_s = 1700000000;
    return key;
}

static const struct fob_access_key_place work = {"work", "", ""};
static const struct fob_access_key_place other = {"Work", "", ""};

static void puts_gets_replaces(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_access_key a = key_make("work", "AKIAEXAMPLE1"), out;
    struct fob_access_key b = key_make("Work", "AKIAEXAMPLE2");
    const struct fob_access_key_place part = {"wor", "", ""};

    snprintf(a.user_arn, sizeof(a.user_arn),
             "arn:aws:iam::123456789012:user/alice");
    tap_ok(fob_access_keys_put(&body, &a, &error) == FOB_OK &&
               fob_access_keys_put(&body, &b, &error) == FOB_OK,
           "keys of two profiles are put");
    tap_ok(fob_access_keys_get(&body, &work, &out, &error) == FOB_OK,
           "one is got by its profile");
    tap_bytes(&out, &a, sizeof(a), "with every field as it was");
    tap_ok(fob_access_keys_get(&body, &part, &out, &error) == FOB_E_NOT_FOUND,
           "a part of the profile's name is not enough");
    a = key_make("work", "AKIAEXAMPLE3");
    tap_ok(fob_access_keys_put(&body, &a, &error) == FOB_OK &&
               fob_access_keys_get(&body, &work, &out, &error) == FOB_OK &&
               memcmp(&out, &a, sizeof(a)) == 0,
           "a key put again takes the place of the one before");
    size_t cursor = 0, count = 0;
    while (fob_access_keys_next(&body, &cursor, &out))
        count++;
    tap_ok(count == 2, "and there are still two");
    tap_ok(fob_access_keys_remove(&body, &work, &error) == FOB_OK &&
               fob_access_keys_get(&body, &work, &out, &error) ==
                   FOB_E_NOT_FOUND &&
               fob_access_keys_get(&body, &other, &out, &error) == FOB_OK,
           "one removed is gone, and only that one");
    tap_ok(fob_access_keys_remove(&body, &work, &error) == FOB_E_NOT_FOUND,
           "it is not removed twice");
    fob_vault_body_free(&body);
}

static void tells_files_apart(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_access_key a = key_make("work", "AKIAEXAMPLE1"), out;
    struct fob_access_key b = key_make("work", "AKIAEXAMPLE2");
    struct fob_access_key c = key_make("work", "AKIAEXAMPLE3");
    const struct fob_access_key_place place_b = {"work", "/b/config",
                                                 "/b/credentials"};
    const struct fob_access_key_place place_c = {"work", "/b/config",
                                                 "/c/credentials"};

    snprintf(b.config, sizeof(b.config), "/b/config");
    snprintf(b.credentials, sizeof(b.credentials), "/b/credentials");
    snprintf(c.config, sizeof(c.config), "/b/config");
    snprintf(c.credentials, sizeof(c.credentials), "/c/credentials");
    tap_ok(fob_access_keys_put(&body, &a, &error) == FOB_OK &&
               fob_access_keys_put(&body, &b, &error) == FOB_OK &&
               fob_access_keys_put(&body, &c, &error) == FOB_OK,
           "three keys of one profile name, one without files");
    tap_ok(fob_access_keys_get(&body, &work, &out, &error) == FOB_OK &&
               memcmp(&out, &a, sizeof(a)) == 0 &&
               fob_access_keys_get(&body, &place_b, &out, &error) == FOB_OK &&
               memcmp(&out, &b, sizeof(b)) == 0 &&
               fob_access_keys_get(&body, &place_c, &out, &error) == FOB_OK &&
               memcmp(&out, &c, sizeof(c)) == 0,
           "each is got by its own files");
    tap_ok(fob_access_keys_get_id(&body, "AKIAEXAMPLE2", &out) == FOB_OK &&
               memcmp(&out, &b, sizeof(b)) == 0 &&
               fob_access_keys_get_id(&body, "AKIAEXAMPLE", &out) ==
                   FOB_E_NOT_FOUND,
           "and by its whole id");
    tap_ok(fob_access_keys_remove(&body, &place_b, &error) == FOB_OK &&
               fob_access_keys_get(&body, &work, &out, &error) == FOB_OK &&
               fob_access_keys_get(&body, &place_c, &out, &error) == FOB_OK,
           "removing one leaves the others");
    fob_vault_body_free(&body);
}

static void refuses_bad_fields(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_access_key key;

    key = key_make("", "AKIAEXAMPLE");
    tap_ok(fob_access_keys_put(&body, &key, &error) == FOB_E_SYNTAX,
           "a key without a profile is refused");
    key = key_make("work", "");
    tap_ok(fob_access_keys_put(&body, &key, &error) == FOB_E_SYNTAX,
           "a key without an id is refused");
    key = key_make("work", "AKIA\x1b[31m");
    tap_ok(fob_access_keys_put(&body, &key, &error) == FOB_E_SYNTAX &&
               body.records.len == 0,
           "a key with a control character is refused");
    fob_vault_body_free(&body);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    puts_gets_replaces();
    tells_files_apart();
    refuses_bad_fields();
    return tap_done();
}
