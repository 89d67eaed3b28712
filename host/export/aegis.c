/* SPDX-License-Identifier: MIT */
#include "host/export/aegis.h"

#include "host/export/aegis_seal.h"
#include "host/export/uuid.h"
#include "src/base32.h"
#include "src/wipe.h"

static void put_number(struct bytes_out *out, const char *name, uint64_t number)
{
    bytes_out_put_text(out, ",\"");
    bytes_out_put_text(out, name);
    bytes_out_put_text(out, "\":");
    bytes_out_put_number(out, number);
}

static void put_text(struct bytes_out *out, const char *name, const char *text)
{
    bytes_out_put_text(out, ",\"");
    bytes_out_put_text(out, name);
    bytes_out_put_text(out, "\":");
    bytes_out_put_string(out, text);
}

static void put_secret(struct bytes_out *out, const struct fob_account *account)
{
    char text[FOB_BASE32_LEN(FOB_SECRET_MAX) + 1];

    if (fob_base32_encode(account->secret, account->secret_len, text,
                          sizeof(text)) != FOB_OK)
        out->status = FOB_E_TOO_LONG;
    bytes_out_put_text(out, "\"secret\":");
    bytes_out_put_string(out, text);
    fob_wipe(text, sizeof(text));
}

static void put_info(struct bytes_out *out, const struct fob_account *account)
{
    bytes_out_put_text(out, ",\"info\":{");
    put_secret(out, account);
    put_text(out, "algo",
             account->hash == FOB_SHA512   ? "SHA512"
             : account->hash == FOB_SHA256 ? "SHA256"
                                           : "SHA1");
    put_number(out, "digits", account->digits);
    if (account->type == FOB_HOTP)
        put_number(out, "counter", account->counter);
    else
        put_number(out, "period", account->period_s);
    bytes_out_put_text(out, "}");
}

static void put_entry(struct bytes_out *out, const struct fob_account *account,
                      const char *uuid, const char *note)
{
    bytes_out_put_text(out, "{\"type\":");
    bytes_out_put_string(out, account->type == FOB_HOTP ? "hotp" : "totp");
    put_text(out, "uuid", uuid);
    put_text(out, "name", account->label);
    put_text(out, "issuer", account->issuer);
    put_text(out, "note", note);
    bytes_out_put_text(out, ",\"favorite\":false,\"icon\":null");
    put_info(out, account);
    bytes_out_put_text(out, ",\"groups\":[]}");
}

enum fob_status fob_aegis_put(struct fob_aegis *aegis,
                              const struct fob_account *account,
                              const char *note)
{
    struct bytes_out *out = &aegis->content;
    char uuid[UUID_TEXT_LEN + 1];

    if (uuid_make(uuid) != FOB_OK)
        return FOB_E_FAILED;
    if (aegis->count++ == 0)
        bytes_out_put_text(out, "{\"version\":3,\"entries\":[");
    else
        bytes_out_put_text(out, ",");
    put_entry(out, account, uuid, note);
    return out->status;
}

enum fob_status fob_aegis_seal(struct fob_aegis *aegis,
                               const struct fob_secret *password,
                               struct fob_secret *file)
{
    struct bytes_out *out = &aegis->content;
    enum fob_status status;

    if (aegis->count == 0)
        bytes_out_put_text(out, "{\"version\":3,\"entries\":[");
    bytes_out_put_text(out, "],\"groups\":[],\"icons_optimized\":true}");
    status = out->status;
    if (status == FOB_OK)
        status = aegis_seal(&out->data, password, file);
    fob_aegis_free(aegis);
    return status;
}

void fob_aegis_free(struct fob_aegis *aegis)
{
    bytes_out_free(&aegis->content);
    *aegis = (struct fob_aegis){0};
}
