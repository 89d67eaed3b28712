/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/oath.h"

#include "firmware/app/oath/oath_handlers.h"
#include "firmware/app/store/access.h"

#include <string.h>

/* YKOATH's own, of which the clients' gates ask 5.3.1 at least. */
static const uint8_t oath_version[3] = {5, 4, 3};

static const uint8_t oath_aid[] = {0xa0, 0x00, 0x00, 0x05, 0x27, 0x21, 0x01};

/* A challenge for VALIDATE, when an access key can be asked for. */
static enum fob_status put_challenge(struct call *call)
{
    struct oath_session *session = call->session;
    uint8_t algorithm;
    enum fob_status status = access_algorithm(&call->oath->store, &algorithm);

    if (status == FOB_E_NOT_FOUND || status == FOB_E_LOCKED)
        return FOB_OK;
    if (status == FOB_OK)
        status = random_fill(&call->oath->random, session->challenge,
                             CALL_CHALLENGE);
    if (status != FOB_OK)
        return status;
    fob_tlv_put(&call->reply, FOB_OATH_TAG_CHALLENGE, session->challenge,
                CALL_CHALLENGE);
    fob_tlv_put(&call->reply, FOB_OATH_TAG_ALGORITHM, &algorithm, 1);
    return FOB_OK;
}

/* A failed SELECT leaves the session as it was, ISO 7816-4 section 7.1.1. */
static unsigned select_application(struct call *call)
{
    if (call->apdu.data_len != sizeof(oath_aid) ||
        memcmp(call->apdu.data, oath_aid, sizeof(oath_aid)) != 0)
        return FOB_SW_NO_APPLICATION;
    *call->session = (struct oath_session){.is_selected = true};
    fob_tlv_put(&call->reply, FOB_OATH_TAG_VERSION, oath_version,
                sizeof(oath_version));
    fob_tlv_put(&call->reply, FOB_OATH_TAG_NAME, call->oath->store.id,
                STORE_ID);
    return call_sw(put_challenge(call));
}

/* --- commands ------------------------------------------------------------*/

struct oath_command {
    uint8_t ins;
    uint16_t parameters; /* P1 and P2 */
    uint16_t free;       /* those of their bits that say something */
    bool is_open;        /* needs neither master key nor access key */
    unsigned (*run)(struct call *call);
};

static const struct oath_command oath_commands[] = {
    {0xa4, 0x0400, 0x0000, true, select_application},
    {0x01, 0x0000, 0x0000, false, oath_put},
    {0x02, 0x0000, 0x0000, false, oath_delete},
    {0x03, 0x0000, 0x0000, false, oath_set_code},
    {0x04, 0xdead, 0x0000, true, oath_reset},
    {0x05, 0x0000, 0x0000, false, oath_rename},
    {0xa1, 0x0000, 0x0000, false, oath_list},
    {0xa2, 0x0000, 0x0001, false, oath_calculate},
    {0xa3, 0x0000, 0x0000, true, oath_validate},
    {0xa4, 0x0000, 0x0001, false, oath_calculate_all},
    {0xa5, 0x0000, 0x0000, false, oath_send_remaining},
    {0xc0, 0x0000, 0x0000, false, oath_send_remaining},
    {0xf0, 0x0000, 0x0000, true, vendor_info},
    {0xf1, 0x0000, 0x0000, true, vendor_unseal},
    {0xf2, 0x0000, 0x0000, false, vendor_set_passphrase},
    {0xf3, 0x0000, 0x0000, false, vendor_accounts},
    {0xf4, 0x0000, 0x0000, false, vendor_uses},
    {0xf5, 0x0000, 0x0000, false, vendor_time_reset},
    {0xf6, 0x0000, 0x0000, true, vendor_identify},
    {0xf7, 0x0000, 0x0001, true, vendor_restart},
    {0xf8, 0x0000, 0x0000, true, vendor_add_entropy},
};

/* Locked without the master key; then the access key, if one is set. */
static bool is_allowed(const struct call *call)
{
    const struct oath *oath = call->oath;

    return oath->store.is_open && (!access_is_set(&oath->store) ||
                                   call->session->epoch == oath->epoch);
}

static unsigned find_command(const struct fob_apdu *apdu,
                             const struct oath_command **found)
{
    unsigned parameters = (unsigned)apdu->p1 << 8 | apdu->p2;
    unsigned sw = FOB_SW_INSTRUCTION;

    for (size_t i = 0; i < sizeof(oath_commands) / sizeof(*oath_commands);
         i++) {
        const struct oath_command *command = &oath_commands[i];

        if (command->ins != apdu->ins)
            continue;
        sw = FOB_SW_PARAMETERS;
        *found = command;
        if (((parameters ^ command->parameters) & ~command->free) == 0)
            return FOB_SW_OK;
    }
    return sw;
}

unsigned oath_run(struct call *call)
{
    const struct oath_command *command = NULL;
    unsigned sw;

    if (call->apdu.cla != 0)
        return FOB_SW_CLASS;
    sw = find_command(&call->apdu, &command);
    if (sw != FOB_SW_OK)
        return sw;
    if (command->run != select_application && !call->session->is_selected)
        return FOB_SW_INSTRUCTION;
    if (command->run != oath_send_remaining)
        call->session->listing.kind = LISTING_NONE;
    if (!command->is_open && !is_allowed(call))
        return FOB_SW_DENIED;
    return command->run(call);
}
