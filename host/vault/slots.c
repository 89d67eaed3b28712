/* SPDX-License-Identifier: MIT */
#include "host/vault/slots.h"

#include "host/vault/slot.h"

#include <string.h>

enum fob_status fob_slots_find(const struct fob_vault_edit *edit,
                               const struct fob_slot_opener *opener,
                               size_t *number, struct fob_error *error)
{
    return slot_prove(&edit->header, &edit->vault->key, opener, number, error);
}

/* A number is given again as late as can be: who has "slot remove 2" in the
 * shell's history has it for another slot then. */
static bool find_place(const struct fob_slots *slots, size_t *number)
{
    *number = slots->count;
    if (slots->count < FOB_SLOTS_MAX)
        return true;
    for (size_t i = 0; i < slots->count; i++)
        if (slots->slot[i].type == FOB_SLOT_VACANT) {
            *number = i;
            return true;
        }
    return false;
}

/* One key file in two slots would open after either is removed. */
static enum fob_status refuse_again(const struct fob_vault_edit *edit,
                                    const struct fob_slot_opener *opener,
                                    struct fob_error *error)
{
    struct fob_error none = {0};
    size_t number;

    if (opener->type != FOB_SLOT_KEY_FILE ||
        fob_slots_find(edit, opener, &number, &none) != FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_EXISTS,
                         "that key file opens key slot %zu already",
                         number + 1);
}

enum fob_status fob_slots_add(struct fob_vault_edit *edit,
                              const struct fob_slot_opener *opener,
                              size_t *number, struct fob_error *error)
{
    struct fob_slots *slots = &edit->header.slots;

    if (refuse_again(edit, opener, error) != FOB_OK)
        return error->status;
    if (!find_place(slots, number)) {
        fob_error_set(error, FOB_E_TOO_LONG, "all %d key slots are taken",
                      FOB_SLOTS_MAX);
        fob_error_hint(error, "remove one that is not needed any more");
        return FOB_E_TOO_LONG;
    }
    if (slot_make(&slots->slot[*number], edit->header.id, opener,
                  &edit->vault->key, error) != FOB_OK)
        return error->status;
    if (*number == slots->count)
        slots->count++;
    return FOB_OK;
}

static enum fob_status slots_check_number(const struct fob_slots *slots,
                                          size_t number,
                                          struct fob_error *error)
{
    if (number < slots->count && slots->slot[number].type != FOB_SLOT_VACANT)
        return FOB_OK;
    fob_error_set(error, FOB_E_NOT_FOUND, "there is no key slot %zu",
                  number + 1);
    fob_error_hint(error, "fob vault status");
    return FOB_E_NOT_FOUND;
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
    edit->shuts_out = true;
    return FOB_OK;
}

/* Whether a slot other than `number` opens wherever the file is taken. */
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
    memset(&slots->slot[number], 0, sizeof(slots->slot[0]));
    slots->slot[number].type = FOB_SLOT_VACANT;
    edit->shuts_out = true;
    return FOB_OK;
}
