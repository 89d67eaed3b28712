/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device_told.h"

#include "host/base/shell_line.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool load_profiles(struct fob_profiles *profiles)
{
    const char *const *env = (const char *const *)environ;
    struct fob_profile_paths paths;
    struct fob_error ignored;

    return fob_profile_find_paths(env, &paths, &ignored) == FOB_OK &&
           fob_profiles_load(profiles, &paths, &ignored) == FOB_OK;
}

static const char *find_serial(const struct fob_profiles *profiles,
                               const char *name)
{
    struct fob_profile profile;
    struct fob_error ignored;
    const char *serial = NULL;

    if (fob_profile_find(profiles, name, &profile, &ignored) == FOB_OK)
        serial = fob_profile_get(&profile, "mfa_serial");
    return serial == NULL ? "" : serial;
}

void device_told_begin(struct device_told *told)
{
    *told = (struct device_told){0};
    told->is_known = load_profiles(&told->before);
}

static void tell_changes(struct command_call *call,
                         const struct fob_profiles *before,
                         const struct fob_profiles *now)
{
    const char *first = NULL, *serial = "";
    char others[32] = "";
    size_t count = 0;

    for (size_t i = 0; i < now->count; i++) {
        const char *name = now->names[i], *is = find_serial(now, name);

        if (strcmp(find_serial(before, name), is) == 0)
            continue;
        if (count++ == 0) {
            first = name;
            serial = is;
        }
    }
    if (count == 0)
        return;
    if (count > 1)
        snprintf(others, sizeof(others), " and %zu more", count - 1);
    if (serial[0] == '\0')
        ui_note(&call->ui, "mfa_serial is taken out of profile %s%s in %s.",
                first, others, now->paths.config);
    else
        ui_note(&call->ui, "mfa_serial of profile %s%s in %s is now %s.", first,
                others, now->paths.config, serial);
}

/* MFA guards nothing from whoever reads the key, where no policy asks for it.
 */
static void tell_plaintext(struct command_call *call,
                           const struct fob_profiles *now)
{
    struct fob_profile profile;
    struct fob_profile_key key;
    struct fob_error ignored;
    char name[FOB_NAME_MAX + 1], line[FOB_ERROR_HINT_MAX + 1];

    if (fob_message_text(&call->reply, FOB_TAG_PROFILE, name, sizeof(name)) ==
            FOB_OK &&
        fob_profile_find(now, name, &profile, &ignored) == FOB_OK &&
        fob_profile_get_key(&profile, &key, &ignored) == FOB_OK &&
        key.token == NULL &&
        fob_shell_line(line, sizeof(line), "fob keys import %s", name) ==
            FOB_OK)
        ui_note(&call->ui,
                "The long-term key of profile %s is still in plaintext in %s; "
                "run: %s",
                name, key.path, line);
}

void device_told_end(struct device_told *told, struct command_call *call,
                     bool is_new)
{
    struct fob_profiles now = {0};

    if (told->is_known && load_profiles(&now)) {
        tell_changes(call, &told->before, &now);
        if (is_new)
            tell_plaintext(call, &now);
    }
    fob_profiles_free(&now);
    fob_profiles_free(&told->before);
}
