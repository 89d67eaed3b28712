/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_name.h"

#include "host/base/text.h"
#include "src/otpauth.h"

/* The first parameter of that name with a value. */
static struct fob_span find_param(struct fob_span params,
                                  enum fob_otpauth_part part)
{
    while (params.at != NULL) {
        struct fob_span value = fob_span_cut(&params, '&');

        if (fob_otpauth_find_param(fob_span_cut(&value, '=')) == part &&
            value.len > 0)
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
    struct fob_span params = fob_span_cut(&uri, '#');
    struct fob_otpauth_names names = {0};
    struct fob_otpauth_fault fault;

    if (find_param(params, FOB_OTPAUTH_PART_SECRET).at == NULL)
        return; /* then the secret may be in a name */
    names.issuer = find_param(params, FOB_OTPAUTH_PART_ISSUER);
    for (int i = 0; i < 3; i++) /* "SCHEME:", "", "TYPE" */
        fob_span_cut(&path, '/');
    names.label = path;
    if (fob_otpauth_read_names(&names, account, &fault) != FOB_OK ||
        may_hold_secret(account))
        fob_account_clear(account);
}
