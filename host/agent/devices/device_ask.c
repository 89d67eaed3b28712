/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_ask.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/devices/device_pair.h"
#include "host/base/text.h"
#include "src/wipe.h"

#include <string.h>

enum { TRIES = 3 };

static enum fob_status ask_person(struct fob_request *request, const char *text,
                                  struct fob_secret *answer)
{
    fob_secret_free(answer);
    return request_ask(request, FOB_QUESTION_LINE, text, answer);
}

static enum fob_status ask_with(struct iam_session *client,
                                const struct device_pair *pair,
                                struct fob_secret *answer)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    enum fob_status status;

    if (fob_text_format(text, sizeof(text),
                        "Type these two codes into the console's form: %s %s\n"
                        "Return when it has taken them, n for two others",
                        pair->first, pair->second) != FOB_OK)
        return FOB_E_FAILED;
    status = ask_person(client->request, text, answer);
    fob_wipe(text, sizeof(text));
    return status;
}

enum fob_status device_ask_to_type(struct iam_session *client,
                                   const struct fob_vault_account *account,
                                   uint64_t *last)
{
    struct device_pair pair = {0};
    struct fob_secret answer = {0};
    bool again;
    enum fob_status status;

    do {
        status = device_pair_show(client, account, last, &pair);
        if (status == FOB_OK)
            status = ask_with(client, &pair, &answer);
        again = status == FOB_OK && answer.len > 0 &&
                (answer.data[0] == 'n' || answer.data[0] == 'N');
    } while (again);
    fob_wipe(&pair, sizeof(pair));
    fob_secret_free(&answer);
    return status;
}

enum fob_status
device_ask_read_serial(struct iam_session *client, const char *text,
                       char serial[static FOB_ACCOUNT_ARN_MAX + 1])
{
    struct fob_error *error = &client->request->error;
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    bool is_arn = strncmp(text, "arn:", 4) == 0;
    enum fob_status status =
        is_arn ? fob_text_copy(serial, FOB_ACCOUNT_ARN_MAX + 1, text)
               : fob_arn_device_format(&client->user, "/", text, serial,
                                       FOB_ACCOUNT_ARN_MAX + 1);

    if (status != FOB_OK)
        status =
            fob_error_set(error, FOB_E_USAGE, "the device's name is too long");
    if (status == FOB_OK && account != NULL)
        status = account_make_bind(account, serial, error);
    if (status == FOB_OK && account != NULL &&
        strcmp(account->account_id, client->user.account) != 0)
        status =
            fob_error_set(error, FOB_E_USAGE,
                          "%s is a device of another AWS account than "
                          "profile %s, which is of %s",
                          serial, client->profile.name, client->user.account);
    fob_secret_free(&room);
    return status;
}

static enum fob_status ask_serial_once(struct iam_session *client,
                                       const char *text, const char *guess,
                                       char serial[FOB_ACCOUNT_ARN_MAX + 1])
{
    struct fob_secret answer = {0};
    enum fob_status status = ask_person(client->request, text, &answer);

    if (status == FOB_OK)
        status = device_ask_read_serial(
            client, answer.len > 0 ? (const char *)answer.data : guess, serial);
    fob_secret_free(&answer);
    return status;
}

enum fob_status device_ask_serial(struct iam_session *client,
                                  const struct fob_vault_account *account,
                                  const char *guess,
                                  char serial[static FOB_ACCOUNT_ARN_MAX + 1])
{
    struct fob_request *request = client->request;
    char text[FOB_ERROR_TEXT_MAX + 1];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "ARN of the MFA device that %s is%s%s%s",
        account->name, guess[0] == '\0' ? "" : " [", guess,
        guess[0] == '\0' ? "" : "]");

    if (status != FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the account's name is too long");
    for (int i = 0; i < TRIES; i++) {
        status = ask_serial_once(client, text, guess, serial);
        if (status != FOB_E_USAGE)
            break;
        request_note(request, "%s", request->error.text);
    }
    return status;
}

bool device_ask_exchange(struct iam_session *client, const char *serial)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    struct fob_secret answer = {0};
    struct fob_request *request = client->request;
    bool is_yes =
        fob_text_format(text, sizeof(text),
                        "Profile %s has mfa_serial %s.\nPut %s in its place?",
                        client->profile.name, iam_session_serial(client),
                        serial) == FOB_OK &&
        request_ask(request, FOB_QUESTION_CONFIRM, text, &answer) == FOB_OK &&
        strcmp((const char *)answer.data, "yes") == 0;

    fob_error_clear(&request->error);
    fob_secret_free(&answer);
    return is_yes;
}
