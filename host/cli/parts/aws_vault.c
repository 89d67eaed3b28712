/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/aws_vault.h"

#include "host/base/path.h"
#include "host/base/text.h"
#include "host/cli/ui/input.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MAX = 64 * 1024 };

static int read_nibble(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int)(found - digits) % 16;
}

/* A "%2F" of a file's name is a slash of the profile's. */
static enum fob_status decode_name(const char *file,
                                   char name[static FOB_NAME_MAX + 1])
{
    size_t len = 0;

    for (; *file != '\0'; file++) {
        int high = *file == '%' ? read_nibble(file[1]) : -1;
        int low = high >= 0 ? read_nibble(file[2]) : -1;

        if (len == FOB_NAME_MAX)
            return FOB_E_TOO_LONG;
        name[len++] = low >= 0 ? (char)(high * 16 + low) : *file;
        if (low >= 0)
            file += 2;
    }
    name[len] = '\0';
    return strlen(name) == len ? FOB_OK : FOB_E_SYNTAX;
}

static bool ends_in_digits(const char *text, const char *behind)
{
    size_t len = strlen(text);

    while (len > 0 && text[len - 1] >= '0' && text[len - 1] <= '9')
        len--;
    return text[len] != '\0' && len > 0 && text[len - 1] == behind[0];
}

/* As aws-vault names what is no key: "type,profile,serial,time", and in older
 * releases "session:…" and "profile session (time)". */
static bool is_key_name(const char *name)
{
    size_t commas = 0;

    for (const char *c = name; *c != '\0'; c++)
        commas += *c == ',';
    if (commas == 3 && ends_in_digits(name, ","))
        return false;
    return name[0] != '.' && strncmp(name, "session:", 8) != 0 &&
           strncmp(name, "oidc:", 5) != 0 && strstr(name, " session (") == NULL;
}

static enum fob_status find_folder(const char *given,
                                   char folder[static FOB_PATH_MAX],
                                   struct fob_error *error)
{
    const char *variable = getenv("AWS_VAULT_FILE_DIR");
    const char *home = getenv("HOME");
    const char *path = given != NULL ? given : variable;
    bool is_at_home;

    if (path == NULL || path[0] == '\0')
        path = "~/.awsvault/keys";
    is_at_home = given == NULL && strncmp(path, "~/", 2) == 0;
    if (is_at_home && home == NULL)
        return fob_error_set(error, FOB_E_FAILED, "HOME is not set");
    if (fob_text_format(folder, FOB_PATH_MAX, "%s%s", is_at_home ? home : "",
                        path + is_at_home) != FOB_OK)
        return fob_error_set(error, FOB_E_TOO_LONG, "a path is too long");
    return FOB_OK;
}

static enum fob_status put_file(struct command_call *call, const char *path,
                                const char *profile)
{
    struct fob_secret content = {0};
    struct fob_message record = {0};
    enum fob_status status = input_read(path, FILE_MAX, &content, &call->error);

    if (status == FOB_OK) {
        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_text(&record, FOB_TAG_PROFILE, profile);
        fob_message_put(&record, FOB_TAG_DATA, content.data, content.len);
        fob_message_put_record(&call->request, &record);
    }
    fob_message_free(&record);
    fob_secret_free(&content);
    return status;
}

/* Put the key of a file, if it has one, and the wanted one. */
static enum fob_status put_entry(struct command_call *call, const char *folder,
                                 const char *file, const char *wanted,
                                 size_t *count)
{
    char name[FOB_NAME_MAX + 1], path[FOB_PATH_MAX];
    struct stat info;

    if (decode_name(file, name) != FOB_OK || !is_key_name(name) ||
        (wanted != NULL && strcmp(name, wanted) != 0))
        return FOB_OK;
    if (fob_text_format(path, sizeof(path), "%s/%s", folder, file) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_TOO_LONG,
                             "a path is too long");
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return FOB_OK;
    ++*count;
    return put_file(call, path, name);
}

static enum fob_status put_folder(struct command_call *call, const char *folder,
                                  const char *wanted, size_t *count)
{
    struct dirent **files;
    int found = scandir(folder, &files, NULL, alphasort);
    enum fob_status status = FOB_OK;

    *count = 0;
    if (found < 0)
        return FOB_OK; /* no folder has no keys */
    for (int i = 0; i < found; i++) {
        if (status == FOB_OK)
            status = put_entry(call, folder, files[i]->d_name, wanted, count);
        free(files[i]);
    }
    free(files);
    return status;
}

static enum fob_status say_none(struct command_call *call, const char *folder,
                                const char *profile)
{
    if (profile != NULL)
        fob_error_set(&call->error, FOB_E_NOT_FOUND,
                      "aws-vault has no key of profile %s in %s", profile,
                      folder);
    else
        fob_error_set(&call->error, FOB_E_NOT_FOUND,
                      "aws-vault has no keys in %s", folder);
    fob_error_advise(&call->error,
                     "if it keeps them elsewhere: aws-vault export "
                     "--no-session --format=json PROFILE | fob keys add "
                     "PROFILE");
    return FOB_E_NOT_FOUND;
}

enum fob_status aws_vault_put(struct command_call *call, const char *folder,
                              const char *profile)
{
    char path[FOB_PATH_MAX];
    size_t count = 0;
    enum fob_status status = find_folder(folder, path, &call->error);

    if (status == FOB_OK)
        status = put_folder(call, path, profile, &count);
    return status == FOB_OK && count == 0 ? say_none(call, path, profile)
                                          : status;
}
