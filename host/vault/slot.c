/* SPDX-License-Identifier: MIT */
#include "host/vault/slot.h"

#include "host/vault/seal.h"
#include "host/vault/slot_cost.h"
#include "src/wipe.h"

#include <string.h>

enum {
    COST_LEN = 4, /* log2_n, r, p, 0 */
    SALT_LEN = 32,
    WRAPPED_LEN = FOB_VAULT_KEY_LEN + FOB_SEAL_TAG_LEN,
    HEAD_MAX = FOB_VAULT_ID_LEN + 1 + COST_LEN + SALT_LEN,
};

static const char key_file_info[] = "fob vault key file 1";

/* Bytes before the salt; only a passphrase has any. */
static size_t slot_cost_len(uint8_t type)
{
    return type == FOB_SLOT_PASSPHRASE ? COST_LEN : 0;
}

static size_t slot_content_len(uint8_t type)
{
    return slot_cost_len(type) + SALT_LEN + WRAPPED_LEN;
}

/* The key that wraps, out of the opener and the slot's cost and salt. */
static enum fob_status slot_derive(const struct fob_slot *slot,
                                   const struct fob_slot_opener *opener,
                                   struct fob_secret *wrapper)
{
    const struct fob_seal_bytes secret = {opener->secret->data,
                                          opener->secret->len};
    const uint8_t *content = slot->content;
    const struct fob_seal_bytes salt = {content + slot_cost_len(slot->type),
                                        SALT_LEN};
    enum fob_status status = fob_secret_alloc(wrapper, FOB_SEAL_KEY_LEN);

    if (status != FOB_OK)
        return status;
    wrapper->len = FOB_SEAL_KEY_LEN;
    status = slot->type == FOB_SLOT_PASSPHRASE
                 ? fob_seal_scrypt(secret, salt, content[0], content[1],
                                   content[2], wrapper->data)
                 : fob_seal_hkdf(secret, salt, key_file_info, wrapper->data);
    if (status != FOB_OK)
        fob_secret_free(wrapper);
    return status;
}

/* What a slot vouches for: its vault, type, cost and salt. */
static struct fob_seal_bytes slot_head(const struct fob_slot *slot,
                                       const uint8_t *id,
                                       uint8_t head[static HEAD_MAX])
{
    size_t len = slot_cost_len(slot->type) + SALT_LEN;

    memcpy(head, id, FOB_VAULT_ID_LEN);
    head[FOB_VAULT_ID_LEN] = slot->type;
    memcpy(head + FOB_VAULT_ID_LEN + 1, slot->content, len);
    return (struct fob_seal_bytes){head, FOB_VAULT_ID_LEN + 1 + len};
}

static enum fob_status opener_check(const struct fob_slot_opener *opener,
                                    const struct fob_slot_cost *cost,
                                    struct fob_error *error)
{
    if (opener->type == FOB_SLOT_KEY_FILE) {
        if (opener->secret->len < FOB_KEY_FILE_MIN)
            return fob_error_set(error, FOB_E_TOO_SHORT,
                                 "a key file needs at least %d bytes",
                                 FOB_KEY_FILE_MIN);
        return FOB_OK;
    }
    if (opener->type != FOB_SLOT_PASSPHRASE)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "fob cannot make a key slot of that type");
    if (opener->secret->len == 0)
        return fob_error_set(error, FOB_E_TOO_SHORT, "the passphrase is empty");
    if (!slot_cost_is_sane(cost))
        return fob_error_set(error, FOB_E_USAGE,
                             "scrypt parameters out of range");
    return FOB_OK;
}

/* Type, cost and a fresh salt: all but the wrapped key. */
static enum fob_status slot_begin(struct fob_slot *slot,
                                  enum fob_slot_type type,
                                  const struct fob_slot_cost *cost)
{
    memset(slot, 0, sizeof(*slot));
    slot->type = (uint8_t)type;
    slot->content_len = (uint16_t)slot_content_len(slot->type);
    if (type == FOB_SLOT_PASSPHRASE) {
        slot->content[0] = cost->log2_n;
        slot->content[1] = cost->r;
        slot->content[2] = cost->p;
    }
    return fob_seal_random(slot->content + slot_cost_len(slot->type), SALT_LEN);
}

static enum fob_status slot_wrap(struct fob_slot *slot, const uint8_t *id,
                                 const struct fob_slot_opener *opener,
                                 const struct fob_secret *key)
{
    struct fob_secret wrapper = {NULL, 0, 0};
    uint8_t head[HEAD_MAX];
    enum fob_status status = slot_derive(slot, opener, &wrapper);

    if (status != FOB_OK)
        return status;
    status = fob_seal_close(wrapper.data, slot_head(slot, id, head),
                            (struct fob_seal_bytes){key->data, key->len},
                            slot->content + slot->content_len - WRAPPED_LEN);
    fob_secret_free(&wrapper);
    return status;
}

enum fob_status slot_make(struct fob_slot *slot, const uint8_t *id,
                          const struct fob_slot_opener *opener,
                          const struct fob_secret *key, struct fob_error *error)
{
    const struct fob_slot_cost *cost =
        opener->cost.log2_n ? &opener->cost : &fob_slot_cost_default;
    enum fob_status status = opener_check(opener, cost, error);

    if (status != FOB_OK)
        return status;
    status = slot_begin(slot, opener->type, cost);
    if (status == FOB_OK)
        status = slot_wrap(slot, id, opener, key);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return fob_error_set(error, status, "cannot make a key slot");
    return FOB_OK;
}

static struct fob_slot_cost slot_read_cost(const struct fob_slot *slot)
{
    const uint8_t *content = slot->content;

    return slot->type == FOB_SLOT_PASSPHRASE
               ? (struct fob_slot_cost){content[0], content[1], content[2]}
               : (struct fob_slot_cost){0, 0, 0};
}

static bool slot_is_sane(const struct fob_slot *slot)
{
    struct fob_slot_cost cost = slot_read_cost(slot);

    if (slot->content_len != slot_content_len(slot->type))
        return false;
    return slot->type != FOB_SLOT_PASSPHRASE ||
           (slot_cost_is_sane(&cost) && slot->content[3] == 0);
}

static enum fob_status slot_unwrap(const struct fob_slot *slot,
                                   const uint8_t *id,
                                   const struct fob_secret *wrapper,
                                   struct fob_secret *key)
{
    const struct fob_seal_bytes wrapped = {
        slot->content + slot->content_len - WRAPPED_LEN, WRAPPED_LEN};
    uint8_t head[HEAD_MAX];
    enum fob_status status = fob_secret_alloc(key, FOB_VAULT_KEY_LEN);

    if (status != FOB_OK)
        return status;
    key->len = FOB_VAULT_KEY_LEN;
    status = fob_seal_open(wrapper->data, slot_head(slot, id, head), wrapped,
                           key->data);
    if (status == FOB_OK)
        return FOB_OK;
    fob_secret_free(key);
    return FOB_E_WRONG_KEY;
}

enum fob_status slot_open(const struct fob_slot *slot, const uint8_t *id,
                          const struct fob_slot_opener *opener,
                          struct fob_secret *key)
{
    struct fob_secret wrapper = {NULL, 0, 0};
    struct fob_slot_cost cost;
    enum fob_status status;

    if (slot->type != opener->type ||
        (slot->type != FOB_SLOT_PASSPHRASE && slot->type != FOB_SLOT_KEY_FILE))
        return FOB_E_UNSUPPORTED;
    if (!slot_is_sane(slot))
        return FOB_E_DAMAGED;
    cost = slot_read_cost(slot);
    if (slot_cost_work(&cost) > slot_cost_work_max(opener))
        return FOB_E_TOO_LONG;
    status = slot_derive(slot, opener, &wrapper);
    if (status == FOB_OK)
        status = slot_unwrap(slot, id, &wrapper, key);
    fob_secret_free(&wrapper);
    return status;
}

static enum fob_status slot_fault(struct fob_error *error,
                                  enum fob_status status,
                                  enum fob_slot_type type)
{
    const char *name = fob_slot_type_name((uint8_t)type);

    switch (status) {
    case FOB_E_UNSUPPORTED:
        return fob_error_set(error, status, "it has no key slot for a %s",
                             name);
    case FOB_E_WRONG_KEY:
        fob_error_set(error, status, "the %s does not open it", name);
        fob_error_advise(error, type == FOB_SLOT_PASSPHRASE
                                    ? "if it is forgotten, see fob-restore(1)"
                                    : "if it is lost, see fob-restore(1)");
        return status;
    case FOB_E_DAMAGED:
        return fob_error_set(error, status,
                             "its %s slot holds values that fob never writes",
                             name);
    case FOB_E_TOO_LONG:
        fob_error_set(error, status,
                      "its %s slots ask for more work than fob does for a "
                      "file that may be anybody's",
                      name);
        fob_error_hint(error, "if it is yours: set scrypt_log2_n, up to 20, "
                              "in fob-settings(5)");
        return status;
    default:
        return fob_error_no_memory(error);
    }
}

/* What of *left, the work of one try, this slot takes. */
static enum fob_status open_within(const struct fob_slot *slot,
                                   const uint8_t *id,
                                   const struct fob_slot_opener *opener,
                                   uint64_t *left, struct fob_secret *key)
{
    const struct fob_slot_cost cost = slot_read_cost(slot);
    uint64_t work = slot->type == opener->type && slot_is_sane(slot)
                        ? slot_cost_work(&cost)
                        : 0;
    enum fob_status status;

    if (work > *left)
        return FOB_E_TOO_LONG;
    status = slot_open(slot, id, opener, key);
    if (status != FOB_E_TOO_LONG)
        *left -= work;
    return status;
}

/* A slot that cannot be used does not hide one that can; of the faults, a
 * wrong key counts least, since each of several passphrases is wrong for the
 * others' slots. */
enum fob_status slot_open_any(const struct fob_vault_header *header,
                              const struct fob_slot_opener *opener,
                              struct fob_secret *key, size_t *number,
                              struct fob_error *error)
{
    enum fob_status worst = FOB_E_UNSUPPORTED;
    uint64_t left = slot_cost_try_max(opener);

    for (size_t i = 0; i < header->slots.count; i++) {
        enum fob_status status =
            open_within(&header->slots.slot[i], header->id, opener, &left, key);
        if (status == FOB_OK) {
            *number = i;
            return FOB_OK;
        }
        if (status != FOB_E_UNSUPPORTED &&
            (worst == FOB_E_UNSUPPORTED || worst == FOB_E_WRONG_KEY))
            worst = status;
    }
    return slot_fault(error, worst, opener->type);
}

enum fob_status slot_prove(const struct fob_vault_header *header,
                           const struct fob_secret *key,
                           const struct fob_slot_opener *opener, size_t *number,
                           struct fob_error *error)
{
    struct fob_secret found = {NULL, 0, 0};
    enum fob_status status =
        slot_open_any(header, opener, &found, number, error);

    if (status == FOB_OK &&
        (found.len != key->len || !fob_equal(found.data, key->data, key->len)))
        status = slot_fault(error, FOB_E_WRONG_KEY, opener->type);
    fob_secret_free(&found);
    return status;
}
