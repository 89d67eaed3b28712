/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/backup_records.h"

#include "host/vault/fields.h"
#include "host/vault/known_record.h"

#include <string.h>

#define TEXT(tag, member) FIELD_MEMBER_TEXT(tag, struct fob_backup_home, member)

/* Tags are frozen by docs/backup-format.md. */
static const struct field home_field[] = {
    TEXT(1, config),
    TEXT(2, credentials),
};
static const struct field_table home_table = {home_field, 2};

static enum fob_status put_home(const struct fob_backup_home *home,
                                struct fob_secret *records)
{
    struct fob_secret content = {NULL, 0, 0};
    enum fob_status status = fields_write(&home_table, home, NULL, &content);

    if (status == FOB_OK)
        status = record_put(records, 0, 0, BACKUP_RECORD_HOME, &content);
    fob_secret_free(&content);
    return status;
}

enum fob_status fob_backup_records_make(const struct fob_vault_body *body,
                                        const struct fob_backup_home *home,
                                        struct fob_secret *records)
{
    const uint8_t *data = body->records.data;
    enum fob_status status = put_home(home, records);
    struct record record;
    size_t cursor = 0;

    while (status == FOB_OK && record_next(&body->records, &cursor, &record))
        if (record.type != RECORD_FACTS)
            status = fob_secret_append(records, data + record.at,
                                       record.end - record.at);
    if (status != FOB_OK)
        fob_secret_free(records);
    return status;
}

/* Room to decode any record into. */
union any_record {
    struct fob_backup_home home;
    union known_record known;
};

static enum fob_status read_home(const struct record *record,
                                 struct fob_backup_home *home)
{
    memset(home, 0, sizeof(*home));
    return fields_read(&home_table, record, home);
}

static enum fob_status decode_record(const struct record *record,
                                     union any_record *room)
{
    return record->type == BACKUP_RECORD_HOME
               ? read_home(record, &room->home)
               : known_record_check(record, &room->known);
}

static enum fob_status fault(size_t number, struct fob_error *error)
{
    fob_error_set(error, FOB_E_DAMAGED,
                  "record %zu of the backup breaks the format", number);
    fob_error_advise(error, "use another copy of it");
    return FOB_E_DAMAGED;
}

static enum fob_status check_each(const struct fob_secret *records,
                                  union any_record *room,
                                  struct fob_error *error)
{
    struct record record;
    size_t number = 1, homes = 0;

    for (size_t at = 0; record_next(records, &at, &record); number++) {
        if (record.type == RECORD_FACTS ||
            decode_record(&record, room) != FOB_OK)
            return fault(number, error);
        homes += record.type == BACKUP_RECORD_HOME;
    }
    return homes == 1 ? FOB_OK : fault(number, error);
}

enum fob_status backup_records_check(const struct fob_secret *records,
                                     struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    enum fob_status status;

    if (!record_check(records->data, records->len))
        return fault(0, error);
    if (fob_secret_alloc(&room, sizeof(union any_record)) != FOB_OK)
        return fob_error_no_memory(error);
    status = check_each(records, (void *)room.data, error);
    fob_secret_free(&room);
    return status;
}

enum fob_status backup_records_home(const struct fob_secret *records,
                                    struct fob_backup_home *home)
{
    struct record record;

    for (size_t at = 0; record_next(records, &at, &record);)
        if (record.type == BACKUP_RECORD_HOME)
            return read_home(&record, home);
    return FOB_E_DAMAGED;
}
