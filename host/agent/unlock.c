/* SPDX-License-Identifier: MIT */
#include "host/agent/unlock.h"

#include "host/base/file.h"
#include "src/wipe.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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

enum fob_status unlock_ask(struct fob_request *request,
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

enum fob_status unlock_ask_new(struct fob_request *request,
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
        status = unlock_ask(request, &answer);
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
        status = unlock_ask_new(request, &secret);
    }
    if (status == FOB_OK)
        status = fob_vault_create(vault, place->vault, place->backup, &opener,
                                  &request->error);
    fob_secret_free(&secret);
    return status;
}

/* Give the open `vault` to the agent. */
static enum fob_status install(struct fob_request *request,
                               struct fob_vault *vault)
{
    struct fob_vault_body body = {0};
    struct fob_secret cache_key = {0};
    enum fob_status status = fob_vault_load(vault, &body, &request->error);

    if (status == FOB_OK)
        status = fob_vault_cache_key(&body, &cache_key, &request->error);
    if (status == FOB_OK &&
        agent_unlock(request->agent, vault, &cache_key) != FOB_OK)
        status = fob_error_set(&request->error, FOB_E_NO_MEMORY,
                               "no memory to hold the vault's key");
    fob_secret_free(&cache_key);
    fob_vault_body_free(&body);
    return status;
}

static enum fob_status open_or_make(struct fob_request *request, bool make)
{
    struct place place;
    struct fob_vault vault = {0};
    enum fob_status status = find_place(request, &place);

    if (status == FOB_OK)
        status = open_vault(request, &place, &vault);
    if (status == FOB_E_NOT_FOUND && make) {
        status = make_vault(request, &place, &vault);
        /* Another agent made one meanwhile. */
        if (status == FOB_E_EXISTS)
            status = open_vault(request, &place, &vault);
    }
    if (status == FOB_OK)
        status = install(request, &vault);
    fob_vault_close(&vault);
    return status;
}

enum fob_status unlock_vault(struct fob_request *request, bool make)
{
    struct fob_agent *agent = request->agent;
    enum fob_status status = FOB_OK;

    if (agent_hold(agent) != NULL) {
        agent_release(agent);
        return FOB_OK;
    }
    pthread_mutex_lock(&agent->unlocking);
    if (agent_hold(agent) != NULL)
        agent_release(agent);
    else
        status = open_or_make(request, make);
    pthread_mutex_unlock(&agent->unlocking);
    return status;
}

enum fob_status unlock_again(struct fob_request *request)
{
    enum fob_status status;

    pthread_mutex_lock(&request->agent->unlocking);
    status = open_or_make(request, false);
    pthread_mutex_unlock(&request->agent->unlocking);
    return status;
}

/* A vault may be locked by another caller between unlocking and use. */
static struct fob_vault *hold(struct fob_request *request, bool make,
                              enum fob_status *status)
{
    struct fob_vault *vault = NULL;

    *status = unlock_vault(request, make);
    if (*status == FOB_OK) {
        vault = agent_hold(request->agent);
        if (vault == NULL)
            *status = fob_error_set(&request->error, FOB_E_LOCKED,
                                    "the vault was locked just now");
    }
    return vault;
}

enum fob_status unlock_and_load(struct fob_request *request,
                                struct fob_vault_body *body)
{
    enum fob_status status;
    struct fob_vault *vault = hold(request, false, &status);

    if (vault == NULL)
        return status;
    status = fob_vault_load(vault, body, &request->error);
    agent_release(request->agent);
    return status;
}

/* A key file may be missing as well: only a vault that is nowhere is empty. */
static bool has_vault(void)
{
    char path[FOB_PATH_MAX];
    struct fob_error error;

    return fob_path_get(FOB_PATH_VAULT, path, &error) != FOB_OK ||
           access(path, F_OK) == 0 || errno != ENOENT;
}

enum fob_status unlock_and_list(struct fob_request *request,
                                struct fob_vault_body *body)
{
    enum fob_status status = unlock_and_load(request, body);

    return status == FOB_E_NOT_FOUND && !has_vault() ? FOB_OK : status;
}

enum fob_status unlock_and_begin(struct fob_request *request, bool make,
                                 struct fob_vault_edit *edit)
{
    enum fob_status status;
    struct fob_vault *vault = hold(request, make, &status);

    *edit = (struct fob_vault_edit){.lock = -1};
    if (vault == NULL)
        return status;
    status = fob_vault_begin(vault, edit, &request->error);
    if (status != FOB_OK) {
        *edit = (struct fob_vault_edit){.lock = -1};
        agent_release(request->agent);
    }
    return status;
}

void unlock_end(struct fob_request *request, struct fob_vault_edit *edit)
{
    if (edit->vault == NULL)
        return;
    fob_vault_end(edit);
    edit->vault = NULL;
    agent_release(request->agent);
}
