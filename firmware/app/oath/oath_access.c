/* SPDX-License-Identifier: MIT */
/* SET CODE and VALIDATE: YKOATH's access key. */
#include "firmware/app/oath/oath_handlers.h"
#include "firmware/app/store/access.h"
#include "src/wipe.h"

#include <string.h>

enum { WRONG_CODES_MAX = 8 };

/* Whether `response` is the key's MAC over `challenge`. */
static bool is_answer(const struct fob_hmac_key *key, const void *challenge,
                      size_t challenge_len, const struct fob_tlv *response)
{
    uint8_t mac[FOB_DIGEST_MAX];
    bool good;

    fob_hmac(key, challenge, challenge_len, mac);
    good = response->len == key->kind->digest_len &&
           fob_equal(mac, response->value, response->len);
    fob_wipe(mac, sizeof(mac));
    return good;
}

static unsigned clear_code(struct call *call)
{
    if (!call_is_present(call))
        return CALL_WAIT;
    access_clear(&call->oath->store);
    oath_state_revoke_sessions(call->oath);
    return FOB_SW_OK;
}

/* The new key works before a person is asked, and for this session only. */
static unsigned store_code(struct call *call, const struct fob_tlv *key)
{
    enum fob_status status;

    if (!call_is_present(call))
        return CALL_WAIT;
    status = access_set(&call->oath->store, key->value, key->len);
    if (status != FOB_OK)
        return call_sw(status);
    oath_state_revoke_sessions(call->oath);
    call->session->epoch = call->oath->epoch;
    return FOB_SW_OK;
}

unsigned oath_set_code(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_KEY, FOB_OATH_TAG_CHALLENGE,
                                   FOB_OATH_TAG_RESPONSE};
    struct fob_tlv argument[3];
    struct fob_hmac_key key;
    bool good;

    if (!call_arguments(call, tags, 3, 0, argument))
        return FOB_SW_SYNTAX;
    if (argument[0].len == 0)
        return clear_code(call);
    if (argument[1].value == NULL || argument[2].value == NULL ||
        access_prepare(argument[0].value, argument[0].len, &key) != FOB_OK)
        return FOB_SW_SYNTAX;
    good = is_answer(&key, argument[1].value, argument[1].len, &argument[2]);
    fob_hmac_key_clear(&key);
    return good ? store_code(call, &argument[0]) : FOB_SW_NO_OBJECT;
}

/* The token's own proof, over the client's challenge. */
static void put_response(struct call *call, const struct fob_hmac_key *key,
                         const struct fob_tlv *challenge)
{
    uint8_t mac[FOB_DIGEST_MAX];

    fob_hmac(key, challenge->value, challenge->len, mac);
    fob_tlv_put(&call->reply, FOB_OATH_TAG_RESPONSE, mac,
                key->kind->digest_len);
    fob_wipe(mac, sizeof(mac));
}

/* A challenge is good for one answer, right or wrong. */
static unsigned check_answer(struct call *call, const struct fob_hmac_key *key,
                             const struct fob_tlv *response,
                             const struct fob_tlv *challenge)
{
    struct oath_session *session = call->session;
    static const uint8_t none[CALL_CHALLENGE];
    bool good = memcmp(session->challenge, none, CALL_CHALLENGE) != 0 &&
                is_answer(key, session->challenge, CALL_CHALLENGE, response);

    fob_wipe(session->challenge, CALL_CHALLENGE);
    if (!good)
        return FOB_SW_SYNTAX;
    call->oath->wrong_codes = 0;
    session->epoch = call->oath->epoch;
    put_response(call, key, challenge);
    return FOB_SW_OK;
}

unsigned oath_validate(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_RESPONSE,
                                   FOB_OATH_TAG_CHALLENGE};
    struct fob_tlv argument[2];
    struct fob_hmac_key key;
    enum fob_status status;
    unsigned sw;

    if (!call_arguments(call, tags, 2, 2, argument) ||
        argument[1].len > CALL_CHALLENGE_MAX)
        return FOB_SW_SYNTAX;
    if (call->oath->wrong_codes >= WRONG_CODES_MAX)
        return FOB_SW_BLOCKED;
    status = access_key(&call->oath->store, &key);
    if (status != FOB_OK)
        return call_sw(status);
    call->oath->wrong_codes++;
    sw = check_answer(call, &key, &argument[0], &argument[1]);
    fob_hmac_key_clear(&key);
    return sw;
}
