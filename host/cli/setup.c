/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/parts/setup_target.h"
#include "host/cli/ui/json.h"
#include "host/config/credential_process.h"
#include "host/config/edit.h"

#include <string.h>

enum { AS, REMOVE };
enum { LINE_MAX_LEN = FOB_PATH_MAX + 2 * FOB_NAME_MAX };

static const struct command_option options[] = {
    [AS] = {"as", "NAME", "the profile to write, instead of PROFILE"},
    [REMOVE] = {"remove", NULL, "take credential_process out again"},
    {0},
};

static enum fob_status edit_setting(struct command_call *call,
                                    const struct setup_target *target,
                                    enum fob_edit_action action,
                                    const char *key, const char *value)
{
    const struct fob_edit change = {.action = action,
                                    .kind = FOB_CONFIG_NAMED,
                                    .profile = target->name,
                                    .key = key,
                                    .value = value};

    return fob_edit_file(target->all.paths.config, &change, &call->error);
}

/* SDKs take a key in the files before they look at credential_process. */
static enum fob_status move_key(struct command_call *call,
                                const struct setup_target *target)
{
    enum fob_status status;

    if (target->key_in_way == NULL)
        return FOB_OK;
    fob_message_start(&call->request, FOB_REQUEST_KEYS_IMPORT);
    fob_message_put_text(&call->request, FOB_TAG_PROFILE, target->name);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status == FOB_OK)
        ui_note(&call->ui,
                "The key of profile %s is in the vault, and no more in %s: "
                "SDKs would have preferred it.",
                target->name, target->key_in_way);
    return status;
}

static enum fob_status make_line(struct command_call *call, const char *profile,
                                 char line[static LINE_MAX_LEN])
{
    char program[FOB_PATH_MAX];
    enum fob_status status = fob_path_program("fob", program, &call->error);

    if (status == FOB_OK && fob_credential_process_format(
                                program, profile, line, LINE_MAX_LEN) != FOB_OK)
        status = fob_error_set(&call->error, FOB_E_TOO_LONG,
                               "the profile's name is too long");
    return status;
}

static void put_target(struct command_call *call,
                       const struct setup_target *target, const char *line)
{
    struct json json;

    if (!call->ui.is_json) {
        output_put_name(&call->output, target->name, strlen(target->name));
        output_put_char(&call->output, '\n');
        return;
    }
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_text(&json, "name", target->name);
    json_put_text(&json, "credential_process", line);
    json_close_object(&json);
    json_end(&json);
}

/* The key goes first: a fault, or nobody to ask, then leaves all as it
 * was. */
static enum fob_status set_up(struct command_call *call,
                              const struct setup_target *target)
{
    char line[LINE_MAX_LEN];
    enum fob_status status = make_line(call, target->meant, line);

    if (status == FOB_OK)
        status = move_key(call, target);
    if (status == FOB_OK && target->region != NULL)
        status =
            edit_setting(call, target, FOB_EDIT_SET, "region", target->region);
    if (status == FOB_OK)
        status = edit_setting(call, target, FOB_EDIT_SET, "credential_process",
                              line);
    if (status != FOB_OK)
        return status;
    ui_note(&call->ui, "SDKs now ask fob: AWS_PROFILE=%s", target->name);
    put_target(call, target, line);
    return FOB_OK;
}

static enum fob_status take_out(struct command_call *call,
                                const struct setup_target *target)
{
    enum fob_status status;

    if (!target->is_set_up) {
        ui_note(&call->ui, "Profile %s does not ask fob.", target->name);
        return FOB_OK;
    }
    status = edit_setting(
        call, target, target->is_ours ? FOB_EDIT_REMOVE_SETUP : FOB_EDIT_REMOVE,
        "credential_process", NULL);
    if (status == FOB_OK)
        ui_note(&call->ui, "SDKs do not ask fob for %s any more.",
                target->name);
    return status;
}

static enum fob_status run_setup(struct command_call *call)
{
    bool is_removal = call->option[REMOVE] != NULL;
    struct setup_target target;
    enum fob_status status =
        setup_target_find(&target, caller_environment_profile(call),
                          call->option[AS], is_removal, &call->error);

    if (status == FOB_OK)
        status = is_removal ? take_out(call, &target) : set_up(call, &target);
    setup_target_free(&target);
    return status;
}

const struct command command_setup = {
    .name = "setup",
    .synopsis = "[--as NAME] [--remove] [PROFILE]",
    .summary = "make SDKs ask fob for a profile's credentials",
    .examples = "fob setup work\n"
                "fob setup --remove work",
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_setup,
};
