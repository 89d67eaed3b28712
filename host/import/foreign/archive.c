/* SPDX-License-Identifier: MIT */
#include "host/import/foreign/archive.h"

#include "src/bytes.h"

#include <string.h>

/* A local file header (APPNOTE 4.3.7), up to the name. */
enum { NAME_LEN_AT = 26, NAME_AT = 30 };

bool archive_is_zip(struct fob_span bytes)
{
    static const char mark[] = "PK\x03\x04";

    return bytes.len >= sizeof(mark) - 1 &&
           memcmp(bytes.at, mark, sizeof(mark) - 1) == 0;
}

static struct fob_span first_name(struct fob_span zip)
{
    size_t len;

    if (zip.len < NAME_AT)
        return (struct fob_span){0};
    len = (uint8_t)zip.at[NAME_LEN_AT] |
          (size_t)(uint8_t)zip.at[NAME_LEN_AT + 1] << 8;
    if (len > zip.len - NAME_AT)
        len = zip.len - NAME_AT;
    return (struct fob_span){zip.at + NAME_AT, len};
}

static bool begins(struct fob_span name, const char *with)
{
    return name.len >= strlen(with) && memcmp(name.at, with, strlen(with)) == 0;
}

enum fob_status archive_refuse(struct fob_span zip, struct fob_error *error)
{
    static const struct {
        const char *first;
        const char *whose;
        const char *hint;
    } known[] = {
        {"raivo-otp-export", "an archive of Raivo's",
         "unpack it (7z x FILE, with Raivo's password), and import the JSON in "
         "it"},
        {"export.attributes", "an export of 1Password's (1pux)",
         "give what is in it: unzip -p FILE export.data | fob import -"},
        {"export.data", "an export of 1Password's (1pux)",
         "give what is in it: unzip -p FILE export.data | fob import -"},
        {"Proton Pass/", "an export of Proton Pass",
         "give what is in it: unzip -p FILE | fob import -"},
        {"data.json", "an export of Bitwarden with attachments",
         "give what is in it: unzip -p FILE data.json | fob import -"},
    };
    struct fob_span name = first_name(zip);

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        if (!begins(name, known[i].first))
            continue;
        fob_error_set(error, FOB_E_UNSUPPORTED, "the file is %s",
                      known[i].whose);
        fob_error_advise(error, known[i].hint);
        return FOB_E_UNSUPPORTED;
    }
    fob_error_set(error, FOB_E_UNSUPPORTED, "the file is a zip archive");
    fob_error_advise(error, "unpack it, and import what was in it");
    return FOB_E_UNSUPPORTED;
}
