/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/export_codes.h"

#include "host/base/text.h"
#include "host/cli/parts/export_picture.h"
#include "host/cli/ui/terminal.h"
#include "host/cli/ui/tty.h"

#include <string.h>
#include <unistd.h>

void export_codes_start(const struct command_call *call,
                        struct export_codes *codes)
{
    fob_message_fields(&call->reply, &codes->at);
}

bool export_codes_next(struct export_codes *codes)
{
    struct fob_reader fields;
    struct fob_field field;

    while (fob_message_next(&codes->at, &field)) {
        codes->name[0] = '\0';
        codes->uri = field;
        if (field.tag == FOB_TAG_URI)
            return true;
        if (field.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&field, &fields);
        if (fob_fields_find(&fields, FOB_TAG_URI, &codes->uri) &&
            fob_fields_text(&fields, FOB_TAG_NAME, codes->name,
                            sizeof(codes->name)) == FOB_OK)
            return true;
    }
    return false;
}

void export_codes_put(struct command_call *call)
{
    struct export_codes codes;

    export_codes_start(call, &codes);
    while (export_codes_next(&codes)) {
        output_put(&call->output, codes.uri.data, codes.uri.len);
        output_put_char(&call->output, '\n');
    }
}

size_t export_codes_count(const struct command_call *call)
{
    struct export_codes codes;
    size_t count = 0;

    export_codes_start(call, &codes);
    while (export_codes_next(&codes))
        count++;
    return count;
}

static bool is_at_terminal(void)
{
    return isatty(STDOUT_FILENO) && tty_is_there();
}

/* A camera takes whatever code it sees first: the next one is alone. */
static enum fob_status await_key(struct command_call *call)
{
    struct fob_secret answer = {0};
    enum fob_status status =
        tty_ask("Return, when it has been scanned: ", true, &answer);

    fob_secret_free(&answer);
    if (status != FOB_OK && status != FOB_E_TOO_LONG)
        return fob_error_set(&call->error, FOB_E_NOBODY,
                             "the codes that follow were not shown");
    if (!terminal_is_plain())
        output_put_text(&call->output, "\033[H\033[2J");
    return FOB_OK;
}

enum fob_status export_codes_draw(struct command_call *call)
{
    struct export_codes codes;
    size_t count = export_codes_count(call), number = 0;
    enum fob_status status = FOB_OK;

    export_codes_start(call, &codes);
    while (status == FOB_OK && export_codes_next(&codes)) {
        if (number++ > 0 && is_at_terminal())
            status = await_key(call);
        if (status != FOB_OK)
            break;
        if (count > 1)
            ui_note(&call->ui, "Code %zu of %zu%s%s", number, count,
                    codes.name[0] != '\0' ? ": " : "", codes.name);
        status = export_picture_draw(call, &codes.uri);
    }
    return status;
}

static int count_digits(size_t number)
{
    int digits = 1;

    for (; number > 9; number /= 10)
        digits++;
    return digits;
}

static enum fob_status make_path(const char *file, size_t number, size_t count,
                                 char path[static FOB_PATH_MAX])
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    const char *ending = strrchr(name, '.');

    if (count <= 1)
        return fob_text_copy(path, FOB_PATH_MAX, file);
    if (ending == NULL || ending == name)
        ending = file + strlen(file);
    return fob_text_format(path, FOB_PATH_MAX, "%.*s-%0*zu%s",
                           (int)(ending - file), file, count_digits(count),
                           number, ending);
}

enum fob_status export_codes_path(struct command_call *call, const char *file,
                                  size_t number, size_t count,
                                  char path[static FOB_PATH_MAX])
{
    if (make_path(file, number, count, path) == FOB_OK)
        return FOB_OK;
    return fob_error_set(&call->error, FOB_E_FAILED, "a path is too long");
}

/* Those that are ours: from the first on. */
static void remove_files(const char *file, size_t made, size_t count)
{
    char path[FOB_PATH_MAX];

    for (size_t i = 1; i <= made; i++)
        if (make_path(file, i, count, path) == FOB_OK)
            unlink(path);
}

static enum fob_status write_file(struct command_call *call,
                                  const struct fob_field *uri, const char *file,
                                  size_t number, size_t count)
{
    char path[FOB_PATH_MAX], progress[64];

    enum fob_status status = export_codes_path(call, file, number, count, path);

    if (status != FOB_OK)
        return status;
    if (count > 1 &&
        fob_text_format(progress, sizeof(progress), "Picture %zu of %zu",
                        number, count) == FOB_OK)
        ui_progress(&call->ui, progress);
    return export_picture_make(call, path, uri);
}

enum fob_status export_codes_write(struct command_call *call, const char *file)
{
    struct export_codes codes;
    size_t count = export_codes_count(call), made = 0;
    bool is_stdout = strcmp(file, "-") == 0;
    enum fob_status status = FOB_OK;

    if (is_stdout && count > 1)
        return fob_error_set(&call->error, FOB_E_USAGE,
                             "these are %zu pictures: name a file, which gets "
                             "a number for each",
                             count);
    export_codes_start(call, &codes);
    while (status == FOB_OK && export_codes_next(&codes)) {
        status = is_stdout
                     ? export_picture_replace(call, file, &codes.uri)
                     : write_file(call, &codes.uri, file, made + 1, count);
        if (status == FOB_OK)
            made++;
    }
    ui_progress_end(&call->ui);
    if (status != FOB_OK && !is_stdout)
        remove_files(file, made, count);
    return status;
}
