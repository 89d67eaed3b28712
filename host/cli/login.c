/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/sdk_session.h"
#include "host/cli/parts/browser.h"
#include "host/cli/ui/json.h"

#include <unistd.h>

enum { PRINT, DESTINATION, DURATION, WAIT, FRESH, CODE };

static const struct command_option options[] = {
    [PRINT] = {"print", NULL, "print the URL instead of opening it"},
    [DESTINATION] = {"destination", "PAGE", "a URL, or a path of the console"},
    [DURATION] = {"duration", "TIME", "how long to stay signed in"},
    [WAIT] = {"wait", NULL, "wait when every code is spent"},
    [FRESH] = {"fresh", NULL, "a session of a code that is new"},
    [CODE] = {"code", "-", CODE_INPUT_HELP},
    {0},
};

static enum fob_status fetch_url(struct command_call *call,
                                 const char **profile)
{
    static const struct sdk_session_options session = {DURATION, -1, WAIT,
                                                       FRESH, CODE};
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_LOGIN);
    *profile = caller_environment_put_profile(call);
    status = sdk_session_put_options(call, &session);
    if (status != FOB_OK)
        return status;
    if (call->option[DESTINATION] != NULL)
        fob_message_put_text(&call->request, FOB_TAG_URI,
                             call->option[DESTINATION]);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        sdk_session_hint_wait(call, *profile);
    return status;
}

static void put_url(struct command_call *call, const struct fob_field *url)
{
    struct json json;

    if (!call->ui.is_json) {
        output_put_name(&call->output, url->data, url->len);
        output_put_char(&call->output, '\n');
        return;
    }
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_bytes(&json, "url", url->data, url->len);
    json_close_object(&json);
    json_end(&json);
}

/* Where nothing opens it, the person does. */
static enum fob_status open_url(struct command_call *call,
                                const struct fob_field *url,
                                const char *profile)
{
    struct fob_secret text = {0};
    bool is_open = false;
    enum fob_status status = fob_secret_copy(&text, url->data, url->len);

    if (status != FOB_OK)
        return fob_error_no_memory(&call->error);
    status = browser_open(call, (const char *)text.data, profile, &is_open);
    fob_secret_free(&text);
    if (status != FOB_OK || is_open)
        return status;
    ui_note(&call->ui, "No browser could be started here.  For 15 minutes this "
                       "URL signs in whoever has it:");
    put_url(call, url);
    return FOB_OK;
}

static enum fob_status run_login(struct command_call *call)
{
    struct fob_field url;
    const char *profile = NULL;
    enum fob_status status = fetch_url(call, &profile);

    if (status != FOB_OK)
        return status;
    if (!fob_message_find(&call->reply, FOB_TAG_URI, &url))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the URL");
    if (call->option[PRINT] == NULL && !call->ui.is_json &&
        isatty(STDOUT_FILENO))
        return open_url(call, &url, profile);
    put_url(call, &url);
    return FOB_OK;
}

const struct command command_login = {
    .name = "login",
    .synopsis = "[--print] [--destination PAGE] [--duration TIME] "
                "[--region REGION] [--wait] [--fresh] [--code -] "
                "[PROFILE]",
    .summary = "sign in to the AWS console",
    .examples = "fob login work\n"
                "fob login --print --destination s3/buckets work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .has_region = true,
    .run = run_login,
};
