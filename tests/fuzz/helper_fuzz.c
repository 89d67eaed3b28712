/* SPDX-License-Identifier: MIT */
/*
 * What fob hears from its helpers, also from one that was taken over: the
 * first byte is 'q' for fob-qr, 'p' for a pinentry, 'f' for fob-flash; and 'k'
 * for a file that may be a picture.
 * Nothing is read beyond it, and it does not matter how it is cut.
 */
#include "host/cli/helper/flash.h"
#include "host/cli/helper/picture.h"
#include "host/cli/helper/qr.h"
#include "host/cli/ui/pinentry.h"

#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
    if (!held)
        abort();
}

static void try_qr(const uint8_t *data, size_t len)
{
    struct qr_codes codes = {.count = 0};
    struct fob_error error = {0};
    const uint8_t *text;
    size_t text_len, left;

    if (fob_secret_copy(&codes.reply, data, len) != FOB_OK)
        return;
    if (qr_parse(&codes, "x.png", &error) == FOB_OK) {
        must(codes.count > 0);
        for (left = codes.count; qr_next(&codes, &text, &text_len); left--)
            must(left > 0 && text >= codes.reply.data &&
                 text_len <=
                     codes.reply.len - (size_t)(text - codes.reply.data));
    } else {
        must(error.text[0] != '\0');
    }
    qr_free(&codes);
}

static void try_kind(const uint8_t *data, size_t len)
{
    struct fob_secret content = {NULL, 0, 0};
    struct fob_error error = {0};
    enum picture_kind kind;

    if (fob_secret_copy(&content, data, len) != FOB_OK)
        return;
    kind = picture_kind_of(&content);
    must(qr_is_picture(&content) == (kind != PICTURE_NONE));
    if (kind != PICTURE_NONE && kind != PICTURE_READ)
        must(picture_refuse(kind, "x", &error) == FOB_E_UNSUPPORTED &&
             error.hint[0] != '\0');
    fob_secret_free(&content);
}

static void try_pinentry(const uint8_t *data, size_t len)
{
    struct fob_secret said = {NULL, 0, 0}, answer = {NULL, 0, 0};

    if (fob_secret_copy(&said, data, len) != FOB_OK)
        return;
    if (pinentry_parse(&said, &answer) == FOB_OK)
        must(answer.len + 2 <= len);
    fob_secret_free(&answer);
    fob_secret_free(&said);
}

static struct flash_listener hear(const uint8_t *data, size_t len, size_t piece)
{
    static struct ui ui = {.is_quiet = true};
    struct flash_listener listener = {.ui = &ui};
    struct fob_secret output = {(uint8_t *)(uintptr_t)data, 0, len};

    while (output.len < len) {
        output.len += len - output.len < piece ? len - output.len : piece;
        flash_hear(&listener, &output);
    }
    return listener;
}

static void try_flash(const uint8_t *data, size_t len)
{
    struct flash_listener whole = hear(data, len, len);
    struct flash_listener pieces = hear(data, len, 3);

    must(memcmp(&whole.facts, &pieces.facts, sizeof(whole.facts)) == 0);
    must(whole.fault.status == pieces.fault.status);
    must(strcmp(whole.fault.text, pieces.fault.text) == 0);
    must(whole.heard == pieces.heard && whole.heard <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (size == 0 || fob_secret_start() != FOB_OK)
        return -1;
    copy = exact_copy(data + 1, size - 1);
    if (data[0] == 'q')
        try_qr(copy, size - 1);
    else if (data[0] == 'p')
        try_pinentry(copy, size - 1);
    else if (data[0] == 'f')
        try_flash(copy, size - 1);
    else if (data[0] == 'k')
        try_kind(copy, size - 1);
    free(copy);
    return 0;
}
