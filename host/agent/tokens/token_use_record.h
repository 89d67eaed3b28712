/* SPDX-License-Identifier: MIT */
/*
 * fob's own record of the codes it asked a token for, so that the token's log
 * can be held against it: what is in the log alone, somebody else asked for.
 * The file is named by the token's serial and its id; docs/protocol.md has its
 * form.
 */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_USE_RECORD_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_USE_RECORD_H

#include "host/base/error.h"
#include "host/token/token.h"

enum {
    TOKEN_USES_MAX = 512,
    TOKEN_USES_FILE_MAX = 15 + TOKEN_USES_MAX * 12, /* bytes */
};

struct token_use_record {
    uint8_t id[FOB_TOKEN_ID]; /* a reset makes another: all is forgotten */
    size_t count;
    struct {
        uint32_t uid;
        uint64_t value;
    } use[TOKEN_USES_MAX]; /* oldest first */
};

/* What is known of the token; nothing, when nothing can be read. */
void token_use_record_read(const struct fob_token *token,
                           struct token_use_record *uses);

/* Note a code, under the token's lock. */
FOB_MUST_CHECK enum fob_status
token_use_record_note(const struct fob_token *token, uint32_t uid,
                      uint64_t value, struct fob_error *error);

/* The file's content and back, for the token of uses->id: another token's, or
 * one of an older life, holds nothing, and so does what encode did not
 * write. */
size_t token_use_record_encode(const struct token_use_record *uses,
                               uint8_t data[static TOKEN_USES_FILE_MAX]);
void token_use_record_decode(struct token_use_record *uses, const void *data,
                             size_t len);

bool token_use_record_has(const struct token_use_record *uses,
                          const struct fob_token_use *use);

/* Whether somebody else asked for the latest code of an account.  false where
 * the record is too short to tell. */
bool token_use_record_is_strange(const struct token_use_record *uses,
                                 const struct fob_token_account *account);

#endif
