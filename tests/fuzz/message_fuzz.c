/* SPDX-License-Identifier: MIT */
/* What a peer may send: decode it, walk every field, and encode it again. */
#include "host/wire/message.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

static void rebuild(const struct fob_reader *from, struct fob_message *to)
{
    struct fob_reader fields = *from;
    struct fob_field field;
    char text[16];

    while (fob_message_next(&fields, &field)) {
        fob_message_put(to, field.tag, field.data, field.len);
        (void)!fob_fields_text(from, field.tag, text, sizeof(text));
        (void)fob_fields_number(from, field.tag, 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fob_message message = {0}, again = {0};
    struct fob_reader fields;

    if (size > 0 && fob_message_check_fields(data, size) == FOB_OK &&
        fob_secret_copy(&message.fields, data, size) == FOB_OK) {
        fob_message_fields(&message, &fields);
        rebuild(&fields, &again);
        if (again.fields.len != message.fields.len ||
            (again.fields.len > 0 &&
             memcmp(again.fields.data, message.fields.data, again.fields.len) !=
                 0))
            abort();
    }
    fob_message_free(&again);
    fob_message_free(&message);
    return 0;
}
