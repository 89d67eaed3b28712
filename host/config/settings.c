/* SPDX-License-Identifier: MIT */
#include "host/config/settings.h"

#include "host/base/text.h"
#include "host/config/config.h"

#include <string.h>

enum {
    SETTINGS_WEEK_S = 7 * 24 * 3600,
    SETTINGS_LOCK_IDLE_S = 3600,
    SETTINGS_LOCK_AFTER_S = 12 * 3600,
    SETTINGS_SCRYPT_MIN = 14,
    SETTINGS_SCRYPT_MAX = 20,
    SETTINGS_SCRYPT = 17,
    SETTINGS_CLIPBOARD_S = 45,
    SETTINGS_CLIPBOARD_S_MAX = 3600,
};

const struct fob_setting_mark
    fob_settings_browser_marks[FOB_SETTINGS_BROWSER_MARKS + 1] = {
        [FOB_SETTINGS_BROWSER_PROFILE] = {"{profile}", ""},
        [FOB_SETTINGS_BROWSER_PROFILE_ENCODED] = {"{profile_encoded}", ""},
        [FOB_SETTINGS_BROWSER_PAGE] = {"{page}", ""},
        [FOB_SETTINGS_BROWSER_URL] = {"{url}", ""},
        [FOB_SETTINGS_BROWSER_URL_ENCODED] = {"{url_encoded}", ""},
};

struct settings_reader {
    struct fob_settings *settings;
    const char *path;
    struct fob_error *error;
};

void fob_settings_default(struct fob_settings *settings)
{
    *settings = (struct fob_settings){
        .lock_idle_s = SETTINGS_LOCK_IDLE_S,
        .lock_after_s = SETTINGS_LOCK_AFTER_S,
        .scrypt_log2_n = SETTINGS_SCRYPT,
        .clipboard_clear_s = SETTINGS_CLIPBOARD_S,
        .remote_profiles = {.is_all = true},
        .remote_accounts = {.is_all = true},
        .remote_dialog = "/usr/bin/ssh-askpass",
    };
}

static enum fob_status settings_number(const struct settings_reader *reader,
                                       const struct fob_config_entry *entry,
                                       uint32_t min, uint32_t max,
                                       uint32_t *number)
{
    uint64_t value = 0;

    if (entry->pairs > 0 ||
        fob_text_number(entry->text, max, &value) != FOB_OK || value < min)
        return fob_error_set(reader->error, FOB_E_SYNTAX,
                             "%s line %u: %s must be a number of %u to %u",
                             reader->path, entry->line, entry->key, min, max);
    *number = (uint32_t)value;
    return FOB_OK;
}

static enum fob_status settings_file(const struct settings_reader *reader,
                                     const struct fob_config_entry *entry,
                                     char path[static FOB_PATH_MAX])
{
    if (entry->pairs > 0 || entry->text[0] != '/' ||
        strchr(entry->text, '\n') != NULL)
        return fob_error_set(reader->error, FOB_E_SYNTAX,
                             "%s line %u: %s must be a path that starts "
                             "with /",
                             reader->path, entry->line, entry->key);
    if (fob_text_copy(path, FOB_PATH_MAX, entry->text) != FOB_OK)
        return fob_error_set(reader->error, FOB_E_TOO_LONG,
                             "%s line %u: the path is longer than %d bytes",
                             reader->path, entry->line, FOB_PATH_MAX - 1);
    return FOB_OK;
}

static enum fob_status settings_flag(const struct settings_reader *reader,
                                     const struct fob_config_entry *entry,
                                     bool *flag)
{
    *flag = entry->pairs == 0 && strcmp(entry->text, "yes") == 0;
    if (*flag || (entry->pairs == 0 && strcmp(entry->text, "no") == 0))
        return FOB_OK;
    return fob_error_set(reader->error, FOB_E_SYNTAX,
                         "%s line %u: %s must be yes or no", reader->path,
                         entry->line, entry->key);
}

static enum fob_status settings_browser(const struct settings_reader *reader,
                                        const struct fob_config_entry *entry)
{
    char *browser = reader->settings->browser;
    size_t cap = sizeof(reader->settings->browser);

    if (entry->pairs == 0 && strchr(entry->text, '\n') == NULL &&
        fob_setting_command_is_good(entry->text, fob_settings_browser_marks) &&
        fob_text_copy(browser, cap, entry->text) == FOB_OK)
        return FOB_OK;
    return fob_error_set(reader->error, FOB_E_SYNTAX,
                         "%s line %u: %s must be a program and its arguments, "
                         "with {profile}, {page} or {url} in them; see "
                         "fob-settings(5)",
                         reader->path, entry->line, entry->key);
}

static enum fob_status settings_names(const struct settings_reader *reader,
                                      const struct fob_config_entry *entry,
                                      struct fob_name_list *list)
{
    /* Names on lines of their own look to the reader like a block. */
    enum fob_status status = entry->pairs > 0
                                 ? FOB_E_SYNTAX
                                 : fob_name_list_parse(entry->text, list);

    if (status == FOB_OK)
        return FOB_OK;
    return fob_error_set(
        reader->error, status,
        status == FOB_E_TOO_LONG
            ? "%s line %u: the list %s is too long"
            : "%s line %u: %s must be names with commas between them",
        reader->path, entry->line, entry->key);
}

enum fob_status fob_settings_confirm(const char *word,
                                     enum fob_remote_confirm *confirm)
{
    static const char *const words[] = {
        [FOB_REMOTE_CONFIRM_NO] = "no",
        [FOB_REMOTE_CONFIRM_TERMINAL] = "terminal",
        [FOB_REMOTE_CONFIRM_PINENTRY] = "pinentry",
        [FOB_REMOTE_CONFIRM_DESKTOP] = "desktop"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(word, words[i]) == 0) {
            *confirm = (enum fob_remote_confirm)i;
            return FOB_OK;
        }
    return FOB_E_SYNTAX;
}

static enum fob_status settings_confirm(const struct settings_reader *reader,
                                        const struct fob_config_entry *entry)
{
    if (entry->pairs == 0 &&
        fob_settings_confirm(entry->text, &reader->settings->remote_confirm) ==
            FOB_OK)
        return FOB_OK;
    return fob_error_set(reader->error, FOB_E_SYNTAX,
                         "%s line %u: %s must be no, terminal, pinentry or "
                         "desktop",
                         reader->path, entry->line, entry->key);
}

/* What holds for a forwarded socket; any other key is unknown. */
static enum fob_status settings_remote(const struct settings_reader *reader,
                                       const struct fob_config_entry *entry)
{
    struct fob_settings *settings = reader->settings;

    if (strcmp(entry->key, "remote_profiles") == 0)
        return settings_names(reader, entry, &settings->remote_profiles);
    if (strcmp(entry->key, "remote_accounts") == 0)
        return settings_names(reader, entry, &settings->remote_accounts);
    if (strcmp(entry->key, "remote_confirm") == 0)
        return settings_confirm(reader, entry);
    if (strcmp(entry->key, "remote_hotp") == 0)
        return settings_flag(reader, entry, &settings->has_remote_hotp);
    if (strcmp(entry->key, "remote_commands") == 0)
        return settings_flag(reader, entry, &settings->has_remote_commands);
    if (strcmp(entry->key, "remote_dialog") == 0)
        return settings_file(reader, entry, settings->remote_dialog);
    return fob_error_set(reader->error, FOB_E_SYNTAX,
                         "%s line %u: no such setting; see fob-settings(5)",
                         reader->path, entry->line);
}

static enum fob_status settings_take(const struct settings_reader *reader,
                                     const struct fob_config_entry *entry)
{
    struct fob_settings *settings = reader->settings;

    if (strcmp(entry->key, "lock_idle_s") == 0)
        return settings_number(reader, entry, 0, SETTINGS_WEEK_S,
                               &settings->lock_idle_s);
    if (strcmp(entry->key, "lock_after_s") == 0)
        return settings_number(reader, entry, 0, SETTINGS_WEEK_S,
                               &settings->lock_after_s);
    if (strcmp(entry->key, "scrypt_log2_n") == 0)
        return settings_number(reader, entry, SETTINGS_SCRYPT_MIN,
                               SETTINGS_SCRYPT_MAX, &settings->scrypt_log2_n);
    if (strcmp(entry->key, "key_file") == 0)
        return settings_file(reader, entry, settings->key_file);
    if (strcmp(entry->key, "pinentry") == 0)
        return settings_file(reader, entry, settings->pinentry);
    if (strcmp(entry->key, "browser") == 0)
        return settings_browser(reader, entry);
    if (strcmp(entry->key, "clipboard_clear_s") == 0)
        return settings_number(reader, entry, 0, SETTINGS_CLIPBOARD_S_MAX,
                               &settings->clipboard_clear_s);
    return settings_remote(reader, entry);
}

/* What is to ask must be there to ask. */
static enum fob_status settings_check(const struct settings_reader *reader,
                                      const struct fob_config_entry *entry)
{
    if (strcmp(entry->key, "remote_confirm") != 0 ||
        reader->settings->remote_confirm != FOB_REMOTE_CONFIRM_PINENTRY ||
        reader->settings->pinentry[0] != '\0')
        return FOB_OK;
    return fob_error_set(reader->error, FOB_E_SYNTAX,
                         "%s line %u: %s = pinentry needs the setting pinentry",
                         reader->path, entry->line, entry->key);
}

/* A setting that is not understood must not look as if it held. */
static enum fob_status settings_read(const struct settings_reader *reader,
                                     const struct fob_config *config)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < config->section_count; i++) {
        const struct fob_config_section *section = &config->sections[i];

        if (i > 0 && strcmp(section->name, "fob") != 0)
            return fob_error_set(reader->error, FOB_E_SYNTAX,
                                 "%s line %u: the only section is [fob]",
                                 reader->path, section->line);
    }
    for (size_t i = 0; status == FOB_OK && i < config->entry_count; i++)
        status = settings_take(reader, &config->entries[i]);
    for (size_t i = 0; status == FOB_OK && i < config->entry_count; i++)
        status = settings_check(reader, &config->entries[i]);
    return status;
}

enum fob_status fob_settings_load(const char *path,
                                  struct fob_settings *settings,
                                  struct fob_error *error)
{
    const struct settings_reader reader = {settings, path, error};
    struct fob_config config = {0};
    enum fob_status status = fob_config_load_own(&config, path, error);

    fob_settings_default(settings);
    if (status == FOB_OK)
        status = settings_read(&reader, &config);
    if (status != FOB_OK)
        fob_settings_default(settings);
    fob_config_free(&config);
    return status;
}
