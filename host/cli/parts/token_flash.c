/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/token_flash.h"

#include "host/base/shell_line.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/helper/flash.h"
#include "host/cli/parts/token_version.h"
#include "host/cli/ui/input.h"
#include "host/cli/ui/json.h"

#include <stdlib.h>
#include <string.h>

enum {
    WAIT_S = 15,  /* for a boot loader to come up */
    GLANCE_S = 5, /* when the token may just have been unplugged */
};

static void put_json(struct command_call *call, const struct flash_facts *facts)
{
    struct json json;

    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_text(&json, "serial", facts->serial);
    json_put_text(&json, "written", facts->file);
    json_put_text(&json, "version", facts->version);
    json_put_text(&json, "before", facts->before);
    json_put_text(&json, "bus", facts->place);
    json_close_object(&json);
    json_end(&json);
}

static void put_line(struct output *output, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    output_put_text(output, name);
    output_put_shown(output, value, strlen(value));
    output_put_char(output, '\n');
}

static void put_text(struct command_call *call, const struct flash_facts *facts)
{
    put_line(&call->output, "serial: ", facts->serial);
    if (facts->version[0] == '\0')
        put_line(&call->output, "written: ", facts->file);
    put_line(&call->output, "version: ", facts->version);
    put_line(&call->output, "before: ", facts->before);
    put_line(&call->output, "bus: ", facts->place);
}

static void put_facts(struct command_call *call,
                      const struct flash_facts *facts)
{
    if (call->ui.is_json)
        put_json(call, facts);
    else
        put_text(call, facts);
}

/* --- the token leaves -----------------------------------------------------*/

/* It is asked for with what the file has, for only the agent knows what the
 * token has. */
static enum fob_status ask_to_leave(struct command_call *call,
                                    const struct flash_facts *found,
                                    bool is_forced)
{
    fob_message_start(&call->request, FOB_REQUEST_TOKEN_LOADER);
    fob_message_put_text(&call->request, FOB_TAG_TOKEN, found->leave);
    if (found->file[0] != '\0')
        fob_message_put_text(&call->request, FOB_TAG_VERSION, found->file);
    if (is_forced)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    return agent_call_run(call);
}

/* A token that is lost sight of may have left before its answer was read. */
static enum fob_status write_after_leave(struct command_call *call,
                                         struct flash_job *job,
                                         struct flash_facts *facts)
{
    const struct flash_facts found = *facts;
    struct fob_error lost = {0};
    enum fob_status status = ask_to_leave(call, &found, job->is_forced);

    if (status != FOB_OK && status != FOB_E_TOKEN_ABSENT)
        return status;
    if (status != FOB_OK)
        lost = call->error;
    fob_error_clear(&call->error);
    job->bus = found.place;
    job->serial = NULL;
    job->wait_s = lost.status == FOB_OK ? WAIT_S : GLANCE_S;
    status = flash_run(job, &call->ui, facts, &call->error);
    if (status != FOB_OK && lost.status != FOB_OK && facts->place[0] == '\0') {
        call->error = lost;
        return lost.status;
    }
    return status;
}

/* --- the token comes back -------------------------------------------------*/

static enum fob_status refuse_version(struct command_call *call,
                                      const struct flash_facts *facts,
                                      const char *version)
{
    fob_error_set(&call->error, FOB_E_FAILED,
                  "token %s says that it runs version %s, and not %s, which "
                  "was written",
                  facts->serial, version, facts->version);
    fob_error_hint(&call->error, "plug it in again with BOOTSEL held, then run "
                                 "the command again");
    return FOB_E_FAILED;
}

/* What was read back is in the flash all the same. */
static void note_unasked(struct command_call *call,
                         const struct flash_facts *facts)
{
    char line[FOB_ERROR_TEXT_MAX + 1];

    if (facts->serial[0] == '\0')
        ui_note(&call->ui,
                "the firmware is written, but the board at %s does not tell "
                "who it is, so it was not asked what it runs; run: fob token "
                "list",
                facts->place);
    else if (fob_shell_line(line, sizeof(line), "fob token info %s",
                            facts->serial) == FOB_OK)
        ui_note(&call->ui,
                "the firmware is written, but token %s was not asked what it "
                "runs: %s; run: %s",
                facts->serial, call->error.text, line);
    fob_error_clear(&call->error);
}

/* Has the token itself tell its version; "" when it cannot be asked.  Firmware
 * that has none is no token's. */
static enum fob_status ask_version(struct command_call *call,
                                   struct flash_facts *facts)
{
    char version[TOKEN_VERSION_MAX + 1];
    bool is_reported;

    if (facts->version[0] == '\0')
        return FOB_OK;
    is_reported = facts->serial[0] != '\0' &&
                  token_version_ask(call, facts->serial, version) == FOB_OK;
    if (is_reported && strncmp(version, facts->version, TOKEN_VERSION_MAX) != 0)
        return refuse_version(call, facts, version);
    if (is_reported)
        return FOB_OK;
    note_unasked(call, facts);
    facts->version[0] = '\0';
    return FOB_OK;
}

/* --- the command ----------------------------------------------------------*/

/* --bus goes before FOB_TOKEN, for a board in its boot loader has no serial.
 * A simulated token has no firmware to replace. */
static enum fob_status choose_board(struct command_call *call,
                                    const struct token_flash *what,
                                    struct flash_job *job)
{
    const char *token = getenv("FOB_TOKEN");

    *job = (struct flash_job){
        .bus = what->bus, .serial = what->serial, .is_forced = what->is_forced};
    if (what->bus != NULL && what->serial != NULL)
        return command_usage(call, "flash takes --bus or SERIAL, not both");
    if (what->bus != NULL || what->serial != NULL || token == NULL ||
        token[0] == '\0')
        return FOB_OK;
    if (strncmp(token, "sim:", 4) == 0) {
        fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                      "FOB_TOKEN names a simulated token, which takes no "
                      "firmware");
        fob_error_hint(&call->error, "unset FOB_TOKEN");
        return FOB_E_UNSUPPORTED;
    }
    job->serial = token;
    return FOB_OK;
}

enum fob_status token_flash(struct command_call *call,
                            const struct token_flash *what)
{
    struct flash_job job;
    struct flash_facts facts;
    struct fob_secret file = {0};
    enum fob_status status = choose_board(call, what, &job);

    if (status == FOB_OK)
        status = input_read(what->file, FLASH_FILE_MAX, &file, &call->error);
    if (status != FOB_OK)
        return status;
    job.file = &file;
    status = flash_run(&job, &call->ui, &facts, &call->error);
    if (status == FOB_OK && facts.leave[0] != '\0')
        status = write_after_leave(call, &job, &facts);
    fob_secret_free(&file);
    if (status == FOB_OK)
        status = ask_version(call, &facts);
    if (status == FOB_OK)
        put_facts(call, &facts);
    return status;
}
