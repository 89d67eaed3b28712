/* SPDX-License-Identifier: MIT */
#include "host/import/apps/bitwarden_text.h"

#include "host/import/json/base64.h"
#include "host/import/json/json_view.h"
#include "src/hmac.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>

/* One block of HKDF-Expand (RFC 5869, 2.3). */
static void expand_key(const uint8_t *key, const char *purpose,
                       uint8_t expanded[static FOB_SHA256_LEN])
{
    static const uint8_t number = 1;
    struct fob_hmac_key hmac;
    struct fob_digest digest;

    fob_hmac_key_init(&hmac, &fob_sha256, key, CIPHER_KEY_LEN);
    fob_hmac_init(&digest, &hmac);
    fob_digest_update(&digest, purpose, strlen(purpose));
    fob_digest_update(&digest, &number, sizeof(number));
    fob_hmac_final(&digest, &hmac, expanded);
    fob_hmac_key_clear(&hmac);
}

/* Exactly `len` bytes. */
static bool read_exact(struct fob_span base64, uint8_t *bytes, size_t len)
{
    uint8_t room[2 * BITWARDEN_MAC_LEN];
    size_t got;

    if (base64.len > sizeof(room) ||
        base64_decode(base64.at, base64.len, room, &got) != FOB_OK ||
        got != len)
        return false;
    memcpy(bytes, room, len);
    return true;
}

/* The text becomes its second part, decoded where it stands. */
static enum fob_status read_parts(struct bitwarden_text *text)
{
    struct fob_secret *sealed = &text->sealed;
    struct fob_span mac = fob_span_of((const char *)sealed->data, sealed->cap);
    struct fob_span kind = fob_span_cut(&mac, '.');
    struct fob_span iv = fob_span_cut(&mac, '|'), data;

    if (!fob_span_is(kind, "2"))
        return iv.at != NULL && kind.len == 1 ? FOB_E_VERSION : FOB_E_SYNTAX;
    data = fob_span_cut(&mac, '|');
    if (mac.at == NULL || !read_exact(iv, text->iv, sizeof(text->iv)) ||
        !read_exact(mac, text->mac, sizeof(text->mac)))
        return FOB_E_SYNTAX;
    memmove(sealed->data, data.at, data.len);
    return base64_decode((const char *)sealed->data, data.len, sealed->data,
                         &sealed->len);
}

enum fob_status bitwarden_text_read(struct fob_span value,
                                    struct bitwarden_text *text)
{
    enum fob_status status;

    *text = (struct bitwarden_text){0};
    status = fob_secret_alloc(&text->sealed, value.len);
    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)text->sealed.data,
                                    text->sealed.cap);
    if (status == FOB_OK)
        status = read_parts(text);
    if (status != FOB_OK)
        bitwarden_text_free(text);
    return status;
}

void bitwarden_text_free(struct bitwarden_text *text)
{
    fob_secret_free(&text->sealed);
}

bool bitwarden_text_is_of(const struct bitwarden_text *text,
                          const uint8_t key[static CIPHER_KEY_LEN])
{
    uint8_t mac_key[FOB_SHA256_LEN], mac[FOB_SHA256_LEN];
    struct fob_hmac_key hmac;
    struct fob_digest digest;

    expand_key(key, "mac", mac_key);
    fob_hmac_key_init(&hmac, &fob_sha256, mac_key, sizeof(mac_key));
    fob_hmac_init(&digest, &hmac);
    fob_digest_update(&digest, text->iv, sizeof(text->iv));
    fob_digest_update(&digest, text->sealed.data, text->sealed.len);
    fob_hmac_final(&digest, &hmac, mac);
    fob_hmac_key_clear(&hmac);
    fob_wipe(mac_key, sizeof(mac_key));
    return fob_equal(mac, text->mac, sizeof(mac));
}

enum fob_status bitwarden_text_open(struct bitwarden_text *text,
                                    const uint8_t key[static CIPHER_KEY_LEN])
{
    uint8_t text_key[FOB_SHA256_LEN];
    enum fob_status status;

    expand_key(key, "enc", text_key);
    status = cipher_cbc_open(text_key, text->iv, &text->sealed);
    fob_wipe(text_key, sizeof(text_key));
    return status;
}
