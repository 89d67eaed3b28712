/* SPDX-License-Identifier: MIT */
/* PUT, DELETE, RENAME and RESET. */
#include "firmware/app/oath/oath_handlers.h"
#include "firmware/app/store/accounts.h"
#include "firmware/app/store/store_mount.h"
#include "src/account.h"
#include "src/bytes.h"
#include "src/otp.h"
#include "src/wipe.h"

#include <string.h>

enum {
    KEY_HEAD = 2, /* type and algorithm, digits */
    PROPERTIES = CREDENTIAL_INCREASING | CREDENTIAL_TOUCH,
};

static bool is_name(const struct fob_tlv *name)
{
    return name->len >= 1 && name->len <= CREDENTIAL_NAME_MAX;
}

static void set_name(struct credential *credential, const struct fob_tlv *name)
{
    credential->name_len = (uint8_t)name->len;
    memcpy(credential->name, name->value, name->len);
}

static bool take_key(struct credential *credential, const struct fob_tlv *key)
{
    unsigned type;

    if (key->len <= KEY_HEAD || key->len > KEY_HEAD + CREDENTIAL_KEY_MAX)
        return false;
    credential->kind = key->value[0];
    credential->digits = key->value[1];
    credential->key_len = (uint8_t)(key->len - KEY_HEAD);
    memcpy(credential->key, key->value + KEY_HEAD, credential->key_len);
    type = credential->kind >> 4;
    return (type == FOB_HOTP || type == FOB_TOTP) &&
           fob_otp_hash((enum fob_hash)(credential->kind & 0x0f)) != NULL &&
           credential->digits >= FOB_DIGITS_MIN &&
           credential->digits <= FOB_DIGITS_MAX;
}

static bool take_property(struct credential *credential,
                          const struct fob_tlv *property)
{
    if (property->value == NULL)
        return true;
    credential->properties = property->value[0];
    return (credential->properties & ~PROPERTIES) == 0;
}

static bool take_counter(struct credential *credential,
                         const struct fob_tlv *counter)
{
    struct fob_reader reader;

    if (counter->value == NULL)
        return true;
    fob_reader_init(&reader, counter->value, counter->len);
    credential->counter = fob_get_u32(&reader);
    return fob_reader_end(&reader) == FOB_OK && credential_is_hotp(credential);
}

unsigned oath_put(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_NAME, FOB_OATH_TAG_KEY,
                                   FOB_OATH_TAG_PROPERTY, FOB_OATH_TAG_COUNTER};
    struct credential credential = {0};
    struct fob_tlv argument[4];
    unsigned sw = FOB_SW_SYNTAX;

    if (call_arguments(call, tags, 4, 2, argument) && is_name(&argument[0]) &&
        take_key(&credential, &argument[1]) &&
        take_property(&credential, &argument[2]) &&
        take_counter(&credential, &argument[3])) {
        set_name(&credential, &argument[0]);
        sw = call_sw(accounts_put(&call->oath->store, &credential));
    }
    fob_wipe(&credential, sizeof(credential));
    return sw;
}

unsigned oath_delete(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_NAME};
    struct store *store = &call->oath->store;
    struct credential credential;
    struct fob_tlv name;
    int slot;

    if (!call_arguments(call, tags, 1, 1, &name) || !is_name(&name))
        return FOB_SW_SYNTAX;
    slot = accounts_find(store, name.value, name.len, &credential);
    fob_wipe(&credential, sizeof(credential));
    if (slot == STORE_NONE)
        return FOB_SW_NO_OBJECT;
    accounts_delete(store, slot);
    return FOB_SW_OK;
}

/* The name holds the period, which says what time a step is: with another one
 * a guarded account's watermark, and all that it proves, would mean another
 * time. */
static bool take_name(struct credential *credential, const struct fob_tlv *name)
{
    uint32_t period_s = credential_period_s(credential);

    set_name(credential, name);
    return !credential_is_guarded(credential) ||
           credential_period_s(credential) == period_s;
}

/* Two accounts of one name could not be told apart: a taken name is refused,
 * also the account's own, as YubiKeys do. */
static unsigned rename_to(struct store *store, const struct fob_tlv *old,
                          const struct fob_tlv *new)
{
    struct credential credential;
    int taken = accounts_find(store, new->value, new->len, &credential);
    int slot = accounts_find(store, old->value, old->len, &credential);
    unsigned sw = FOB_SW_SYNTAX;

    if (slot == STORE_NONE)
        return FOB_SW_NO_OBJECT;
    if (taken == STORE_NONE && take_name(&credential, new))
        sw = call_sw(accounts_rename(store, slot, &credential));
    fob_wipe(&credential, sizeof(credential));
    return sw;
}

unsigned oath_rename(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_NAME, FOB_OATH_TAG_NAME};
    struct fob_tlv name[2];

    if (!call_arguments(call, tags, 2, 2, name) || !is_name(&name[0]) ||
        !is_name(&name[1]))
        return FOB_SW_SYNTAX;
    return rename_to(&call->oath->store, &name[0], &name[1]);
}

/* What begins here ends whoever is still there to hear of it: sector by sector,
 * while the interfaces tell their hosts to wait (upkeep.h). */
unsigned oath_reset(struct call *call)
{
    struct oath *oath = call->oath;

    if (!oath->is_reset_asked) {
        if (!call_is_present(call))
            return CALL_WAIT;
        store_reset_begin(&oath->store);
        oath_state_revoke_sessions(oath);
        oath->wrong_codes = 0;
        oath->last_all = 0;
        oath->is_reset_asked = true;
        return CALL_AGAIN;
    }
    oath->is_reset_asked = false;
    return oath->store.is_open ? FOB_SW_OK : FOB_SW_FAILED;
}
