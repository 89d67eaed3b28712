/* SPDX-License-Identifier: MIT */
/* An access key in whatever words: a whole one, of texts that stand in the
 * input, or none and an error. */
#include "host/import/keys/key_text.h"

#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
    if (!held)
        abort();
}

static void check_key(const struct fob_key_text *key)
{
    struct fob_error error = {0};

    must(key->id[0] != '\0' && key->secret[0] != '\0');
    must(strlen(key->id) <= FOB_KEY_PART_MAX);
    must(strlen(key->secret) <= FOB_KEY_PART_MAX);
    if (fob_key_text_check(key, &error) == FOB_OK)
        must(strncmp(key->id, "AKIA", 4) == 0 && strlen(key->secret) == 40);
    else
        must(strstr(error.text, key->secret) == NULL ||
             strlen(key->secret) < 20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fob_secret room = {0};
    struct fob_error error = {0};
    struct fob_key_text *key;
    enum fob_status status;
    char *copy;

    if (fob_secret_start() != FOB_OK || size > FOB_KEY_TEXT_MAX)
        return -1;
    key = fob_key_text_alloc(&room);
    must(key != NULL);
    copy = exact_copy(data, size);
    status = fob_key_text_read((struct fob_span){copy, size}, key, &error);
    must(status == error.status);
    if (status == FOB_OK)
        check_key(key);
    else
        must(key->id[0] == '\0' && key->secret[0] == '\0');
    free(copy);
    fob_secret_free(&room);
    return 0;
}
