/* SPDX-License-Identifier: MIT */
#include "host/config/edit.h"

#include "host/config/plan.h"
#include "src/utf8.h"

#include <string.h>

static bool edit_is_line(const char *text)
{
    size_t len = strlen(text);
    struct slice inner = {text, text + len};

    if (!fob_utf8_is_text(text, len))
        return false;
    slice_trim(&inner);
    return inner.start == text && inner.end == text + len;
}

/* Never quotes what it refuses: a value may be a secret. */
static enum fob_status edit_check(const struct fob_edit *edit,
                                  struct fob_error *error)
{
    bool keyed =
        edit->action == FOB_EDIT_SET || edit->action == FOB_EDIT_REMOVE;

    if (edit->profile[0] == '\0' || !edit_is_line(edit->profile))
        return fob_error_set(error, FOB_E_USAGE,
                             "a profile's name must be one line of text "
                             "without spaces around it");
    if (keyed && (edit->key[0] == '\0' || !change_is_plain(edit->key, "_")))
        return fob_error_set(error, FOB_E_USAGE,
                             "a setting's name is made of a to z, 0 to 9 "
                             "and _");
    if (edit->action == FOB_EDIT_SET && !edit_is_line(edit->value))
        return fob_error_set(error, FOB_E_USAGE,
                             "the value for %s must be one line of text "
                             "without spaces around it",
                             edit->key);
    return FOB_OK;
}

static enum fob_status edit_parse(const struct fob_secret *text,
                                  const struct fob_edit *edit, const char *path,
                                  struct fob_config *config,
                                  struct fob_error *error)
{
    struct fob_secret copy = {0};
    enum fob_status status = fob_secret_copy(&copy, text->data, text->len);

    if (status != FOB_OK)
        return fob_error_no_memory(error);
    return fob_config_parse(config, edit->kind, &copy, path, error);
}

static enum fob_status edit_verify(const struct fob_config *before,
                                   const struct fob_secret *result,
                                   const struct fob_edit *edit,
                                   const char *path, struct fob_error *error)
{
    struct fob_config now = {0};
    bool good = result->len <= FOB_CONFIG_MAX &&
                edit_parse(result, edit, path, &now, error) == FOB_OK &&
                change_is_asked(before, &now, edit);

    fob_config_free(&now);
    if (good)
        return FOB_OK;
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "cannot change profile %s in %s without changing more",
                  edit->profile, path);
    fob_error_hint(error, "edit %s by hand", path);
    return FOB_E_UNSUPPORTED;
}

enum fob_status fob_edit_text(const struct fob_secret *text,
                              const struct fob_edit *edit, const char *path,
                              struct fob_secret *result,
                              struct fob_error *error)
{
    struct fob_config before = {0};
    struct edit_plan plan;
    enum fob_status status = edit_check(edit, error);

    if (status == FOB_OK)
        status = edit_parse(text, edit, path, &before, error);
    if (status != FOB_OK)
        return status;
    plan = plan_make(&before, text, edit);
    status = plan_write(text, &plan, result);
    if (status != FOB_OK)
        fob_error_no_memory(error);
    else
        status = edit_verify(&before, result, edit, path, error);
    if (status != FOB_OK)
        fob_secret_free(result);
    fob_config_free(&before);
    return status;
}
