/* SPDX-License-Identifier: MIT */
#include "host/import/apps/bitwarden_items.h"

#include "host/import/apps/apps.h"
#include "host/import/apps/totp_value.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

static const char app[] = "Bitwarden";

static enum fob_status read_item(struct fob_span item, size_t place,
                                 struct import_sink *sink)
{
    enum { NAME, LOGIN, COUNT };
    enum { USERNAME, TOTP, LOGIN_COUNT };
    static const char *const names[COUNT] = {"name", "login"};
    static const char *const login_names[LOGIN_COUNT] = {"username", "totp"};
    struct fob_span member[COUNT], login[LOGIN_COUNT];
    struct totp_value value;
    enum fob_status status = fob_json_view_members(item, names, COUNT, member);

    if (status == FOB_OK && member[LOGIN].at == NULL)
        return FOB_OK;
    if (status == FOB_OK)
        status = fob_json_view_members(member[LOGIN], login_names, LOGIN_COUNT,
                                       login);
    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    if (!totp_value_is_there(login[TOTP]))
        return FOB_OK;
    value = (struct totp_value){
        .totp = login[TOTP], .issuer = member[NAME], .label = login[USERNAME]};
    return totp_value_put(&value, place, sink);
}

static enum fob_status say_none(struct fob_error *error)
{
    fob_error_set(error, FOB_E_SYNTAX,
                  "the Bitwarden export holds no verification code");
    fob_error_advise(error, "export from Bitwarden itself what Bitwarden "
                            "Authenticator only shows");
    return FOB_E_SYNTAX;
}

static bool is_object(struct fob_span value)
{
    return value.len > 0 && value.at[0] == '{';
}

enum fob_status bitwarden_items_read(struct fob_span items,
                                     struct import_sink *sink)
{
    const size_t before = sink->count;
    enum fob_status status = is_object(items)
                                 ? read_item(items, 1, sink)
                                 : json_entry_each(app, items, sink, read_item);

    if (status == FOB_OK && sink->count == before)
        return say_none(sink->error);
    return status;
}

static bool is_mine(const struct import_file *file)
{
    static const char *const names[] = {"object"};
    struct fob_span first =
        is_object(file->json) ? file->json : json_entry_first(file->json);
    struct fob_span object;

    return fob_json_view_members(first, names, 1, &object) == FOB_OK &&
           fob_span_is(object, "\"item\"");
}

static enum fob_status read_output(const struct import_file *file,
                                   struct import_sink *sink)
{
    return bitwarden_items_read(file->json, sink);
}

const struct import_format import_bitwarden_items = {
    .app = app, .is_mine = is_mine, .read = read_output};
