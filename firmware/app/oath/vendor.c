/* SPDX-License-Identifier: MIT */
/* What YKOATH lacks: the token itself, its passphrase, its watermarks. */
#include "firmware/app/oath/oath_handlers.h"
#include "firmware/app/store/access.h"
#include "firmware/app/store/accounts.h"
#include "firmware/app/store/master_key.h"
#include "firmware/app/store/usage_log.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

enum vendor_tag {
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
    INFO_SESSION = 0x8a,
};

enum vendor_state {
    STATE_SEALED = 0x01, /* a passphrase is set */
    STATE_LOCKED = 0x02, /* and has not been given, or the key is lost */
    STATE_CODE = 0x04,   /* an access key is set */
    STATE_LOST = 0x08,   /* only a reset leads on */
    STATE_FRESH = 0x10,  /* power-up counts as a touch */
};

enum { TAG_KDF = 0x90, ENTROPY_MAX = 64, KDF_MIN = 4 };

static void put_u32(struct call *call, enum vendor_tag tag, uint32_t value)
{
    fob_tlv_put_head(&call->reply, (uint8_t)tag, sizeof(value));
    fob_put_u32(&call->reply, value);
}

static void put_u8(struct call *call, enum vendor_tag tag, unsigned value)
{
    fob_tlv_put_head(&call->reply, (uint8_t)tag, 1);
    fob_put_u8(&call->reply, (uint8_t)value);
}

static unsigned state_of(const struct call *call)
{
    const struct store *store = &call->oath->store;

    return (store->is_sealed ? STATE_SEALED : 0u) |
           (store->is_open ? 0u : STATE_LOCKED) |
           (access_is_set(store) ? STATE_CODE : 0u) |
           (store_is_lost(store) ? STATE_LOST : 0u) |
           (presence_is_fresh(call->now_ms) ? STATE_FRESH : 0u);
}

/* Whoever writes an image to a board finds its version by this mark, which is
 * the last thing in it: a file that was cut off has none. */
__attribute__((section(".version"))) static const char tagged_version[] =
    "fob-firmware " FOB_VERSION;

enum { TAG_LEN = sizeof("fob-firmware ") - 1 };

static void put_identity(struct call *call)
{
    uint8_t serial[FOB_PORT_UNIQUE_ID];

    fob_port_unique_id(serial);
    fob_tlv_put(&call->reply, INFO_VERSION, tagged_version + TAG_LEN,
                sizeof(tagged_version) - 1 - TAG_LEN);
    fob_tlv_put(&call->reply, INFO_SERIAL, serial, sizeof(serial));
}

static void put_room(struct call *call)
{
    const struct store *store = &call->oath->store;

    fob_tlv_put_head(&call->reply, INFO_ACCOUNTS, 6);
    fob_put_u16(&call->reply, (uint16_t)accounts_count(store));
    fob_put_u16(&call->reply, STORE_ACCOUNTS_MAX);
    fob_put_u16(&call->reply, store->damaged);
}

unsigned vendor_info(struct call *call)
{
    const struct store *store = &call->oath->store;

    put_identity(call);
    put_u8(call, INFO_STATE, state_of(call));
    put_u8(call, INFO_TRIES, master_key_tries_left(store));
    fob_tlv_put(&call->reply, INFO_KDF, store->kdf, store->kdf_len);
    put_room(call);
    put_u32(call, INFO_UPTIME, (uint32_t)(call->now_ms / 1000));
    put_u32(call, INFO_USES, store->uses);
    put_u32(call, INFO_SECTORS, store->ring.sequence);
    put_u32(call, INFO_REPAIRS, store->ring.repairs);
    put_u32(call, INFO_SESSION, store->session);
    return FOB_SW_OK;
}

/* --- passphrase ----------------------------------------------------------*/

static unsigned lock_store(struct store *store)
{
    if (!store->is_sealed)
        return FOB_SW_NO_OBJECT;
    store_lock(store);
    return FOB_SW_OK;
}

unsigned vendor_unseal(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_KEY};
    struct store *store = &call->oath->store;
    struct fob_tlv key;
    enum fob_status status;

    if (call->apdu.data_len == 0)
        return lock_store(store);
    if (!call_arguments(call, tags, 1, 1, &key) || key.len != WRAPPING_KEY_LEN)
        return FOB_SW_SYNTAX;
    status = master_key_open(store, key.value);
    if (status == FOB_E_WRONG_KEY)
        return FOB_SW_WRONG_KEY | master_key_tries_left(store);
    return call_sw(status);
}

unsigned vendor_set_passphrase(struct call *call)
{
    static const uint8_t tags[] = {TAG_KDF, FOB_OATH_TAG_KEY};
    struct store *store = &call->oath->store;
    struct fob_tlv argument[2] = {0};
    bool clears = call->apdu.data_len == 0;

    if (!clears &&
        (!call_arguments(call, tags, 2, 2, argument) ||
         argument[0].len < KDF_MIN || argument[0].len > STORE_KDF_MAX ||
         argument[1].len != WRAPPING_KEY_LEN))
        return FOB_SW_SYNTAX;
    if (!call_is_present(call))
        return CALL_WAIT;
    if (clears)
        return call_sw(master_key_clear(store));
    return call_sw(master_key_set(store, argument[0].value, argument[0].len,
                                  argument[1].value));
}

/* --- time ----------------------------------------------------------------*/

static unsigned clear_watermark(struct call *call, int slot)
{
    struct usage use = {.flags =
                            USAGE_CLEARED | USAGE_TOUCHED | USAGE_UNPROVEN};

    if (!call_is_touched(call))
        return CALL_WAIT;
    if (call->is_over_ccid)
        use.flags |= USAGE_CCID;
    return call_sw(usage_log_add(&call->oath->store, slot, &use));
}

/* Only watermarks of time are taken back: a counter never is. */
unsigned vendor_time_reset(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_NAME};
    struct credential credential;
    struct fob_tlv name;
    bool guarded;
    int slot;

    if (!call_arguments(call, tags, 1, 1, &name))
        return FOB_SW_SYNTAX;
    slot = accounts_find(&call->oath->store, name.value, name.len, &credential);
    guarded = credential_is_guarded(&credential);
    fob_wipe(&credential, sizeof(credential));
    if (slot == STORE_NONE)
        return FOB_SW_NO_OBJECT;
    return guarded ? clear_watermark(call, slot) : FOB_SW_SYNTAX;
}

/* --- the board -----------------------------------------------------------*/

unsigned vendor_identify(struct call *call)
{
    oath_state_identify(call->oath, call->now_ms);
    return FOB_SW_OK;
}

unsigned vendor_restart(struct call *call)
{
    if (!call_is_present(call))
        return CALL_WAIT;
    call->oath->is_leaving = true;
    call->oath->is_for_loader = call->apdu.p2 == 1;
    return FOB_SW_OK;
}

unsigned vendor_add_entropy(struct call *call)
{
    if (call->apdu.data_len == 0 || call->apdu.data_len > ENTROPY_MAX)
        return FOB_SW_SYNTAX;
    random_add_entropy(&call->oath->random, call->apdu.data,
                       call->apdu.data_len);
    return FOB_SW_OK;
}
