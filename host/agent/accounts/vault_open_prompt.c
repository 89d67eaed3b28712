/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_open_prompt.h"

#include "host/base/file.h"
#include "src/wipe.h"

enum { TRIES = 3 };

struct place {
    const struct vault_open_prompt *how;
    char vault[FOB_PATH_MAX];
    char backup[FOB_PATH_MAX];
    struct fob_settings settings;
};

static enum fob_status find_place(struct fob_request *request,
                                  struct place *place)
{
    struct fob_error *error = &request->error;
    enum fob_status status = fob_path_get(FOB_PATH_VAULT, place->vault, error);

    if (status == FOB_OK)
        status = fob_path_get(FOB_PATH_VAULT_BACKUP, place->backup, error);
    if (status == FOB_OK)
        status = agent_settings(&place->settings, error);
    return status;
}

enum fob_status vault_open_prompt_ask(struct fob_request *request,
                                      struct fob_secret *passphrase)
{
    enum fob_status status =
        request_ask(request, FOB_QUESTION_PASSPHRASE,
                    "Passphrase of the fob vault", passphrase);

    if (status == FOB_E_NOBODY && !request->is_remote) {
        fob_error_set(&request->error, FOB_E_NOBODY,
                      "the vault is locked and nobody can be asked for its "
                      "passphrase");
        fob_error_hint(&request->error, "set FOB_PASSPHRASE_FILE, or at a "
                                        "terminal: fob unlock");
    }
    return status;
}

enum fob_status vault_open_prompt_ask_new(struct fob_request *request,
                                          struct fob_secret *passphrase)
{
    enum fob_status status =
        request_ask(request, FOB_QUESTION_NEW_PASSPHRASE,
                    "New passphrase for the fob vault", passphrase);

    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, FOB_E_NOBODY,
                      "a passphrase for the vault is needed and nobody can "
                      "be asked");
        fob_error_hint(&request->error,
                       "run it in a terminal, or set FOB_PASSPHRASE_FILE");
    }
    return status;
}

static enum fob_status read_key_file(struct fob_request *request,
                                     const struct place *place,
                                     struct fob_secret *content)
{
    return fob_file_read(place->settings.key_file, FOB_KEY_FILE_MAX, content,
                         &request->error);
}

static bool has_slot(const struct fob_vault_header *header,
                     enum fob_slot_type type)
{
    for (size_t i = 0; i < header->slots.count; i++)
        if (header->slots.slot[i].type == type)
            return true;
    return false;
}

/* Another caller was quicker. */
static bool is_open_now(const struct fob_request *request,
                        const struct place *place)
{
    return !place->how->is_again && agent_is_open(request->agent);
}

/* One derivation at a time: each takes much memory, and of many callers with
 * one passphrase only the first needs it. */
static enum fob_status try_opener(struct fob_request *request,
                                  const struct place *place,
                                  const struct fob_slot_opener *opener,
                                  bool is_new)
{
    struct fob_vault vault = {0};
    enum fob_status status = FOB_OK;

    pthread_mutex_lock(&request->agent->deriving);
    if (is_open_now(request, place)) {
        if (is_new)
            request_note(request, "the vault was made by another command "
                                  "meanwhile, with the passphrase given there");
    } else {
        status = is_new ? fob_vault_create(&vault, place->vault, place->backup,
                                           opener, &request->error)
                        : fob_vault_open(&vault, place->vault, place->backup,
                                         opener, &request->error);
        if (status == FOB_OK)
            status = place->how->install(request, &vault);
        fob_vault_close(&vault);
    }
    pthread_mutex_unlock(&request->agent->deriving);
    return status;
}

static enum fob_status open_by_key_file(struct fob_request *request,
                                        const struct place *place)
{
    struct fob_secret content = {0};
    struct fob_slot_opener opener = {.type = FOB_SLOT_KEY_FILE,
                                     .secret = &content};
    enum fob_status status = read_key_file(request, place, &content);

    if (status == FOB_OK)
        status = try_opener(request, place, &opener, false);
    fob_secret_free(&content);
    return status;
}

/* Who cannot or will not answer needs not when another has meanwhile. */
static enum fob_status ask_unless_open(struct fob_request *request,
                                       const struct place *place,
                                       struct fob_secret *answer)
{
    enum fob_status status = vault_open_prompt_ask(request, answer);

    if (status != FOB_E_NOBODY || !is_open_now(request, place))
        return status;
    fob_error_clear(&request->error);
    return FOB_OK;
}

/* A person may mistype; a file gives the same answer again and is not asked
 * a third time. */
static enum fob_status open_by_passphrase(struct fob_request *request,
                                          const struct place *place)
{
    struct fob_secret answer = {0}, last = {0};
    struct fob_slot_opener opener = {.type = FOB_SLOT_PASSPHRASE,
                                     .secret = &answer};
    enum fob_status status = FOB_E_WRONG_KEY;

    for (int i = 0; i < TRIES && status == FOB_E_WRONG_KEY; i++) {
        struct fob_error wrong = request->error;

        fob_secret_free(&last);
        last = answer;
        answer = (struct fob_secret){0};
        status = ask_unless_open(request, place, &answer);
        if (status == FOB_OK && i > 0 && answer.len == last.len &&
            fob_equal(answer.data, last.data, last.len)) {
            request->error = wrong;
            status = FOB_E_WRONG_KEY;
            break;
        }
        if (status == FOB_OK)
            status = try_opener(request, place, &opener, false);
    }
    fob_secret_free(&last);
    fob_secret_free(&answer);
    return status;
}

static enum fob_status open_vault(struct fob_request *request,
                                  const struct place *place)
{
    struct fob_vault_header header;
    bool by_file, by_phrase;
    enum fob_status status = fob_vault_inspect(place->vault, place->backup,
                                               &header, &request->error);

    if (status != FOB_OK)
        return status;
    by_file = has_slot(&header, FOB_SLOT_KEY_FILE) &&
              place->settings.key_file[0] != '\0';
    by_phrase = has_slot(&header, FOB_SLOT_PASSPHRASE);
    if (by_file)
        status = open_by_key_file(request, place);
    if (by_file && (status == FOB_OK || !by_phrase))
        return status;
    if (by_phrase)
        return open_by_passphrase(request, place);
    fob_error_set(&request->error, FOB_E_LOCKED,
                  "the vault is opened by a key file and the settings name "
                  "none");
    fob_error_hint(&request->error, "set key_file in fob-settings(5)");
    return FOB_E_LOCKED;
}

static enum fob_status make_vault(struct fob_request *request,
                                  const struct place *place)
{
    struct fob_secret secret = {0};
    struct fob_slot_opener opener = {.type = FOB_SLOT_PASSPHRASE,
                                     .secret = &secret,
                                     .cost = fob_slot_cost_default};
    enum fob_status status;

    opener.cost.log2_n = (uint8_t)place->settings.scrypt_log2_n;
    if (place->settings.key_file[0] != '\0') {
        opener.type = FOB_SLOT_KEY_FILE;
        status = read_key_file(request, place, &secret);
    } else {
        status = vault_open_prompt_ask_new(request, &secret);
    }
    if (status == FOB_OK)
        status = try_opener(request, place, &opener, true);
    fob_secret_free(&secret);
    return status;
}

enum fob_status vault_open_prompt_run(struct fob_request *request,
                                      const struct vault_open_prompt *how)
{
    struct place place = {.how = how};
    enum fob_status status = find_place(request, &place);

    if (status == FOB_OK)
        status = open_vault(request, &place);
    if (status != FOB_E_NOT_FOUND || !how->may_make)
        return status;
    status = make_vault(request, &place);
    /* Another agent made one meanwhile. */
    return status == FOB_E_EXISTS ? open_vault(request, &place) : status;
}
