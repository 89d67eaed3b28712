/* SPDX-License-Identifier: MIT */
/* The export.data of a 1Password export (1pux): accounts hold vaults, these
 * items, and an item's sections the codes. */
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"
#include "host/import/managers/managers.h"
#include "host/import/managers/otp_text.h"

static const char app[] = "1Password";

/* The member of an object, or none. */
static struct fob_span find_member(struct fob_span object, const char *name)
{
    struct fob_span member;

    if (fob_json_view_members(object, &name, 1, &member) != FOB_OK)
        return (struct fob_span){0};
    return member;
}

/* The same; one that is there twice hides a code, and is told by *status. */
static struct fob_span take_member(struct fob_span object, const char *name,
                                   enum fob_status *status)
{
    struct fob_span member;

    if (fob_json_view_members(object, &name, 1, &member) == FOB_E_DUPLICATE)
        *status = FOB_E_DUPLICATE;
    return find_member(object, name);
}

static bool is_username(struct fob_span field)
{
    char word[16];

    return fob_json_view_text(find_member(field, "designation"), word,
                              sizeof(word)) == FOB_OK &&
           fob_span_is(fob_span_of(word, sizeof(word)), "username");
}

static struct fob_span find_username(struct fob_span details)
{
    struct fob_span rest, field;

    if (fob_json_view_elements(find_member(details, "loginFields"), &rest) !=
        FOB_OK)
        return (struct fob_span){0};
    while (fob_json_view_next(&rest, &field))
        if (is_username(field))
            return find_member(field, "value");
    return (struct fob_span){0};
}

/* A string's text into the empty `room`; none for anything else. */
static enum fob_status read_text(struct fob_span value, struct fob_secret *room,
                                 struct fob_span *text)
{
    enum fob_status status;

    *text = (struct fob_span){0};
    if (!fob_json_view_is_string(value))
        return FOB_OK;
    status = fob_secret_alloc(room, value.len);
    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)room->data, room->cap);
    if (status == FOB_OK)
        *text = fob_span_trim_blank(fob_span_of((char *)room->data, room->cap));
    return status;
}

/* What cannot be read, by the item's names. */
static enum fob_status put_unread(enum fob_status status,
                                  const struct uri_names *names, size_t place,
                                  struct import_sink *sink)
{
    (void)!sink_name(sink, names->issuer, names->label);
    return sink_put(sink, place, status, NULL);
}

static enum fob_status put_totp(struct fob_span totp,
                                const struct uri_names *names, size_t place,
                                struct import_sink *sink)
{
    struct fob_secret room = {0};
    struct fob_span text;
    enum fob_status status;

    if (totp.at != NULL && !fob_json_view_is_string(totp))
        return put_unread(FOB_E_SYNTAX, names, place, sink);
    status = read_text(totp, &room, &text);
    if (status != FOB_OK)
        status = fob_error_no_memory(sink->error);
    else if (text.len > 0)
        status = otp_text_put(text, names, place, sink);
    fob_secret_free(&room);
    return status;
}

static enum fob_status put_fields(struct fob_span fields,
                                  const struct uri_names *names, size_t place,
                                  struct import_sink *sink)
{
    enum fob_status status = FOB_OK;
    struct fob_span rest, field;

    if (fob_json_view_elements(fields, &rest) != FOB_OK)
        return FOB_OK;
    while (status == FOB_OK && fob_json_view_next(&rest, &field)) {
        enum fob_status found = FOB_OK;
        struct fob_span value = take_member(field, "value", &found);
        struct fob_span totp = take_member(value, "totp", &found);

        status = found == FOB_OK ? put_totp(totp, names, place, sink)
                                 : put_unread(found, names, place, sink);
    }
    return status;
}

static enum fob_status put_section(struct fob_span section,
                                   const struct uri_names *names, size_t place,
                                   struct import_sink *sink)
{
    enum fob_status found = FOB_OK;
    struct fob_span fields = take_member(section, "fields", &found);

    return found == FOB_OK ? put_fields(fields, names, place, sink)
                           : put_unread(found, names, place, sink);
}

static enum fob_status put_sections(struct fob_span sections,
                                    const struct uri_names *names, size_t place,
                                    struct import_sink *sink)
{
    enum fob_status status = FOB_OK;
    struct fob_span rest, section;

    if (fob_json_view_elements(sections, &rest) != FOB_OK)
        return FOB_OK;
    while (status == FOB_OK && fob_json_view_next(&rest, &section))
        status = put_section(section, names, place, sink);
    return status;
}

static enum fob_status put_item(struct fob_span item, size_t place,
                                struct import_sink *sink)
{
    enum fob_status found = FOB_OK, status;
    struct fob_span details = take_member(item, "details", &found);
    struct fob_span sections = take_member(details, "sections", &found);
    struct fob_secret title = {0}, user = {0};
    struct uri_names names;

    status = read_text(find_member(find_member(item, "overview"), "title"),
                       &title, &names.issuer);
    if (status == FOB_OK)
        status = read_text(find_username(details), &user, &names.label);
    if (status != FOB_OK)
        status = fob_error_no_memory(sink->error);
    else if (found != FOB_OK)
        status = put_unread(found, &names, place, sink);
    else
        status = put_sections(sections, &names, place, sink);
    fob_secret_free(&title);
    fob_secret_free(&user);
    return status;
}

static enum fob_status put_vault(struct fob_span vault, size_t place,
                                 struct import_sink *sink)
{
    (void)place;
    return json_entry_each(app, find_member(vault, "items"), sink, put_item);
}

static enum fob_status put_account(struct fob_span account, size_t place,
                                   struct import_sink *sink)
{
    (void)place;
    return json_entry_each(app, find_member(account, "vaults"), sink,
                           put_vault);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span account =
        json_entry_first(find_member(file->json, "accounts"));

    return find_member(account, "vaults").at != NULL;
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    return json_entry_each(app, find_member(file->json, "accounts"), sink,
                           put_account);
}

const struct import_format import_onepassword = {
    .app = app, .is_mine = is_mine, .read = read_export};
