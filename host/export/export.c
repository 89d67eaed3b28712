/* SPDX-License-Identifier: MIT */
#include "host/export/export.h"

#include "src/otpauth.h"

#include <string.h>

enum fob_status fob_export_find(const char *word, enum fob_export_kind *kind)
{
    static const char *const words[] = {
        [FOB_EXPORT_OTPAUTH] = "otpauth",
        [FOB_EXPORT_GOOGLE] = "google",
        [FOB_EXPORT_AEGIS] = "aegis",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(word, words[i]) == 0) {
            *kind = (enum fob_export_kind)i;
            return FOB_OK;
        }
    return FOB_E_NOT_FOUND;
}

static enum fob_status put_uri(const struct fob_account *account,
                               struct fob_export_item *item)
{
    struct fob_secret *uri = &item->uri;
    enum fob_status status = fob_secret_alloc(uri, FOB_OTPAUTH_MAX);

    if (status != FOB_OK)
        return status;
    status = fob_otpauth_format(account, (char *)uri->data, FOB_OTPAUTH_MAX);
    uri->len = strlen((const char *)uri->data);
    if (status != FOB_OK)
        item->fault = "its URI would be longer than any is read";
    return status;
}

static enum fob_status put_google(struct fob_google *google,
                                  const struct fob_account *account,
                                  struct fob_export_item *item)
{
    enum fob_status status = fob_google_put(google, account);

    item->code = google->count;
    return status;
}

/* NULL, or why there is no place for it. */
static const char *find_fault(const struct fob_export *out,
                              const struct fob_account *account)
{
    if (out->kind == FOB_EXPORT_OTPAUTH)
        return NULL;
    if (account->counter > INT64_MAX)
        return "its counter is larger than the app can count";
    return out->kind == FOB_EXPORT_GOOGLE ? fob_google_fault(account) : NULL;
}

/* The name here, where the app would show another. */
static const char *make_note(const struct fob_account *account,
                             const char *name)
{
    size_t len = strlen(account->issuer);
    const char *rest = name;

    if (len > 0 && strncmp(rest, account->issuer, len) == 0 && rest[len] == ':')
        rest += len + 1;
    return strcmp(rest, account->label) == 0 ? "" : name;
}

enum fob_status fob_export_put(struct fob_export *out,
                               const struct fob_account *account,
                               const char *name, struct fob_export_item *item)
{
    item->fault = find_fault(out, account);
    if (item->fault != NULL)
        return FOB_E_UNSUPPORTED;
    switch (out->kind) {
    case FOB_EXPORT_GOOGLE:
        return put_google(&out->google, account, item);
    case FOB_EXPORT_AEGIS:
        return fob_aegis_put(&out->aegis, account, make_note(account, name));
    default:
        return put_uri(account, item);
    }
}

void fob_export_free(struct fob_export *out)
{
    fob_google_free(&out->google);
    fob_aegis_free(&out->aegis);
}
