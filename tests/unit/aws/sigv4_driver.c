/* SPDX-License-Identifier: MIT */
/*
 * For tests/vectors/sigv4_botocore_test.py: requests on stdin, one a line, as
 * words in hex ("-" for an empty one): method host path query region service
 * time id secret token body, then header names and values; on stdout the
 * Authorization header of each, or "fault STATUS".
 */
#include "host/aws/sigv4.h"

#include "tests/lib/exact.h"

enum { WORDS_MAX = 40, FIXED = 11 };

struct words {
    char *text[WORDS_MAX];
    size_t len[WORDS_MAX];
    size_t count;
};

static void words_read(struct words *words, char *line)
{
    words->count = 0;
    for (char *word = strtok(line, " \n"); word != NULL;
         word = strtok(NULL, " \n")) {
        size_t i = words->count++;
        uint8_t *bytes = exact_hex(*word == '-' ? "" : word, &words->len[i]);

        words->text[i] = exact_copy(NULL, words->len[i] + 1);
        memcpy(words->text[i], bytes, words->len[i]);
        free(bytes);
    }
}

static void answer(const struct words *words)
{
    struct fob_exchange_header headers[WORDS_MAX];
    char *const *w = words->text;
    const struct fob_sigv4_request request = {
        .method = w[0],
        .host = w[1],
        .path = w[2],
        .query = w[3],
        .headers = headers,
        .header_count = (words->count - FIXED) / 2,
        .body = w[10],
        .body_len = words->len[10],
        .region = w[4],
        .service = w[5],
        .time_s = atoll(w[6]),
    };
    const struct fob_sigv4_key key = {w[7], (const uint8_t *)w[8],
                                      words->len[8], w[9]};
    struct fob_sigv4_signature signature;
    enum fob_status status;

    for (size_t i = 0; i < request.header_count; i++)
        headers[i] = (struct fob_exchange_header){w[FIXED + 2 * i],
                                                  w[FIXED + 2 * i + 1]};
    status = fob_sigv4_sign(&request, &key, &signature);
    if (status == FOB_OK)
        printf("%s\n", signature.authorization);
    else
        printf("fault %02x\n", (unsigned)status);
}

int main(void)
{
    static char line[1 << 18];
    struct words words;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        words_read(&words, line);
        if (words.count < FIXED)
            return 1;
        answer(&words);
        for (size_t i = 0; i < words.count; i++)
            free(words.text[i]);
    }
    return 0;
}
