/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/device_fields.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/serve/field_read.h"

enum fob_status device_fields_read(struct fob_request *request,
                                   struct device_fields *fields)
{
    bool is_on_token = field_read_has(request, FOB_TAG_TOKEN);
    enum fob_status status = field_read_profile(request, fields->profile);

    if (status == FOB_OK)
        status = field_read_optional(request, FOB_TAG_TOKEN, "serial",
                                     fields->token, sizeof(fields->token));
    if (status == FOB_OK)
        status = field_read_optional(request, FOB_TAG_DEVICE, "device's name",
                                     fields->device, sizeof(fields->device));
    fields->target = (struct device_change_target){
        .profile = fields->profile,
        .location = {.token = is_on_token ? fields->token : NULL,
                     .may_overwrite = field_read_flag(request, FOB_TAG_FORCE)},
    };
    return status;
}

enum fob_status device_fields_read_code(struct fob_request *request,
                                        struct device_fields *fields)
{
    fields->target.may_type = true;
    return field_read_code(request, &fields->target.typed);
}

void device_fields_answer(const struct device_change *change,
                          const char *serial)
{
    struct fob_request *request = change->client.request;
    struct fob_message *reply = &request->reply;
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);

    fob_message_put_text(reply, FOB_TAG_SERIAL, serial);
    fob_message_put_text(reply, FOB_TAG_PROFILE, change->client.profile.name);
    if (account != NULL &&
        account_store_find_device(request, serial, account) == FOB_OK) {
        fob_message_put_text(reply, FOB_TAG_NAME, account->name);
        fob_message_put_text(reply, FOB_TAG_USER, account->user);
    }
    fob_error_clear(&request->error);
    fob_secret_free(&room);
}
