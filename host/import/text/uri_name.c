/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_name.h"

#include "host/base/text.h"
#include "src/otpauth.h"

/* The first parameter of that name. */
static struct fob_span find_param(struct fob_span params, const char *name)
{
    while (params.at != NULL) {
        struct fob_span value = fob_span_cut(&params, '&');

        if (fob_span_is(fob_span_cut(&value, '='), name))
            return value;
    }
    return (struct fob_span){0};
}

/* Of a URI with its marks in wrong places. */
static bool may_hold_secret(const struct fob_account *account)
{
    return fob_text_contains(account->label, "secret") ||
           fob_text_contains(account->issuer, "secret");
}

/* SCHEME://TYPE/LABEL?PARAMS#FRAGMENT */
void uri_name_read(struct fob_span uri, struct fob_account *account)
{
    struct fob_span path = fob_span_cut(&uri, '?');
    struct fob_otpauth_names names = {0};
    struct fob_otpauth_fault fault;

    if (uri.at == NULL)
        return; /* then all of it may be anything */
    names.issuer = find_param(fob_span_cut(&uri, '#'), "issuer");
    for (int i = 0; i < 3; i++) /* "SCHEME:", "", "TYPE" */
        fob_span_cut(&path, '/');
    names.label = path;
    if (fob_otpauth_read_names(&names, account, &fault) != FOB_OK ||
        may_hold_secret(account))
        fob_account_clear(account);
}
