/* SPDX-License-Identifier: MIT */
#include "host/import/import.h"

#include "host/base/text.h"
#include "host/import/apps/apps.h"
#include "host/import/foreign/foreign.h"
#include "host/import/json/json_view.h"
#include "host/import/managers/managers.h"
#include "host/import/text/parts.h"
#include "host/import/text/text.h"
#include "src/wipe.h"

#include <string.h>

/* Windows puts one before UTF-8. */
static struct fob_span skip_byte_order_mark(struct fob_span text)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t len = sizeof(mark) - 1;

    if (text.len >= len && memcmp(text.at, mark, len) == 0)
        return (struct fob_span){text.at + len, text.len - len};
    return text;
}

/* Each looks at what only its own files have, so that their order says nothing,
 * but for the last: its files are known by what they are not. */
static const struct import_format *const formats[] = {
    &import_aegis,
    &import_bitwarden,
    &import_bitwarden_items,
    &import_ente,
    &import_proton,
    &import_stratum,
    &import_stratum_sealed,
    &import_twofas,
    &import_andotp,
    &import_freeotp,
    &import_raivo,
    &import_lastpass,
    &import_duo,
    &import_foreign,
    &import_keepass,
    &import_passwords,
    &import_onepassword,
    &import_freeotp_xml,
    &import_authy,
    &import_andotp_sealed,
};

/* "[aws]" and "[a link](otpauth://...)" are none. */
static bool begins_array(struct fob_span text)
{
    struct fob_span inner = {text.at + 1, text.len - 1};

    inner = fob_span_trim(inner, " \t\r\n");
    return text.at[0] == '[' &&
           (inner.len == 0 || strchr("{[\"]-0123456789", inner.at[0]) != NULL);
}

/* A list of URIs has none, and random bytes may begin so. */
static bool looks_like_json(struct fob_span text)
{
    struct fob_span inner = fob_span_trim(text, " \t\r\n");

    return inner.len > 0 && foreign_is_text(inner) &&
           (inner.at[0] == '{' || begins_array(inner));
}

static enum fob_status open_json(struct import_file *file,
                                 struct fob_error *error)
{
    size_t line;
    enum fob_status status = fob_json_view_open(file->text, &file->json, &line);

    if (status == FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_SYNTAX,
                         "the file breaks the rules of JSON on line %zu", line);
}

static enum fob_status read_any(struct import_file *file,
                                struct import_sink *sink)
{
    enum fob_status status = FOB_OK;

    if (looks_like_json(file->text))
        status = open_json(file, sink->error);
    if (status != FOB_OK)
        return status;
    if (file->json.at != NULL)
        sink->unit = "entry";
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
        if (formats[i]->is_mine(file))
            return formats[i]->read(file, sink);
    return text_read(file, sink);
}

/* For a file as a whole, where who read it knows nothing better. */
static void hint_next(enum fob_status status, struct fob_error *error)
{
    if (error->hint[0] != '\0')
        return;
    if (status == FOB_E_VERSION)
        fob_error_advise(error, "update fob, or export in another format");
    if (status == FOB_E_SYNTAX || status == FOB_E_DAMAGED)
        fob_error_advise(error, "export it again, and import the file as it "
                                "comes");
}

static enum fob_status read_file(const struct fob_import_file *given,
                                 struct import_sink *sink)
{
    struct import_file file = {.text = skip_byte_order_mark(given->data),
                               .is_picture = given->is_picture};
    size_t before = sink->count + sink->parts->again;
    enum fob_status status;

    if (file.text.len > FOB_IMPORT_MAX)
        return fob_error_set(sink->error, FOB_E_TOO_LONG,
                             "the file is longer than %d MiB",
                             FOB_IMPORT_MAX >> 20);
    sink_start_file(sink, given->name, given->is_picture ? "code" : "line");
    status = read_any(&file, sink);
    /* Nothing, nor the same codes once more. */
    if (status == FOB_OK && sink->count + sink->parts->again == before)
        status = fob_error_set(sink->error, FOB_E_SYNTAX,
                               "the file holds no accounts");
    hint_next(status, sink->error);
    return status;
}

/* Of several files, which? */
static enum fob_status name_file(const char *name, struct fob_error *error)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (name == NULL || error->status == FOB_E_NO_MEMORY)
        return error->status;
    (void)!fob_text_copy(text, sizeof(text), error->text);
    (void)!fob_text_copy(hint, sizeof(hint), error->hint);
    fob_error_set(error, error->status, "%s: %s", name, text);
    if (hint[0] != '\0')
        fob_error_advise(error, hint);
    return error->status;
}

enum fob_status fob_import_read(const struct fob_import_file *files,
                                size_t count,
                                const struct fob_import_callbacks *callbacks,
                                struct fob_error *error)
{
    struct import_parts parts = {0};
    struct import_sink sink;
    enum fob_status status = sink_open(&sink, callbacks, error);

    if (status != FOB_OK)
        return status;
    sink.parts = &parts;
    for (size_t i = 0; status == FOB_OK && i < count; i++)
        if (read_file(&files[i], &sink) != FOB_OK)
            status = name_file(files[i].name, error);
    if (status == FOB_OK)
        status = parts_check(&sink);
    if (status == FOB_OK)
        status = sink_give(&sink);
    sink_close(&sink);
    fob_wipe(&parts, sizeof(parts));
    return status;
}
