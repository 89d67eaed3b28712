/* SPDX-License-Identifier: MIT */
/* fob-qr at work: pictures are parsed in its sandbox, never here. */
#ifndef FOB_HOST_CLI_HELPER_QR_H
#define FOB_HOST_CLI_HELPER_QR_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/cli/ui/ui.h"
#include "src/bytes.h"

enum { QR_PICTURE_MAX = 16 << 20 };

/* The codes of one picture; read them in order with qr_next. */
struct qr_codes {
    struct fob_secret reply;
    struct fob_reader at;
    size_t count;
    bool is_incomplete; /* there is another, which could not be read */
};

/* Decode a PNG, JPEG or WebP, called `name` in texts, into the empty `codes`.
 * FOB_OK means at least one.  Of other pictures (host/cli/helper/picture.h) the
 * error says how to make a PNG. */
FOB_MUST_CHECK enum fob_status qr_decode(const struct fob_secret *picture,
                                         const char *name,
                                         struct qr_codes *codes,
                                         struct fob_error *error);

/* What fob-qr replied (docs/protocol.md), in codes->reply. */
FOB_MUST_CHECK enum fob_status
qr_parse(struct qr_codes *codes, const char *name, struct fob_error *error);

/* A view of the next text; false after the last. */
bool qr_next(struct qr_codes *codes, const uint8_t **text, size_t *len);
void qr_free(struct qr_codes *codes);

enum qr_form { QR_LINES, QR_COLOUR_LINES, QR_PNG };

/* Draw `text` into the empty `drawing`. */
FOB_MUST_CHECK enum fob_status qr_encode(const void *text, size_t len,
                                         enum qr_form form,
                                         struct fob_secret *drawing,
                                         struct fob_error *error);

/* A note, if these are not all the codes of the picture `name`. */
void qr_note_incomplete(struct ui *ui, const struct qr_codes *codes,
                        const char *name);

/* Whether bytes begin like a picture, of whatever kind. */
bool qr_is_picture(const struct fob_secret *content);

/* Whether a text is for fob, a seed or an export, going by how it begins; and
 * whether there is one among those that qr_next has yet to give. */
bool qr_is_otpauth(const uint8_t *text, size_t len);
bool qr_has_otpauth(struct qr_codes codes);

#endif
