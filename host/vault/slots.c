/* SPDX-License-Identifier: MIT */
#include "host/vault/slots.h"

#include "host/vault/slot.h"

#include <string.h>

enum fob_status fob_slots_find(const struct fob_vault_edit *edit,
                               const struct fob_slot_opener *opener,
                               size_t *number, struct fob_error *error)
{
    struct fob_secret key = {NULL, 0, 0};
    enum fob_status status =
        slot_open_any(&edit->header, opener, &key, number, error);

    fob_secret_free(&key);
    return status;
}

enum fob_status fob_slots_add(struct fob_vault_edit *edit,
                              const struct fob_slot_opener *opener,
                              struct fob_error *error)
{
    struct fob_slots *slots = &edit->header.slots;

    if (slots->count == FOB_SLOTS_MAX) {
        fob_error_set(error, FOB_E_TOO_LONG, "all %d key slots are taken",
                      FOB_SLOTS_MAX);
        fob_error_hint(error, "remove one that is not needed any more");
        return FOB_E_TOO_LONG;
    }
    if (slot_make(&slots->slot[slots->count], edit->header.id, opener,
                  &edit->vault->key, error) != FOB_OK)
        return error->status;
    slots->count++;
    return FOB_OK;
}

static enum fob_status slots_check_number(const struct fob_slots *slots,
                                          size_t number,
                                          struct fob_error *error)
{
    if (number < slots->count)
        return FOB_OK;
    return fob_error_set(error, FOB_E_NOT_FOUND,
                         "there is no key slot %zu of %zu", number + 1,
                         slots->count);
}

enum fob_status fob_slots_replace(struct fob_vault_edit *edit, size_t number,
                                  const struct fob_slot_opener *opener,
                                  struct fob_error *error)
{
    struct fob_slots *slots = &edit->header.slots;
    struct fob_slot slot;

    if (slots_check_number(slots, number, error) != FOB_OK ||
        slot_make(&slot, edit->header.id, opener, &edit->vault->key, error) !=
            FOB_OK)
        return error->status;
    slots->slot[number] = slot;
    return FOB_OK;
}

/* Whether a slot other than `number` can be opened by this fob. */
static bool slots_open_without(const struct fob_slots *slots, size_t number)
{
    for (size_t i = 0; i < slots->count; i++)
        if (i != number && (slots->slot[i].type == FOB_SLOT_PASSPHRASE ||
                            slots->slot[i].type == FOB_SLOT_KEY_FILE))
            return true;
    return false;
}

enum fob_status fob_slots_remove(struct fob_vault_edit *edit, size_t number,
                                 struct fob_error *error)
{
    struct fob_slots *slots = &edit->header.slots;

    if (slots_check_number(slots, number, error) != FOB_OK)
        return error->status;
    if (!slots_open_without(slots, number)) {
        fob_error_set(error, FOB_E_USAGE,
                      "key slot %zu is the last that opens the vault",
                      number + 1);
        fob_error_hint(error, "add another passphrase or key file first");
        return FOB_E_USAGE;
    }
    slots->count--;
    memmove(&slots->slot[number], &slots->slot[number + 1],
            (slots->count - number) * sizeof(slots->slot[0]));
    memset(&slots->slot[slots->count], 0, sizeof(slots->slot[0]));
    return FOB_OK;
}
