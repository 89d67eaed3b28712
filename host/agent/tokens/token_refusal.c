/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_refusal.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"

#include <unistd.h>

/* A reset makes another id, a new passphrase other parameters: then the file
 * may be right. */
static enum fob_status find_name(const struct token_session *session,
                                 char *name, size_t cap)
{
    const struct fob_token *token = &session->token;
    char id[2 * FOB_TOKEN_ID + 1], kdf[2 * FOB_TOKEN_KDF_MAX + 1];

    fob_text_hex(token->id, sizeof(token->id), id);
    fob_text_hex(token->info.kdf, token->info.kdf_len, kdf);
    return fob_text_format(name, cap, "refused:%s:%s:%s:%s", token->serial, id,
                           kdf, session->request->source.file);
}

/* One that cannot be told from others is nobody to remember. */
static bool can_tell(const struct token_session *session)
{
    return session->request->source.file[0] != '\0';
}

enum { NAME_CAP = FOB_PATH_MAX };

enum token_refusal token_refusal_find(const struct token_session *session,
                                      unsigned tries)
{
    char name[NAME_CAP], path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (!session->request->source.is_file)
        return TOKEN_REFUSAL_NONE;
    if (can_tell(session) && find_name(session, name, sizeof(name)) == FOB_OK &&
        state_file_path("tokens", name, path, &ignored) == FOB_OK &&
        access(path, F_OK) == 0)
        return TOKEN_REFUSAL_KNOWN;
    return tries <= TOKEN_TRIES_OF_PERSON ? TOKEN_REFUSAL_LAST
                                          : TOKEN_REFUSAL_NONE;
}

/* Where it cannot be written, the last tries are a person's all the same. */
void token_refusal_note(const struct token_session *session)
{
    const struct fob_file_options options = {.mode = 0600};
    char name[NAME_CAP], path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (session->request->source.is_file && can_tell(session) &&
        find_name(session, name, sizeof(name)) == FOB_OK &&
        state_file_make("tokens", name, path, &ignored) == FOB_OK)
        (void)!fob_file_replace(path, "", 0, &options, &ignored);
}

enum fob_status token_refusal_word(struct fob_error *error, const char *serial,
                                   enum token_refusal refusal, unsigned tries)
{
    if (refusal == TOKEN_REFUSAL_KNOWN)
        fob_error_set(error, FOB_E_WRONG_KEY,
                      "token %s refused what FOB_TOKEN_PASSPHRASE_FILE holds "
                      "before, so it was not offered again",
                      serial);
    else
        fob_error_set(error, FOB_E_NOBODY,
                      "token %s has %u %s left, %s a person's: what "
                      "FOB_TOKEN_PASSPHRASE_FILE holds was not offered",
                      serial, tries, tries == 1 ? "try" : "tries",
                      tries == 1 ? "which is" : "which are");
    fob_error_hint(error, "at a terminal: fob token unlock %s", serial);
    return error->status;
}
