/* SPDX-License-Identifier: MIT */
/*
 * Key slots: each wraps the one vault key under something a person or a
 * machine has.  docs/vault-format.md, section "key slots".
 */
#ifndef FOB_HOST_VAULT_SLOTS_H
#define FOB_HOST_VAULT_SLOTS_H

#include "host/vault/vault.h"

/* The number (from 0) of the slot that `opener` opens, proving that whoever
 * has it may open this vault. FOB_E_WRONG_KEY; FOB_E_UNSUPPORTED when there is
 * no slot of its type. */
FOB_MUST_CHECK enum fob_status
fob_slots_find(const struct fob_vault_edit *edit,
               const struct fob_slot_opener *opener, size_t *number,
               struct fob_error *error);

/* One more slot; its number, which was used last of all when it was used
 * before.  FOB_E_TOO_LONG when all are taken, FOB_E_TOO_SHORT for an empty
 * passphrase or a key file below FOB_KEY_FILE_MIN, FOB_E_EXISTS for a key file
 * that opens a slot already: removing one would leave the other. */
FOB_MUST_CHECK enum fob_status
fob_slots_add(struct fob_vault_edit *edit, const struct fob_slot_opener *opener,
              size_t *number, struct fob_error *error);

/* Another one in the place of slot `number`: a change of passphrase.
 * FOB_E_NOT_FOUND when there is no such slot.  What opened it opens no file of
 * fob's after the commit, as below. */
FOB_MUST_CHECK enum fob_status
fob_slots_replace(struct fob_vault_edit *edit, size_t number,
                  const struct fob_slot_opener *opener,
                  struct fob_error *error);

/* FOB_E_NOT_FOUND, or FOB_E_USAGE for the last slot that opens on another
 * machine; the others keep their numbers.  The commit writes the generation
 * before under the slots that are left, too.  The vault key stays: whoever
 * kept a copy of the file and has what opened the slot can read what is added
 * later. */
FOB_MUST_CHECK enum fob_status fob_slots_remove(struct fob_vault_edit *edit,
                                                size_t number,
                                                struct fob_error *error);

#endif
