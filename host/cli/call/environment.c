/* SPDX-License-Identifier: MIT */
#include "host/cli/call/environment.h"

#include "host/cli/call/own_variables.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_variable(const char *text, const char *name)
{
    size_t len = strlen(name);

    return strncmp(text, name, len) == 0 && text[len] == '=';
}

static bool is_set_by(const struct command_call *call,
                      const struct environment_form *form, const char *text)
{
    const struct sdk_session_name *at = form->names;
    struct sdk_session_variable variable;

    while (sdk_session_next(call, &at, &variable))
        if (is_variable(text, variable.name))
            return true;
    return false;
}

/* Of another session that fob put here. */
static bool is_own(const char *text)
{
    const struct sdk_session_name *at = sdk_session_names;

    for (; at->name != NULL; at++)
        if (is_variable(text, at->name) && mark_is_own(at->name))
            return true;
    return false;
}

static bool is_kept(const struct command_call *call,
                    const struct environment_form *form, const char *text)
{
    for (size_t i = 0; form->rivals[i] != NULL; i++)
        if (is_variable(text, form->rivals[i]))
            return false;
    for (size_t i = 0; own_variables_names[i] != NULL; i++)
        if (is_variable(text, own_variables_names[i]))
            return false;
    return !is_own(text) && !is_variable(text, "FOB_PASSPHRASE_FILE") &&
           !is_variable(text, "FOB_TOKEN_PASSPHRASE_FILE") &&
           !is_variable(text, "FOB_BACKUP_CODE_FILE") &&
           !is_set_by(call, form, text);
}

static enum fob_status put_variable(struct fob_secret *values,
                                    const struct sdk_session_variable *variable)
{
    enum fob_status status =
        fob_secret_append(values, variable->name, strlen(variable->name));

    if (status == FOB_OK)
        status = fob_secret_append(values, "=", 1);
    if (status == FOB_OK)
        status = fob_secret_append(values, variable->value, variable->len);
    if (status == FOB_OK)
        status = fob_secret_append(values, "", 1);
    return status;
}

/* The session's variables one after the other, each with its NUL. */
static enum fob_status put_values(const struct command_call *call,
                                  const struct environment_form *form,
                                  struct fob_secret *values)
{
    const struct sdk_session_name *at = form->names;
    struct sdk_session_variable variable;
    struct own_variables own;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && sdk_session_next(call, &at, &variable))
        status = put_variable(values, &variable);
    own_variables_make(call, form->names, &own);
    for (size_t i = 0; status == FOB_OK && i < OWN_VARIABLES; i++)
        status = put_variable(values, &own.variable[i]);
    return status;
}

static size_t count_variables(const struct fob_secret *values)
{
    size_t count = 0;

    while (environ[count] != NULL)
        count++;
    for (size_t i = 0; i < values->len; i++)
        count += values->data[i] == '\0';
    return count;
}

enum fob_status environment_make(const struct command_call *call,
                                 const struct environment_form *form,
                                 struct environment *environment)
{
    struct fob_secret *values = &environment->values;
    enum fob_status status = put_values(call, form, values);
    char **variable;

    if (status == FOB_OK) {
        environment->variables =
            calloc(count_variables(values) + 1, sizeof(char *));
        status = environment->variables != NULL ? FOB_OK : FOB_E_NO_MEMORY;
    }
    if (status != FOB_OK) {
        environment_free(environment);
        return status;
    }
    variable = environment->variables;
    for (char **ours = environ; *ours != NULL; ours++)
        if (is_kept(call, form, *ours))
            *variable++ = *ours;
    for (size_t at = 0; at < values->len; at += strlen(*variable++) + 1)
        *variable = (char *)values->data + at;
    return FOB_OK;
}

void environment_free(struct environment *environment)
{
    free(environment->variables);
    environment->variables = NULL;
    fob_secret_free(&environment->values);
}
