/* SPDX-License-Identifier: MIT */
#include "host/import/keys/key_json.h"

#include "host/import/json/base64.h"
#include "host/import/json/json_view.h"

#include <string.h>

/* Of aws-vault: a record of its backend, whose data are a JSON text. */
enum { NEST_MAX = 2 };

enum member {
    ID,
    ID_OF_GO, /* as Go's SDK spells it, and so aws-vault */
    SECRET,
    TOKEN,
    CREATED_KEY, /* of `aws iam create-access-key` */
    CREDENTIALS, /* of `aws sts …` */
    DATA,
    MEMBERS,
};

static const char *const names[MEMBERS] = {
    "AccessKeyId",  "AccessKeyID", "SecretAccessKey",
    "SessionToken", "AccessKey",   "Credentials",
    "Data"};

static const enum key_part part_of[] = {[ID] = KEY_PART_ID,
                                        [ID_OF_GO] = KEY_PART_ID,
                                        [SECRET] = KEY_PART_SECRET,
                                        [TOKEN] = KEY_PART_TOKEN};

static enum fob_status put_text(struct key_parts *parts, enum key_part part,
                                struct fob_span value)
{
    struct fob_secret text = {0};
    enum fob_status status;

    if (value.len == 0)
        return FOB_OK;
    status = fob_secret_alloc(&text, value.len);
    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)text.data, text.cap);
    if (status == FOB_OK) {
        const char *at = (const char *)text.data;

        status = key_parts_put(parts, part, (struct fob_span){at, strlen(at)});
    }
    fob_secret_free(&text);
    return status;
}

static enum fob_status put_object(struct fob_span object, int nest,
                                  struct key_parts *parts);

static enum fob_status put_nested(struct fob_span text, int nest,
                                  struct key_parts *parts)
{
    struct fob_span object;
    size_t line;
    enum fob_status status = fob_json_view_open(text, &object, &line);

    return status == FOB_OK ? put_object(object, nest, parts) : status;
}

static enum fob_status put_data(struct fob_span value, int nest,
                                struct key_parts *parts)
{
    struct fob_secret text = {0};
    enum fob_status status;
    size_t len = 0;

    if (value.len == 0)
        return FOB_OK;
    status = fob_secret_alloc(&text, value.len);
    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)text.data, text.cap);
    if (status == FOB_OK)
        status =
            base64_decode((const char *)text.data,
                          strlen((const char *)text.data), text.data, &len);
    if (status == FOB_OK)
        status = put_nested((struct fob_span){(const char *)text.data, len},
                            nest, parts);
    fob_secret_free(&text);
    return status;
}

static enum fob_status put_object(struct fob_span object, int nest,
                                  struct key_parts *parts)
{
    struct fob_span member[MEMBERS];
    enum fob_status status =
        fob_json_view_members(object, names, MEMBERS, member);

    for (int i = ID; status == FOB_OK && i <= TOKEN; i++)
        status = put_text(parts, part_of[i], member[i]);
    if (nest == NEST_MAX)
        return status;
    for (int i = CREATED_KEY; status == FOB_OK && i <= CREDENTIALS; i++)
        if (member[i].len > 0)
            status = put_object(member[i], nest + 1, parts);
    return status == FOB_OK ? put_data(member[DATA], nest + 1, parts) : status;
}

enum fob_status key_json_read(struct fob_span text, struct key_parts *parts)
{
    return put_nested(text, 0, parts);
}
