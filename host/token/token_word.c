/* SPDX-License-Identifier: MIT */
#include "host/token/token_word.h"

#include "src/apdu.h"

enum { ANY = 0 };

struct meaning {
    unsigned word;
    int ins; /* ANY: of all the others */
    enum fob_status status;
};

/* A token of our own says what docs/protocol.md has. */
static const struct meaning own[] = {
    {FOB_SW_BLOCKED, ANY, FOB_E_TOKEN_BLOCKED},
    {FOB_SW_NO_APPLICATION, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_FULL, ANY, FOB_E_NO_MEMORY},
    {FOB_SW_SYNTAX, INS_VALIDATE, FOB_E_WRONG_KEY},
    {FOB_SW_SYNTAX, ANY, FOB_E_SYNTAX},
};

/*
 * Other makers', each as its sources have it: Nitrokey's secrets app (a name
 * that is there is 6983, no such account 6A82, a wrong PIN 6300), canokey-core
 * (a name that is there is 6985), pico-fido (a wrong password is 6984),
 * YubiKeys by ykman (a touch that does not come is 6982 or 6985).
 */
static const struct meaning foreign[] = {
    {0x6300, INS_VERIFY_PIN, FOB_E_WRONG_KEY},
    {FOB_SW_BLOCKED, INS_VERIFY_PIN, FOB_E_TOKEN_BLOCKED},
    {FOB_SW_BLOCKED, INS_PUT, FOB_E_EXISTS},
    {FOB_SW_BLOCKED, INS_UPDATE, FOB_E_EXISTS},
    {FOB_SW_BLOCKED, ANY, FOB_E_LOCKED},
    {0x6985, INS_PUT, FOB_E_EXISTS},
    {0x6985, INS_RENAME, FOB_E_EXISTS},
    {0x6985, ANY, FOB_E_LOCKED},
    {0x6300, ANY, FOB_E_LOCKED},
    {FOB_SW_SYNTAX, INS_VALIDATE, FOB_E_WRONG_KEY},
    {FOB_SW_NO_OBJECT, INS_VALIDATE, FOB_E_WRONG_KEY},
    {FOB_SW_NO_OBJECT, INS_SET_CODE, FOB_E_FAILED},
    {FOB_SW_NO_APPLICATION, INS_SELECT, FOB_E_UNSUPPORTED},
    {FOB_SW_NO_APPLICATION, ANY, FOB_E_NOT_FOUND},
    {0x6a83, ANY, FOB_E_NOT_FOUND},
    {0x6a88, ANY, FOB_E_NOT_FOUND},
    {FOB_SW_FULL, INS_PUT, FOB_E_NO_MEMORY},
    {FOB_SW_FULL, ANY, FOB_E_FAILED},
    {0x6999, INS_SELECT, FOB_E_UNSUPPORTED},
    {0x6a81, ANY, FOB_E_UNSUPPORTED},
    {0x6a86, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_LENGTH, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_SYNTAX, INS_PUT, FOB_E_UNSUPPORTED},
    {FOB_SW_SYNTAX, ANY, FOB_E_SYNTAX},
    {0x6400, ANY, FOB_E_FAILED},
    {0x6500, ANY, FOB_E_FAILED},
    {0x6900, ANY, FOB_E_FAILED},
    {0x6f00, ANY, FOB_E_FAILED},
};

static const struct meaning both[] = {
    {FOB_SW_OK, ANY, FOB_OK},
    {FOB_SW_DENIED, ANY, FOB_E_LOCKED},
    {FOB_SW_NO_OBJECT, ANY, FOB_E_NOT_FOUND},
    {FOB_SW_INSTRUCTION, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_CLASS, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_PARAMETERS, ANY, FOB_E_UNSUPPORTED},
    {FOB_SW_FAILED, ANY, FOB_E_FAILED},
};

static const struct meaning *find_meaning(const struct meaning *meanings,
                                          size_t count, unsigned word,
                                          enum token_instruction ins)
{
    for (size_t i = 0; i < count; i++)
        if (meanings[i].word == word &&
            (meanings[i].ins == ANY || meanings[i].ins == (int)ins))
            return &meanings[i];
    return NULL;
}

enum fob_status token_word_read(const struct fob_token *token,
                                enum token_instruction ins)
{
    const struct meaning *meaning =
        token->is_own
            ? find_meaning(own, sizeof(own) / sizeof(own[0]), token->word, ins)
            : find_meaning(foreign, sizeof(foreign) / sizeof(foreign[0]),
                           token->word, ins);

    if ((token->word & 0xfff0) == FOB_SW_WRONG_KEY)
        return FOB_E_WRONG_KEY;
    if (meaning == NULL)
        meaning = find_meaning(both, sizeof(both) / sizeof(both[0]),
                               token->word, ins);
    if (meaning == NULL)
        return FOB_E_DAMAGED;
    if (meaning->status == FOB_E_LOCKED && token->waited)
        return FOB_E_NOT_TOUCHED;
    return meaning->status;
}
