/* SPDX-License-Identifier: MIT */
#include "host/import/apps/apps.h"
#include "host/import/apps/bitwarden_items.h"
#include "host/import/apps/bitwarden_open.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

static const char app[] = "Bitwarden";

static enum fob_status read_plain(struct fob_span file,
                                  struct import_sink *sink)
{
    static const char *const names[] = {"items"};
    struct fob_span items, rest;

    if (fob_json_view_members(file, names, 1, &items) != FOB_OK ||
        fob_json_view_elements(items, &rest) != FOB_OK)
        return json_entry_strange(app, sink->error);
    return bitwarden_items_read(items, sink);
}

static enum fob_status read_encrypted(struct fob_span file,
                                      struct import_sink *sink)
{
    struct fob_secret plain = {0};
    struct fob_span content;
    size_t line;
    enum fob_status status =
        bitwarden_open(file, sink->callbacks, &plain, sink->error);

    if (status == FOB_OK &&
        fob_json_view_open((struct fob_span){(char *)plain.data, plain.len},
                           &content, &line) != FOB_OK)
        status = json_entry_strange(app, sink->error);
    if (status == FOB_OK)
        status = read_plain(content, sink);
    fob_secret_free(&plain);
    return status;
}

static enum fob_status say_bound(struct fob_error *error)
{
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "the Bitwarden export is bound to the account that made it, "
                  "which alone can read it");
    fob_error_advise(error,
                     "export it again as .json (Encrypted) with the type "
                     "\"Password protected\"");
    return FOB_E_UNSUPPORTED;
}

static bool is_true(struct fob_span value)
{
    return fob_span_is(value, "true");
}

enum { ENCRYPTED, PROTECTED, ITEMS, CHECK, COUNT };

static enum fob_status find_parts(const struct import_file *file,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {"encrypted", "passwordProtected",
                                             "items",
                                             "encKeyValidation_DO_NOT_EDIT"};

    return fob_json_view_members(file->json, names, COUNT, member);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span member[COUNT];

    return find_parts(file, member) == FOB_OK && member[ENCRYPTED].at != NULL &&
           (member[ITEMS].at != NULL || member[CHECK].at != NULL);
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span member[COUNT];

    if (find_parts(file, member) != FOB_OK)
        return json_entry_strange(app, sink->error);
    if (!is_true(member[ENCRYPTED]))
        return read_plain(file->json, sink);
    return is_true(member[PROTECTED]) ? read_encrypted(file->json, sink)
                                      : say_bound(sink->error);
}

const struct import_format import_bitwarden = {
    .app = app, .is_mine = is_mine, .read = read_export};
