/* SPDX-License-Identifier: MIT */
/* What fob tokens know beyond YKOATH. */
#include "host/token/command.h"

#include "host/base/text.h"
#include "src/apdu.h"
#include "src/tlv.h"
#include "src/wipe.h"

#include <string.h>
#include <sys/random.h>

enum info_tag {
    INFO_VERSION = 0x80,
    INFO_SERIAL = 0x81,
    INFO_STATE = 0x82,
    INFO_TRIES = 0x83,
    INFO_KDF = 0x84,
    INFO_ACCOUNTS = 0x85,
    INFO_UPTIME = 0x86,
    INFO_USES = 0x87,
    INFO_SECTORS = 0x88,
    INFO_REPAIRS = 0x89,
    INFO_SESSIONS = 0x8a,
};

enum info_state {
    STATE_SEALED = 0x01,
    STATE_LOCKED = 0x02,
    STATE_LOST = 0x08,
    STATE_FRESH = 0x10,
};

enum { TAG_KDF = 0x90, STIR_LEN = 64, SERIAL_LEN = 8, INTO_LOADER = 0x0001 };

/* --- INFO ----------------------------------------------------------------*/

static void take_state(struct fob_token_info *info, uint8_t state)
{
    info->is_sealed = (state & STATE_SEALED) != 0;
    info->is_locked = (state & STATE_LOCKED) != 0;
    info->is_lost = (state & STATE_LOST) != 0;
    info->is_fresh = (state & STATE_FRESH) != 0;
}

static void take_version(struct fob_token_info *info, const struct fob_tlv *tlv)
{
    size_t len =
        tlv->len < FOB_TOKEN_VERSION_MAX ? tlv->len : FOB_TOKEN_VERSION_MAX;

    memcpy(info->version, tlv->value, len);
    info->version[len] = '\0';
    for (char *at = info->version; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
}

static enum fob_status take_kdf(struct fob_token_info *info,
                                const struct fob_tlv *tlv)
{
    if (tlv->len > sizeof(info->kdf))
        return FOB_E_DAMAGED;
    memcpy(info->kdf, tlv->value, tlv->len);
    info->kdf_len = tlv->len;
    return FOB_OK;
}

static void take_room(struct fob_token_info *info, struct fob_reader *value)
{
    info->accounts = fob_get_u16(value);
    info->room = fob_get_u16(value);
    info->damaged = fob_get_u16(value);
}

/* Tags that are not known belong to a newer token. */
static enum fob_status take_fact(struct fob_token *token,
                                 const struct fob_tlv *tlv)
{
    struct fob_token_info *info = &token->info;
    struct fob_reader value;

    fob_reader_init(&value, tlv->value, tlv->len);
    switch (tlv->tag) {
    case INFO_VERSION:
        take_version(info, tlv);
        return FOB_OK;
    case INFO_SERIAL:
        if (tlv->len != SERIAL_LEN)
            return FOB_E_DAMAGED;
        fob_text_hex(tlv->value, tlv->len, token->serial);
        return FOB_OK;
    case INFO_KDF:
        return take_kdf(info, tlv);
    case INFO_STATE:
        take_state(info, fob_get_u8(&value));
        break;
    case INFO_TRIES:
        info->tries = fob_get_u8(&value);
        break;
    case INFO_ACCOUNTS:
        take_room(info, &value);
        break;
    case INFO_UPTIME:
        info->uptime_s = fob_get_u32(&value);
        break;
    case INFO_USES:
        info->uses = fob_get_u32(&value);
        break;
    case INFO_SECTORS:
        info->sectors = fob_get_u32(&value);
        break;
    case INFO_REPAIRS:
        info->repairs = fob_get_u32(&value);
        break;
    case INFO_SESSIONS:
        info->sessions = fob_get_u32(&value);
        break;
    default:
        return FOB_OK;
    }
    return fob_reader_end(&value) == FOB_OK ? FOB_OK : FOB_E_DAMAGED;
}

static enum fob_status read_info(struct fob_token *token, const uint8_t *data,
                                 size_t len)
{
    enum fob_status status = FOB_OK;
    struct fob_reader reader;
    struct fob_tlv tlv;

    token->info = (struct fob_token_info){0};
    token->serial[0] = '\0';
    fob_reader_init(&reader, data, len);
    while (status == FOB_OK && fob_tlv_next(&reader, &tlv))
        status = take_fact(token, &tlv);
    if (status == FOB_OK &&
        (fob_reader_end(&reader) != FOB_OK || token->serial[0] == '\0'))
        status = FOB_E_DAMAGED;
    return status;
}

enum fob_status fob_token_refresh(struct fob_token *token)
{
    struct fob_secret answer = {0};
    struct token_command command;
    enum fob_status status;

    if (!token->is_own)
        return FOB_OK;
    token_command_start(&command, INS_INFO, 0);
    status = token_command_run(token, &command, &answer);
    if (status == FOB_OK)
        status = read_info(token, answer.data, answer.len);
    fob_secret_free(&answer);
    return status;
}

/* --- passphrase ----------------------------------------------------------*/

enum fob_status fob_token_unseal(struct fob_token *token,
                                 const uint8_t key[static FOB_TOKEN_KEY])
{
    struct token_command command;
    enum fob_status status;

    token_command_start(&command, INS_UNSEAL, 0);
    fob_tlv_put(&command.data, FOB_OATH_TAG_KEY, key, FOB_TOKEN_KEY);
    status = token_command_run(token, &command, NULL);
    if (status == FOB_E_WRONG_KEY)
        token->info.tries = token->word & 0x0f;
    if (status == FOB_OK)
        token->info.is_locked = false;
    return status;
}

/* Every fob token there was takes UNSEAL without a key for this. */
enum fob_status fob_token_lock(struct fob_token *token)
{
    struct token_command command;
    enum fob_status status;

    token_command_start(&command, INS_UNSEAL, 0);
    status = token_command_run(token, &command, NULL);
    if (status == FOB_OK)
        token->info.is_locked = true;
    return status;
}

enum fob_status fob_token_set_key(struct fob_token *token, const uint8_t *kdf,
                                  size_t kdf_len, const uint8_t *key)
{
    struct token_command command;

    token_command_start(&command, INS_SET_PASSPHRASE, 0);
    if (key != NULL) {
        fob_tlv_put(&command.data, TAG_KDF, kdf, kdf_len);
        fob_tlv_put(&command.data, FOB_OATH_TAG_KEY, key, FOB_TOKEN_KEY);
    }
    return token_command_run(token, &command, NULL);
}

/* --- the rest ------------------------------------------------------------*/

enum fob_status fob_token_identify(struct fob_token *token)
{
    struct token_command command;

    token_command_start(&command, INS_IDENTIFY, 0);
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_enter_loader(struct fob_token *token)
{
    struct token_command command;

    token_command_start(&command, INS_RESTART, INTO_LOADER);
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_time_reset(struct fob_token *token, const char *name)
{
    struct token_command command;

    token_command_start(&command, INS_TIME_RESET, 0);
    fob_tlv_put(&command.data, FOB_OATH_TAG_NAME, name, strlen(name));
    return token_command_run(token, &command, NULL);
}

enum fob_status fob_token_add_entropy(struct fob_token *token)
{
    uint8_t seed[STIR_LEN];
    struct token_command command;

    if (getrandom(seed, sizeof(seed), 0) != sizeof(seed))
        return FOB_E_FAILED;
    token_command_start(&command, INS_STIR, 0);
    fob_put_bytes(&command.data, seed, sizeof(seed));
    fob_wipe(seed, sizeof(seed));
    return token_command_run(token, &command, NULL);
}
