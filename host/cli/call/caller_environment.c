/* SPDX-License-Identifier: MIT */
#include "host/cli/call/caller_environment.h"

#include "host/base/path.h"
#include "host/base/text.h"
#include "host/cli/call/mark.h"
#include "host/cli/ui/tty.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { VARIABLE_MAX = 4096 };

static const struct {
    const char *name;
    bool is_path;
} variables[] = {
    {"HOME", false},
    {"AWS_PROFILE", false},
    {"AWS_DEFAULT_PROFILE", false},
    {"AWS_REGION", false},
    {"AWS_DEFAULT_REGION", false},
    {"AWS_CONFIG_FILE", true},
    {"AWS_SHARED_CREDENTIALS_FILE", true},
    {"AWS_ENDPOINT_URL", false},
    {"AWS_ENDPOINT_URL_STS", false},
    {"AWS_ENDPOINT_URL_IAM", false},
    {"AWS_ENDPOINT_URL_SIGNIN", false},
    {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", false},
    {"AWS_STS_REGIONAL_ENDPOINTS", false},
    {"AWS_USE_FIPS_ENDPOINT", false},
    {"AWS_USE_DUALSTACK_ENDPOINT", false},
    {"AWS_CA_BUNDLE", true},
    {"HTTPS_PROXY", false},
    {"https_proxy", false},
    {"NO_PROXY", false},
    {"no_proxy", false},
    {"FOB_NESTED", false}, /* set by the agent for what it starts */
};

/* Of those that a credential_process or an mfa_process may need: for its
 * programs, the desktop's keyring, gpg, an ssh agent.  None is a secret. */
static const char *const program_variables[] = {
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "USER",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "GNUPGHOME",
    "GPG_TTY",
    "PASSWORD_STORE_DIR",
    "SSH_AUTH_SOCK",
};

/* "~" at the start is the agent's to expand, by the HOME it gets. */
static bool is_relative(const char *path)
{
    return path[0] != '/' && path[0] != '~' && path[0] != '\0';
}

static enum fob_status put_variable(struct command_call *call, const char *name,
                                    const char *value)
{
    char text[VARIABLE_MAX];

    if (fob_text_format(text, sizeof(text), "%s=%s", name, value) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_USAGE,
                             "the variable %s is too long", name);
    fob_message_put_text(&call->request, FOB_TAG_ENV, text);
    return FOB_OK;
}

/* One that is too long to send is not worth failing for. */
static void put_program_variables(struct command_call *call)
{
    char text[VARIABLE_MAX];

    for (size_t i = 0;
         i < sizeof(program_variables) / sizeof(program_variables[0]); i++) {
        const char *value = getenv(program_variables[i]);

        if (value != NULL &&
            fob_text_format(text, sizeof(text), "%s=%s", program_variables[i],
                            value) == FOB_OK)
            fob_message_put_text(&call->request, FOB_TAG_ENV, text);
    }
}

/* Those that lead to a screen or a terminal. */
static const char *const desktop_variables[] = {
    "GPG_TTY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "TERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
};
/* Requests that go with these must stay short. */
enum { DESKTOP_VARIABLE_MAX = 512 };

static void put_desktop_variable(struct command_call *call, const char *name,
                                 const char *value)
{
    char text[DESKTOP_VARIABLE_MAX];

    if (value != NULL && value[0] != '\0' &&
        fob_text_format(text, sizeof(text), "%s=%s", name, value) == FOB_OK)
        fob_message_put_text(&call->request, FOB_TAG_ENV, text);
}

/* A terminal has a name of its own where gpg was not told one. */
void caller_environment_put_desktop(struct command_call *call)
{
    const char *terminal = getenv(desktop_variables[0]);

    if (terminal == NULL || terminal[0] == '\0')
        put_desktop_variable(call, desktop_variables[0], ttyname(STDIN_FILENO));
    for (size_t i = 0;
         i < sizeof(desktop_variables) / sizeof(desktop_variables[0]); i++)
        put_desktop_variable(call, desktop_variables[i],
                             getenv(desktop_variables[i]));
}

/* A script that says so always would be no person's word. */
static enum fob_status put_trust(struct command_call *call)
{
    if (call->common[COMMON_TRUST_CLOCK] == NULL || call->is_unattended)
        return FOB_OK;
    if (!tty_is_there())
        return fob_error_set(&call->error, FOB_E_NOBODY,
                             "--trust-clock is a person's to say, and there "
                             "is no terminal");
    fob_message_put_number(&call->request, FOB_TAG_TRUST_CLOCK, 1);
    return FOB_OK;
}

/* Of the session that we run in, which is not what the next is made by. */
static bool is_own_region(const char *name)
{
    return (strcmp(name, "AWS_REGION") == 0 ||
            strcmp(name, "AWS_DEFAULT_REGION") == 0) &&
           mark_is_own(name);
}

enum fob_status caller_environment_put(struct command_call *call)
{
    char absolute[FOB_PATH_MAX];
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        const char *value = getenv(variables[i].name);

        if (value == NULL || is_own_region(variables[i].name))
            continue;
        if (variables[i].is_path && is_relative(value)) {
            status = fob_path_absolute(value, absolute, &call->error);
            value = absolute;
        }
        if (status == FOB_OK)
            status = put_variable(call, variables[i].name, value);
        if (status != FOB_OK)
            return status;
    }
    put_program_variables(call);
    return put_trust(call);
}

enum fob_status caller_environment_put_token(struct command_call *call)
{
    static const char name[] = "FOB_TOKEN", prefix[] = "sim:";
    const char *value = getenv(name);
    char path[FOB_PATH_MAX], absolute[FOB_PATH_MAX + sizeof(prefix)];
    enum fob_status status;

    if (value == NULL || value[0] == '\0')
        return FOB_OK;
    if (strncmp(value, prefix, strlen(prefix)) != 0)
        return put_variable(call, name, value);
    status = fob_path_absolute(value + strlen(prefix), path, &call->error);
    if (status == FOB_OK)
        status =
            fob_text_format(absolute, sizeof(absolute), "%s%s", prefix, path);
    return status == FOB_OK ? put_variable(call, name, absolute) : status;
}

/* The one that is named, by the line or a variable, or NULL. */
static const char *find_profile(const struct command_call *call)
{
    static const char *const names[] = {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"};

    if (call->profile != NULL)
        return call->profile;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return value;
    }
    return NULL;
}

const char *caller_environment_profile(const struct command_call *call)
{
    const char *profile = find_profile(call);

    return profile != NULL ? profile : "default";
}

const char *caller_environment_put_profile(struct command_call *call)
{
    const char *profile = caller_environment_profile(call);

    fob_message_put_text(&call->request, FOB_TAG_PROFILE, profile);
    return profile;
}

enum fob_status caller_environment_need_profile(struct command_call *call)
{
    if (find_profile(call) != NULL)
        return FOB_OK;
    return command_usage(call, "no PROFILE, and AWS_PROFILE is not set");
}
