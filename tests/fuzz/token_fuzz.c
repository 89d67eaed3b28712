/* SPDX-License-Identifier: MIT */
/* A hostile token: the input is what it answers, part by part, to all that
 * fob ever asks. */
#include "host/token/token.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_reader answers;

static enum fob_status
open_link(const char *path, const struct fob_token_watch *watch, void **link)
{
    (void)watch;
    *link = &answers;
    return path[0] == '\0' ? FOB_E_TOKEN_ABSENT : FOB_OK;
}

/* A length of two bytes, then so much of an answer; nothing: unplugged. */
static enum fob_status exchange(void *link, struct fob_token_exchange *it)
{
    struct fob_reader *reader = link;
    size_t len = fob_get_u16(reader);
    const uint8_t *answer;

    if (len > it->reply_cap)
        return FOB_E_DAMAGED;
    answer = fob_get_bytes(reader, len);
    if (answer == NULL)
        return FOB_E_TOKEN_ABSENT;
    memcpy(it->reply, answer, len);
    it->reply_len = len;
    return FOB_OK;
}

static void close_link(void *link)
{
    (void)link;
}

static const struct fob_transport hostile = {
    .name = "fuzz",
    .open = open_link,
    .exchange = exchange,
    .close = close_link,
};

static void read_listings(struct fob_token *token)
{
    struct fob_token_account account;
    struct fob_token_use use;
    struct fob_secret listing = {0};
    struct fob_reader reader;

    (void)!fob_token_find_account(token, "phone", &account);
    if (fob_token_uses(token, 0, &listing) == FOB_OK) {
        fob_reader_init(&reader, listing.data, listing.len);
        while (fob_token_next_use(&reader, &use))
            ;
    }
    fob_secret_free(&listing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fob_account account = {.label = "phone",
                                               .secret_len = 20,
                                               .type = FOB_TOTP,
                                               .hash = FOB_SHA1,
                                               .digits = 6,
                                               .period_s = 30};
    static const uint8_t key[FOB_TOKEN_KEY] = {1};
    const struct fob_token_location location = {.transport = &hostile,
                                                .path = "x"};
    struct fob_token token;
    struct fob_secret pin = {0};
    char code[FOB_CODE_MAX + 1];
    uint32_t number;

    if (fob_secret_start() != FOB_OK)
        return 0;
    fob_reader_init(&answers, data, size);
    if (fob_token_open(&token, &location, NULL) == FOB_OK) {
        (void)!fob_token_unseal(&token, key);
        (void)!fob_token_validate(&token, key);
        (void)!fob_token_code(&token, "phone", &account, 1, code);
        (void)!fob_token_put(&token, "phone", &account, 3);
        read_listings(&token);
        (void)!fob_token_number(&token, &number);
        (void)!fob_token_verify_pin(&token, &pin);
    }
    fob_token_close(&token);
    return 0;
}
