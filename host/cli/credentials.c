/* SPDX-License-Identifier: MIT */
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/sdk_session.h"
#include "host/cli/parts/session_section.h"

#include <string.h>

enum { FORMAT, DURATION, MIN_TTL, WAIT, FRESH, CODE, INTO, REMOVE };

static const struct command_option options[] = {
    [FORMAT] = {"format", "FORM",
                "process, env, json or ini; process if not "
                "given"},
    [DURATION] = {"duration", "TIME",
                  "how long the session shall live, as in "
                  "900 or 1h"},
    [MIN_TTL] = {"min-ttl", "TIME", "how much life it must have left"},
    [WAIT] = {"wait", NULL, "wait when every code is spent"},
    [FRESH] = {"fresh", NULL, "a session of a code that is new"},
    [CODE] = {"code", "-", CODE_INPUT_HELP},
    [INTO] = {"into", "NAME",
              "write them into the credentials file, as "
              "section NAME"},
    [REMOVE] = {"remove", NULL, "with --into: take that section out again"},
    {0},
};

static const struct command_choice choices[] = {
    {"FORM", "process env json ini "},
    {0},
};

static void put_process(struct command_call *call, const char *profile)
{
    struct json json;

    (void)profile;
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_number(&json, "Version", 1);
    sdk_session_put_members(call, &json);
    json_close_object(&json);
    json_end(&json);
}

static void put_json(struct command_call *call, const char *profile)
{
    struct fob_field region;
    struct json json;

    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_text(&json, "Profile", profile);
    sdk_session_put_members(call, &json);
    if (fob_message_find(&call->reply, FOB_TAG_REGION, &region))
        json_put_bytes(&json, "Region", region.data, region.len);
    json_close_object(&json);
    json_end(&json);
}

static void put_env(struct command_call *call, const char *profile)
{
    const struct sdk_session_name *at = sdk_session_names;
    struct sdk_session_variable variable;

    (void)profile;
    while (sdk_session_next(call, &at, &variable)) {
        output_put_text(&call->output, variable.name);
        output_put_char(&call->output, '=');
        output_put_name(&call->output, variable.value, variable.len);
        output_put_char(&call->output, '\n');
    }
}

static void put_setting(struct command_call *call, const char *key,
                        enum fob_tag tag)
{
    struct fob_field field;

    if (!fob_message_find(&call->reply, tag, &field))
        return;
    output_put_text(&call->output, key);
    output_put_text(&call->output, " = ");
    output_put_name(&call->output, field.data, field.len);
    output_put_char(&call->output, '\n');
}

static void put_ini(struct command_call *call, const char *profile)
{
    output_put_char(&call->output, '[');
    output_put_name(&call->output, profile, strlen(profile));
    output_put_text(&call->output, "]\n");
    put_setting(call, "aws_access_key_id", FOB_TAG_ACCESS_KEY_ID);
    put_setting(call, "aws_secret_access_key", FOB_TAG_SECRET_KEY);
    put_setting(call, "aws_session_token", FOB_TAG_SESSION_TOKEN);
    put_setting(call, "region", FOB_TAG_REGION);
}

static const struct format {
    const char *name;
    void (*put)(struct command_call *call, const char *profile);
} formats[] = {
    {"process", put_process},
    {"env", put_env},
    {"json", put_json},
    {"ini", put_ini},
    {0},
};

static const struct format *find_format(const struct command_call *call)
{
    const struct format *format = formats;

    while (call->option[FORMAT] != NULL && format->name != NULL &&
           strcmp(format->name, call->option[FORMAT]) != 0)
        format++;
    return format->name != NULL ? format : NULL;
}

static enum fob_status check_into(struct command_call *call)
{
    const char *into = call->option[INTO];

    if (into == NULL)
        return call->option[REMOVE] == NULL
                   ? FOB_OK
                   : command_usage(call, "--remove goes with --into");
    if (call->option[FORMAT] != NULL)
        return command_usage(call, "--into is a format of its own");
    return session_section_check(call, into, caller_environment_profile(call));
}

static enum fob_status run_credentials(struct command_call *call)
{
    static const struct sdk_session_options session = {DURATION, MIN_TTL, WAIT,
                                                       FRESH, CODE};
    const struct format *format = find_format(call);
    const char *profile;
    enum fob_status status;

    if (format == NULL)
        return command_usage(call, "--format is process, env, json or ini");
    if (call->option[INTO] != NULL && call->option[REMOVE] != NULL)
        return session_section_remove(call, call->option[INTO]);
    status = check_into(call);
    if (status == FOB_OK)
        status = sdk_session_fetch(call, &session, &profile);
    if (status != FOB_OK)
        return status;
    if (call->option[DURATION] != NULL)
        sdk_session_note_end(call, &session, profile);
    if (call->option[INTO] != NULL)
        return session_section_put(call, call->option[INTO]);
    format->put(call, profile);
    return FOB_OK;
}

const struct command command_credentials = {
    .name = "credentials",
    .synopsis = "[--format FORM | --into NAME [--remove]]\n"
                "        [--duration TIME] [--min-ttl TIME] [--wait]\n"
                "        [--fresh] [--code -] [--region REGION] [PROFILE]",
    .summary = "print session credentials, as credential_process wants them",
    .examples = "fob credentials work\n"
                "fob credentials --format env work >session.env",
    .calls_aws = true,
    .options = options,
    .choices = choices,
    .operand = COMMAND_PROFILE,
    .has_region = true,
    .run = run_credentials,
};
