/* SPDX-License-Identifier: MIT */
#include "host/config/misread.h"

#include "host/base/text.h"
#include "host/config/change.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char word[] = "profile";

/* What follows the word `profile`, in whatever letters and blanks; else all of
 * it. */
static const char *skip_word(const char *header)
{
    size_t len = strlen(word);
    const char *at = header + strspn(header, " \t");

    if (strncasecmp(at, word, len) != 0 || strspn(at + len, " \t") == 0)
        return header;
    at += len;
    return at + strspn(at, " \t");
}

/* One of these makes a section a profile in its writer's mind. */
static bool has_settings(const struct fob_config_section *section)
{
    static const char *const keys[] = {
        "region",        "output",           "role_arn",
        "mfa_serial",    "sso_session",      "source_profile",
        "sso_start_url", "login_session",    "credential_process",
        "endpoint_url",  "aws_access_key_id"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (fob_config_own(section, keys[i]) != NULL)
            return true;
    return false;
}

static void put_quoted(const char *name, char *out, size_t cap)
{
    size_t len = 0;

    out[len++] = '"';
    for (; *name != '\0' && len + 3 < cap; name++) {
        if (*name == '"' || *name == '\\')
            out[len++] = '\\';
        out[len++] = *name;
    }
    out[len++] = '"';
    out[len] = '\0';
}

static void put_header(struct fob_misread *misread, bool is_bare)
{
    char quoted[FOB_MISREAD_HEADER_MAX - 16];
    const char *name = misread->name;

    if (!is_bare && !change_is_plain(name, "-_.@+=,/:")) {
        put_quoted(name, quoted, sizeof(quoted));
        name = quoted;
    }
    if (strlen(name) < sizeof(quoted))
        snprintf(misread->header, sizeof(misread->header), "[%s%s]",
                 is_bare ? "" : "profile ", name);
}

/* In the config file, what is none of the known kinds; in the credentials file
 * a name that begins as the config file's headers do. */
static bool take_section(const struct fob_config_section *section, bool is_bare,
                         const char *path, struct fob_misread *misread)
{
    const char *name = skip_word(section->name);

    if (is_bare ? name == section->name : section->kind != FOB_SECTION_OTHER)
        return false;
    *misread =
        (struct fob_misread){.name = name, .path = path, .line = section->line};
    put_header(misread, is_bare);
    return name[0] != '\0' && misread->header[0] != '\0';
}

static bool look_at(const struct fob_profiles *profiles, size_t number,
                    struct fob_misread *misread)
{
    const struct fob_config *config = &profiles->config;
    const struct fob_config *credentials = &profiles->credentials;

    if (number < config->section_count)
        return take_section(&config->sections[number], false,
                            profiles->paths.config, misread);
    return take_section(&credentials->sections[number - config->section_count],
                        true, profiles->paths.credentials, misread);
}

static size_t count_all(const struct fob_profiles *profiles)
{
    return profiles->config.section_count + profiles->credentials.section_count;
}

static bool is_meant(const struct fob_profiles *profiles, size_t number)
{
    const struct fob_config *config = &profiles->config;

    return number >= config->section_count ||
           has_settings(&config->sections[number]);
}

bool fob_misread_next(const struct fob_profiles *profiles, size_t *cursor,
                      struct fob_misread *misread)
{
    while (*cursor < count_all(profiles)) {
        size_t number = (*cursor)++;

        if (is_meant(profiles, number) && look_at(profiles, number, misread))
            return true;
    }
    return false;
}

bool fob_misread_find(const struct fob_profiles *profiles, const char *name,
                      struct fob_misread *misread)
{
    for (size_t i = 0; i < count_all(profiles); i++)
        if (look_at(profiles, i, misread) && strcmp(misread->name, name) == 0)
            return true;
    return false;
}
