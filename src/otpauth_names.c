/* SPDX-License-Identifier: MIT */
/* The words by which a URI, its parts and its names are known. */
#include "src/otpauth.h"

#include "src/percent.h"
#include "src/utf8.h"
#include "src/wipe.h"

#include <string.h>

enum {
    WHOLE_MAX = FOB_ISSUER_MAX + FOB_LABEL_MAX + 32,
    BARE_MIN = 16, /* symbols: words are shorter */
};

enum fob_status fob_otpauth_status(enum fob_otpauth_wrong wrong)
{
    switch (wrong) {
    case FOB_OTPAUTH_RIGHT:
        return FOB_OK;
    case FOB_OTPAUTH_TWICE:
        return FOB_E_DUPLICATE;
    case FOB_OTPAUTH_LONG:
        return FOB_E_TOO_LONG;
    case FOB_OTPAUTH_WEAK:
        return FOB_E_TOO_SHORT;
    case FOB_OTPAUTH_MIGRATION:
    case FOB_OTPAUTH_MICROSOFT:
    case FOB_OTPAUTH_OTHER_APP:
    case FOB_OTPAUTH_PASSKEY:
    case FOB_OTPAUTH_STEAM:
    case FOB_OTPAUTH_MOTP:
    case FOB_OTPAUTH_YANDEX:
    case FOB_OTPAUTH_ENCODER:
    case FOB_OTPAUTH_TYPE:
    case FOB_OTPAUTH_RANGE:
    case FOB_OTPAUTH_ALGORITHM:
        return FOB_E_UNSUPPORTED;
    default:
        return FOB_E_SYNTAX;
    }
}

/* What HTML makes of the '&' before a name, once or twice, and blanks, are no
 * part of it. */
static struct fob_span bare_name(struct fob_span name)
{
    struct fob_span rest = name, entity = fob_span_cut(&rest, ';');

    while (rest.at != NULL &&
           (fob_span_is(entity, "amp") || fob_span_is(entity, "#38") ||
            fob_span_is(entity, "#038") || fob_span_is(entity, "#x26"))) {
        name = rest;
        entity = fob_span_cut(&rest, ';');
    }
    return fob_span_trim_blank(name);
}

enum fob_otpauth_part fob_otpauth_find_param(struct fob_span name)
{
    static const struct {
        const char *name;
        enum fob_otpauth_part part;
    } names[] = {
        {"secret", FOB_OTPAUTH_PART_SECRET},
        {"issuer", FOB_OTPAUTH_PART_ISSUER},
        {"algorithm", FOB_OTPAUTH_PART_ALGORITHM},
        {"algo", FOB_OTPAUTH_PART_ALGORITHM},
        {"digits", FOB_OTPAUTH_PART_DIGITS},
        {"digit", FOB_OTPAUTH_PART_DIGITS},
        {"period", FOB_OTPAUTH_PART_PERIOD},
        {"interval", FOB_OTPAUTH_PART_PERIOD},
        {"step", FOB_OTPAUTH_PART_PERIOD},
        {"counter", FOB_OTPAUTH_PART_COUNTER},
        {"encoder", FOB_OTPAUTH_PART_ENCODER},
        {"steam", FOB_OTPAUTH_PART_STEAM},
    };

    name = bare_name(name);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (fob_span_is(name, names[i].name))
            return names[i].part;
    return FOB_OTPAUTH_PARAMS;
}

static bool is_base32(struct fob_span text)
{
    uint8_t bytes[FOB_SECRET_MAX];
    size_t len;
    enum fob_status status = fob_base32_decode_lenient(text.at, text.len, bytes,
                                                       sizeof(bytes), &len);

    fob_wipe(bytes, sizeof(bytes));
    return status == FOB_OK;
}

enum fob_otpauth_wrong fob_otpauth_kind(struct fob_span text)
{
    static const struct {
        const char *scheme;
        enum fob_otpauth_wrong kind;
    } schemes[] = {
        {"otpauth", FOB_OTPAUTH_RIGHT},
        {"apple-otpauth", FOB_OTPAUTH_RIGHT},
        {"otpauth-migration", FOB_OTPAUTH_MIGRATION},
        {"phonefactor", FOB_OTPAUTH_MICROSOFT},
        {"msauth", FOB_OTPAUTH_MICROSOFT},
        {"microsoft-authenticator", FOB_OTPAUTH_MICROSOFT},
        {"steam", FOB_OTPAUTH_STEAM},
        {"motp", FOB_OTPAUTH_MOTP},
        {"oktaverify", FOB_OTPAUTH_OTHER_APP},
        {"duo", FOB_OTPAUTH_OTHER_APP},
        {"fido", FOB_OTPAUTH_PASSKEY},
        {"http", FOB_OTPAUTH_WEB},
        {"https", FOB_OTPAUTH_WEB},
    };
    struct fob_span rest = fob_span_trim_blank(text), scheme;

    if (rest.len == 0)
        return FOB_OTPAUTH_EMPTY;
    if (rest.len >= BARE_MIN && is_base32(rest))
        return FOB_OTPAUTH_BARE;
    scheme = fob_span_cut(&rest, ':');
    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
        if (rest.at != NULL && fob_span_is(scheme, schemes[i].scheme))
            return schemes[i].kind;
    return FOB_OTPAUTH_OTHER;
}

/* A name, of `cap` bytes at most with its NUL. */
static enum fob_otpauth_wrong put_name(struct fob_span from, char *name,
                                       size_t cap)
{
    from = fob_span_trim_blank(from);
    if (from.len >= cap)
        return FOB_OTPAUTH_LONG;
    if (!fob_utf8_is_text(from.at, from.len))
        return FOB_OTPAUTH_NO_TEXT;
    memset(name, 0, cap);
    if (from.len > 0)
        memcpy(name, from.at, from.len);
    return FOB_OTPAUTH_RIGHT;
}

static enum fob_otpauth_wrong wrong_of(enum fob_status status)
{
    if (status == FOB_OK)
        return FOB_OTPAUTH_RIGHT;
    return status == FOB_E_TOO_LONG ? FOB_OTPAUTH_LONG : FOB_OTPAUTH_ESCAPE;
}

static enum fob_otpauth_wrong read_name(struct fob_span span, bool is_form,
                                        char *name, size_t cap)
{
    char text[WHOLE_MAX];
    enum fob_otpauth_wrong wrong = wrong_of(
        is_form ? fob_percent_decode_form(span.at, span.len, text, sizeof(text))
                : fob_percent_decode(span.at, span.len, text, sizeof(text)));

    return wrong == FOB_OTPAUTH_RIGHT
               ? put_name(fob_span_of(text, sizeof(text)), name, cap)
               : wrong;
}

/* Cut `issuer` and the colon behind it off a decoded label, which may hold
 * others. */
static bool cut_issuer(struct fob_span *label, const char *issuer)
{
    struct fob_span name = fob_span_of(issuer, FOB_ISSUER_MAX + 1), rest;

    if (name.len == 0 || label->len <= name.len ||
        memcmp(label->at, issuer, name.len) != 0)
        return false;
    rest = fob_span_trim_blank(
        (struct fob_span){label->at + name.len, label->len - name.len});
    if (rest.len == 0 || rest.at[0] != ':')
        return false;
    *label = (struct fob_span){rest.at + 1, rest.len - 1};
    return true;
}

/* Issuer and account part meet at a bare colon, else at an escaped one; what
 * stands before it is cut off *label. */
static struct fob_span cut_prefix(struct fob_span *label)
{
    struct fob_span rest = *label;
    struct fob_span prefix = fob_span_cut(&rest, ':');

    for (size_t i = 0; rest.at == NULL && i + 3 <= label->len; i++) {
        if (fob_span_is((struct fob_span){label->at + i, 3}, "%3a")) {
            prefix.len = i;
            rest.at = label->at + i + 3;
            rest.len = label->len - i - 3;
        }
    }
    if (rest.at == NULL)
        return rest;
    *label = rest;
    return prefix;
}

/* Forms send a space as '+'; an issuer that has spaces otherwise means the
 * sign. */
static bool is_of_form(struct fob_span value)
{
    bool has_plus = false;

    for (size_t i = 0; i < value.len; i++) {
        size_t left = value.len - i;

        has_plus |= value.at[i] == '+';
        if (value.at[i] == ' ' ||
            (left >= 3 &&
             fob_span_is((struct fob_span){value.at + i, 3}, "%20")))
            return false;
    }
    return has_plus;
}

/* The label by its own colon, if it has one.  `issuer` is that of the
 * parameter, and beats the prefix. */
static enum fob_otpauth_wrong split_label(struct fob_span label,
                                          const char *issuer,
                                          struct fob_account *account)
{
    struct fob_span prefix = cut_prefix(&label);
    enum fob_otpauth_wrong wrong =
        read_name(prefix, false, account->issuer, sizeof(account->issuer));

    if (wrong == FOB_OTPAUTH_RIGHT && issuer[0] != '\0')
        memcpy(account->issuer, issuer, sizeof(account->issuer));
    return wrong == FOB_OTPAUTH_RIGHT
               ? read_name(label, false, account->label, sizeof(account->label))
               : wrong;
}

/* `as_form` is the issuer if its '+' are spaces. */
static enum fob_otpauth_wrong read_label(struct fob_span label,
                                         const char *issuer,
                                         const char *as_form,
                                         struct fob_account *account)
{
    char text[WHOLE_MAX];
    enum fob_otpauth_wrong wrong =
        wrong_of(fob_percent_decode(label.at, label.len, text, sizeof(text)));
    struct fob_span whole = fob_span_trim_blank(fob_span_of(text, WHOLE_MAX));

    if (wrong != FOB_OTPAUTH_RIGHT)
        return wrong;
    if (!cut_issuer(&whole, issuer)) {
        issuer = as_form;
        if (!cut_issuer(&whole, issuer))
            return split_label(label, issuer, account);
    }
    memcpy(account->issuer, issuer, sizeof(account->issuer));
    return put_name(whole, account->label, sizeof(account->label));
}

/* A label for the account that has none. */
static enum fob_otpauth_wrong name_account(const char *name,
                                           struct fob_account *account)
{
    if (account->label[0] != '\0')
        return FOB_OTPAUTH_RIGHT;
    if (name != NULL && name[0] != '\0')
        return put_name(fob_span_of(name, FOB_LABEL_MAX + 1), account->label,
                        sizeof(account->label));
    if (account->issuer[0] == '\0')
        return FOB_OTPAUTH_NO_LABEL;
    memcpy(account->label, account->issuer, sizeof(account->issuer));
    memset(account->issuer, 0, sizeof(account->issuer));
    return FOB_OTPAUTH_RIGHT;
}

enum fob_status fob_otpauth_read_names(const struct fob_otpauth_names *names,
                                       struct fob_account *account,
                                       struct fob_otpauth_fault *fault)
{
    char issuer[FOB_ISSUER_MAX + 1], as_form[FOB_ISSUER_MAX + 1];
    struct fob_span value = names->issuer;

    fault->part = FOB_OTPAUTH_PART_ISSUER;
    fault->wrong = read_name(value, false, issuer, sizeof(issuer));
    if (fault->wrong == FOB_OTPAUTH_RIGHT)
        fault->wrong =
            read_name(value, is_of_form(value), as_form, sizeof(as_form));
    if (fault->wrong != FOB_OTPAUTH_RIGHT)
        return fob_otpauth_status(fault->wrong);
    fault->part = FOB_OTPAUTH_PART_LABEL;
    fault->wrong = read_label(names->label, issuer, as_form, account);
    if (fault->wrong == FOB_OTPAUTH_RIGHT)
        fault->wrong = name_account(names->name, account);
    if (fob_otpauth_is_in_names(account)) {
        fault->wrong = FOB_OTPAUTH_TWO;
        fob_account_clear(account);
    }
    return fob_otpauth_status(fault->wrong);
}
