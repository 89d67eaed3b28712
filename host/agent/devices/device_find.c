/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_find.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/devices/device_ask.h"
#include "host/agent/devices/device_enable.h"
#include "host/agent/devices/device_pair.h"
#include "host/agent/devices/device_seed.h"
#include "host/agent/iam/device_list.h"
#include "host/base/text.h"

#include <string.h>

struct search {
    struct iam_session *client;
    const char *user;
    struct fob_vault_account *account;
    char guess[FOB_ACCOUNT_ARN_MAX + 1]; /* by the QR code; "": not AWS's */
    uint64_t shown;    /* the last pair's step; 0: none was shown */
    bool was_enabling; /* by fob itself, which AWS did not allow */
    bool is_done;
};

/* What a look at the user's devices shows. */
struct look {
    struct search *search;
    bool is_listed; /* false: AWS does not say */
    size_t matches;
    size_t others; /* that are no account's of the vault */
    char match[FOB_ACCOUNT_ARN_MAX + 1];
    char other[FOB_ACCOUNT_ARN_MAX + 1];
};

static bool knows_serial(const struct search *search)
{
    return search->account->device[0] != '\0';
}

static bool note_device(void *context, const struct fob_iam_device *device)
{
    struct look *look = context;
    struct search *search = look->search;
    bool is_match = account_make_may_be(search->account, device->serial, true);
    char *text = is_match ? look->match : look->other;
    bool is_here = false;

    if (!is_match && (device_seed_is_here(search->client->request,
                                          device->serial, &is_here) != FOB_OK ||
                      is_here))
        return true;
    if (fob_text_copy(text, FOB_ACCOUNT_ARN_MAX + 1, device->serial) == FOB_OK)
        *(is_match ? &look->matches : &look->others) += 1;
    return true;
}

static enum fob_status look_at_list(struct search *search, struct look *look)
{
    const struct device_list_visit visit = {note_device, look};
    enum fob_status status;

    *look = (struct look){.search = search};
    status = device_list_of_user(search->client, search->user, &visit);
    look->is_listed = status == FOB_OK;
    if (status != FOB_OK && status != FOB_E_REFUSED)
        return status;
    fob_error_clear(&search->client->request->error);
    return FOB_OK;
}

static enum fob_status take_device(struct search *search, const char *serial)
{
    search->is_done = true;
    (void)!fob_text_copy(search->account->device,
                         sizeof(search->account->device), serial);
    return FOB_OK;
}

/* Who may only use the console is asked to use it. */
static enum fob_status enable_device(struct search *search)
{
    struct fob_request *request = search->client->request;
    enum fob_refusal refusal;
    enum fob_status status =
        device_enable(search->client, search->user, search->account, &refusal);

    search->was_enabling = true;
    search->is_done = status == FOB_OK;
    if (refusal != FOB_REFUSAL_DENIED && refusal != FOB_REFUSAL_MFA)
        return status;
    fob_error_clear(&request->error);
    return FOB_OK;
}

static enum fob_status cannot_tell(struct search *search)
{
    struct fob_error *error = &search->client->request->error;
    const char *name = search->account->name;

    if (knows_serial(search)) {
        fob_error_set(error, FOB_E_NOT_FOUND, "%s is not enabled for user %s",
                      search->account->device, search->user);
        fob_error_hint(error, "type the codes of fob pair %s into the console",
                       name);
        return FOB_E_NOT_FOUND;
    }
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "which device of user %s the account %s is cannot be told",
                  search->user, name);
    fob_error_hint(error,
                   "type the codes of fob pair %s into the console, or "
                   "give the ARN with --device",
                   name);
    return FOB_E_NOT_FOUND;
}

/* With nobody there, an ARN that is known is for STS to judge. */
static enum fob_status ask_to_type(struct search *search,
                                   const struct look *look)
{
    enum fob_status status =
        device_ask_to_type(search->client, search->account, &search->shown);

    if (status != FOB_E_NOBODY)
        return status;
    if (!knows_serial(search) || look->is_listed)
        return cannot_tell(search);
    fob_error_clear(&search->client->request->error);
    search->is_done = true;
    return FOB_OK;
}

static enum fob_status ask_serial(struct search *search,
                                  const struct look *look)
{
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    const char *guess = look->is_listed ? "" : search->guess;
    enum fob_status status;

    if (look->matches == 0 && look->others == 1)
        guess = look->other;
    status = device_ask_serial(search->client, search->account, guess, serial);
    if (status == FOB_E_NOBODY)
        return cannot_tell(search);
    return status == FOB_OK ? take_device(search, serial) : status;
}

/* Whether the device would be known among those listed, or there is none that
 * it could be. */
static bool is_missed(const struct search *search, const struct look *look)
{
    return knows_serial(search) || search->guess[0] != '\0' ||
           look->others == 0;
}

static enum fob_status go_on(struct search *search, const struct look *look)
{
    if (look->matches == 1)
        return take_device(search, look->match);
    if (look->is_listed && knows_serial(search) && !search->was_enabling)
        return enable_device(search);
    if (look->matches == 0 && search->shown == 0)
        return ask_to_type(search, look);
    if (look->is_listed && look->matches == 0 && is_missed(search, look)) {
        request_note(search->client->request,
                     "AWS lists no such device of user %s", search->user);
        return ask_to_type(search, look);
    }
    search->is_done = knows_serial(search);
    return search->is_done ? FOB_OK : ask_serial(search, look);
}

enum fob_status device_find(struct iam_session *client, const char *user,
                            struct fob_vault_account *account)
{
    struct search search = {.client = client, .user = user, .account = account};
    struct look look;
    enum fob_status status = FOB_OK;

    account_make_guess_serial(account, &client->user, search.guess);
    while (status == FOB_OK && !search.is_done) {
        status = look_at_list(&search, &look);
        if (status == FOB_OK)
            status = go_on(&search, &look);
    }
    if (status == FOB_OK && search.shown != 0)
        status = device_pair_note(client, account, search.shown);
    return status;
}
