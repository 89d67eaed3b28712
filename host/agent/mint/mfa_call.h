/* SPDX-License-Identifier: MIT */
/* One call to STS that carries a code of an MFA device. */
#ifndef FOB_HOST_AGENT_MINT_MFA_CALL_H
#define FOB_HOST_AGENT_MINT_MFA_CALL_H

#include "host/agent/codes/ledger_file.h"
#include "host/agent/mint/mint_order.h"
#include "host/vault/accounts.h"

/* A device to have a code of; its ledger file is open, so its lock is held. */
struct device {
    const char *serial;
    const struct fob_vault_account *account; /* NULL: a foreign device */
    const char *command; /* of a foreign one: the command that prints a code
                            of the present step */
    struct typed_code *typed; /* of a foreign one without a command */
    struct ledger_file file;
};

struct mfa_call {
    struct fob_request *request;
    const struct mint_order *order;
    const struct fob_endpoint *endpoint;
    const struct profile_key *key; /* signs */
    bool may_wait;                 /* for a token that another request has */
    bool leaves_one;               /* the last code of a device, to others */
    struct fob_session *made;      /* empty; filled in on success */
    enum fob_refusal refusal;      /* why STS said no, when it did */
};

/* Choose an unused code, enter it in the ledger, call STS.  A refusal is not
 * tried again, but for three reasons: AWS said "later", its reply showed
 * that the code or the signature was of another time, or the code was one of
 * the outermost two, which a device a step off does not take.  FOB_E_SPENT: no
 * code can be used for *wait_s; else it is 0.  FOB_E_BUSY: another request has
 * the token; it alone leaves the error unset. */
FOB_MUST_CHECK enum fob_status
mfa_call_make(struct mfa_call *call, struct device *device, uint32_t *wait_s);

#endif
