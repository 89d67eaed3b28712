/* SPDX-License-Identifier: MIT */
#include "host/base/file_new.h"
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/proof.h"
#include "host/cli/parts/export_codes.h"
#include "host/cli/parts/export_picture.h"
#include "host/cli/parts/export_results.h"

#include <string.h>
#include <unistd.h>

enum { ALL, QR, PNG, URI, GOOGLE, EACH, AEGIS, PASSWORD_FILE, KEY_FILE };
enum { EACH_MAX = 10 }; /* as the app itself has it */

static const struct command_option options[] = {
    [ALL] = {"all", NULL, "all accounts, but those on tokens"},
    [QR] = {"qr", NULL, "draw the QR code in the terminal"},
    [PNG] = {"png", "FILE", "with --qr: write a PNG instead; - is stdout"},
    [URI] = {"uri", NULL, "print the otpauth URI"},
    [GOOGLE] = {"google", NULL,
                "as Google Authenticator has it, several accounts a code"},
    [EACH] = {"each", "N", "with --google: so many a code; 10"},
    [AEGIS] = {"aegis", "FILE",
               "write an encrypted file for Aegis; - is stdout"},
    [PASSWORD_FILE] = {"password-file", "FILE",
                       "holds the password for --aegis"},
    [KEY_FILE] = {"key-file", "FILE",
                  "prove by this key file that it is yours"},
    {0},
};

static bool has_option(const struct command_call *call, int option)
{
    return call->option[option] != NULL;
}

/* Of several accounts, or in a format for several. */
static bool is_many(const struct command_call *call)
{
    return has_option(call, ALL) || has_option(call, GOOGLE) ||
           has_option(call, AEGIS) || call->operand_count > 1;
}

/* What Google's app reads is a QR code, if nothing else is wanted. */
static bool is_drawn(const struct command_call *call)
{
    return has_option(call, QR) ||
           (has_option(call, GOOGLE) && !has_option(call, URI));
}

static enum fob_status check_forms(struct command_call *call)
{
    int forms = has_option(call, QR) + has_option(call, URI);

    if (has_option(call, AEGIS) &&
        (forms > 0 || has_option(call, GOOGLE) || has_option(call, PNG)))
        return command_usage(call, "--aegis makes a file, and nothing else");
    if (forms > 1 ||
        (forms == 0 && !has_option(call, GOOGLE) && !has_option(call, AEGIS)))
        return command_usage(
            call, "one of --qr and --uri is needed, or --aegis FILE");
    if (has_option(call, PNG) && !is_drawn(call))
        return command_usage(call, "--png goes with --qr");
    if (has_option(call, EACH) && !has_option(call, GOOGLE))
        return command_usage(call, "--each goes with --google");
    if (has_option(call, PASSWORD_FILE) && !has_option(call, AEGIS))
        return command_usage(call, "--password-file goes with --aegis");
    return FOB_OK;
}

static enum fob_status read_each(struct command_call *call, uint64_t *each)
{
    const char *text = call->option[EACH];

    if (text == NULL ||
        (fob_text_number(text, EACH_MAX, each) == FOB_OK && *each > 0))
        return FOB_OK;
    return command_usage(call, "--each takes a number from 1 to %d", EACH_MAX);
}

static enum fob_status check_options(struct command_call *call)
{
    enum fob_status status = check_forms(call);

    if (status != FOB_OK)
        return status;
    if (has_option(call, ALL) && call->operand_count > 0)
        return command_usage(call, "either --all or NAMEs");
    if (!has_option(call, ALL) && call->operand_count == 0)
        return command_usage(call, "name an account, or use --all");
    return FOB_OK;
}

static void put_uri(struct command_call *call, const struct fob_field *uri)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"uri", NULL, FOB_TAG_URI, LISTING_TEXT},
        {0},
    };

    if (call->ui.is_json) {
        listing_put_one(call, members);
        return;
    }
    output_put(&call->output, uri->data, uri->len);
    output_put_char(&call->output, '\n');
}

static enum fob_status export_one(struct command_call *call)
{
    const char *path = call->option[PNG];
    enum fob_status status;
    struct fob_field uri;

    fob_message_start(&call->request, FOB_REQUEST_EXPORT);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    status = proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    if (!fob_message_find(&call->reply, FOB_TAG_URI, &uri))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the URI");
    if (path != NULL)
        return export_picture_replace(call, path, &uri);
    if (is_drawn(call))
        return export_picture_draw(call, &uri);
    put_uri(call, &uri);
    return FOB_OK;
}

/* Where it goes, or NULL: to stdout, as lines or drawings. */
static const char *find_file(const struct command_call *call)
{
    return has_option(call, AEGIS) ? call->option[AEGIS] : call->option[PNG];
}

/* All that can be known to go wrong, before anybody is asked anything. */
static enum fob_status check_target(struct command_call *call)
{
    const char *file = find_file(call);
    bool is_stdout = file != NULL && strcmp(file, "-") == 0;

    if (call->ui.is_json && (is_stdout || (file == NULL && is_drawn(call))))
        return command_usage(call, "--json goes with --uri, or with a file");
    if (is_stdout && isatty(STDOUT_FILENO))
        return command_usage(call, "stdout is a terminal: redirect it");
    return file == NULL || is_stdout ? FOB_OK
                                     : fob_file_new_check(file, &call->error);
}

static size_t find_room(const struct command_call *call)
{
    return is_drawn(call) && !has_option(call, PNG) ? export_picture_room()
                                                    : EXPORT_PICTURE_URI_MAX;
}

static enum fob_status ask_agent(struct command_call *call)
{
    uint64_t each = EACH_MAX;
    enum fob_status status = read_each(call, &each);

    if (status != FOB_OK)
        return status;
    call->password_file = call->option[PASSWORD_FILE];
    fob_message_start(&call->request, FOB_REQUEST_EXPORT_MANY);
    fob_message_put_text(&call->request, FOB_TAG_TYPE,
                         has_option(call, AEGIS)    ? "aegis"
                         : has_option(call, GOOGLE) ? "google"
                                                    : "otpauth");
    for (int i = 0; i < call->operand_count; i++)
        fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[i]);
    fob_message_put_number(&call->request, FOB_TAG_EACH, each);
    fob_message_put_number(&call->request, FOB_TAG_URI_MAX, find_room(call));
    status = proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);
    return status == FOB_OK ? agent_call_run(call) : status;
}

static enum fob_status write_aegis(struct command_call *call, const char *path)
{
    struct fob_file_new file = {0};
    struct fob_field data;
    enum fob_status status;

    if (!fob_message_find(&call->reply, FOB_TAG_DATA, &data))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the file");
    if (strcmp(path, "-") == 0) {
        output_put(&call->output, data.data, data.len);
        return FOB_OK;
    }
    status = fob_file_new_write(&file, path, data.data, data.len, &call->error);
    if (status == FOB_OK)
        status = fob_file_new_place(&file, &call->error);
    fob_file_new_end(&file);
    if (status == FOB_OK)
        ui_note(&call->ui, "In Aegis: Settings, Import & Export, Import from "
                           "file, Aegis.");
    return status;
}

/* Where in the app: what else there is to scan codes takes the first alone. */
static void note_google(struct command_call *call)
{
    ui_note(&call->ui, "In Google Authenticator: Transfer codes, Import codes; "
                       "it asks for each code in turn.");
}

static enum fob_status write_codes(struct command_call *call)
{
    const char *file = call->option[PNG];
    bool is_google = has_option(call, GOOGLE);
    enum fob_status status;

    if (file == NULL && is_google)
        note_google(call);
    status =
        file == NULL ? export_codes_draw(call) : export_codes_write(call, file);
    if (status == FOB_OK && file != NULL && is_google)
        note_google(call);
    return status;
}

static enum fob_status write_all(struct command_call *call)
{
    if (has_option(call, AEGIS))
        return write_aegis(call, call->option[AEGIS]);
    if (is_drawn(call))
        return write_codes(call);
    if (!call->ui.is_json)
        export_codes_put(call);
    return FOB_OK;
}

/* What was exported has gone out before it is told what was not. */
static enum fob_status tell_rest(struct command_call *call)
{
    enum fob_status status =
        output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);

    output_free(&call->output);
    return status == FOB_OK ? export_results_tell(call) : status;
}

static enum fob_status export_many(struct command_call *call)
{
    enum fob_status status = check_target(call);

    if (status == FOB_OK)
        status = ask_agent(call);
    if (status != FOB_OK)
        return status;
    if (listing_count(call) == 0) {
        fob_error_set(&call->error, FOB_E_NOT_FOUND,
                      "the vault holds no accounts");
        fob_error_hint(&call->error, "fob add");
        return FOB_E_NOT_FOUND;
    }
    if (export_results_count(call) > 0)
        status = write_all(call);
    if (status == FOB_OK && call->ui.is_json)
        status = export_results_put(call, find_file(call));
    return status == FOB_OK ? tell_rest(call) : status;
}

static enum fob_status run_export(struct command_call *call)
{
    enum fob_status status = check_options(call);

    if (status != FOB_OK)
        return status;
    return is_many(call) ? export_many(call) : export_one(call);
}

const struct command command_export = {
    .name = "export",
    .synopsis = "(--uri | [--google] --qr [--png FILE] | --aegis FILE) "
                "(--all | NAME ...)",
    .summary = "give seeds to another authenticator",
    .examples = "fob export --qr github\n"
                "fob export --all --google\n"
                "fob export --all --aegis aegis.json",
    .options = options,
    .operand = COMMAND_ACCOUNT,
    .operands_min = 0,
    .operands_max = COMMAND_ANY,
    .run = run_export,
};
