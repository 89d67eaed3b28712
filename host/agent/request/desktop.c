/* SPDX-License-Identifier: MIT */
#include "host/agent/request/desktop.h"

#include "host/config/profile.h"

#include <string.h>

/* The first three are where a person may be met. */
enum { PLACES = 3 };
static const char *const names[] = {
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "GPG_TTY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "TERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "HOME",
    "PATH",
};

static bool has_place(const char *const *variables)
{
    for (size_t i = 0; i < PLACES; i++)
        if (fob_profile_env(variables, names[i]) != NULL)
            return true;
    return false;
}

static size_t put_text(char *to, const char *text)
{
    size_t len = strlen(text);

    memcpy(to, text, len);
    return len;
}

bool desktop_take(struct desktop *desktop, const char *const *variables)
{
    size_t used = 0;

    if (!has_place(variables))
        return false;
    *desktop = (struct desktop){0};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = fob_profile_env(variables, names[i]);

        /* The `=`, the NUL and the one that ends the list. */
        if (value == NULL ||
            strlen(names[i]) + strlen(value) + 3 > sizeof(desktop->text) - used)
            continue;
        used += put_text(desktop->text + used, names[i]);
        desktop->text[used++] = '=';
        used += put_text(desktop->text + used, value);
        used++;
    }
    return true;
}

/* Whether `variable`, "NAME=VALUE", has a name that is there already. */
static bool has_name(const char *const *variables, const char *variable)
{
    size_t len = strcspn(variable, "=") + 1;

    for (; *variables != NULL; variables++)
        if (strncmp(*variables, variable, len) == 0)
            return true;
    return false;
}

void desktop_list(const struct desktop *desktop, const char *const *own,
                  const char *variables[static DESKTOP_VARIABLES_MAX + 1])
{
    const char *at = desktop->text;
    size_t count = 0;

    for (; *at != '\0' && count < DESKTOP_VARIABLES_MAX; at += strlen(at) + 1)
        variables[count++] = at;
    variables[count] = NULL;
    for (; *own != NULL && count < DESKTOP_VARIABLES_MAX; own++)
        if (!has_name(variables, *own)) {
            variables[count++] = *own;
            variables[count] = NULL;
        }
}
