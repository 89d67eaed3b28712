/* SPDX-License-Identifier: MIT */
/* What a fault of a token is to a person, and what to do about it. */
#include "host/token/token.h"

struct wording {
    enum fob_status status;
    enum fob_status told; /* what callers and scripts get to know */
    const char *before;   /* the token's serial */
    const char *after;    /* it */
    const char *hint;
    bool is_hint_of_it; /* in its place: look at it with fob token info */
};

static const struct wording wordings[] = {
    {FOB_E_TOKEN_ABSENT, FOB_E_TOKEN_ABSENT, "token",
     " went away or stopped answering", "plug it in again", false},
    {FOB_E_NOT_TOUCHED, FOB_E_NOT_TOUCHED, "token", " was not touched in time",
     "run the command again, and touch it while it blinks", false},
    {FOB_E_BUSY, FOB_E_TOKEN_BLOCKED, "another program has token", "",
     "end it, then run the command again", false},
    {FOB_E_TOKEN_BLOCKED, FOB_E_TOKEN_BLOCKED, "token", " has no tries left",
     NULL, false},
    {FOB_E_EXISTS, FOB_E_EXISTS, "token",
     " has an account of that name already", NULL, true},
    {FOB_E_LOCKED, FOB_E_TOKEN_BLOCKED, "token", " refused it", NULL, true},
    {FOB_E_NOT_FOUND, FOB_E_NOT_FOUND, "token", " knows no such account", NULL,
     true},
    {FOB_E_NO_MEMORY, FOB_E_TOKEN_BLOCKED, "token", " is full",
     "to make room there: fob remove NAME", false},
    {FOB_E_UNSUPPORTED, FOB_E_UNSUPPORTED, "token", " cannot do that", NULL,
     true},
    {FOB_E_SYNTAX, FOB_E_UNSUPPORTED, "token", " cannot do that", NULL, true},
    {FOB_E_WRONG_KEY, FOB_E_WRONG_KEY, "wrong password for token", "",
     "run the command again", false},
    {FOB_E_FAILED, FOB_E_TOKEN_BLOCKED, "token", " failed",
     "plug it in again, then run the command again", false},
};

static const struct wording nonsense = {
    FOB_E_DAMAGED,
    FOB_E_DAMAGED,
    "what token",
    " answered makes no sense",
    "plug it in again, then run the command again",
    false};

static const struct wording *find_wording(enum fob_status status)
{
    for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++)
        if (wordings[i].status == status)
            return &wordings[i];
    return &nonsense;
}

enum fob_status fob_token_word(const struct fob_token *token,
                               enum fob_status status, const char *what,
                               struct fob_error *error)
{
    const struct wording *wording = find_wording(status);

    if (status == FOB_OK)
        return FOB_OK;
    fob_error_set(error, wording->told, "%s: %s %s%s", what, wording->before,
                  token->serial, wording->after);
    if (wording->is_hint_of_it)
        fob_error_hint(error, "fob token info %s", token->serial);
    else if (wording->hint != NULL)
        fob_error_advise(error, wording->hint);
    else if (token->is_own) /* of its own, fob knows that nothing else helps */
        fob_error_hint(error, "to erase it: fob token reset %s", token->serial);
    return wording->told;
}
