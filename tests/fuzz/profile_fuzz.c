/* SPDX-License-Identifier: MIT */
/*
 * What fob makes of its settings and of both AWS files together: whatever
 * they say, each question about each profile has an answer or an error that is
 * set. The first byte is 's' for settings; otherwise the input is the config
 * file, and after a line of "--" the credentials file.
 */
#include "host/config/credential_process.h"
#include "host/config/misread.h"
#include "host/config/profile.h"
#include "host/config/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file in memory and its path. */
struct memory_file {
    int fd;
    char path[FOB_PATH_MAX];
};
static struct memory_file config, credentials;

static void must(bool held)
{
    if (!held)
        abort();
}

static void make(struct memory_file *file)
{
    file->fd = memfd_create("fuzz", 0);
    must(file->fd >= 0);
    snprintf(file->path, sizeof(file->path), "/proc/self/fd/%d", file->fd);
}

static void fill(const struct memory_file *file, const uint8_t *data,
                 size_t len)
{
    must(ftruncate(file->fd, 0) == 0);
    must(len == 0 || pwrite(file->fd, data, len, 0) == (ssize_t)len);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(fob_secret_start() == FOB_OK);
    make(&config);
    make(&credentials);
    return 0;
}

/* A list goes on to its end, within its room, and has what it names. */
static void try_names(const struct fob_name_list *list)
{
    const char *name = NULL;

    while ((name = fob_name_list_next(list, name)) != NULL) {
        must(name < list->names + sizeof(list->names));
        must(fob_name_list_has(list, name));
    }
}

static void try_settings(const uint8_t *data, size_t len)
{
    struct fob_settings settings, standard;
    struct fob_error error = {0};

    fill(&config, data, len);
    fob_settings_default(&standard);
    if (fob_settings_load(config.path, &settings, &error) == FOB_OK) {
        must(settings.scrypt_log2_n >= 14 && settings.scrypt_log2_n <= 20);
        must(settings.key_file[0] == '\0' || settings.key_file[0] == '/');
        must(settings.pinentry[0] == '\0' || settings.pinentry[0] == '/');
        must(settings.remote_dialog[0] == '/');
        must(settings.remote_confirm != FOB_REMOTE_CONFIRM_PINENTRY ||
             settings.pinentry[0] != '\0');
        try_names(&settings.remote_profiles);
        try_names(&settings.remote_accounts);
        return;
    }
    must(error.text[0] != '\0');
    must(settings.scrypt_log2_n == standard.scrypt_log2_n &&
         settings.lock_idle_s == standard.lock_idle_s);
}

static void must_word(enum fob_status status, struct fob_error *error)
{
    must(status == FOB_OK || error->text[0] != '\0');
    fob_error_clear(error);
}

static void ask_endpoint(const struct fob_profile *profile,
                         struct fob_error *error)
{
    static const char *const none[] = {NULL};
    const struct fob_profile_endpoint wanted = {
        .profile = profile, .service = "sts", .env = none};
    struct fob_profile_setting setting;
    char place[64];
    bool is_yes;

    must_word(fob_profile_get_endpoint(&wanted, &setting, error), error);
    for (int which = FOB_PROFILE_REGION; which <= FOB_PROFILE_IGNORE_URLS;
         which++) {
        must(fob_profile_find_setting(profile, none,
                                      (enum fob_profile_choice)which,
                                      &setting) == (setting.value != NULL));
        fob_profile_show_setting(&setting, place, sizeof(place));
        if (which >= FOB_PROFILE_STS_LEGACY)
            must_word(fob_profile_read_choice(&setting,
                                              (enum fob_profile_choice)which,
                                              &is_yes, error),
                      error);
    }
}

static void ask(const struct fob_profile *profile)
{
    const char *line = fob_profile_get(profile, "credential_process");
    struct fob_profile source;
    struct fob_profile_key key;
    struct fob_error error = {0};
    uint32_t duration_s = 0;
    enum fob_status status = fob_profile_get_key(profile, &key, &error);

    must(status != FOB_OK || (key.id[0] != '\0' && key.secret[0] != '\0'));
    must_word(status, &error);
    must_word(fob_profile_get_source(profile, &source, &error), &error);
    must_word(fob_profile_duration(profile, &duration_s, &error), &error);
    must(duration_s == 0 || (duration_s >= 900 && duration_s <= 129600));
    if (line != NULL && fob_credential_process_is_own(line, profile->name))
        must(fob_credential_process_is_own(line, NULL));
    ask_endpoint(profile, &error);
}

/* What is told of a section is a name that can be looked for, and a header that
 * is whole. */
static void ask_misread(const struct fob_profiles *all)
{
    struct fob_misread misread, found;
    size_t cursor = 0;

    while (fob_misread_next(all, &cursor, &misread)) {
        must(misread.line > 0 && misread.name[0] != '\0');
        must(misread.header[0] == '[');
        must(fob_misread_find(all, misread.name, &found));
    }
}

static void try_profiles(const uint8_t *data, size_t len)
{
    static const char mark[] = "\n--\n";
    const uint8_t *cut = memmem(data, len, mark, strlen(mark));
    size_t config_len = cut == NULL ? len : (size_t)(cut - data) + 1;
    size_t skip = cut == NULL ? len : config_len + strlen(mark) - 1;
    struct fob_profile_paths paths;
    struct fob_profiles all = {0};
    struct fob_profile profile;
    struct fob_error error = {0};

    fill(&config, data, config_len);
    fill(&credentials, data + skip, len - skip);
    strcpy(paths.config, config.path);
    strcpy(paths.credentials, credentials.path);
    must_word(fob_profiles_load(&all, &paths, &error), &error);
    for (size_t i = 0; i < all.count; i++) {
        enum fob_status status =
            fob_profile_find(&all, all.names[i], &profile, &error);

        if (status == FOB_OK)
            ask(&profile);
        must_word(status, &error);
    }
    ask_misread(&all);
    fob_profiles_free(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && data[0] == 's')
        try_settings(data + 1, size - 1);
    else
        try_profiles(data, size);
    return 0;
}
