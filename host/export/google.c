/* SPDX-License-Identifier: MIT */
#include "host/export/google.h"

#include "host/export/google_account.h"

#include <string.h>
#include <sys/random.h>

/* The message MigrationPayload. */
enum field {
    ACCOUNT = 1,
    VERSION = 2,
    BATCH_SIZE = 3,
    BATCH_INDEX = 4,
    BATCH_ID = 5,
};
enum {
    HEAD_LEN = sizeof(size_t), /* the length before each part */
    /* By how much a URI may be longer once it is known how many there are:
     * what stands behind the accounts is at most 16 bytes, of which each
     * letter may need three. */
    SLACK = 48,
};

const char *fob_google_fault(const struct fob_account *account)
{
    if (account->type == FOB_TOTP && account->period_s != FOB_PERIOD_S_DEFAULT)
        return "its period is not 30 seconds, the only one that Google's "
               "export knows";
    if (account->digits != 6 && account->digits != 8)
        return "its codes have 7 digits, and Google's export knows 6 and 8";
    return NULL;
}

enum fob_status fob_google_start(struct fob_google *google, size_t each,
                                 size_t uri_max)
{
    uint32_t random;

    *google = (struct fob_google){.each = each, .uri_max = uri_max};
    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return FOB_E_FAILED;
    google->batch_id = random >> 1; /* the field is signed */
    return FOB_OK;
}

static void put_length(struct bytes_out *parts, size_t at)
{
    size_t len = parts->data.len - at - HEAD_LEN;

    if (parts->status == FOB_OK)
        memcpy(parts->data.data + at, &len, sizeof(len));
}

/* Percent-encoded, base64 has three characters for each of its three that are
 * no letters or digits. */
static void put_escaped(struct bytes_out *uri, const struct fob_secret *base64)
{
    for (size_t i = 0; i < base64->len; i++) {
        const char *letter = (const char *)base64->data + i;

        if (*letter == '+')
            bytes_out_put_text(uri, "%2B");
        else if (*letter == '/')
            bytes_out_put_text(uri, "%2F");
        else if (*letter == '=')
            bytes_out_put_text(uri, "%3D");
        else
            bytes_out_put(uri, letter, 1);
    }
}

/* Of the accounts `part`, as the code `index` of `size`. */
static enum fob_status make_uri(const struct fob_google *google,
                                struct fob_secret part, size_t index,
                                size_t size, struct fob_secret *uri)
{
    struct bytes_out message = {0}, base64 = {0}, text = {0};

    bytes_out_put(&message, part.data, part.len);
    google_account_put_number(&message, VERSION, 1);
    google_account_put_number(&message, BATCH_SIZE, size);
    google_account_put_number(&message, BATCH_INDEX, index);
    google_account_put_number(&message, BATCH_ID, google->batch_id);
    bytes_out_put_base64(&base64, message.data.data, message.data.len);
    bytes_out_put_text(&text, "otpauth-migration://offline?data=");
    put_escaped(&text, &base64.data);
    if (message.status != FOB_OK || base64.status != FOB_OK)
        text.status = FOB_E_NO_MEMORY;
    if (text.status == FOB_OK)
        *uri = text.data;
    else
        fob_secret_free(&text.data);
    bytes_out_free(&base64);
    bytes_out_free(&message);
    return text.status;
}

/* A view of the accounts of the code that begins at `at`. */
static struct fob_secret find_part(const struct fob_google *google, size_t at)
{
    const struct fob_secret *all = &google->parts.data;
    struct fob_secret part = {.data = all->data + at + HEAD_LEN};

    memcpy(&part.len, all->data + at, sizeof(part.len));
    return part;
}

static enum fob_status measure_last(const struct fob_google *google,
                                    size_t *uri_len)
{
    struct fob_secret uri = {0};
    enum fob_status status = make_uri(google, find_part(google, google->last),
                                      google->count - 1, google->count, &uri);

    *uri_len = uri.len;
    fob_secret_free(&uri);
    return status;
}

static void start_code(struct fob_google *google)
{
    const size_t none = 0;

    google->last = google->parts.data.len;
    google->in_last = 0;
    google->count++;
    bytes_out_put(&google->parts, &none, sizeof(none));
}

static void append_account(struct fob_google *google,
                           const struct bytes_out *message)
{
    google_account_put_bytes(&google->parts, ACCOUNT, message->data.data,
                             message->data.len);
    put_length(&google->parts, google->last);
    google->in_last++;
}

/* Put it, and when the code is too long with it, take it back and put it into
 * a new one. */
static enum fob_status append_where_it_fits(struct fob_google *google,
                                            const struct bytes_out *message)
{
    size_t len_before = google->parts.data.len, uri_len;
    enum fob_status status;

    append_account(google, message);
    status = google->parts.status;
    if (status == FOB_OK)
        status = measure_last(google, &uri_len);
    if (status != FOB_OK || google->in_last == 1 ||
        uri_len + SLACK <= google->uri_max)
        return status;
    google->parts.data.len = len_before;
    put_length(&google->parts, google->last);
    start_code(google);
    append_account(google, message);
    return google->parts.status;
}

enum fob_status fob_google_put(struct fob_google *google,
                               const struct fob_account *account)
{
    struct bytes_out message = {0};
    enum fob_status status;

    google_account_put(&message, account);
    status = message.status;
    if (google->count == 0 || google->in_last == google->each)
        start_code(google);
    if (status == FOB_OK)
        status = append_where_it_fits(google, &message);
    bytes_out_free(&message);
    return status;
}

enum fob_status fob_google_next(const struct fob_google *google,
                                struct fob_google_cursor *cursor,
                                struct fob_secret *uri)
{
    struct fob_secret part;

    if (cursor->index == google->count)
        return FOB_E_NOT_FOUND;
    part = find_part(google, cursor->at);
    cursor->at += HEAD_LEN + part.len;
    return make_uri(google, part, cursor->index++, google->count, uri);
}

void fob_google_free(struct fob_google *google)
{
    bytes_out_free(&google->parts);
    *google = (struct fob_google){0};
}
