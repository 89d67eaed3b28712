/* SPDX-License-Identifier: MIT */
/*
 * Config files: whatever the text, it is refused with a line number or read
 * into tables that hold together; and an edit of a text that is read sets,
 * removes and repeats as promised.  The first byte chooses the kind.
 */
#include "host/config/edit.h"
#include "host/config/scan.h"

#include <stdlib.h>
#include <string.h>

static const struct fob_edit set = {
    .action = FOB_EDIT_SET, .profile = "a", .key = "region", .value = "v"};
static const struct fob_edit unset = {
    .action = FOB_EDIT_REMOVE, .profile = "a", .key = "region"};
static const struct fob_edit unset_keys = {.action = FOB_EDIT_REMOVE_KEYS,
                                           .profile = "a"};

static void must(bool good)
{
    if (!good)
        abort();
}

/* The text in ordinary memory of its exact size, where a sanitizer sees one
 * byte too many; fob_secret_free takes it back. */
static struct fob_secret exact(const uint8_t *data, size_t len)
{
    struct fob_secret text = {malloc(len + 1), len, len};

    must(text.data != NULL);
    memcpy(text.data, data, len);
    text.data[len] = 0;
    return text;
}

static void scan_exact(const uint8_t *data, size_t len)
{
    char *copy = malloc(len > 0 ? len : 1);
    const char *at = copy;
    struct scan scan;
    struct scan_line line;

    must(copy != NULL);
    memcpy(copy, data, len);
    scan_start(&scan, copy, slice_valid_len(copy, len));
    for (scan_next(&scan, &line);
         line.kind != SCAN_END && line.kind != SCAN_FAULT;
         scan_next(&scan, &line)) {
        must(line.whole.start == at && line.whole.end > at);
        at = line.whole.end;
    }
    free(copy);
}

static void check_tables(const struct fob_config *config)
{
    size_t entries = config->sections[0].count;

    for (size_t i = 1; i < config->section_count; i++)
        entries += config->sections[i].count;
    must(entries == config->entry_count);
    for (size_t i = 0; i < config->entry_count; i++) {
        const struct fob_config_entry *entry = &config->entries[i];
        const struct fob_config_section *section =
            &config->sections[entry->section];

        must(entry->line > 0 && fob_config_own(section, entry->key) == entry);
        must(entry->pairs > 0 || strlen(entry->text) < config->text.len);
        (void)fob_config_sub(entry, "endpoint_url");
    }
    for (size_t i = 0; i < config->name_count; i++)
        must(fob_config_find(config, config->by_name[i]->kind,
                             config->by_name[i]->name) == config->by_name[i]);
}

/* Read, or refused with the line. */
static bool parse(const uint8_t *data, size_t len, enum fob_config_kind kind,
                  struct fob_config *config)
{
    struct fob_secret text = exact(data, len);
    struct fob_error error = {0};
    enum fob_status status =
        fob_config_parse(config, kind, &text, "PATH", &error);

    must(text.data == NULL);
    if (status == FOB_OK) {
        check_tables(config);
        return true;
    }
    must(status == FOB_E_SYNTAX || status == FOB_E_DUPLICATE);
    must(strncmp(error.text, "PATH line ", 10) == 0);
    must(config->text.data == NULL && config->sections == NULL);
    return false;
}

static bool has(const struct fob_secret *text, const struct fob_edit *edit,
                const char *key)
{
    struct fob_config config = {0};
    const struct fob_config_section *section = NULL;
    bool found = false;

    must(parse(text->len > 0 ? text->data : (const uint8_t *)"", text->len,
               edit->kind, &config));
    section = fob_config_find(&config, FOB_SECTION_PROFILE, edit->profile);
    found = section != NULL && fob_config_get(&config, section, key) != NULL;
    fob_config_free(&config);
    return found;
}

/* Do it twice: the second time changes nothing. */
static void apply(const struct fob_secret *text, struct fob_edit edit,
                  enum fob_config_kind kind)
{
    struct fob_secret once = {0};
    struct fob_secret twice = {0};
    struct fob_error error = {0};
    enum fob_status status = FOB_OK;
    bool sets = edit.action == FOB_EDIT_SET;

    edit.kind = kind;
    status = fob_edit_text(text, &edit, "PATH", &once, &error);
    if (status != FOB_OK) {
        must(status == FOB_E_UNSUPPORTED && once.data == NULL);
        return;
    }
    must(has(&once, &edit, edit.key != NULL ? edit.key : "aws_access_key_id") ==
         sets);
    must(fob_edit_text(&once, &edit, "PATH", &twice, &error) == FOB_OK);
    must(once.len == twice.len &&
         (once.len == 0 || memcmp(once.data, twice.data, once.len) == 0));
    fob_secret_free(&once);
    fob_secret_free(&twice);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(fob_secret_allocator_start() == FOB_OK);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct fob_config config = {0};
    struct fob_secret text = {0};
    enum fob_config_kind kind = FOB_CONFIG_NAMED;

    if (len == 0)
        return 0;
    kind = data[0] % 2 ? FOB_CONFIG_BARE : FOB_CONFIG_NAMED;
    data++;
    len--;
    scan_exact(data, len);
    if (!parse(data, len, kind, &config))
        return 0;
    fob_config_free(&config);
    text = exact(data, len);
    apply(&text, set, kind);
    apply(&text, unset, kind);
    apply(&text, unset_keys, kind);
    fob_secret_free(&text);
    return 0;
}
