/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/import_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 4096 };

struct import_file_name {
    char text[FOB_NAME_MAX + 1];
};

static size_t count_files(const struct fob_request *request)
{
    struct fob_reader at;
    struct fob_field field;
    size_t count = 0;

    fob_message_fields(&request->message, &at);
    while (fob_message_next(&at, &field))
        count += field.tag == FOB_TAG_DATA;
    return count;
}

/* A long name is a path, and its end says most. */
static const char *read_name(const struct fob_field *field,
                             struct import_file_name *name)
{
    size_t skip = field->len > FOB_NAME_MAX ? field->len - FOB_NAME_MAX : 0;

    snprintf(name->text, sizeof(name->text), "%.*s", (int)(field->len - skip),
             (const char *)field->data + skip);
    return name->text;
}

static bool is_text(const struct fob_field *field, const char *text)
{
    return field->len == strlen(text) &&
           memcmp(field->data, text, field->len) == 0;
}

/* Name and type are of the data that come next. */
static void read_files(const struct fob_request *request,
                       struct import_files *files)
{
    struct fob_reader at;
    struct fob_field field;
    size_t i = 0;

    fob_message_fields(&request->message, &at);
    while (i < files->count && fob_message_next(&at, &field)) {
        struct fob_import_file *file = &files->file[i];

        if (field.tag == FOB_TAG_FILE_NAME)
            file->name = read_name(&field, &files->name[i]);
        else if (field.tag == FOB_TAG_TYPE)
            file->is_picture = is_text(&field, "picture");
        else if (field.tag == FOB_TAG_DATA)
            files->file[i++].data =
                (struct fob_span){(const char *)field.data, field.len};
    }
}

enum fob_status import_files_find(struct fob_request *request,
                                  struct import_files *files)
{
    *files = (struct import_files){.count = count_files(request)};
    if (files->count == 0)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "nothing to import was given");
    if (files->count > FILES_MAX)
        return fob_error_set(&request->error, FOB_E_TOO_LONG,
                             "that is more than %d files", FILES_MAX);
    files->file = calloc(files->count, sizeof(*files->file));
    files->name = calloc(files->count, sizeof(*files->name));
    if (files->file == NULL || files->name == NULL)
        return fob_error_no_memory(&request->error);
    read_files(request, files);
    return FOB_OK;
}

void import_files_free(struct import_files *files)
{
    free(files->file);
    free(files->name);
    *files = (struct import_files){0};
}
