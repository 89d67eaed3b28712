/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_open_prompt.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "src/wipe.h"

enum { TRIES = 3, PROMPT_MAX = 80 };

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

/* Of TRIES, `left` with this one. */
static enum fob_status ask_passphrase(struct fob_request *request, int left,
                                      struct fob_secret *passphrase)
{
    char text[PROMPT_MAX] = "Passphrase of the fob vault";
    enum fob_status status;

    if (left < TRIES)
        (void)!fob_text_format(text, sizeof(text),
                               "Wrong, %d %s left. Passphrase of the fob vault",
                               left, left == 1 ? "try" : "tries");
    status = request_ask(request, FOB_QUESTION_PASSPHRASE, text, passphrase);

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
    return fob_file_read_trusted(place->settings.key_file, FOB_KEY_FILE_MAX,
                                 FOB_FILE_UNSEEN, content, &request->error);
}

bool vault_open_prompt_has(const struct fob_vault_header *header,
                           enum fob_slot_type type)
{
    for (size_t i = 0; i < header->slots.count; i++)
        if (header->slots.slot[i].type == type)
            return true;
    return false;
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
    if (agent_is_open(request->agent)) {
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
                                       const struct vault_attempt *attempt,
                                       int left, struct fob_secret *answer)
{
    enum fob_status status = ask_passphrase(request, left, answer);

    if (status != FOB_E_NOBODY || attempt->is_again ||
        !agent_is_open(request->agent))
        return status;
    fob_error_clear(&request->error);
    return FOB_OK;
}

/* A person may mistype; a file gives the same answer again and is not asked
 * a third time. */
static enum fob_status try_answers(struct fob_request *request,
                                   const struct vault_attempt *attempt,
                                   struct fob_secret *answer,
                                   const struct fob_slot_opener *opener)
{
    struct fob_secret last = {0};
    enum fob_status status = FOB_E_WRONG_KEY;

    for (int i = 0; i < TRIES && status == FOB_E_WRONG_KEY; i++) {
        struct fob_error wrong = request->error;

        fob_secret_free(&last);
        last = *answer;
        *answer = (struct fob_secret){0};
        status = ask_unless_open(request, attempt, TRIES - i, answer);
        if (status == FOB_OK && i > 0 && answer->len == last.len &&
            fob_equal(answer->data, last.data, last.len)) {
            request->error = wrong;
            status = FOB_E_WRONG_KEY;
            break;
        }
        if (status == FOB_OK)
            status = attempt->run(request, opener, attempt->context);
    }
    fob_secret_free(&last);
    return status;
}

/* The cost is what a slot of the person's own may have. */
enum fob_status vault_open_prompt_try(struct fob_request *request,
                                      const struct vault_attempt *attempt,
                                      struct fob_secret *answer,
                                      struct fob_slot_opener *opener)
{
    struct fob_settings settings;
    enum fob_status status = agent_settings(&settings, &request->error);

    *opener = (struct fob_slot_opener){.type = FOB_SLOT_PASSPHRASE,
                                       .secret = answer,
                                       .cost = fob_slot_cost_default};
    opener->cost.log2_n = (uint8_t)settings.scrypt_log2_n;
    if (status == FOB_OK)
        status = try_answers(request, attempt, answer, opener);
    return status;
}

static enum fob_status try_place(struct fob_request *request,
                                 const struct fob_slot_opener *opener,
                                 const void *context)
{
    return try_opener(request, context, opener, false);
}

static enum fob_status open_by_passphrase(struct fob_request *request,
                                          const struct place *place)
{
    const struct vault_attempt attempt = {.run = try_place, .context = place};
    struct fob_secret answer = {0};
    struct fob_slot_opener opener;
    enum fob_status status =
        vault_open_prompt_try(request, &attempt, &answer, &opener);

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
    by_file = vault_open_prompt_has(&header, FOB_SLOT_KEY_FILE) &&
              place->settings.key_file[0] != '\0';
    by_phrase = vault_open_prompt_has(&header, FOB_SLOT_PASSPHRASE);
    if (by_file)
        status = open_by_key_file(request, place);
    /* A key file that others may have is no matter to get round by asking. */
    if (by_file && (status == FOB_OK || status == FOB_E_LOCKED || !by_phrase))
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

enum fob_status vault_open_prompt_inspect(struct fob_request *request,
                                          struct fob_vault_header *header)
{
    struct place place;
    enum fob_status status = find_place(request, &place);

    if (status == FOB_OK)
        status = fob_vault_inspect(place.vault, place.backup, header,
                                   &request->error);
    return status;
}

enum fob_status vault_open_prompt_by(struct fob_request *request,
                                     const struct vault_open_prompt *how,
                                     const struct fob_slot_opener *opener)
{
    struct place place = {.how = how};
    enum fob_status status = find_place(request, &place);

    if (status == FOB_OK)
        status = try_opener(request, &place, opener, false);
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
