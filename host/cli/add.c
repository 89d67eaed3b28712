/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/parts/add_device.h"
#include "host/cli/parts/add_qr.h"
#include "host/cli/ui/input.h"
#include "src/otpauth.h"

#include <string.h>

enum {
    QR,
    URI,
    SECRET,
    EXISTING, /* the sources end here */
    SERIAL,
    PROFILE,
    FORCE,
    ON,
    NO_TOUCH,
};

static const struct command_option options[] = {
    [QR] = {"qr", "FILE", "the seed's QR code, in a PNG or JPEG; - is stdin"},
    [URI] = {"uri", "-", "an otpauth URI on stdin"},
    [SECRET] = {"secret", "-", "a base32 secret on stdin"},
    [EXISTING] = {"existing", "NAME",
                  "what is on the token already, under that name"},
    [SERIAL] = {"serial", "ARN", "the AWS MFA device that this account is"},
    [PROFILE] = {"profile", "PROFILE",
                 "whose MFA device it is: then see to the console and the "
                 "config"},
    [FORCE] = {"force", NULL,
               "take a secret shorter than 80 bits, or a token's name"},
    [ON] = {"on", "token", "keep the seed on a token, nowhere else"},
    [NO_TOUCH] = {"no-touch", NULL, "and let it give codes without a touch"},
    {0},
};

/* A secret in argv is in the shell's history and in every ps by now. */
static enum fob_status refuse_argument(struct command_call *call, int option)
{
    return command_usage(call,
                         "--%s takes only -: put it on stdin, for other "
                         "users can read a command line",
                         options[option].name);
}

static enum fob_status check_options(struct command_call *call)
{
    int sources = 0;

    for (int i = QR; i <= EXISTING; i++)
        sources += call->option[i] != NULL;
    if (sources != 1)
        return command_usage(call, "one of --qr, --uri, --secret and "
                                   "--existing is needed for a seed; an "
                                   "access key goes by keys add");
    for (int i = URI; i <= SECRET; i++)
        if (call->option[i] != NULL && strcmp(call->option[i], "-") != 0)
            return refuse_argument(call, i);
    if (call->option[EXISTING] != NULL &&
        (call->option[ON] == NULL || call->option[NO_TOUCH] != NULL))
        return command_usage(call, "--existing is for --on token, and the "
                                   "token knows whether it wants a touch");
    if (call->option[NO_TOUCH] != NULL && call->option[ON] == NULL)
        return command_usage(call, "--no-touch is for --on token");
    if (call->option[SECRET] != NULL && call->operand_count == 0)
        return command_usage(call, "--secret needs a NAME");
    return FOB_OK;
}

static enum fob_status put_line(struct command_call *call, enum fob_tag tag,
                                const char *prompt)
{
    struct fob_secret line = {0};
    enum fob_status status =
        input_read_pasted(prompt, FOB_OTPAUTH_MAX, &line, &call->error);

    if (status == FOB_OK && line.len == 0)
        status = fob_error_set(&call->error, FOB_E_SYNTAX, "stdin is empty");
    if (status == FOB_OK)
        fob_message_put(&call->request, tag, line.data, line.len);
    fob_secret_free(&line);
    return status;
}

static enum fob_status put_source(struct command_call *call)
{
    if (call->option[EXISTING] != NULL) {
        fob_message_put_text(&call->request, FOB_TAG_EXISTING,
                             call->option[EXISTING]);
        return FOB_OK;
    }
    if (call->option[QR] != NULL)
        return add_qr_put(call, call->option[QR]);
    if (call->option[URI] != NULL)
        return put_line(call, FOB_TAG_URI, "URI: ");
    return put_line(call, FOB_TAG_SECRET, "Secret: ");
}

/* `--on token` is the one that FOB_TOKEN names, `--on SERIAL` another. */
static void put_place(struct command_call *call)
{
    const char *on = call->option[ON];

    if (on == NULL)
        return;
    fob_message_put_text(&call->request, FOB_TAG_TOKEN,
                         strcmp(on, "token") == 0 ? "" : on);
    if (call->option[NO_TOUCH] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_UNTOUCHED, 1);
}

/* With the source of this run, which the agent does not know. */
static void hint_force(struct command_call *call)
{
    const char *file = call->option[QR];
    const char *name = call->operand_count == 1 ? call->operand[0] : NULL;
    struct fob_error *error = &call->error;

    if (file != NULL && name != NULL)
        fob_error_hint(error, "if it is right: fob add --force --qr %s %s",
                       file, name);
    else if (file != NULL)
        fob_error_hint(error, "if it is right: fob add --force --qr %s", file);
    else if (call->option[SECRET] != NULL)
        fob_error_hint(error, "if it is right: fob add --force --secret - %s",
                       name);
    else if (name != NULL)
        fob_error_hint(error, "if it is right: fob add --force --uri - %s",
                       name);
    else
        fob_error_hint(error, "if it is right: fob add --force --uri -");
}

static enum fob_status store_seed(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_ADD);
    if (call->operand_count == 1)
        fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    if (call->option[SERIAL] != NULL)
        fob_message_put_text(&call->request, FOB_TAG_SERIAL,
                             call->option[SERIAL]);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    if (call->option[PROFILE] != NULL)
        fob_message_put_text(&call->request, FOB_TAG_PROFILE,
                             call->option[PROFILE]);
    put_place(call);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = put_source(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status == FOB_E_TOO_SHORT)
        hint_force(call);
    return status;
}

static enum fob_status run_add(struct command_call *call)
{
    enum fob_status status = check_options(call);

    if (status == FOB_OK)
        status = store_seed(call);
    if (status != FOB_OK)
        return status;
    return add_device_follow(call, call->option[PROFILE],
                             call->option[SERIAL] != NULL);
}

const struct command command_add = {
    .name = "add",
    .synopsis = "[--serial ARN] [--profile PROFILE] [--force]\n[--on token "
                "[--no-touch]] (--qr FILE | --uri - | --secret -)\n[NAME] |\n"
                "--on token --existing NAME [--serial ARN] [--profile "
                "PROFILE]\n[NAME]",
    .summary = "store a seed as an account",
    .examples = "fob add --qr screenshot.png\n"
                "fob add --qr screenshot.png --profile work\n"
                "pass show mfa | fob add --secret - github",
    .calls_aws = true,
    .options = options,
    .operands_max = 1,
    .run = run_add,
};
