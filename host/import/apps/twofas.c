/* SPDX-License-Identifier: MIT */
#include "host/import/apps/apps.h"
#include "host/import/apps/twofas_open.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

enum { SCHEMA_MAX = 4 };

static const char app[] = "2FAS";

/* Names: what the person sees as the title is `name`, what the code said is in
 * `otp`, with the account there from schema 2 on, and in the label before. */
static void choose_names(struct fob_span name, struct fob_span label,
                         struct json_entry *entry)
{
    if (json_entry_is_blank(entry->label))
        entry->label = label;
    if (json_entry_is_blank(entry->issuer))
        entry->issuer = name;
}

static enum fob_status read_otp(struct fob_span otp, struct json_entry *entry,
                                struct fob_span *label)
{
    enum { ISSUER, ACCOUNT, LABEL, TYPE, HASH, DIGITS, PERIOD, COUNTER, COUNT };
    static const char *const names[COUNT] = {"issuer",    "account",   "label",
                                             "tokenType", "algorithm", "digits",
                                             "period",    "counter"};
    struct fob_span member[COUNT];
    enum fob_status status = fob_json_view_members(otp, names, COUNT, member);

    if (status != FOB_OK)
        return status;
    *label = member[LABEL];
    entry->issuer = member[ISSUER];
    entry->label = member[ACCOUNT];
    entry->type = member[TYPE];
    entry->hash = member[HASH];
    entry->digits = member[DIGITS];
    entry->period_s = member[PERIOD];
    entry->counter = member[COUNTER];
    return FOB_OK;
}

static enum fob_status read_service(struct fob_span service, size_t place,
                                    struct import_sink *sink)
{
    enum { NAME, SECRET, OTP, COUNT };
    static const char *const names[COUNT] = {"name", "secret", "otp"};
    struct fob_span member[COUNT], label = {0};
    struct json_entry entry = {0};
    enum fob_status status =
        fob_json_view_members(service, names, COUNT, member);

    if (status == FOB_OK && member[OTP].at != NULL)
        status = read_otp(member[OTP], &entry, &label);
    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    entry.secret = member[SECRET];
    choose_names(member[NAME], label, &entry);
    return json_entry_put(&entry, place, sink);
}

static enum fob_status read_encrypted(struct fob_span sealed,
                                      struct import_sink *sink)
{
    struct fob_secret plain = {0};
    struct fob_span services;
    size_t line;
    enum fob_status status =
        twofas_open(sealed, sink->callbacks, &plain, sink->error);

    if (status == FOB_OK &&
        fob_json_view_open((struct fob_span){(char *)plain.data, plain.len},
                           &services, &line) != FOB_OK)
        status = json_entry_strange(app, sink->error);
    if (status == FOB_OK)
        status = json_entry_each(app, services, sink, read_service);
    fob_secret_free(&plain);
    return status;
}

enum { SCHEMA, SERVICES, SEALED, COUNT };

static enum fob_status find_parts(const struct import_file *file,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {"schemaVersion", "services",
                                             "servicesEncrypted"};

    return fob_json_view_members(file->json, names, COUNT, member);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span member[COUNT];

    return find_parts(file, member) == FOB_OK && member[SCHEMA].at != NULL &&
           (member[SERVICES].at != NULL || member[SEALED].at != NULL);
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span member[COUNT];
    uint64_t schema;

    if (find_parts(file, member) != FOB_OK ||
        fob_json_view_number(member[SCHEMA], UINT32_MAX, &schema) != FOB_OK)
        return json_entry_strange(app, sink->error);
    if (schema > SCHEMA_MAX)
        return fob_error_set(sink->error, FOB_E_VERSION,
                             "the backup of 2FAS has schema version %u, and "
                             "fob knows those up to %d",
                             (unsigned)schema, SCHEMA_MAX);
    if (!json_entry_is_blank(member[SEALED]))
        return read_encrypted(member[SEALED], sink);
    return json_entry_each(app, member[SERVICES], sink, read_service);
}

const struct import_format import_twofas = {
    .app = app, .is_mine = is_mine, .read = read_backup};
