/* SPDX-License-Identifier: MIT */
#include "host/cli/token_flash.h"

#include "host/cli/flash.h"
#include "host/cli/input.h"
#include "host/cli/json.h"

static void put_json(struct command_call *call, const struct flash_facts *facts)
{
    struct json json;

    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_text(&json, "serial", facts->serial);
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
    output_put_text(output, value);
    output_put_char(output, '\n');
}

static void put_text(struct command_call *call, const struct flash_facts *facts)
{
    put_line(&call->output, "serial: ", facts->serial);
    put_line(&call->output, "version: ", facts->version);
    put_line(&call->output, "before: ", facts->before);
    put_line(&call->output, "bus: ", facts->place);
}

enum fob_status token_flash(struct command_call *call, const char *file,
                            const char *bus, bool force)
{
    struct flash_job job = {.bus = bus, .force = force};
    struct flash_facts facts;
    enum fob_status status = input_open(file, &job.file, &call->error);

    if (status != FOB_OK)
        return status;
    status = flash_run(&job, &call->ui, &facts, &call->error);
    input_close(job.file);
    if (status != FOB_OK)
        return status;
    if (call->ui.is_json)
        put_json(call, &facts);
    else
        put_text(call, &facts);
    return FOB_OK;
}
