/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_open_prompt.h"

#include "host/base/file.h"
#include "src/wipe.h"

enum { TRIES = 3 };

struct place {
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
        fob_error_hint(&request->error,
                       "fob unlock, or set FOB_PASSPHRASE_FILE");
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

static enum fob_status open_by_key_file(struct fob_request *request,
                                        const struct place *place,
                                        struct fob_vault *vault)
{
    struct fob_secret content = {0};
    struct fob_slot_opener opener = {.type = FOB_SLOT_KEY_FILE,
                                     .secret = &content};
    enum fob_status status = read_key_file(request, place, &content);

    if (status == FOB_OK)
        status = fob_vault_open(vault, place->vault, place->backup, &opener,
                                &request->error);
    fob_secret_free(&content);
    return status;
}

/* A person may mistype; a file gives the same answer again and is not asked
 * a third time. */
static enum fob_status open_by_passphrase(struct fob_request *request,
                                          const struct place *place,
                                          struct fob_vault *vault)
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
        status = vault_open_prompt_ask(request, &answer);
        if (status == FOB_OK && i > 0 && answer.len == last.len &&
            fob_equal(answer.data, last.data, last.len)) {
            request->error = wrong;
            status = FOB_E_WRONG_KEY;
            break;
        }
        if (status == FOB_OK)
            status = fob_vault_open(vault, place->vault, place->backup, &opener,
                                    &request->error);
    }
    fob_secret_free(&last);
    fob_secret_free(&answer);
    return status;
}

static enum fob_status open_vault(struct fob_request *request,
                                  const struct place *place,
                                  struct fob_vault *vault)
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
        status = open_by_key_file(request, place, vault);
    if (by_file && (status == FOB_OK || !by_phrase))
        return status;
    if (by_phrase)
        return open_by_passphrase(request, place, vault);
    fob_error_set(&request->error, FOB_E_LOCKED,
                  "the vault is opened by a key file and the settings name "
                  "none");
    fob_error_hint(&request->error, "set key_file in fob-settings(5)");
    return FOB_E_LOCKED;
}

static enum fob_status make_vault(struct fob_request *request,
                                  const struct place *place,
                                  struct fob_vault *vault)
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
        status = fob_vault_create(vault, place->vault, place->backup, &opener,
                                  &request->error);
    fob_secret_free(&secret);
    return status;
}

enum fob_status vault_open_prompt_run(struct fob_request *request, bool make,
                                      struct fob_vault *vault)
{
    struct place place;
    enum fob_status status = find_place(request, &place);

    if (status == FOB_OK)
        status = open_vault(request, &place, vault);
    if (status != FOB_E_NOT_FOUND || !make)
        return status;
    status = make_vault(request, &place, vault);
    /* Another agent made one meanwhile. */
    return status == FOB_E_EXISTS ? open_vault(request, &place, vault) : status;
}
