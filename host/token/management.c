/* SPDX-License-Identifier: MIT */
/* A YubiKey's management application: the number that is printed on it. */
#include "host/token/command.h"

#include "src/tlv.h"

static const uint8_t application[] = {0xa0, 0x00, 0x00, 0x05,
                                      0x27, 0x47, 0x11, 0x17};

enum { TAG_NUMBER = 0x02, NUMBER_LEN = 4 };

/* A length, then TLVs; numbers of others are not told. */
static uint32_t read_number(const struct fob_secret *config)
{
    struct fob_reader reader, value;
    struct fob_tlv tlv;
    size_t len;

    fob_reader_init(&reader, config->data, config->len);
    len = fob_get_u8(&reader);
    if (len != reader.left)
        return 0;
    while (fob_tlv_next(&reader, &tlv))
        if (tlv.tag == TAG_NUMBER && tlv.len == NUMBER_LEN) {
            fob_reader_init(&value, tlv.value, tlv.len);
            return fob_get_u32(&value);
        }
    return 0;
}

static enum fob_status select_management(struct fob_token *token)
{
    struct fob_secret answer = {0};
    struct token_command command;
    enum fob_status status;

    token_command_start(&command, INS_SELECT, 0x0400);
    fob_put_bytes(&command.data, application, sizeof(application));
    status = token_command_run(token, &command, &answer);
    fob_secret_free(&answer);
    return status;
}

enum fob_status fob_token_number(struct fob_token *token, uint32_t *number)
{
    struct fob_secret config = {0};
    struct token_command command;
    enum fob_status status = FOB_E_UNSUPPORTED;

    *number = 0;
    if (!token->is_own)
        status = select_management(token);
    if (status != FOB_OK)
        return status;
    token_command_start(&command, INS_READ_CONFIG, 0);
    status = token_command_run(token, &command, &config);
    if (status == FOB_OK)
        *number = read_number(&config);
    fob_secret_free(&config);
    return status;
}
