/* SPDX-License-Identifier: MIT */
/* A user's devices: listed with where their seeds are, and set right. */
#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_pair.h"
#include "host/agent/devices/device_seed.h"
#include "host/agent/iam/device_list.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "src/wipe.h"

#include "host/base/text.h"

#include <string.h>

struct listing {
    struct iam_session *client;
    struct fob_vault_account *account; /* room */
};

static void put_place(struct fob_message *record,
                      const struct fob_vault_account *account)
{
    fob_message_put_text(record, FOB_TAG_NAME, account->name);
    fob_message_put_text(record, FOB_TAG_PLACE,
                         account->token[0] == '\0' ? "vault" : account->token);
}

static bool put_device(void *context, const struct fob_iam_device *device)
{
    const struct listing *listing = context;
    struct fob_request *request = listing->client->request;
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_SERIAL, device->serial);
    if (device->enabled_s > 0)
        fob_message_put_number(&record, FOB_TAG_CREATED,
                               (uint64_t)device->enabled_s);
    if (account_store_find_device(request, device->serial, listing->account) ==
        FOB_OK)
        put_place(&record, listing->account);
    fob_error_clear(&request->error);
    if (strcmp(iam_session_serial(listing->client), device->serial) == 0)
        fob_message_put_text(&record, FOB_TAG_PROFILE,
                             listing->client->profile.name);
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
    return true;
}

enum fob_status serve_devices(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct iam_session client = {0};
    struct listing listing = {&client, account_store_room(request, &room)};
    const struct device_list_visit visit = {put_device, &listing};
    char name[FOB_NAME_MAX + 1];
    enum fob_status status;

    if (listing.account == NULL)
        return request->error.status;
    status = field_read_profile(request, name);
    if (status == FOB_OK)
        status = iam_session_open(request, name, &client);
    client.may_type = true;
    if (status == FOB_OK)
        status = field_read_code(request, &client.typed);
    if (status == FOB_OK)
        status = device_list_of_user(&client, client.user.name, &visit);
    typed_code_free(&client.typed);
    iam_session_close(&client);
    fob_secret_free(&room);
    return status;
}

static enum fob_status send_pair(struct iam_session *client, const char *serial,
                                 const struct device_pair *pair,
                                 struct aws_call_reply *reply)
{
    struct iam_request asked = {.action = FOB_IAM_RESYNC_MFA_DEVICE};

    asked.params.value[FOB_IAM_USER_NAME] = client->user.name;
    asked.params.value[FOB_IAM_SERIAL_NUMBER] = serial;
    asked.params.value[FOB_IAM_CODE_1] = pair->first;
    asked.params.value[FOB_IAM_CODE_2] = pair->second;
    return iam_session_call(client, &asked, reply);
}

/* A pair is sent once, for AWS may have taken it before it broke off.  As the
 * next takes up to a minute to come, so is that. */
static enum fob_status send_unused(struct iam_session *client,
                                   const char *serial,
                                   const struct fob_vault_account *account)
{
    struct device_pair pair = {0};
    struct aws_call_reply reply = {0};
    bool was_again = false, again = false;
    enum fob_status status;

    do {
        was_again = again;
        status = device_pair_take(client, account, true, &pair);
        if (status == FOB_OK)
            status = send_pair(client, serial, &pair, &reply);
        again =
            aws_call_failed_5xx(&reply) || reply.refusal == FOB_REFUSAL_CLOCK;
        aws_call_reply_free(&reply);
    } while (again && !was_again);
    fob_wipe(&pair, sizeof(pair));
    return status;
}

/* The pair sets the device's clock, so ours must be AWS's first: this call's
 * reply, also a refusal, tells the time. */
static enum fob_status check_owner(struct iam_session *client,
                                   const char *serial)
{
    struct fob_error *error = &client->request->error;
    bool has;
    enum fob_status status =
        device_list_has(client, client->user.name, serial, &has);

    if (status == FOB_E_REFUSED) {
        fob_error_clear(error);
        return FOB_OK;
    }
    if (status == FOB_OK && !has)
        status =
            fob_error_set(error, FOB_E_NOT_FOUND, "user %s has no device %s",
                          client->user.name, serial);
    return status;
}

static enum fob_status resync_device(struct iam_session *client,
                                     const char *serial,
                                     struct fob_vault_account *account)
{
    struct fob_request *request = client->request;
    enum fob_status status = check_owner(client, serial);

    if (status == FOB_OK)
        status = account_match_find(request, serial, account);
    if (status == FOB_OK && account->device[0] == '\0') {
        status = device_seed_bind(request, account->name, serial);
        (void)!fob_text_copy(account->device, sizeof(account->device), serial);
    }
    if (status == FOB_OK)
        status = send_unused(client, serial, account);
    if (status == FOB_OK)
        status = device_seed_confirm(request, serial, client->user.name);
    return status;
}

enum fob_status serve_resync(struct fob_request *request)
{
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct device_change change = {.journal.lock = -1};
    struct device_fields fields;
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = device_fields_read(request, &fields);
    if (status == FOB_OK)
        status = device_change_open(request, &fields.target, &change);
    if (status == FOB_OK)
        status = device_change_serial(&change, fields.device, serial);
    if (status == FOB_OK)
        status = resync_device(&change.client, serial, account);
    if (status == FOB_OK)
        device_fields_answer(&change, serial);
    device_change_close(&change);
    fob_secret_free(&room);
    return status;
}
