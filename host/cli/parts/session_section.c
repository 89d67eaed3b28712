/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/session_section.h"

#include "host/base/file_trust.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/cli/ui/json.h"
#include "host/config/edit.h"
#include "host/config/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What no SDK reads. */
static const char mark[] = "fob_session_ends";

/* What makes more of a profile than a name for a key. */
static const char *const ties[] = {
    "role_arn",           "source_profile",
    "credential_process", "mfa_serial",
    "sso_session",        "sso_start_url",
    "credential_source",  "web_identity_token_file",
    "login_session",
};

static enum fob_status load_files(struct fob_profiles *all,
                                  struct fob_error *error)
{
    struct fob_profile_paths paths;
    enum fob_status status =
        fob_profile_find_paths((const char *const *)environ, &paths, error);

    return status == FOB_OK ? fob_profiles_load(all, &paths, error) : status;
}

/* Empty when no file has it. */
static struct fob_profile find_section(const struct fob_profiles *all,
                                       const char *section)
{
    struct fob_profile profile;
    struct fob_error ignored;

    if (fob_profile_find(all, section, &profile, &ignored) != FOB_OK)
        return (struct fob_profile){0};
    return profile;
}

static bool is_ours(const struct fob_profile *profile)
{
    return profile->credentials != NULL &&
           fob_config_own(profile->credentials, mark) != NULL;
}

static bool has_key(const struct fob_profile *profile)
{
    return profile->name != NULL &&
           (fob_profile_get(profile, "aws_access_key_id") != NULL ||
            fob_profile_get(profile, "aws_secret_access_key") != NULL);
}

static const char *find_tie(const struct fob_profile *profile)
{
    for (size_t i = 0; i < sizeof(ties) / sizeof(ties[0]); i++)
        if (profile->name != NULL && fob_profile_get(profile, ties[i]) != NULL)
            return ties[i];
    return NULL;
}

/* A key that others may read is none: not even for some hours. */
static enum fob_status check_file(const char *path, struct fob_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    enum fob_status status;

    if (fd < 0)
        return errno == ENOENT
                   ? FOB_OK
                   : fob_error_errno(error, FOB_E_IO, "cannot open %s", path);
    status = fob_file_check_trust(fd, path, FOB_FILE_UNSEEN, error);
    close(fd);
    return status;
}

static enum fob_status refuse_key(const char *section, const char *path,
                                  struct fob_error *error)
{
    return fob_error_set(error, FOB_E_EXISTS,
                         "section [%s] of %s has a key that fob did not write "
                         "there; name another section",
                         section, path);
}

/* Before a code is spent. */
static enum fob_status check_name(const char *section, struct fob_error *error)
{
    const struct fob_edit edit = {
        .action = FOB_EDIT_ADD, .kind = FOB_CONFIG_BARE, .profile = section};
    const struct fob_secret empty = {0};
    struct fob_secret result = {0};
    enum fob_status status =
        fob_edit_text(&empty, &edit, "the credentials file", &result, error);

    fob_secret_free(&result);
    return status;
}

static enum fob_status check_section(const struct fob_profiles *all,
                                     const char *section, const char *profile,
                                     struct fob_error *error)
{
    const struct fob_profile found = find_section(all, section);
    const char *tie = find_tie(&found);

    if (check_name(section, error) != FOB_OK)
        return error->status;
    if (strcmp(section, profile) == 0)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "%s would find its own session in place of its "
                             "key; name another section",
                             profile);
    if (tie != NULL)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "profile %s has %s, which a key in the "
                             "credentials file would hide; name another "
                             "section",
                             section, tie);
    if (has_key(&found) && !is_ours(&found))
        return refuse_key(section, all->paths.credentials, error);
    return check_file(all->paths.credentials, error);
}

enum fob_status session_section_check(struct command_call *call,
                                      const char *section, const char *profile)
{
    struct fob_profiles all = {0};
    enum fob_status status = load_files(&all, &call->error);

    if (status == FOB_OK)
        status = check_section(&all, section, profile, &call->error);
    fob_profiles_free(&all);
    return status;
}

enum { SETTINGS = 4, SECRETS = 3 };

/* The values of the three first, each with a NUL. */
static enum fob_status copy_values(struct command_call *call,
                                   struct fob_secret value[static SECRETS])
{
    static const enum fob_tag tags[SECRETS] = {
        FOB_TAG_ACCESS_KEY_ID, FOB_TAG_SECRET_KEY, FOB_TAG_SESSION_TOKEN};
    struct fob_field field;

    for (size_t i = 0; i < SECRETS; i++) {
        if (!fob_message_find(&call->reply, tags[i], &field))
            return fob_error_set(&call->error, FOB_E_AGENT,
                                 "the agent's session is not complete");
        if (fob_secret_copy(&value[i], field.data, field.len) != FOB_OK)
            return fob_error_no_memory(&call->error);
    }
    return FOB_OK;
}

static enum fob_status write_section(struct command_call *call,
                                     const char *section, const char *path,
                                     const char *end)
{
    static const char *const keys[SETTINGS] = {"aws_access_key_id",
                                               "aws_secret_access_key",
                                               "aws_session_token", mark};
    struct fob_secret value[SECRETS] = {{0}, {0}, {0}};
    struct fob_edit edits[SETTINGS];
    enum fob_status status = copy_values(call, value);

    for (size_t i = 0; i < SETTINGS; i++)
        edits[i] = (struct fob_edit){
            .action = FOB_EDIT_SET,
            .kind = FOB_CONFIG_BARE,
            .profile = section,
            .key = keys[i],
            .value = i < SECRETS ? (const char *)value[i].data : end};
    if (status == FOB_OK)
        status = fob_edit_file_all(path, edits, SETTINGS, &call->error);
    for (size_t i = 0; i < SECRETS; i++)
        fob_secret_free(&value[i]);
    return status;
}

static void put_result(struct command_call *call, const char *section,
                       const char *path, const char *end)
{
    char line[FOB_ERROR_HINT_MAX + 1];
    struct json json;

    if (fob_shell_line(line, sizeof(line), "fob credentials --into %s --remove",
                       section) == FOB_OK)
        ui_note(&call->ui,
                "[%s] of %s is the session until %s; to take it out: %s",
                section, path, end, line);
    if (!call->ui.is_json) {
        output_put_name(&call->output, section, strlen(section));
        output_put_char(&call->output, '\n');
        return;
    }
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_text(&json, "name", section);
    json_put_text(&json, "file", path);
    json_put_text(&json, "expiration", end);
    json_close_object(&json);
    json_end(&json);
}

enum fob_status session_section_put(struct command_call *call,
                                    const char *section)
{
    struct fob_profile_paths paths;
    char end[FOB_TEXT_TIME_LEN + 1];
    enum fob_status status = fob_profile_find_paths(
        (const char *const *)environ, &paths, &call->error);

    fob_text_time(
        (int64_t)fob_message_number(&call->reply, FOB_TAG_EXPIRATION, 0), end);
    if (status == FOB_OK)
        status = write_section(call, section, paths.credentials, end);
    if (status == FOB_OK)
        put_result(call, section, paths.credentials, end);
    return status;
}

static enum fob_status take_out(const char *section, const char *path,
                                struct fob_error *error)
{
    const struct fob_edit edits[] = {
        {.action = FOB_EDIT_REMOVE,
         .kind = FOB_CONFIG_BARE,
         .profile = section,
         .key = mark},
        {.action = FOB_EDIT_REMOVE_KEYS,
         .kind = FOB_CONFIG_BARE,
         .profile = section},
    };

    return fob_edit_file_all(path, edits, sizeof(edits) / sizeof(edits[0]),
                             error);
}

enum fob_status session_section_remove(struct command_call *call,
                                       const char *section)
{
    struct fob_profiles all = {0};
    struct fob_error *error = &call->error;
    struct fob_profile found;
    enum fob_status status = load_files(&all, error);

    if (status == FOB_OK) {
        found = find_section(&all, section);
        if (is_ours(&found))
            status = take_out(section, all.paths.credentials, error);
        else if (has_key(&found))
            status = refuse_key(section, all.paths.credentials, error);
        else
            ui_note(&call->ui, "[%s] of %s has no session.", section,
                    all.paths.credentials);
    }
    fob_profiles_free(&all);
    return status;
}
