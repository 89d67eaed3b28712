/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/proof.h"
#include "host/cli/import/import_results.h"
#include "host/cli/parts/aws_vault.h"
#include "host/cli/parts/key_input.h"

#include <string.h>

enum { DELETE_UNUSED, FORMAT, KEY_FILE, FROM, FOLDER, PASSWORD_FILE, CODE };

static const struct command_option options[] = {
    [DELETE_UNUSED] = {"delete-unused", NULL,
                       "rotate: delete a second key that nobody uses first"},
    [FORMAT] = {"format", "FORM",
                "export: process or ini; process if not "
                "given"},
    [KEY_FILE] = {"key-file", "FILE",
                  "export: prove by this key file that it is yours"},
    [FROM] = {"from", "PROGRAM", "import: aws-vault: from its encrypted files"},
    [FOLDER] = {"folder", "DIR", "import: where they are"},
    [PASSWORD_FILE] = {"password-file", "FILE",
                       "import: holds their passphrase"},
    [CODE] = {"code", "-", "rotate: an MFA device's six digits, from stdin"},
    {0},
};

static const struct command_choice choices[] = {
    {"FORM", "process ini "},
    {"PROGRAM", "aws-vault "},
    {0},
};

static const struct listing_column columns[] = {
    {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"user", "USER", FOB_TAG_USER, LISTING_TEXT},
    {"created", "CREATED", FOB_TAG_CREATED, LISTING_TIME},
    {"file", "FILE", FOB_TAG_PATH, LISTING_TEXT},
    {0},
};

static void note_path(struct command_call *call)
{
    char path[FOB_PATH_MAX];

    if (fob_message_text(&call->reply, FOB_TAG_PATH, path, sizeof(path)) ==
        FOB_OK)
        ui_note(&call->ui, "The key is in the vault, and no more in %s.", path);
}

/* Send a request about the profile that is named. */
static enum fob_status ask_agent(struct command_call *call)
{
    enum fob_status status;

    (void)caller_environment_put_profile(call);
    status = caller_environment_put(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

static enum fob_status put_id(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"profile", NULL, FOB_TAG_PROFILE, LISTING_TEXT},
        {"id", NULL, FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {0},
    };
    enum fob_status status;

    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_ACCESS_KEY_ID, "key's id");
    output_put_char(&call->output, '\n');
    return status;
}

static enum fob_status migrate_keys(struct command_call *call)
{
    static const struct listing_column results[] = {
        {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
        {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {"result", "RESULT", FOB_TAG_RESULT, LISTING_TEXT},
        {0},
    };
    enum fob_status status;

    if (strcmp(call->option[FROM], "aws-vault") != 0)
        return command_usage(call, "--from is aws-vault");
    call->password_file = call->option[PASSWORD_FILE];
    fob_message_start(&call->request, FOB_REQUEST_KEYS_MIGRATE);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = aws_vault_put(call, call->option[FOLDER], call->profile);
    if (status == FOB_OK)
        status = agent_call_run(call);
    return status == FOB_OK ? import_results_put(call, results) : status;
}

static enum fob_status import_key(struct command_call *call)
{
    enum fob_status status;

    if (call->option[FROM] != NULL)
        return migrate_keys(call);
    if (call->option[FOLDER] != NULL || call->option[PASSWORD_FILE] != NULL)
        return command_usage(call, "--folder and --password-file go with "
                                   "--from");
    fob_message_start(&call->request, FOB_REQUEST_KEYS_IMPORT);
    status = ask_agent(call);
    if (status != FOB_OK)
        return status;
    note_path(call);
    return put_id(call);
}

static enum fob_status add_key(struct command_call *call)
{
    char path[FOB_PATH_MAX];
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_KEYS_ADD);
    status = key_input_put(call);
    if (status == FOB_OK)
        status = ask_agent(call);
    if (status != FOB_OK)
        return status;
    if (fob_message_text(&call->reply, FOB_TAG_PATH, path, sizeof(path)) ==
        FOB_OK)
        ui_note(&call->ui, "Profile %s was in no file; it is now in %s.",
                caller_environment_profile(call), path);
    return put_id(call);
}

static void put_setting(struct command_call *call, const char *key,
                        const struct fob_field *value)
{
    output_put_text(&call->output, key);
    output_put_text(&call->output, " = ");
    output_put_name(&call->output, value->data, value->len);
    output_put_char(&call->output, '\n');
}

static void put_ini(struct command_call *call, const struct fob_field *id,
                    const struct fob_field *secret)
{
    struct fob_field name;

    output_put_char(&call->output, '[');
    if (fob_message_find(&call->reply, FOB_TAG_PROFILE, &name))
        output_put_name(&call->output, name.data, name.len);
    output_put_text(&call->output, "]\n");
    put_setting(call, "aws_access_key_id", id);
    put_setting(call, "aws_secret_access_key", secret);
}

static void put_process(struct command_call *call, const struct fob_field *id,
                        const struct fob_field *secret)
{
    struct json json;

    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_number(&json, "Version", 1);
    json_put_bytes(&json, "AccessKeyId", id->data, id->len);
    json_put_bytes(&json, "SecretAccessKey", secret->data, secret->len);
    json_close_object(&json);
    json_end(&json);
}

static enum fob_status export_key(struct command_call *call)
{
    const char *form = call->option[FORMAT];
    bool is_ini = form != NULL && strcmp(form, "ini") == 0;
    struct fob_field id, secret;
    enum fob_status status;

    if (form != NULL && !is_ini && strcmp(form, "process") != 0)
        return command_usage(call, "--format is process or ini");
    fob_message_start(&call->request, FOB_REQUEST_KEYS_EXPORT);
    status = proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);
    if (status == FOB_OK)
        status = ask_agent(call);
    if (status != FOB_OK)
        return status;
    if (!fob_message_find(&call->reply, FOB_TAG_ACCESS_KEY_ID, &id) ||
        !fob_message_find(&call->reply, FOB_TAG_SECRET_KEY, &secret))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the key");
    (is_ini ? put_ini : put_process)(call, &id, &secret);
    return FOB_OK;
}

static enum fob_status rotate_key(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_KEYS_ROTATE);
    if (call->option[DELETE_UNUSED] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    status = call->option[CODE] == NULL ? FOB_OK : code_input_put(call, CODE);
    if (status == FOB_OK)
        status = ask_agent(call);
    if (status != FOB_OK)
        return status;
    ui_note(&call->ui,
            "The new key of profile %s is in the vault; AWS has the old one no "
            "more.",
            call->profile);
    return put_id(call);
}

static enum fob_status list_keys(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_KEYS_LIST);
    status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "No keys yet; run: fob keys add PROFILE");
    return FOB_OK;
}

static enum fob_status remove_key(struct command_call *call)
{
    enum fob_status status = caller_environment_need_profile(call);

    fob_message_start(&call->request, FOB_REQUEST_KEYS_REMOVE);
    if (status == FOB_OK)
        status = ask_agent(call);
    if (status == FOB_OK)
        ui_note(&call->ui,
                "The key of %s is out of the vault; AWS takes it until it is "
                "deleted there.",
                call->profile);
    return status;
}

static const struct command_verb verbs[] = {
    {"add", COMMAND_OF_PROFILE, add_key},
    {"import", COMMAND_OF_PROFILE, import_key},
    {"list", 0, list_keys},
    {"export", COMMAND_OF_PROFILE, export_key},
    {"rotate", COMMAND_OF_PROFILE, rotate_key},
    {"remove", COMMAND_OF_PROFILE, remove_key},
    {0},
};

/* Which verb takes which option. */
static const char *const verb_of[] = {
    [DELETE_UNUSED] = "rotate", [FORMAT] = "export", [KEY_FILE] = "export",
    [FROM] = "import",          [FOLDER] = "import", [PASSWORD_FILE] = "import",
    [CODE] = "rotate",
};

static enum fob_status run_keys(struct command_call *call)
{
    for (int i = DELETE_UNUSED; i <= CODE; i++)
        if (call->option[i] != NULL &&
            strcmp(call->operand[0], verb_of[i]) != 0)
            return command_usage(call, "--%s is for %s", options[i].name,
                                 verb_of[i]);
    return command_run_verb(call);
}

const struct command command_keys = {
    .name = "keys",
    .synopsis =
        "add [PROFILE] | import [PROFILE] | list |\nimport --from "
        "aws-vault [--folder DIR]\n[--password-file FILE] [PROFILE] "
        "|\nexport [--format FORM] [--key-file FILE] [PROFILE] "
        "|\nrotate [--delete-unused] [--code -] [PROFILE] | remove PROFILE",
    .summary = "keep long-term AWS access keys in the vault",
    .examples = "fob keys import work\n"
                "fob keys add work <new-user_accessKeys.csv\n"
                "fob keys rotate work",
    .calls_aws = true,
    .options = options,
    .choices = choices,
    .operands_min = 1,
    .operands_max = 1,
    .verbs = verbs,
    .operand = COMMAND_PROFILE,
    .run = run_keys,
};
