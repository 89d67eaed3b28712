/* SPDX-License-Identifier: MIT */
/* Sorting a parsed file for lookups; what stands there twice ends up side by
 * side. */
#include "host/config/order.h"

#include "host/config/words.h"

#include <stdlib.h>
#include <string.h>

enum { ORDER_WORDS_MAX = 12 };

static int order_compare_line(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int order_compare_entries(const void *a, const void *b)
{
    const struct fob_config_entry *one = a;
    const struct fob_config_entry *two = b;
    int order = 0;

    if (one->section != two->section)
        return one->section < two->section ? -1 : 1;
    order = strcmp(one->key, two->key);
    return order != 0 ? order : order_compare_line(one->line, two->line);
}

static int order_compare_sections(const void *a, const void *b)
{
    const struct fob_config_section *one =
        *(struct fob_config_section *const *)a;
    const struct fob_config_section *two =
        *(struct fob_config_section *const *)b;
    int order = 0;

    if (one->kind != two->kind)
        return one->kind < two->kind ? -1 : 1;
    order = strcmp(one->name, two->name);
    return order != 0 ? order : order_compare_line(one->line, two->line);
}

/* They come section by section, but for a second [DEFAULT]. */
static bool order_is_by_section(const struct fob_config *config)
{
    for (size_t i = 1; i < config->entry_count; i++)
        if (config->entries[i].section < config->entries[i - 1].section)
            return false;
    return true;
}

static void order_sort_entries(struct fob_config *config)
{
    struct fob_config_entry *entry = config->entries;
    size_t left = config->entry_count, count;

    if (!order_is_by_section(config)) {
        qsort(entry, left, sizeof(*entry), order_compare_entries);
        return;
    }
    for (; left > 0; entry += count, left -= count) {
        for (count = 1; count < left; count++)
            if (entry[count].section != entry->section)
                break;
        qsort(entry, count, sizeof(*entry), order_compare_entries);
    }
}

/* Give each section its keys, and find the first key given twice. */
static enum fob_status order_entries(const struct parse *parse)
{
    struct fob_config *config = parse->config;
    uint32_t twice = 0;

    order_sort_entries(config);
    for (size_t i = 0; i < config->entry_count; i++) {
        struct fob_config_entry *entry = &config->entries[i];
        struct fob_config_section *section = &config->sections[entry->section];

        if (section->count++ == 0)
            section->entries = entry;
        else if (strcmp(entry[-1].key, entry->key) == 0 &&
                 (twice == 0 || entry->line < twice))
            twice = entry->line;
    }
    if (twice == 0)
        return FOB_OK;
    return parse_fault(parse, FOB_E_DUPLICATE, twice,
                       "this key stands in its section already; keep one "
                       "of the two");
}

static void order_sections(struct fob_config *config)
{
    config->name_count = config->section_count - 1;
    for (size_t i = 0; i < config->name_count; i++)
        config->by_name[i] = &config->sections[i + 1];
    qsort(config->by_name, config->name_count, sizeof(*config->by_name),
          order_compare_sections);
}

/* Two headers of the same letters are an error; called before any section
 * has got its kind. */
static enum fob_status order_check_headers(const struct parse *parse)
{
    struct fob_config *config = parse->config;
    uint32_t twice = 0;

    order_sections(config);
    for (size_t i = 1; i < config->name_count; i++) {
        uint32_t line = config->by_name[i]->line;

        if (strcmp(config->by_name[i - 1]->name, config->by_name[i]->name) ==
                0 &&
            (twice == 0 || line < twice))
            twice = line;
    }
    if (twice == 0)
        return FOB_OK;
    return parse_fault(parse, FOB_E_DUPLICATE, twice,
                       "this section is in the file already; put the two "
                       "together");
}

/* The kind that a header starts with.  botocore compares the first letters
 * only and takes the second of exactly two words for the name. */
static enum fob_section_kind order_kind_of(const char *header)
{
    static const struct {
        const char *start;
        enum fob_section_kind kind;
    } kinds[] = {
        {"profile", FOB_SECTION_PROFILE},
        {"sso-session", FOB_SECTION_SSO_SESSION},
        {"services", FOB_SECTION_SERVICES},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strncmp(header, kinds[i].start, strlen(kinds[i].start)) == 0)
            return kinds[i].kind;
    return FOB_SECTION_OTHER;
}

/* The words after the first one, put together again where they stand. */
static char *order_join(char **words, int count)
{
    char *end = words[1] + strlen(words[1]);

    for (int i = 2; i < count; i++) {
        size_t len = strlen(words[i]);

        *end++ = ' ';
        memmove(end, words[i], len + 1);
        end += len;
    }
    return words[1];
}

/* A profile of several words, without the quotes that make them one, keeps
 * them for its name: misread.h tells of it. */
static void order_name(struct fob_config_section *section, char *header)
{
    char *words[ORDER_WORDS_MAX];
    int count;

    if (strcmp(header, "default") == 0) {
        section->kind = FOB_SECTION_PROFILE;
        return;
    }
    section->kind = order_kind_of(header);
    if (section->kind == FOB_SECTION_OTHER)
        return;
    count = words_split(header, words, ORDER_WORDS_MAX);
    if (count == 2)
        section->name = words[1];
    else {
        bool is_profile = section->kind == FOB_SECTION_PROFILE;

        section->kind = FOB_SECTION_OTHER;
        section->name = is_profile && count > 2 && count <= ORDER_WORDS_MAX
                            ? order_join(words, count)
                            : "";
    }
}

static void order_names(const struct parse *parse)
{
    struct fob_config *config = parse->config;
    char *text = (char *)config->text.data;

    for (size_t i = 1; i < config->section_count; i++) {
        struct fob_config_section *section = &config->sections[i];

        if (parse->kind == FOB_CONFIG_BARE)
            section->kind = FOB_SECTION_PROFILE;
        else
            order_name(section, text + (section->name - text));
    }
}

/* Keep the last of each name in the index. */
static void order_keep_last(struct fob_config *config)
{
    size_t kept = 0;

    for (size_t i = 0; i < config->name_count; i++) {
        struct fob_config_section *section = config->by_name[i];

        if (section->kind == FOB_SECTION_OTHER)
            continue;
        section->is_again =
            kept > 0 && config->by_name[kept - 1]->kind == section->kind &&
            strcmp(config->by_name[kept - 1]->name, section->name) == 0;
        if (!section->is_again)
            kept++;
        config->by_name[kept - 1] = section;
    }
    config->name_count = kept;
}

static void order_profiles(struct fob_config *config)
{
    for (size_t i = 0; i < config->section_count; i++)
        if (config->sections[i].kind == FOB_SECTION_PROFILE &&
            !config->sections[i].is_again)
            config->profiles[config->profile_count++] =
                config->sections[i].name;
}

enum fob_status order_build(const struct parse *parse)
{
    enum fob_status status = order_entries(parse);

    if (status == FOB_OK)
        status = order_check_headers(parse);
    if (status != FOB_OK)
        return status;
    order_names(parse);
    order_sections(parse->config);
    order_keep_last(parse->config);
    order_profiles(parse->config);
    return FOB_OK;
}
