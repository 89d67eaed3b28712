/* SPDX-License-Identifier: MIT */
/* CALCULATE: one code of one account. */
#include "firmware/app/oath/code.h"
#include "firmware/app/oath/oath_handlers.h"
#include "src/wipe.h"

static unsigned make_code(struct call *call, struct code *code)
{
    enum code_verdict verdict = code_judge(call, code);
    enum fob_status status;

    if (verdict == CODE_REFUSED)
        return FOB_SW_DENIED;
    code->is_touched = call_is_touched(call);
    if (verdict == CODE_TOUCH && !code->is_touched)
        return CALL_WAIT;
    status = code_commit(call, code);
    if (status != FOB_OK)
        return call_sw(status);
    code_put(call, code);
    return FOB_SW_OK;
}

unsigned oath_calculate(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_NAME, FOB_OATH_TAG_CHALLENGE};
    struct code code = {.is_truncated = call->apdu.p2 == 1};
    struct fob_tlv argument[2];
    unsigned sw;

    if (!call_arguments(call, tags, 2, 2, argument) ||
        argument[1].len > CALL_CHALLENGE_MAX)
        return FOB_SW_SYNTAX;
    code.slot = accounts_find(&call->oath->store, argument[0].value,
                              argument[0].len, &code.credential);
    if (code.slot == STORE_NONE)
        return FOB_SW_NO_OBJECT;
    code.challenge = argument[1].value;
    code.challenge_len = argument[1].len;
    if (code.challenge_len > 0 || credential_is_hotp(&code.credential))
        sw = make_code(call, &code);
    else
        sw = FOB_SW_SYNTAX;
    fob_wipe(&code, sizeof(code));
    return sw;
}
