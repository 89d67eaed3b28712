/* SPDX-License-Identifier: MIT */
#include "host/cli/call/sdk_session.h"

#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/arguments.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/mark.h"
#include "host/cli/ui/tty.h"

#include <stdlib.h>
#include <string.h>

const struct sdk_session_name sdk_session_names[] = {
    {"AWS_ACCESS_KEY_ID", FOB_TAG_ACCESS_KEY_ID},
    {"AWS_SECRET_ACCESS_KEY", FOB_TAG_SECRET_KEY},
    {"AWS_SESSION_TOKEN", FOB_TAG_SESSION_TOKEN},
    {"AWS_CREDENTIAL_EXPIRATION", FOB_TAG_EXPIRATION},
    {"AWS_REGION", FOB_TAG_REGION},
    {"AWS_DEFAULT_REGION", FOB_TAG_REGION},
    {0},
};

const struct sdk_session_name sdk_session_endpoint_names[] = {
    {"AWS_CONTAINER_CREDENTIALS_FULL_URI", FOB_TAG_URI},
    {"AWS_CONTAINER_AUTHORIZATION_TOKEN", FOB_TAG_SECRET},
    {"AWS_REGION", FOB_TAG_REGION},
    {"AWS_DEFAULT_REGION", FOB_TAG_REGION},
    {0},
};

const char *const sdk_session_rivals[] = {
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SECURITY_TOKEN",
    NULL,
};

const char *const sdk_session_endpoint_rivals[] = {
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    NULL,
};

static bool is_given(const struct command_call *call, int option)
{
    return option >= 0 && call->option[option] != NULL;
}

static enum fob_status put_duration(struct command_call *call, int option,
                                    enum fob_tag tag)
{
    uint64_t seconds = 0;
    enum fob_status status = FOB_OK;

    if (is_given(call, option))
        status = arguments_duration(call, option, &seconds);
    if (status == FOB_OK && seconds > 0)
        fob_message_put_number(&call->request, tag, seconds);
    return status;
}

enum fob_status
sdk_session_put_options(struct command_call *call,
                        const struct sdk_session_options *options)
{
    enum fob_status status =
        put_duration(call, options->duration, FOB_TAG_DURATION);

    if (status == FOB_OK)
        status = put_duration(call, options->min_ttl, FOB_TAG_MIN_TTL);
    if (status != FOB_OK)
        return status;
    if (is_given(call, options->fresh))
        fob_message_put_number(&call->request, FOB_TAG_FRESH, 1);
    if (is_given(call, options->code))
        status = code_input_put(call, options->code);
    /* Who is there sees why it takes so long, and can give it up. */
    if (is_given(call, options->wait) || tty_is_there())
        fob_message_put_number(&call->request, FOB_TAG_WAIT, 1);
    return status;
}

/* The words of the command may hold a secret, and are not repeated. */
void sdk_session_hint_wait(struct command_call *call, const char *profile)
{
    if (call->error.status != FOB_E_SPENT)
        return;
    fob_error_hint(&call->error,
                   call->operand_count == 0 ? "fob %s --wait %s"
                                            : "fob %s --wait %s -- COMMAND",
                   call->command->name, profile);
}

enum { MINUTE_S = 60 };

void sdk_session_note_end(struct command_call *call,
                          const struct sdk_session_options *options,
                          const char *profile)
{
    const bool is_asked = is_given(call, options->duration);
    uint64_t wanted = fob_message_number(&call->reply, FOB_TAG_WANTED, 0);
    uint64_t left = fob_message_number(&call->reply, FOB_TAG_DURATION, 0);

    if (wanted > 0)
        ui_note(&call->ui, "the session of %s ends in %u min, not in %u%s",
                profile, (unsigned)(left / MINUTE_S),
                (unsigned)(wanted / MINUTE_S),
                is_asked ? "" : "; --fresh makes a new one");
}

static enum fob_status check_reply(struct command_call *call)
{
    struct fob_field field;

    if (fob_message_find(&call->reply, FOB_TAG_ACCESS_KEY_ID, &field) &&
        fob_message_find(&call->reply, FOB_TAG_SECRET_KEY, &field) &&
        fob_message_find(&call->reply, FOB_TAG_SESSION_TOKEN, &field) &&
        fob_message_find(&call->reply, FOB_TAG_EXPIRATION, &field))
        return FOB_OK;
    return fob_error_set(&call->error, FOB_E_AGENT,
                         "the agent's session is not complete");
}

enum fob_status sdk_session_fetch(struct command_call *call,
                                  const struct sdk_session_options *options,
                                  const char **profile)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_CREDENTIALS);
    *profile = caller_environment_put_profile(call);
    status = sdk_session_put_options(call, options);
    if (status == FOB_OK)
        status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        sdk_session_hint_wait(call, *profile);
    return status == FOB_OK ? check_reply(call) : status;
}

/* Some SDKs read one of the two, some the other: what the caller has set
 * stays, and what is missing agrees with it. */
static bool is_left_alone(const struct command_call *call,
                          const struct sdk_session_name *name)
{
    return name->tag == FOB_TAG_REGION && call->common[COMMON_REGION] == NULL &&
           getenv(name->name) != NULL && !mark_is_own(name->name);
}

bool sdk_session_next(const struct command_call *call,
                      const struct sdk_session_name **at,
                      struct sdk_session_variable *variable)
{
    struct fob_field field;

    for (; (*at)->name != NULL; ++*at) {
        enum fob_tag tag = (*at)->tag;

        if (is_left_alone(call, *at) ||
            !fob_message_find(&call->reply, tag, &field))
            continue;
        *variable = (struct sdk_session_variable){.name = (*at)->name,
                                                  .tag = tag,
                                                  .value = field.data,
                                                  .len = field.len};
        if (tag == FOB_TAG_EXPIRATION) {
            fob_text_time((int64_t)fob_message_number(&call->reply, tag, 0),
                          variable->time);
            variable->value = variable->time;
            variable->len = strlen(variable->time);
        }
        ++*at;
        return true;
    }
    return false;
}

void sdk_session_put_members(const struct command_call *call, struct json *json)
{
    static const struct listing_column members[] = {
        {"AccessKeyId", NULL, FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {"SecretAccessKey", NULL, FOB_TAG_SECRET_KEY, LISTING_TEXT},
        {"SessionToken", NULL, FOB_TAG_SESSION_TOKEN, LISTING_TEXT},
        {"Expiration", NULL, FOB_TAG_EXPIRATION, LISTING_TIME},
        {"AccountId", NULL, FOB_TAG_ACCOUNT_ID, LISTING_TEXT},
        {0},
    };
    struct fob_reader fields;

    fob_message_fields(&call->reply, &fields);
    listing_put_members(json, &fields, members);
}
