/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/field_read.h"

enum fob_status field_read_text(struct fob_request *request, enum fob_tag tag,
                                const char *what, char *text, size_t cap)
{
    enum fob_status status =
        fob_message_text(&request->message, tag, text, cap);

    if (status == FOB_E_NOT_FOUND)
        fob_error_set(&request->error, FOB_E_USAGE, "no %s was given", what);
    else if (status == FOB_E_TOO_LONG)
        fob_error_set(&request->error, FOB_E_USAGE,
                      "the %s is longer than %zu bytes", what, cap - 1);
    else if (status != FOB_OK)
        fob_error_set(&request->error, FOB_E_USAGE, "the %s holds a NUL", what);
    return status == FOB_OK ? FOB_OK : FOB_E_USAGE;
}

enum fob_status field_read_optional(struct fob_request *request,
                                    enum fob_tag tag, const char *what,
                                    char *text, size_t cap)
{
    text[0] = '\0';
    if (!field_read_has(request, tag))
        return FOB_OK;
    return field_read_text(request, tag, what, text, cap);
}

enum fob_status field_read_profile(struct fob_request *request,
                                   char name[static FOB_NAME_MAX + 1])
{
    return field_read_optional(request, FOB_TAG_PROFILE, "profile's name", name,
                               FOB_NAME_MAX + 1);
}

enum fob_status field_read_bytes(struct fob_request *request, enum fob_tag tag,
                                 struct fob_secret *bytes)
{
    struct fob_field field;

    if (!fob_message_find(&request->message, tag, &field))
        return FOB_OK;
    if (fob_secret_copy(bytes, field.data, field.len) != FOB_OK)
        return fob_error_no_memory(&request->error);
    return FOB_OK;
}

enum fob_status field_read_code(struct fob_request *request,
                                struct typed_code *typed)
{
    struct fob_field field;

    if (!fob_message_find(&request->message, FOB_TAG_CODE, &field) ||
        fob_six_digits(field.data, field.len, typed->given))
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_SYNTAX,
                         "the code that was given is not six digits");
}

bool field_read_flag(const struct fob_request *request, enum fob_tag tag)
{
    return fob_message_number(&request->message, tag, 0) != 0;
}

bool field_read_has(const struct fob_request *request, enum fob_tag tag)
{
    struct fob_field field;

    return fob_message_find(&request->message, tag, &field);
}
