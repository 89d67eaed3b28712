/* SPDX-License-Identifier: MIT */
/* What a mfa_process and a credential_process print, and a person types: a code
 * of digits and nothing else, a key that is whole, or neither. */
#include "host/agent/profile/config_command_output.h"
#include "host/agent/profile/printed_time.h"

#include "host/base/six_digits.h"
#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
    if (!held)
        abort();
}

static void try_code(const uint8_t *data, size_t size)
{
    char code[FOB_CODE_MAX + 1];
    size_t digits = 0;

    for (size_t i = 0; i < size; i++)
        digits += data[i] >= '0' && data[i] <= '9';
    if (config_command_output_code(data, size, code) == FOB_OK)
        must(strlen(code) == digits && digits >= FOB_DIGITS_MIN);
    else
        must(code[0] == '\0');
}

static void try_typed(const uint8_t *data, size_t size)
{
    char code[FOB_SIX_DIGITS + 1];
    bool is_code = fob_six_digits(data, size, code);

    must(strlen(code) == (is_code ? FOB_SIX_DIGITS : 0) &&
         strspn(code, "0123456789") == strlen(code));
}

static void try_key(const uint8_t *data, size_t size)
{
    struct session key = {0};
    const struct fob_secret *secret = &key.credentials.secret_key;
    char why[CONFIG_COMMAND_WHY_MAX + 1];
    enum fob_status status = config_command_output_key(data, size, &key, why);

    must((status == FOB_E_SYNTAX) == (why[0] != '\0'));
    if (status == FOB_OK) {
        must(!session_is_empty(&key));
        must(secret->len > 0 &&
             memchr(secret->data, '\0', secret->len) == NULL);
    } else {
        must(session_is_empty(&key) && secret->data == NULL);
    }
    session_free(&key);
}

/* As a text: what is a time is within ten thousand years. */
static void try_time(const uint8_t *data, size_t size)
{
    char *text = exact_copy(NULL, size + 1);
    int64_t unix_s;

    memcpy(text, data, size);
    text[size] = '\0';
    if (printed_time_parse(text, &unix_s) == FOB_OK)
        must(unix_s > -62200000000 && unix_s < 253500000000);
    else
        must(unix_s == 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (fob_secret_start() != FOB_OK)
        return -1;
    copy = exact_copy(data, size);
    try_code(copy, size);
    try_typed(copy, size);
    try_key(copy, size);
    try_time(copy, size);
    free(copy);
    return 0;
}
