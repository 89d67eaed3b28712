/* SPDX-License-Identifier: MIT */
/*
 * The core for scripts: reads requests, one a line, and answers each with a
 * line.  Bytes are in hex, and a dot stands for none.
 *
 *     totp HASH DIGITS PERIOD UNIX SECRET     -> the code
 *     hotp HASH DIGITS COUNTER SECRET         -> the code
 *     encode DATA                             -> base32 text
 *     decode TEXT | lenient TEXT (in hex)     -> the bytes, or "refused"
 */
#include "src/base32.h"
#include "src/otp.h"
#include "tests/lib/exact.h"

#include <stdbool.h>

enum { LINE_MAX_LEN = 4096 };

struct bytes {
    uint8_t *data;
    size_t len;
};

static struct bytes read_bytes(void)
{
    const char *hex = strtok(NULL, " \n");
    struct bytes bytes;

    if (hex == NULL || *hex == '.')
        hex = "";
    bytes.data = exact_hex(hex, &bytes.len);
    return bytes;
}

static uint64_t read_number(void)
{
    const char *text = strtok(NULL, " \n");

    return text == NULL ? 0 : strtoull(text, NULL, 10);
}

static void answer_code(bool is_totp)
{
    struct fob_account account = {.label = "a"};
    char code[FOB_CODE_MAX + 1];
    struct bytes secret;
    uint64_t counter;

    account.hash = (enum fob_hash)read_number();
    account.digits = (uint8_t)read_number();
    account.period_s = is_totp ? (uint32_t)read_number() : 0;
    account.type = is_totp ? FOB_TOTP : FOB_HOTP;
    counter = read_number();
    if (is_totp)
        counter = fob_otp_step(counter, account.period_s);
    secret = read_bytes();
    account.secret_len = secret.len;
    memcpy(account.secret, secret.data, secret.len);
    free(secret.data);
    if (fob_otp_code(&account, counter, code) != FOB_OK)
        strcpy(code, "none");
    puts(code);
}

static void answer_encode(void)
{
    struct bytes bytes = read_bytes();
    size_t cap = FOB_BASE32_LEN(bytes.len) + 1;
    char *text = exact_copy(NULL, cap);

    if (fob_base32_encode(bytes.data, bytes.len, text, cap) != FOB_OK)
        strcpy(text, "?");
    puts(text);
    free(text);
    free(bytes.data);
}

static void answer_decode(bool lenient)
{
    struct bytes text = read_bytes();
    const char *chars = (const char *)text.data;
    uint8_t *data = exact_copy(NULL, text.len);
    size_t len;
    enum fob_status status =
        lenient
            ? fob_base32_decode_lenient(chars, text.len, data, text.len, &len)
            : fob_base32_decode(chars, text.len, data, text.len, &len);

    for (size_t i = 0; i < len; i++)
        printf("%02x", data[i]);
    puts(status == FOB_OK ? "" : "refused");
    free(data);
    free(text.data);
}

int main(void)
{
    char line[LINE_MAX_LEN];

    while (fgets(line, sizeof line, stdin) != NULL) {
        const char *verb = strtok(line, " \n");

        if (verb == NULL)
            return 2;
        if (!strcmp(verb, "totp") || !strcmp(verb, "hotp"))
            answer_code(verb[0] == 't');
        else if (!strcmp(verb, "encode"))
            answer_encode();
        else if (!strcmp(verb, "decode") || !strcmp(verb, "lenient"))
            answer_decode(verb[0] == 'l');
        else
            return 2;
    }
    return 0;
}
