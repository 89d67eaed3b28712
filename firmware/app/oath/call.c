/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/call.h"

/* The first place for this tag that is still empty. */
static struct fob_tlv *place_for(const struct fob_tlv *tlv, const uint8_t *tags,
                                 size_t count, struct fob_tlv *arguments)
{
    for (size_t i = 0; i < count; i++)
        if (tags[i] == tlv->tag && arguments[i].value == NULL)
            return &arguments[i];
    return NULL;
}

bool call_arguments(const struct call *call, const uint8_t *tags, size_t count,
                    size_t required, struct fob_tlv *arguments)
{
    struct fob_reader reader;
    struct fob_tlv tlv, *place;

    for (size_t i = 0; i < count; i++)
        arguments[i] = (struct fob_tlv){.tag = tags[i]};
    fob_reader_init(&reader, call->apdu.data, call->apdu.data_len);
    while (fob_tlv_next(&reader, &tlv)) {
        place = place_for(&tlv, tags, count, arguments);
        if (place == NULL)
            return false;
        *place = tlv;
    }
    for (size_t i = 0; i < required; i++)
        if (arguments[i].value == NULL)
            return false;
    return fob_reader_end(&reader) == FOB_OK;
}

bool call_is_touched(struct call *call)
{
    return presence_take(&call->oath->presence);
}

bool call_is_present(struct call *call)
{
    return call_is_touched(call) || presence_is_fresh(call->now_ms);
}

unsigned call_sw(enum fob_status status)
{
    switch (status) {
    case FOB_OK:
        return FOB_SW_OK;
    case FOB_E_LOCKED:
        return FOB_SW_DENIED;
    case FOB_E_NOT_FOUND:
        return FOB_SW_NO_OBJECT;
    case FOB_E_NO_MEMORY:
        return FOB_SW_FULL;
    case FOB_E_SYNTAX:
        return FOB_SW_SYNTAX;
    case FOB_E_TOKEN_BLOCKED:
        return FOB_SW_BLOCKED;
    default:
        return FOB_SW_FAILED;
    }
}
