/* SPDX-License-Identifier: MIT */
/*
 * The key URI of authenticator apps, as those that write it do:
 * otpauth://TYPE/[ISSUER:]LABEL?secret=BASE32&issuer=&algorithm=&digits=
 * &period=|&counter=
 */
#ifndef FOB_SRC_OTPAUTH_H
#define FOB_SRC_OTPAUTH_H

#include "src/account.h"
#include "src/base32.h"
#include "src/span.h"

/* Bytes of the longest URI read or made.  Apps put notes into theirs. */
enum { FOB_OTPAUTH_MAX = 8192 };

/* What keeps a URI from being one that fob reads. */
enum fob_otpauth_wrong {
    FOB_OTPAUTH_RIGHT,
    /* It is something else. */
    FOB_OTPAUTH_EMPTY,
    FOB_OTPAUTH_MIGRATION, /* Google Authenticator's export */
    FOB_OTPAUTH_MICROSOFT, /* a link that only Microsoft's app follows */
    FOB_OTPAUTH_OTHER_APP, /* the same of others: Okta, Duo */
    FOB_OTPAUTH_PASSKEY,
    FOB_OTPAUTH_WEB,
    FOB_OTPAUTH_BARE, /* base32 without a URI, of 16 symbols or more */
    FOB_OTPAUTH_OTHER,
    FOB_OTPAUTH_LINES, /* it goes on in another line */
    FOB_OTPAUTH_TWO,   /* another one stands in it */
    /* Codes of another kind. */
    FOB_OTPAUTH_STEAM,
    FOB_OTPAUTH_MOTP,
    FOB_OTPAUTH_YANDEX,
    FOB_OTPAUTH_ENCODER, /* written in a way that nobody told fob of */
    FOB_OTPAUTH_TYPE,
    /* A part that is wrong or missing. */
    FOB_OTPAUTH_SHAPE, /* "otpauth:" and no "//" */
    FOB_OTPAUTH_NO_LABEL,
    FOB_OTPAUTH_NO_SECRET,
    FOB_OTPAUTH_TWICE,   /* with two values */
    FOB_OTPAUTH_LONG,    /* no room for it */
    FOB_OTPAUTH_ESCAPE,  /* a '%' without its two digits */
    FOB_OTPAUTH_NO_TEXT, /* not UTF-8, or a control character */
    FOB_OTPAUTH_NO_NUMBER,
    FOB_OTPAUTH_RANGE,     /* a number that fob does not serve */
    FOB_OTPAUTH_ALGORITHM, /* none of those of RFC 6238 */
    FOB_OTPAUTH_SECRET,    /* no base32 */
    FOB_OTPAUTH_WEAK,      /* below FOB_SECRET_MIN */
};

enum fob_otpauth_part {
    FOB_OTPAUTH_PART_SECRET,
    FOB_OTPAUTH_PART_ISSUER,
    FOB_OTPAUTH_PART_ALGORITHM,
    FOB_OTPAUTH_PART_DIGITS,
    FOB_OTPAUTH_PART_PERIOD,
    FOB_OTPAUTH_PART_COUNTER,
    FOB_OTPAUTH_PART_ENCODER,
    FOB_OTPAUTH_PART_STEAM,
    FOB_OTPAUTH_PARAMS,
    FOB_OTPAUTH_PART_LABEL = FOB_OTPAUTH_PARAMS,
    FOB_OTPAUTH_PART_WHOLE,
};

struct fob_otpauth_fault {
    enum fob_otpauth_wrong wrong;
    enum fob_otpauth_part part;     /* from TWICE to ALGORITHM */
    uint64_t number;                /* RANGE: UINT64_MAX for that and more */
    struct fob_base32_fault secret; /* SECRET */
};

/* Read a URI, which needs no NUL; blanks (src/utf8.h) around are allowed.  The
 * issuer parameter beats the label's prefix; a URI without a label has the
 * label `name` or, where that is NULL or "", its issuer.  Parameters without a
 * value are as good as absent, unknown ones are passed over, "&amp;" is "&".
 *
 * FOB_E_SYNTAX, FOB_E_TOO_LONG, FOB_E_DUPLICATE, FOB_E_UNSUPPORTED (codes of
 * another kind, and numbers that fob does not serve), with *fault and, of
 * `account`, issuer and label alone, where they could be read and hold no
 * secret.  A secret below FOB_SECRET_MIN gives FOB_E_TOO_SHORT with `account`
 * filled in, for callers that force. */
FOB_MUST_CHECK enum fob_status
fob_otpauth_read(struct fob_span uri, const char *name,
                 struct fob_account *account, struct fob_otpauth_fault *fault);

/* The same of `len` bytes, for those who do not ask what is wrong. */
FOB_MUST_CHECK enum fob_status fob_otpauth_parse(const char *uri, size_t len,
                                                 struct fob_account *account);

/* What a text is by its begin, blanks around it aside: FOB_OTPAUTH_RIGHT is an
 * otpauth URI, be it well formed or not.  EMPTY to OTHER, STEAM or MOTP
 * otherwise. */
enum fob_otpauth_wrong fob_otpauth_kind(struct fob_span text);

/* For src/otpauth.c: which parameter a name is, FOB_OTPAUTH_PARAMS for none;
 * the status that goes with a fault; and issuer and label, of parts that are
 * still percent-encoded. */
enum fob_otpauth_part fob_otpauth_find_param(struct fob_span name);
enum fob_status fob_otpauth_status(enum fob_otpauth_wrong wrong);

struct fob_otpauth_names {
    struct fob_span label, issuer;
    const char *name; /* in the place of a missing label, or NULL */
};

FOB_MUST_CHECK enum fob_status
fob_otpauth_read_names(const struct fob_otpauth_names *names,
                       struct fob_account *account,
                       struct fob_otpauth_fault *fault);

/* Whether a URI stands in the names: ISSUER:LABEL would show its secret. */
bool fob_otpauth_is_in_names(const struct fob_account *account);

/* How many digits the codes of an account have whose URI does not say: 6, but 8
 * of Battle.net's, by its issuer. */
uint8_t fob_otpauth_digits(const struct fob_account *account);

/* Write the URI of `account` as NUL-ended text; parameters that equal their
 * default are left out, so an AWS seed gives an AWS-style URI.
 * FOB_E_TOO_LONG when it does not fit `cap`; `uri` is then "". */
FOB_MUST_CHECK enum fob_status
fob_otpauth_format(const struct fob_account *account, char *uri, size_t cap);

#endif
