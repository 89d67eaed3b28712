/* SPDX-License-Identifier: MIT */
/* fob-qr: reads one image or one text from stdin, in a sandbox. */
#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/qr/deadline.h"
#include "host/qr/decode.h"
#include "host/qr/encode.h"
#include "host/qr/picture/png.h"
#include "host/qr/reply.h"
#include "host/qr/sandbox.h"

#include <string.h>
#include <unistd.h>

enum { MAIN_PNG_SCALE = 8 };

/* write(2) alone, the one call that the sandbox leaves. */
static enum fob_status main_write(int fd, const void *data, size_t len)
{
    const uint8_t *at = data;

    while (len > 0) {
        ssize_t written = write(fd, at, len);

        if (written <= 0)
            return FOB_E_IO;
        at += written;
        len -= (size_t)written;
    }
    return FOB_OK;
}

static enum fob_status main_read(struct fob_secret *input, size_t max,
                                 const char *what, struct fob_error *error)
{
    enum fob_status status = fob_secret_read(input, STDIN_FILENO, max);

    if (status == FOB_E_TOO_LONG)
        return fob_error_set(error, status, "the %s is larger than fob reads",
                             what);
    if (status != FOB_OK)
        return fob_error_set(error, status, "the %s cannot be read", what);
    return FOB_OK;
}

static enum fob_status main_find_codes(struct fob_codes *codes,
                                       struct fob_error *error)
{
    struct fob_secret file = {0};
    enum fob_status status =
        main_read(&file, FOB_IMAGE_BYTES_MAX, "image", error);

    if (status == FOB_OK)
        status = fob_decode_file(file.data, file.len, codes, error);
    fob_secret_free(&file);
    return status;
}

/* What the alarm answers as long as nothing was found. */
static enum fob_status main_set_alarm(struct fob_error *error)
{
    struct fob_secret late = {0};
    struct fob_error fault = {0};

    fob_error_set(&fault, FOB_E_UNSUPPORTED,
                  "no QR code was found in the %d s that fob looks for one; "
                  "cut the picture down to the whole code",
                  FOB_DEADLINE_S);
    if (fob_reply_fault(&fault, &late) != FOB_OK)
        return fob_error_no_memory(error);
    if (fob_deadline_start(&late) != FOB_OK)
        return fob_error_set(error, FOB_E_IO, "no alarm can be set");
    return FOB_OK;
}

/* A fault is an answer like any other, so that the caller can word it. */
static enum fob_status main_decode(void)
{
    static struct fob_codes codes;
    struct fob_secret reply = {0};
    struct fob_error error = {0};
    enum fob_status status = main_set_alarm(&error);

    fob_decode_prepare();
    if (status == FOB_OK)
        status = fob_sandbox_enter(&qr_sandbox, &error);
    if (status == FOB_OK)
        status = main_find_codes(&codes, &error);
    fob_deadline_end();
    if (status == FOB_OK)
        status = fob_reply_codes(&codes, &reply);
    else
        status = fob_reply_fault(&error, &reply);
    fob_codes_free(&codes);
    if (status == FOB_OK)
        status = main_write(STDOUT_FILENO, reply.data, reply.len);
    fob_secret_free(&reply);
    return status;
}

enum main_form { MAIN_PNG, MAIN_LINES, MAIN_COLOUR_LINES };

static enum fob_status main_draw(const struct fob_image *image,
                                 enum main_form form, struct fob_secret *drawn,
                                 struct fob_error *error)
{
    enum fob_status status;

    if (form == MAIN_PNG)
        return fob_png_write(image, MAIN_PNG_SCALE, drawn, error);
    status = fob_encode_lines(image, form == MAIN_COLOUR_LINES, drawn);
    if (status != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}

static enum fob_status main_encode(enum main_form form, struct fob_error *error)
{
    struct fob_secret text = {0}, drawn = {0};
    struct fob_image image = {0};
    enum fob_status status = fob_sandbox_enter(&qr_sandbox, error);

    if (status == FOB_OK)
        status = main_read(&text, FOB_ENCODE_TEXT_MAX, "text", error);
    if (status == FOB_OK)
        status = fob_encode_text(text.data, text.len, &image, error);
    fob_secret_free(&text);
    if (status == FOB_OK)
        status = main_draw(&image, form, &drawn, error);
    fob_image_free(&image);
    if (status == FOB_OK &&
        main_write(STDOUT_FILENO, drawn.data, drawn.len) != FOB_OK)
        status = fob_error_set(error, FOB_E_IO, "the code cannot be written");
    fob_secret_free(&drawn);
    return status;
}

static int main_complain(const struct fob_error *error)
{
    static const char name[] = "fob-qr: ";

    (void)main_write(STDERR_FILENO, name, sizeof(name) - 1);
    (void)main_write(STDERR_FILENO, error->text, strlen(error->text));
    (void)main_write(STDERR_FILENO, "\n", 1);
    return fob_status_exit(error->status);
}

static bool main_is(int argc, char **argv, const char *first,
                    const char *second, const char *third)
{
    const char *const words[] = {first, second, third};

    for (int i = 0; i < 3; i++) {
        const char *given = i + 1 < argc ? argv[i + 1] : "";

        if (strcmp(given, words[i]) != 0)
            return false;
    }
    return argc <= 4;
}

static int main_run(int argc, char **argv)
{
    struct fob_error error = {0};
    enum fob_status status;

    if (fob_secret_start() != FOB_OK)
        status = fob_error_set(&error, FOB_E_FAILED,
                               "no memory can be kept private");
    else if (main_is(argc, argv, "decode", "", ""))
        return main_decode() == FOB_OK ? 0 : fob_status_exit(FOB_E_IO);
    else if (main_is(argc, argv, "encode", "png", ""))
        status = main_encode(MAIN_PNG, &error);
    else if (main_is(argc, argv, "encode", "terminal", ""))
        status = main_encode(MAIN_LINES, &error);
    else if (main_is(argc, argv, "encode", "terminal", "--ansi"))
        status = main_encode(MAIN_COLOUR_LINES, &error);
    else
        status = fob_error_set(&error, FOB_E_USAGE,
                               "usage: fob-qr decode | encode png | encode "
                               "terminal [--ansi]");
    return status == FOB_OK ? 0 : main_complain(&error);
}

int main(int argc, char **argv)
{
    /* Exit handlers of libraries may want what the sandbox took. */
    _exit(main_run(argc, argv));
}
