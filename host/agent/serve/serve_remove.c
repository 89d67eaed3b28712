/* SPDX-License-Identifier: MIT */
/* An account goes, and its seed with it. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/profile/profile_dependents.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/tokens/token_seed.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <string.h>

struct removal {
    const struct fob_vault_account *account;
    bool is_left; /* on its token, which is not there */
    char dependents[PROFILE_DEPENDENTS_MAX];
};

/* What it is: "NAME is the MFA device ARN; without its codes ...". */
static enum fob_status word_removal(const struct removal *removal, char *text,
                                    size_t cap)
{
    const struct fob_vault_account *account = removal->account;
    bool is_bound = account->device[0] != '\0';
    bool is_needed = removal->dependents[0] != '\0';

    return fob_text_format(
        text, cap, "%s%s%s%s%s%s", account->name,
        is_bound ? " is the MFA device " : "", account->device,
        is_needed ? (is_bound ? ", and these profiles have codes of no other: "
                              : " gives the codes of these profiles: ")
                  : "",
        removal->dependents, account->token[0] != '\0' ? " (on a token)" : "");
}

static enum fob_status refuse_unasked(struct fob_request *request,
                                      const struct removal *removal)
{
    char text[FOB_ERROR_TEXT_MAX + 1];

    if (word_removal(removal, text, sizeof(text)) != FOB_OK)
        (void)!fob_text_copy(text, sizeof(text), removal->account->name);
    fob_error_set(&request->error, FOB_E_NOBODY,
                  "not removed, for nobody can be asked: %s", text);
    fob_error_hint(&request->error, "fob remove --force %s",
                   removal->account->name);
    return FOB_E_NOBODY;
}

/* A QR code is shown once: what depends on the seed is worth a question, and
 * at a terminal every seed is.  A script may remove what nothing depends on. */
static enum fob_status confirm_removal(struct fob_request *request,
                                       const struct removal *removal)
{
    bool is_needed =
        removal->account->device[0] != '\0' || removal->dependents[0] != '\0';
    char text[FOB_ERROR_TEXT_MAX + 1], question[FOB_ERROR_TEXT_MAX + 1];
    struct fob_secret answer = {0};
    enum fob_status status = word_removal(removal, text, sizeof(text));

    if (status == FOB_OK)
        status = fob_text_format(question, sizeof(question),
                                 "%s.\nDelete the seed of %s for ever?", text,
                                 removal->account->name);
    if (status != FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the account's name is too long");
    status = request_ask(request, FOB_QUESTION_CONFIRM, question, &answer);
    if (status == FOB_OK &&
        (answer.len != 3 || memcmp(answer.data, "yes", 3) != 0))
        status =
            fob_error_set(&request->error, FOB_E_NOBODY, "nothing was removed");
    else if (status == FOB_E_NOBODY && is_needed)
        status = refuse_unasked(request, removal);
    else if (status == FOB_E_NOBODY) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    fob_secret_free(&answer);
    return status;
}

/* The way back, as long as there is one. */
static void tell_removal(struct fob_request *request,
                         const struct removal *removal)
{
    const struct fob_vault_account *account = removal->account;
    const char *device = account->device[0] == '\0'
                             ? ""
                             : "; else only a new device helps: fob enroll";
    char backup[FOB_PATH_MAX];
    struct fob_error ignored;

    if (account->token[0] != '\0')
        request_note(request, "%s is removed%s token %s%s", account->name,
                     removal->is_left ? " here, and not from" : ", also from",
                     account->token, device);
    else if (fob_path_get(FOB_PATH_VAULT_BACKUP, backup, &ignored) == FOB_OK)
        request_note(request,
                     "%s is removed. Until the vault changes again, %s has "
                     "it%s",
                     account->name, backup, device);
}

static enum fob_status remove_account(struct fob_request *request,
                                      const struct fob_vault_account *account)
{
    struct removal removal = {.account = account};
    enum fob_status status = FOB_OK;

    profile_dependents_find(request, account, removal.dependents);
    request_drop_view(request);
    if (!field_read_flag(request, FOB_TAG_FORCE))
        status = confirm_removal(request, &removal);
    /* A seed on a token goes there first. */
    if (status == FOB_OK && account->token[0] != '\0')
        status = token_seed_delete(request, account, &removal.is_left);
    if (status == FOB_OK)
        status = account_store_remove(request, account);
    if (status == FOB_OK)
        tell_removal(request, &removal);
    return status;
}

enum fob_status serve_remove(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = field_read_text(request, FOB_TAG_NAME, "name", name, sizeof(name));
    if (status == FOB_OK)
        status = account_store_find_exact(request, name, account);
    if (status == FOB_OK)
        status = remove_account(request, account);
    fob_secret_free(&room);
    return status;
}
