/* SPDX-License-Identifier: MIT */
#include "host/import/apps/aegis_slot.h"

#include "host/import/json/json_view.h"

#include <string.h>

/* Aegis writes n = 2^15, r = 8, p = 1. */
enum {
    TYPE_PASSWORD = 1,
    COST_MAX = 1 << 21, /* n * r * p; with 128 * n * r bytes, 256 MiB */
    TRY_SLOTS = 2,      /* of so much: all slots together */
};

/* Hexadecimal text of at most `cap` bytes. */
static enum fob_status read_hex(struct fob_span value, uint8_t *bytes,
                                size_t cap, size_t *len)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    char text[2 * AEGIS_SALT_MAX + 1];

    *len = 0;
    if (fob_json_view_text(value, text, sizeof(text)) != FOB_OK ||
        strlen(text) % 2 != 0 || strlen(text) / 2 > cap)
        return FOB_E_SYNTAX;
    for (size_t i = 0; text[i] != '\0'; i++) {
        const char *digit = strchr(digits, text[i]);

        if (digit == NULL)
            return FOB_E_SYNTAX;
        bytes[i / 2] = (uint8_t)(bytes[i / 2] << 4 | (digit - digits) % 16);
    }
    *len = strlen(text) / 2;
    return FOB_OK;
}

static enum fob_status read_exact(struct fob_span value, uint8_t *bytes,
                                  size_t want)
{
    size_t len;
    enum fob_status status = read_hex(value, bytes, want, &len);

    return status == FOB_OK && len != want ? FOB_E_SYNTAX : status;
}

enum fob_status aegis_slot_params(struct fob_span value,
                                  struct aegis_params *params)
{
    enum { NONCE, TAG, COUNT };
    static const char *const names[COUNT] = {"nonce", "tag"};
    struct fob_span member[COUNT];

    if (fob_json_view_members(value, names, COUNT, member) != FOB_OK)
        return FOB_E_SYNTAX;
    if (read_exact(member[NONCE], params->nonce, AEGIS_NONCE_LEN) != FOB_OK)
        return FOB_E_SYNTAX;
    return read_exact(member[TAG], params->tag, CIPHER_TAG_LEN);
}

enum fob_status aegis_params_open(const uint8_t key[static CIPHER_KEY_LEN],
                                  const struct aegis_params *params,
                                  struct fob_secret *sealed)
{
    const struct cipher_gcm gcm = {.nonce = params->nonce,
                                   .nonce_len = sizeof(params->nonce),
                                   .tag = params->tag};

    return cipher_gcm_open(key, &gcm, sealed);
}

/* The file sets the costs, and a wrong password is known only after they are
 * paid: they are bounded first. */
static enum fob_status read_costs(const struct fob_span cost[3],
                                  struct aegis_slot *slot)
{
    struct kdf_scrypt_costs *costs = &slot->costs;
    uint64_t *into[] = {&costs->n, &costs->r, &costs->p};

    for (size_t i = 0; i < 3; i++) {
        enum fob_status status =
            fob_json_view_number(cost[i], COST_MAX, into[i]);

        if (status == FOB_E_TOO_LONG)
            return FOB_E_UNSUPPORTED;
        if (status != FOB_OK || *into[i] == 0)
            return FOB_E_SYNTAX;
    }
    if (costs->n < 2 || (costs->n & (costs->n - 1)) != 0)
        return FOB_E_SYNTAX;
    if (costs->r * costs->p > COST_MAX / costs->n)
        return FOB_E_UNSUPPORTED;
    return FOB_OK;
}

static enum fob_status read_slot(struct fob_span value,
                                 struct aegis_slots *slots)
{
    enum { TYPE, N, R, P, SALT, KEY, PARAMS, COUNT };
    static const char *const names[COUNT] = {"type", "n",   "r",         "p",
                                             "salt", "key", "key_params"};
    struct aegis_slot *slot = &slots->slot[slots->count];
    struct fob_span member[COUNT];
    enum fob_status status;
    uint64_t type;

    if (fob_json_view_members(value, names, COUNT, member) != FOB_OK ||
        fob_json_view_number(member[TYPE], UINT64_MAX, &type) != FOB_OK)
        return FOB_E_SYNTAX;
    if (type != TYPE_PASSWORD)
        return FOB_OK;
    if (slots->count == AEGIS_SLOTS_MAX)
        return FOB_E_TOO_LONG;
    slots->count++;
    status = read_costs(&member[N], slot);
    if (status == FOB_OK)
        status =
            read_hex(member[SALT], slot->salt, AEGIS_SALT_MAX, &slot->salt_len);
    if (status == FOB_OK)
        status = read_exact(member[KEY], slot->key, CIPHER_KEY_LEN);
    return status == FOB_OK ? aegis_slot_params(member[PARAMS], &slot->params)
                            : status;
}

enum fob_status aegis_slot_read_all(struct fob_span value,
                                    struct aegis_slots *slots)
{
    struct fob_span rest, element;
    enum fob_status status = fob_json_view_elements(value, &rest);

    uint64_t work = 0;

    memset(slots, 0, sizeof(*slots));
    while (status == FOB_OK && fob_json_view_next(&rest, &element))
        status = read_slot(element, slots);
    /* Each password is tried on all of them. */
    for (size_t i = 0; status == FOB_OK && i < slots->count; i++) {
        const struct kdf_scrypt_costs *costs = &slots->slot[i].costs;

        work += costs->n * costs->r * costs->p;
    }
    return work > TRY_SLOTS * COST_MAX ? FOB_E_UNSUPPORTED : status;
}

enum fob_status aegis_slot_open(const struct aegis_slot *slot,
                                const struct fob_secret *password,
                                struct fob_secret *key)
{
    struct fob_secret wrapper = {0};
    enum fob_status status = fob_secret_alloc(&wrapper, CIPHER_KEY_LEN);

    if (status == FOB_OK)
        status = fob_secret_copy(key, slot->key, CIPHER_KEY_LEN);
    if (status == FOB_OK)
        status =
            kdf_scrypt(password, (struct kdf_salt){slot->salt, slot->salt_len},
                       &slot->costs, wrapper.data, CIPHER_KEY_LEN);
    if (status == FOB_OK &&
        aegis_params_open(wrapper.data, &slot->params, key) != FOB_OK)
        status = FOB_E_WRONG_KEY;
    fob_secret_free(&wrapper);
    if (status != FOB_OK)
        fob_secret_free(key);
    return status;
}
