/* SPDX-License-Identifier: MIT */
/* Listings: what accounts a token has, and what codes it gave. */
#include "host/token/command.h"

#include "src/tlv.h"

#include <string.h>

enum { TAG_FACTS = 0x91, TAG_USE = 0x92, FACTS_LEN = 20, USE_LEN = 24 };

enum token_use_flag { USE_TOUCHED = 0x01, USE_CLEARED = 0x04 };

static enum fob_status run_listing(struct fob_token *token,
                                   enum token_instruction ins,
                                   struct fob_secret *listing)
{
    struct token_command command;

    token_command_start(&command, ins, 0);
    return token_command_run(token, &command, listing);
}

enum fob_status fob_token_accounts(struct fob_token *token,
                                   struct fob_secret *listing)
{
    return run_listing(token, token->is_own ? INS_ACCOUNTS : INS_LIST, listing);
}

/* False with the reader's status set, so that a listing ends there. */
static bool refuse_listing(struct fob_reader *listing)
{
    listing->status = FOB_E_DAMAGED;
    return false;
}

static bool take_name(struct fob_token_account *account, const uint8_t *name,
                      size_t len)
{
    if (len == 0 || len > FOB_TOKEN_NAME_MAX || memchr(name, 0, len) != NULL)
        return false;
    memcpy(account->name, name, len);
    account->name[len] = '\0';
    return true;
}

static bool take_facts(struct fob_token_account *account,
                       const struct fob_tlv *tlv)
{
    struct fob_reader facts;

    if (tlv->tag != TAG_FACTS || tlv->len != FACTS_LEN)
        return false;
    fob_reader_init(&facts, tlv->value, tlv->len);
    account->has_facts = true;
    account->uid = fob_get_u32(&facts);
    account->kind = fob_get_u8(&facts);
    account->digits = fob_get_u8(&facts);
    account->properties = fob_get_u8(&facts);
    account->is_marked = (fob_get_u8(&facts) & 1) != 0;
    account->mark = fob_get_u64(&facts);
    account->codes = fob_get_u32(&facts);
    return fob_reader_end(&facts) == FOB_OK;
}

/* YKOATH's LIST has 72 [kind] name; ours 71 name, 91 facts. */
bool fob_token_next_account(struct fob_reader *listing,
                            struct fob_token_account *account)
{
    struct fob_tlv tlv;

    *account = (struct fob_token_account){0};
    if (!fob_tlv_next(listing, &tlv))
        return false;
    if (tlv.tag == FOB_OATH_TAG_NAME_LIST && tlv.len > 1) {
        account->kind = tlv.value[0];
        return take_name(account, tlv.value + 1, tlv.len - 1) ||
               refuse_listing(listing);
    }
    if (tlv.tag != FOB_OATH_TAG_NAME ||
        !take_name(account, tlv.value, tlv.len) ||
        !fob_tlv_next(listing, &tlv) || !take_facts(account, &tlv))
        return refuse_listing(listing);
    return true;
}

enum fob_status fob_token_find_account(struct fob_token *token,
                                       const char *name,
                                       struct fob_token_account *account)
{
    struct fob_secret listing = {0};
    struct fob_reader reader;
    bool found = false;
    enum fob_status status = fob_token_accounts(token, &listing);

    *account = (struct fob_token_account){0};
    if (status != FOB_OK)
        return status;
    fob_reader_init(&reader, listing.data, listing.len);
    while (!found && fob_token_next_account(&reader, account))
        found = strcmp(account->name, name) == 0;
    fob_secret_free(&listing);
    if (found)
        return FOB_OK;
    return reader.status == FOB_OK ? FOB_E_NOT_FOUND : FOB_E_DAMAGED;
}

enum fob_status fob_token_uses(struct fob_token *token, uint32_t number,
                               struct fob_secret *listing)
{
    struct token_command command;

    token_command_start(&command, INS_USES, 0);
    fob_put_u32(&command.data, number);
    return token_command_run(token, &command, listing);
}

bool fob_token_next_use(struct fob_reader *listing, struct fob_token_use *use)
{
    struct fob_reader facts;
    struct fob_tlv tlv;
    uint8_t flags;

    *use = (struct fob_token_use){0};
    if (!fob_tlv_next(listing, &tlv))
        return false;
    if (tlv.tag != TAG_USE || tlv.len != USE_LEN)
        return refuse_listing(listing);
    fob_reader_init(&facts, tlv.value, tlv.len);
    use->number = fob_get_u32(&facts);
    use->uid = fob_get_u32(&facts);
    use->value = fob_get_u64(&facts);
    (void)fob_get_u32(&facts); /* number of this account */
    (void)fob_get_u16(&facts); /* power-up */
    flags = fob_get_u8(&facts);
    use->is_touched = (flags & USE_TOUCHED) != 0;
    use->is_clearing = (flags & USE_CLEARED) != 0;
    return true;
}
