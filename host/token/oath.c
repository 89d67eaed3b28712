/* SPDX-License-Identifier: MIT */
/* YKOATH: accounts, codes, the password. */
#include "host/token/command.h"

#include "src/hmac.h"
#include "src/sha1.h"
#include "src/tlv.h"
#include "src/wipe.h"

#include <string.h>
#include <sys/random.h>

enum {
    KEY_MIN = 14, /* shorter keys are filled up with zeros, as HMAC would */
    CHALLENGE = 8,
    TRUNCATED = 0x0001, /* CALCULATE's P1 and P2 */
    RESET = 0xdead,
    TAG_PASSWORD = 0x80,
};

static void put_name(struct token_command *command, const char *name)
{
    fob_tlv_put(&command->data, FOB_OATH_TAG_NAME, name, strlen(name));
}

/* --- accounts ------------------------------------------------------------*/

/* The key as cards take it: RFC 2104 hashes what is longer than a block and
 * fills up what is shorter, so neither changes a code. */
static size_t make_key(const struct fob_account *account,
                       uint8_t key[static FOB_SECRET_MAX])
{
    const struct fob_digest_kind *kind = fob_otp_hash(account->hash);
    struct fob_digest digest;

    memset(key, 0, FOB_SECRET_MAX);
    if (account->secret_len > kind->block_len) {
        fob_digest_init(&digest, kind);
        fob_digest_update(&digest, account->secret, account->secret_len);
        fob_digest_final(&digest, key);
        return kind->digest_len;
    }
    memcpy(key, account->secret, account->secret_len);
    return account->secret_len < KEY_MIN ? KEY_MIN : account->secret_len;
}

static void put_key(struct token_command *command,
                    const struct fob_account *account)
{
    uint8_t key[FOB_SECRET_MAX];
    size_t len = make_key(account, key);

    fob_tlv_put_head(&command->data, FOB_OATH_TAG_KEY, 2 + len);
    fob_put_u8(&command->data,
               (uint8_t)((unsigned)account->type << 4 | account->hash));
    fob_put_u8(&command->data, account->digits);
    fob_put_bytes(&command->data, key, len);
    fob_wipe(key, sizeof(key));
}

enum fob_status fob_token_put(struct fob_token *token, const char *name,
                              const struct fob_account *account,
                              unsigned properties)
{
    uint8_t bits = (uint8_t)properties;
    struct token_command command;

    if (fob_otp_hash(account->hash) == NULL ||
        account->secret_len > FOB_SECRET_MAX)
        return FOB_E_UNSUPPORTED;
    token_command_start(&command, INS_PUT, 0);
    put_name(&command, name);
    put_key(&command, account);
    if (bits != 0)
        fob_tlv_put(&command.data, FOB_OATH_TAG_PROPERTY, &bits, 1);
    if (account->type == FOB_HOTP && account->counter != 0) {
        if (account->counter > UINT32_MAX) {
            token_command_clear(&command);
            return FOB_E_UNSUPPORTED;
        }
        fob_tlv_put_head(&command.data, FOB_OATH_TAG_COUNTER, sizeof(uint32_t));
        fob_put_u32(&command.data, (uint32_t)account->counter);
    }
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_delete(struct fob_token *token, const char *name)
{
    struct token_command command;

    token_command_start(&command, INS_DELETE, 0);
    put_name(&command, name);
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_rename(struct fob_token *token, const char *name,
                                 const char *wanted)
{
    const bool is_nitrokey = token->card_serial[0] != '\0';
    struct token_command command;

    token_command_start(&command, is_nitrokey ? INS_UPDATE : INS_RENAME, 0);
    put_name(&command, name);
    put_name(&command, wanted);
    return token_command_run(token, &command, NULL);
}

/* --- codes ---------------------------------------------------------------*/

/* The last decimal digits of a number, as text. */
static void write_digits(uint32_t number, size_t digits, char *text)
{
    text[digits] = '\0';
    for (; digits > 0; number /= 10)
        text[--digits] = (char)('0' + number % 10);
}

/* `digits` 0: as the card says. */
static enum fob_status read_code(const uint8_t *data, size_t len,
                                 uint8_t digits, char *code)
{
    uint8_t has;
    struct fob_reader reader, value;
    struct fob_tlv tlv;
    uint32_t bits;

    fob_reader_init(&reader, data, len);
    if (!fob_tlv_next(&reader, &tlv) || tlv.tag != FOB_OATH_TAG_TRUNCATED ||
        fob_reader_end(&reader) != FOB_OK)
        return FOB_E_DAMAGED;
    fob_reader_init(&value, tlv.value, tlv.len);
    has = fob_get_u8(&value);
    if ((digits != 0 && has != digits) || has < FOB_DIGITS_MIN ||
        has > FOB_DIGITS_MAX)
        return FOB_E_DAMAGED;
    bits = fob_get_u32(&value) & INT32_MAX;
    if (fob_reader_end(&value) != FOB_OK)
        return FOB_E_DAMAGED;
    write_digits(bits, has, code);
    return FOB_OK;
}

enum fob_status fob_token_code(struct fob_token *token, const char *name,
                               const struct fob_account *account, uint64_t step,
                               char code[static FOB_CODE_MAX + 1])
{
    struct fob_secret answer = {0};
    struct token_command command;
    enum fob_status status;

    code[0] = '\0';
    token_command_start(&command, INS_CALCULATE, TRUNCATED);
    put_name(&command, name);
    if (account->type == FOB_HOTP) {
        fob_tlv_put_head(&command.data, FOB_OATH_TAG_CHALLENGE, 0);
    } else {
        fob_tlv_put_head(&command.data, FOB_OATH_TAG_CHALLENGE, sizeof(step));
        fob_put_u64(&command.data, step);
    }
    status = token_command_run(token, &command, &answer);
    if (status == FOB_OK)
        status = read_code(answer.data, answer.len,
                           token->is_own ? account->digits : 0, code);
    fob_secret_free(&answer);
    return status;
}

/* --- the password --------------------------------------------------------*/

static void sign_data(const uint8_t *key, const uint8_t *data, size_t len,
                      uint8_t mac[static FOB_SHA1_LEN])
{
    struct fob_hmac_key prepared;

    fob_hmac_key_init(&prepared, &fob_sha1, key, FOB_TOKEN_ACCESS_KEY);
    fob_hmac(&prepared, data, len, mac);
    fob_hmac_key_clear(&prepared);
}

/* The card proves in turn that it knows the password. */
static enum fob_status check_proof(const uint8_t *key,
                                   const uint8_t challenge[static CHALLENGE],
                                   const struct fob_secret *answer)
{
    uint8_t mac[FOB_SHA1_LEN];
    struct fob_reader reader;
    struct fob_tlv tlv;

    sign_data(key, challenge, CHALLENGE, mac);
    fob_reader_init(&reader, answer->data, answer->len);
    if (!fob_tlv_next(&reader, &tlv) || tlv.tag != FOB_OATH_TAG_RESPONSE ||
        tlv.len != sizeof(mac) || !fob_equal(tlv.value, mac, sizeof(mac)))
        return FOB_E_DAMAGED;
    return FOB_OK;
}

enum fob_status
fob_token_validate(struct fob_token *token,
                   const uint8_t key[static FOB_TOKEN_ACCESS_KEY])
{
    uint8_t mac[FOB_SHA1_LEN], challenge[CHALLENGE];
    struct fob_secret answer = {0};
    struct token_command command;
    enum fob_status status;

    if (getrandom(challenge, sizeof(challenge), 0) != sizeof(challenge))
        return FOB_E_FAILED;
    sign_data(key, token->challenge, token->challenge_len, mac);
    token_command_start(&command, INS_VALIDATE, 0);
    fob_tlv_put(&command.data, FOB_OATH_TAG_RESPONSE, mac, sizeof(mac));
    fob_tlv_put(&command.data, FOB_OATH_TAG_CHALLENGE, challenge,
                sizeof(challenge));
    status = token_command_run(token, &command, &answer);
    token->is_validated |= status == FOB_OK;
    if (status == FOB_OK)
        status = check_proof(key, challenge, &answer);
    if (status == FOB_OK)
        token->challenge_len = 0;
    fob_secret_free(&answer);
    return status;
}

enum fob_status fob_token_set_code(struct fob_token *token, const uint8_t *key)
{
    uint8_t mac[FOB_SHA1_LEN], challenge[CHALLENGE];
    struct token_command command;

    token_command_start(&command, INS_SET_CODE, 0);
    if (key == NULL) {
        fob_tlv_put_head(&command.data, FOB_OATH_TAG_KEY, 0);
        return token_command_run(token, &command, NULL);
    }
    if (getrandom(challenge, sizeof(challenge), 0) != sizeof(challenge))
        return FOB_E_FAILED;
    sign_data(key, challenge, sizeof(challenge), mac);
    fob_tlv_put_head(&command.data, FOB_OATH_TAG_KEY, 1 + FOB_TOKEN_ACCESS_KEY);
    fob_put_u8(&command.data, (uint8_t)FOB_TOTP << 4 | FOB_SHA1);
    fob_put_bytes(&command.data, key, FOB_TOKEN_ACCESS_KEY);
    fob_tlv_put(&command.data, FOB_OATH_TAG_CHALLENGE, challenge,
                sizeof(challenge));
    fob_tlv_put(&command.data, FOB_OATH_TAG_RESPONSE, mac, sizeof(mac));
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_verify_pin(struct fob_token *token,
                                     const struct fob_secret *pin)
{
    struct token_command command;
    enum fob_status status;

    token_command_start(&command, INS_VERIFY_PIN, 0);
    fob_tlv_put(&command.data, TAG_PASSWORD, pin->data, pin->len);
    status = token_command_run(token, &command, NULL);
    if (status == FOB_E_WRONG_KEY && token->pin_tries > 0)
        token->pin_tries--;
    return status;
}

enum fob_status fob_token_reset(struct fob_token *token)
{
    struct token_command command;

    token_command_start(&command, INS_RESET, RESET);
    return token_command_run(token, &command, NULL);
}
