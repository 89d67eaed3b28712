/* SPDX-License-Identifier: MIT */
#include "host/vault/slot_types.h"

#include <stddef.h>

static const struct {
    const char *name;
    const char *word;
} types[] = {
    [FOB_SLOT_PASSPHRASE] = {"passphrase", "passphrase"},
    [FOB_SLOT_KEY_FILE] = {"key file", "key-file"},
    [FOB_SLOT_SECRET_SERVICE] = {"Secret Service", "secret-service"},
    [FOB_SLOT_TPM2] = {"TPM", "tpm2"},
    [FOB_SLOT_TOKEN] = {"token", "token"},
};

static bool is_known(uint8_t type)
{
    return type < sizeof(types) / sizeof(types[0]) && types[type].name != NULL;
}

const char *fob_slot_type_name(uint8_t type)
{
    return is_known(type) ? types[type].name : "unknown";
}

const char *fob_slot_type_word(uint8_t type)
{
    return is_known(type) ? types[type].word : "unknown";
}

size_t fob_slots_count(const struct fob_slots *slots)
{
    size_t count = 0;

    for (size_t i = 0; i < slots->count; i++)
        count += slots->slot[i].type != FOB_SLOT_VACANT;
    return count;
}
