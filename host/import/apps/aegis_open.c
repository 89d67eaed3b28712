/* SPDX-License-Identifier: MIT */
#include "host/import/apps/aegis_open.h"

#include "host/import/apps/aegis_slot.h"
#include "host/import/json/json_base64.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/password.h"

/* All that stands in the file of an encrypted vault. */
struct sealed {
    struct aegis_slots slots;
    struct aegis_params params;
    struct fob_secret db;
    struct fob_secret key; /* the vault's, once a password fitted */
};

static enum fob_status read_header(struct fob_span header,
                                   struct sealed *sealed)
{
    enum { SLOTS, PARAMS, COUNT };
    static const char *const names[COUNT] = {"slots", "params"};
    struct fob_span member[COUNT];

    if (fob_json_view_members(header, names, COUNT, member) != FOB_OK ||
        aegis_slot_params(member[PARAMS], &sealed->params) != FOB_OK)
        return FOB_E_SYNTAX;
    return aegis_slot_read_all(member[SLOTS], &sealed->slots);
}

static enum fob_status say_unreadable(enum fob_status status,
                                      struct fob_error *error)
{
    switch (status) {
    case FOB_E_NO_MEMORY:
        return fob_error_no_memory(error);
    case FOB_E_UNSUPPORTED:
        return fob_error_set(error, status,
                             "a password slot of the Aegis vault asks for "
                             "more memory or work than fob allows");
    case FOB_E_TOO_LONG:
        return fob_error_set(error, status,
                             "the Aegis vault has more than %d password slots",
                             AEGIS_SLOTS_MAX);
    default:
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the Aegis vault's header or data is malformed");
    }
}

static enum fob_status read_sealed(struct fob_span header, struct fob_span db,
                                   struct sealed *sealed,
                                   struct fob_error *error)
{
    enum fob_status status = read_header(header, sealed);

    if (status == FOB_OK)
        status = json_base64_read(db, &sealed->db);
    if (status != FOB_OK)
        return say_unreadable(status, error);
    if (sealed->slots.count == 0) {
        fob_error_set(error, FOB_E_UNSUPPORTED,
                      "the Aegis vault has no password slot");
        fob_error_hint(error, "export it from Aegis again, with a password");
        return FOB_E_UNSUPPORTED;
    }
    return FOB_OK;
}

/* The key, if the password fits any of the slots. */
static enum fob_status try_password(void *context,
                                    const struct fob_secret *password,
                                    struct fob_error *error)
{
    struct sealed *sealed = context;
    enum fob_status status = FOB_E_WRONG_KEY;

    for (size_t i = 0; status == FOB_E_WRONG_KEY && i < sealed->slots.count;
         i++)
        status =
            aegis_slot_open(&sealed->slots.slot[i], password, &sealed->key);
    if (status == FOB_OK || status == FOB_E_WRONG_KEY)
        return status;
    return say_unreadable(status, error);
}

enum fob_status aegis_open(struct fob_span header, struct fob_span db,
                           const struct fob_import_callbacks *callbacks,
                           struct fob_secret *plain, struct fob_error *error)
{
    struct sealed sealed = {0};
    enum fob_status status = read_sealed(header, db, &sealed, error);

    if (status == FOB_OK)
        status = password_ask(callbacks, "Aegis vault", try_password, &sealed,
                              error);
    if (status == FOB_OK && aegis_params_open(sealed.key.data, &sealed.params,
                                              &sealed.db) != FOB_OK)
        status = fob_error_set(error, FOB_E_DAMAGED,
                               "the Aegis vault is damaged: its password is "
                               "right, but its data are not as they were "
                               "written");
    if (status == FOB_OK)
        *plain = sealed.db;
    else
        fob_secret_free(&sealed.db);
    fob_secret_free(&sealed.key);
    return status;
}
