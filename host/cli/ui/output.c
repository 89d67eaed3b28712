/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/output.h"

#include "host/base/file.h"
#include "host/base/shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void output_put(struct output *output, const void *data, size_t len)
{
    if (output->status == FOB_OK && len > 0)
        output->status = fob_secret_append(&output->data, data, len);
}

void output_put_text(struct output *output, const char *text)
{
    output_put(output, text, strlen(text));
}

void output_put_char(struct output *output, char byte)
{
    output_put(output, &byte, 1);
}

void output_put_shown(struct output *output, const void *text, size_t len)
{
    struct fob_secret shown = {0};

    if (output->status != FOB_OK || len == 0)
        return;
    output->status = fob_secret_alloc(&shown, len * FOB_SHOWN_GROWTH + 1);
    if (output->status == FOB_OK)
        output_put(output, shown.data,
                   fob_shown_put((char *)shown.data, len * FOB_SHOWN_GROWTH + 1,
                                 text, len));
    fob_secret_free(&shown);
}

void output_put_name(struct output *output, const void *text, size_t len)
{
    if (isatty(STDOUT_FILENO))
        output_put_shown(output, text, len);
    else
        output_put(output, text, len);
}

void output_put_number(struct output *output, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, number);
    output_put_text(output, text);
}

enum fob_status output_write(struct output *output, int fd, const char *what,
                             struct fob_error *error)
{
    if (output->status != FOB_OK)
        return fob_error_no_memory(error);
    if (output->data.len == 0)
        return FOB_OK;
    if (fob_file_write_all(fd, output->data.data, output->data.len) != FOB_OK)
        return fob_error_errno(error, FOB_E_IO, "cannot write to %s", what);
    return FOB_OK;
}

void output_free(struct output *output)
{
    fob_secret_free(&output->data);
    output->status = FOB_OK;
}
