/* SPDX-License-Identifier: MIT */
#include "host/agent/request/client_environment.h"

#include "host/base/text.h"
#include "host/config/profile.h"

#include <stdlib.h>
#include <string.h>

enum { OWN_MAX = 4096 /* bytes of a variable of the agent's own */ };

static void put_variable(struct client_environment *environment,
                         const void *data, size_t len)
{
    struct fob_secret *text = &environment->text;
    size_t count = 0;

    while (environment->variables[count] != NULL)
        count++;
    if (count == CLIENT_VARIABLES_MAX || memchr(data, '\0', len) != NULL)
        return;
    environment->variables[count] = (const char *)text->data + text->len;
    if (fob_secret_append(text, data, len) != FOB_OK ||
        fob_secret_append(text, "", 1) != FOB_OK)
        environment->variables[count] = NULL;
}

static size_t own_capacity(const char *name)
{
    const char *value = getenv(name);

    return value == NULL ? 0 : strlen(name) + strlen(value) + 2;
}

static void put_own(struct client_environment *environment, const char *name)
{
    const char *value = getenv(name);
    char text[OWN_MAX];

    if (value != NULL && client_environment_get(environment, name) == NULL &&
        fob_text_format(text, sizeof(text), "%s=%s", name, value) == FOB_OK)
        put_variable(environment, text, strlen(text));
}

/* Capacity for all is made first: the views must not move. */
enum fob_status client_environment_read(struct client_environment *environment,
                                        const struct fob_message *message)
{
    struct fob_reader fields;
    struct fob_field field;
    size_t cap = own_capacity("HOME") + own_capacity("PATH");

    if (message != NULL)
        cap += message->fields.len;
    if (fob_secret_alloc(&environment->text, cap) != FOB_OK)
        return FOB_E_NO_MEMORY;
    if (message != NULL) {
        fob_message_fields(message, &fields);
        while (fob_message_next(&fields, &field))
            if (field.tag == FOB_TAG_ENV)
                put_variable(environment, field.data, field.len);
    }
    put_own(environment, "HOME");
    put_own(environment, "PATH");
    return FOB_OK;
}

void client_environment_free(struct client_environment *environment)
{
    fob_secret_free(&environment->text);
    *environment = (struct client_environment){0};
}

const char *client_environment_get(const struct client_environment *environment,
                                   const char *name)
{
    return fob_profile_env(environment->variables, name);
}
