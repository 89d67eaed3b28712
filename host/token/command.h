/* SPDX-License-Identifier: MIT */
/* A command to a token and its whole answer. */
#ifndef FOB_HOST_TOKEN_COMMAND_H
#define FOB_HOST_TOKEN_COMMAND_H

#include "host/token/token.h"

enum token_instruction {
    INS_PUT = 0x01,
    INS_DELETE = 0x02,
    INS_SET_CODE = 0x03,
    INS_RESET = 0x04,
    INS_RENAME = 0x05,
    INS_READ_CONFIG = 0x1d, /* of a YubiKey's management application */
    INS_LIST = 0xa1,
    INS_CALCULATE = 0xa2,
    INS_VALIDATE = 0xa3,
    INS_SELECT = 0xa4,
    INS_SEND_REMAINING = 0xa5,
    INS_VERIFY_PIN = 0xb2,   /* Nitrokey 3 */
    INS_UPDATE = 0xb7,       /* its way to rename */
    INS_GET_RESPONSE = 0xc0, /* ISO 7816-4, section 7.6.1 */
    INS_INFO = 0xf0,
    INS_UNSEAL = 0xf1,
    INS_SET_PASSPHRASE = 0xf2,
    INS_ACCOUNTS = 0xf3,
    INS_USES = 0xf4,
    INS_TIME_RESET = 0xf5,
    INS_IDENTIFY = 0xf6,
    INS_RESTART = 0xf7,
    INS_STIR = 0xf8,
};

enum { COMMAND_DATA_MAX = 255, ANSWER_MAX = 1 << 18 };

/* Data of a command being written; wipe it with token_command_clear. */
struct token_command {
    enum token_instruction ins;
    uint16_t parameters; /* P1, P2 */
    struct fob_writer data;
    uint8_t room[COMMAND_DATA_MAX];
};

void token_command_start(struct token_command *command,
                         enum token_instruction ins, uint16_t parameters);
void token_command_clear(struct token_command *command);

/* Send it and gather the parts of its answer, without status words, in the
 * empty `answer`, which may be NULL when none is expected.  The command is
 * wiped. */
FOB_MUST_CHECK enum fob_status token_command_run(struct fob_token *token,
                                                 struct token_command *command,
                                                 struct fob_secret *answer);

#endif
