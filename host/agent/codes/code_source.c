/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/code_source.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/tokens/token.h"

static enum fob_status take_typed(struct fob_request *request,
                                  const struct code_source_device *device,
                                  struct code_source *source)
{
    source->typed = device->typed;
    fob_error_clear(&request->error);
    return FOB_OK;
}

static enum fob_status take_command(struct fob_request *request,
                                    const struct code_source_device *device,
                                    const char *command,
                                    struct code_source *source)
{
    source->command = command;
    fob_error_clear(&request->error);
    return config_command_check(request, device->profile, "mfa_process");
}

static enum fob_status find_seed(struct fob_request *request,
                                 const struct code_source_device *device,
                                 struct code_source *source)
{
    enum fob_status status;

    source->account = fob_vault_account_alloc(&source->room);
    if (source->account == NULL)
        return fob_error_no_memory(&request->error);
    status = device->account != NULL
                 ? account_store_find(request, device->account, source->account)
                 : account_match_find(request, device->serial, source->account);
    if (status != FOB_OK)
        code_source_free(source);
    return status;
}

enum fob_status code_source_find(struct fob_request *request,
                                 const struct code_source_device *device,
                                 struct code_source *source)
{
    const char *command;
    enum fob_status status;

    if (device->typed != NULL && device->typed->given[0] != '\0')
        return take_typed(request, device, source);
    status = find_seed(request, device, source);
    if (status != FOB_E_NOT_FOUND || device->account != NULL)
        return status;
    command = fob_profile_get(&device->profile->found, "mfa_process");
    if (command != NULL)
        return take_command(request, device, command, source);
    if (device->typed != NULL)
        return take_typed(request, device, source);
    fob_error_hint(&request->error, "fob enroll --profile %s",
                   device->profile->name);
    return status;
}

enum fob_status code_source_unlock(struct fob_request *request,
                                   const struct code_source *source)
{
    struct token_wish wish = {.serial = ""};
    struct token_session session;
    enum fob_status status;

    if (source->account == NULL || source->account->token[0] == '\0')
        return FOB_OK;
    wish.serial = source->account->token;
    wish.id = source->account->token_id;
    status = token_open_wish(request, &wish, false, &session);
    if (status == FOB_OK && session.token.is_own &&
        session.token.info.is_locked)
        status = token_unlock_ready(&session);
    token_close(&session);
    if (status == FOB_E_NOBODY || status == FOB_E_WRONG_KEY ||
        status == FOB_E_AGENT)
        return status;
    fob_error_clear(&request->error);
    return FOB_OK;
}

void code_source_free(struct code_source *source)
{
    fob_secret_free(&source->room);
    *source = (struct code_source){0};
}
