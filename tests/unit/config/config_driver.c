/* SPDX-License-Identifier: MIT */
/*
 * What fob makes of config files, as JSON for tests/vectors.  One command a
 * line on stdin, its words in hex; one line of JSON each on stdout:
 *
 *     parse (named|bare) PATH
 *     merge CONFIG-PATH CREDENTIALS-PATH
 *     edit (named|bare) (set|remove|keys|keep) IN-PATH OUT-PATH PROFILE
 *         [KEY [VALUE]]
 *
 * `keys` removes the key pair, `keep` does so without the header.
 */
#include "host/base/file.h"
#include "host/config/edit.h"
#include "host/config/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8 };

struct command {
    char *words[WORDS_MAX];
    int count;
};

static void print_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte < 0x20 || byte == '"' || byte == '\\')
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void print_error(const struct fob_error *error)
{
    printf("{\"status\": %d, \"error\": ", (int)error->status);
    print_string(error->text);
    printf(", \"hint\": ");
    print_string(error->hint);
    printf("}\n");
}

static void print_entry(const struct fob_config_entry *entry)
{
    const char *at = entry->text;

    print_string(entry->key);
    printf(": ");
    if (entry->pairs == 0) {
        print_string(at);
        return;
    }
    putchar('{');
    for (uint32_t i = 0; i < 2 * entry->pairs; i++) {
        printf("%s", i == 0 ? "" : i % 2 ? ": " : ", ");
        print_string(at);
        at += strlen(at) + 1;
    }
    putchar('}');
}

static void print_section(const struct fob_config *config,
                          const struct fob_config_section *section)
{
    const struct fob_config_section *defaults = &config->sections[0];
    const char *comma = "";

    putchar('{');
    for (size_t i = 0; i < section->count; i++, comma = ", ") {
        printf("%s", comma);
        print_entry(&section->entries[i]);
    }
    for (size_t i = 0; i < defaults->count; i++) {
        if (fob_config_own(section, defaults->entries[i].key) != NULL)
            continue;
        printf("%s", comma);
        print_entry(&defaults->entries[i]);
        comma = ", ";
    }
    putchar('}');
}

static void print_kind(const struct fob_config *config,
                       enum fob_section_kind kind)
{
    const char *comma = "";

    putchar('{');
    for (size_t i = 0; i < config->section_count; i++) {
        const struct fob_config_section *section = &config->sections[i];

        if (section->kind != kind || section->is_again)
            continue;
        printf("%s", comma);
        comma = ", ";
        print_string(section->name);
        printf(": ");
        print_section(config, fob_config_find(config, kind, section->name));
    }
    putchar('}');
}

static enum fob_config_kind kind_of(const char *word)
{
    return strcmp(word, "bare") == 0 ? FOB_CONFIG_BARE : FOB_CONFIG_NAMED;
}

static void do_parse(const struct command *command)
{
    struct fob_config config = {0};
    struct fob_error error = {0};

    if (fob_config_load(&config, kind_of(command->words[1]), command->words[2],
                        &error) != FOB_OK) {
        print_error(&error);
        return;
    }
    printf("{\"status\": 0, \"profiles\": ");
    print_kind(&config, FOB_SECTION_PROFILE);
    printf(", \"sso_sessions\": ");
    print_kind(&config, FOB_SECTION_SSO_SESSION);
    printf(", \"services\": ");
    print_kind(&config, FOB_SECTION_SERVICES);
    printf("}\n");
    fob_config_free(&config);
}

static void print_settings(const struct fob_profile *profile,
                           const struct fob_config *config,
                           const struct fob_config_section *section)
{
    const struct fob_config_section *both[] = {section, &config->sections[0]};

    for (size_t s = 0; section != NULL && s < 2; s++)
        for (size_t i = 0; i < both[s]->count; i++) {
            const char *key = both[s]->entries[i].key;
            const char *value = fob_profile_get(profile, key);

            printf(", ");
            print_string(key);
            printf(": ");
            if (value != NULL)
                print_string(value);
            else
                printf("null");
        }
}

static void print_key(const struct fob_profile *profile)
{
    struct fob_profile_key key;
    struct fob_error error = {0};
    enum fob_status status = fob_profile_get_key(profile, &key, &error);

    if (status != FOB_OK) {
        printf("%d", (int)status);
        return;
    }
    printf("[");
    print_string(key.id);
    printf(", ");
    print_string(key.secret);
    printf(", ");
    print_string(key.token != NULL ? key.token : "");
    printf(", ");
    print_string(key.path);
    printf("]");
}

static void print_profile(const struct fob_profiles *profiles, const char *name)
{
    struct fob_profile profile;
    struct fob_error error = {0};

    printf("[");
    print_string(name);
    if (fob_profile_find(profiles, name, &profile, &error) == FOB_OK) {
        printf(", {\"\": null");
        print_settings(&profile, &profiles->config, profile.config);
        print_settings(&profile, &profiles->credentials, profile.credentials);
        printf("}, ");
        print_key(&profile);
    }
    printf("]");
}

static void do_merge(const struct command *command)
{
    struct fob_profiles profiles = {0};
    struct fob_profile_paths paths = {0};
    struct fob_error error = {0};

    snprintf(paths.config, sizeof(paths.config), "%s", command->words[1]);
    snprintf(paths.credentials, sizeof(paths.credentials), "%s",
             command->words[2]);
    if (fob_profiles_load(&profiles, &paths, &error) != FOB_OK) {
        print_error(&error);
        return;
    }
    printf("{\"status\": 0, \"profiles\": [");
    for (size_t i = 0; i < profiles.count; i++) {
        printf("%s", i == 0 ? "" : ", ");
        print_profile(&profiles, profiles.names[i]);
    }
    printf("]}\n");
    fob_profiles_free(&profiles);
}

static enum fob_edit_action action_of(const char *word)
{
    if (strcmp(word, "set") == 0)
        return FOB_EDIT_SET;
    return strcmp(word, "remove") == 0 ? FOB_EDIT_REMOVE : FOB_EDIT_REMOVE_KEYS;
}

static void do_edit(const struct command *command)
{
    char *const *words = command->words;
    const struct fob_edit edit = {
        .kind = kind_of(words[1]),
        .action = action_of(words[2]),
        .profile = words[5],
        .key = command->count > 6 ? words[6] : NULL,
        .value = command->count > 7 ? words[7] : NULL,
        .keep_header = strcmp(words[2], "keep") == 0,
    };
    const struct fob_file_options options = {.mode = 0600};
    struct fob_secret text = {0};
    struct fob_secret result = {0};
    struct fob_error error = {0};
    enum fob_status status =
        fob_file_read(words[3], FOB_CONFIG_MAX, &text, &error);

    if (status == FOB_OK)
        status = fob_edit_text(&text, &edit, words[3], &result, &error);
    if (status == FOB_OK)
        status = fob_file_replace(words[4], result.data, result.len, &options,
                                  &error);
    if (status == FOB_OK)
        printf("{\"status\": 0}\n");
    else
        print_error(&error);
    fob_secret_free(&text);
    fob_secret_free(&result);
}

static char *unhex(char *hex)
{
    char *out = hex;
    unsigned byte = 0;

    for (char *at = hex; sscanf(at, "%2x", &byte) == 1; at += 2)
        *out++ = (char)byte;
    *out = '\0';
    return hex;
}

static void split(char *line, struct command *command)
{
    char *rest = NULL;

    command->count = 0;
    for (char *word = strtok_r(line, " \n", &rest);
         word != NULL && command->count < WORDS_MAX;
         word = strtok_r(NULL, " \n", &rest))
        command->words[command->count++] = unhex(word);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    struct command command;

    if (fob_secret_start() != FOB_OK)
        return 1;
    while (getline(&line, &room, stdin) > 0) {
        split(line, &command);
        if (command.count == 0)
            break;
        if (strcmp(command.words[0], "parse") == 0)
            do_parse(&command);
        else if (strcmp(command.words[0], "merge") == 0)
            do_merge(&command);
        else if (command.count >= 6)
            do_edit(&command);
    }
    free(line);
    return 0;
}
