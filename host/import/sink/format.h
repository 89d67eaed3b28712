/* SPDX-License-Identifier: MIT */
/* One kind of file: how it is recognised and read. */
#ifndef FOB_HOST_IMPORT_SINK_FORMAT_H
#define FOB_HOST_IMPORT_SINK_FORMAT_H

#include "host/import/sink/sink.h"

struct import_file {
    struct fob_span text; /* all of it, but for a byte order mark */
    struct fob_span json; /* its value, of fob_json_view_open; .at is NULL if
                             the file is no JSON */
    bool is_picture;      /* the text is that of its codes, a line each */
};

struct import_format {
    const char *app; /* whose files: "Aegis" */
    /* Looks at what every file of the kind has, and no other's; parses as
     * little as that takes. */
    bool (*is_mine)(const struct import_file *file);
    /* The accounts into the sink, in the order of the file.  Errors as
     * fob_import_read has them. */
    enum fob_status (*read)(const struct import_file *file,
                            struct import_sink *sink);
};

#endif
