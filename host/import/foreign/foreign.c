/* SPDX-License-Identifier: MIT */
#include "host/import/foreign/foreign.h"

#include "host/import/foreign/archive.h"

#include <string.h>

struct kind {
    size_t at;        /* bytes before the mark */
    const char *mark; /* may hold NULs: */
    size_t len;
    const char *what; /* "the file is WHAT" */
    const char *hint;
};

#define MARK(text) text, sizeof(text) - 1

static const char unpack[] = "unpack it, and import what was in it";
static const char export_from_app[] =
    "export from the app instead: an app's own storage is not for other "
    "programs";

static const struct kind kinds[] = {
    /* Pictures do not come so far: fob reads them, or refuses them itself. */
    {4, MARK("ftyp"), "a film", "take a picture of the code, as PNG or JPEG"},
    /* Password managers and other programs' storage. */
    {0, MARK("\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"), "a KeePass database",
     "give what is in it: keepassxc-cli export FILE | fob import -"},
    {0, MARK("\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5"), "a KeePass 1 database",
     "export it from KeePass or KeePassXC as XML"},
    {0, MARK("SQLite format 3\0"),
     "a SQLite database, as Google Authenticator, Microsoft Authenticator and "
     "others have inside",
     export_from_app},
    {0, MARK("\xac\xed\0\x05"),
     "a Java object, as FreeOTP's backup (externalBackup.xml) is",
     "open it with Aegis or Stratum, and export from there"},
    {0, MARK("bplist00"), "a property list of Apple's", export_from_app},
    /* Encrypted by other programs. */
    {0, MARK("-----BEGIN PGP MESSAGE"), "encrypted by OpenPGP",
     "decrypt it first: gpg --decrypt FILE | fob import -"},
    {0, MARK("age-encryption.org/"), "encrypted by age",
     "decrypt it first: age --decrypt FILE | fob import -"},
    {0, MARK("-----BEGIN AGE ENCRYPTED"), "encrypted by age",
     "decrypt it first: age --decrypt FILE | fob import -"},
    {0, MARK("Salted__"), "encrypted by openssl enc",
     "decrypt it first, with openssl enc -d"},
    /* Packed. */
    {0, MARK("\x1f\x8b"), "packed by gzip", unpack},
    {4, MARK("1AY&SY"), "packed by bzip2", unpack},
    {0, MARK("\xfd\x37zXZ\0"), "packed by xz", unpack},
    {0, MARK("\x28\xb5\x2f\xfd"), "packed by zstd", unpack},
    {0, MARK("7z\xbc\xaf\x27\x1c"), "a 7z archive", unpack},
    {0, MARK("Rar!\x1a\x07"), "a RAR archive", unpack},
    {257, MARK("ustar"), "a tar archive", unpack},
    /* Text that is no UTF-8. */
    {0, MARK("\xff\xfe"), "text in UTF-16",
     "convert it first: iconv -f UTF-16 -t UTF-8 FILE | fob import -"},
    {0, MARK("\xfe\xff"), "text in UTF-16",
     "convert it first: iconv -f UTF-16 -t UTF-8 FILE | fob import -"},
    {0,
     MARK("\x7f"
          "ELF"),
     "a program", ""},
};

static bool has_mark(struct fob_span bytes, const struct kind *kind)
{
    return bytes.len >= kind->at + kind->len &&
           memcmp(bytes.at + kind->at, kind->mark, kind->len) == 0;
}

static const struct kind *find_kind(struct fob_span bytes)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (has_mark(bytes, &kinds[i]))
            return &kinds[i];
    return NULL;
}

bool foreign_is_known(struct fob_span bytes)
{
    return archive_is_zip(bytes) || find_kind(bytes) != NULL;
}

bool foreign_is_text(struct fob_span bytes)
{
    enum { LOOK_AT = 4096 };
    size_t len = bytes.len < LOOK_AT ? bytes.len : LOOK_AT, wide = 0;

    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)bytes.at[i];

        /* More than a few bytes beyond ASCII are UTF-8, or no text. */
        if (wide > 0 && (c & 0xc0) != 0x80)
            return false;
        if (wide > 0)
            wide--;
        else if (c >= 0xc2 && c < 0xf5)
            wide = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        else if (c >= 0x7f || (c < ' ' && strchr("\t\n\r\f", c) == NULL))
            return false;
        if (c == '\0')
            return false;
    }
    return true;
}

static bool is_mine(const struct import_file *file)
{
    return file->json.at == NULL && foreign_is_known(file->text);
}

static enum fob_status refuse_file(const struct import_file *file,
                                   struct import_sink *sink)
{
    const struct kind *kind = find_kind(file->text);

    if (kind == NULL)
        return archive_refuse(file->text, sink->error);
    fob_error_set(sink->error, FOB_E_UNSUPPORTED, "the file is %s", kind->what);
    fob_error_advise(sink->error, kind->hint);
    return FOB_E_UNSUPPORTED;
}

const struct import_format import_foreign = {
    .app = "others", .is_mine = is_mine, .read = refuse_file};
