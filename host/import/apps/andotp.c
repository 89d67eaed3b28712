/* SPDX-License-Identifier: MIT */
#include "host/import/apps/andotp.h"

#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

#include <string.h>

static const char app[] = "andOTP";

/* Before 0.6.3 the issuer had no place of its own: "Issuer - label". */
static void split_label(struct fob_account *account)
{
    static const char between[] = " - ";
    char *at = strstr(account->label, between);
    size_t len = at != NULL ? (size_t)(at - account->label) : 0;
    char *rest = at != NULL ? at + strlen(between) : NULL;

    if (len == 0 || *rest == '\0')
        return;
    memcpy(account->issuer, account->label, len);
    account->issuer[len] = '\0';
    memmove(account->label, rest, strlen(rest) + 1);
}

static enum fob_status put_account(struct fob_span value, size_t place,
                                   struct import_sink *sink)
{
    enum {
        ISSUER,
        LABEL,
        TYPE,
        HASH,
        DIGITS,
        PERIOD,
        COUNTER,
        SECRET,
        ALGO, /* OTPClient's word for the hash */
        COUNT,
    };
    static const char *const names[COUNT] = {"issuer",    "label",  "type",
                                             "algorithm", "digits", "period",
                                             "counter",   "secret", "algo"};
    struct fob_span member[COUNT];
    char fault[ENTRY_FAULT_CAP] = "";
    enum fob_status status = fob_json_view_members(value, names, COUNT, member);

    if (status == FOB_OK) {
        const struct json_entry entry = {
            member[ISSUER],
            member[LABEL],
            member[TYPE],
            member[HASH].at != NULL ? member[HASH] : member[ALGO],
            member[DIGITS],
            member[PERIOD],
            member[COUNTER],
            member[SECRET],
        };

        status = json_entry_fill(&entry, sink, fault);
        if (member[ISSUER].at == NULL)
            split_label(sink->account);
    }
    return json_entry_end(place, status, fault, sink);
}

enum fob_status andotp_accounts(struct fob_span array, struct import_sink *sink)
{
    return json_entry_each(app, array, sink, put_account);
}

/* Raivo's have no label, Duo's and others' no secret. */
static bool is_mine(const struct import_file *file)
{
    enum { SECRET, LABEL, COUNT };
    static const char *const names[COUNT] = {"secret", "label"};
    struct fob_span member[COUNT];

    return fob_json_view_members(json_entry_first(file->json), names, COUNT,
                                 member) == FOB_OK &&
           member[SECRET].at != NULL && member[LABEL].at != NULL;
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    return andotp_accounts(file->json, sink);
}

const struct import_format import_andotp = {
    .app = app, .is_mine = is_mine, .read = read_backup};
