/* SPDX-License-Identifier: MIT */
/*
 * fob_import_read for script tests: the passwords to offer as arguments, and
 * the file on stdin, or after "--" the files, whose pictures are named .png and
 * are the texts of their codes; "--force" in front.  Prints a line for each
 * account: place, status and fault, then issuer, label and secret in hex, type,
 * hash, digits, period, counter, the place's unit and the file's name, with
 * tabs between; at the end the times a password was asked for and was wrong,
 * the status and the error's text.
 */
#include "host/base/text.h"
#include "host/import/import.h"
#include "tests/lib/exact.h"

#include <fcntl.h>
#include <unistd.h>

struct offer {
    char **passwords; /* ends with NULL */
    unsigned asked;
    unsigned wrong;
};

static void print_hex(const void *data, size_t len)
{
    char hex[2 * FOB_SECRET_MAX + 4];

    fob_text_hex(data, len, hex);
    printf("%s\t", len > 0 ? hex : "-");
}

static enum fob_status ask(void *context, const char *file, bool wrong,
                           struct fob_secret *password, struct fob_error *error)
{
    struct offer *offer = context;
    const char *text = *offer->passwords;

    (void)file;
    offer->asked++;
    offer->wrong += wrong;
    if (text == NULL)
        return fob_error_set(error, FOB_E_NOBODY, "no password is left");
    offer->passwords++;
    return fob_secret_copy(password, text, strlen(text));
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    const struct fob_account *account = item->account;

    (void)context;
    (void)error;
    printf("%zu\t%#x\t%s\t", item->place, (unsigned)item->status, item->fault);
    print_hex(account->issuer, strlen(account->issuer));
    print_hex(account->label, strlen(account->label));
    print_hex(account->secret, account->secret_len);
    printf("%d\t%d\t%d\t%u\t%llu\t%s\t%s\n", (int)account->type,
           (int)account->hash, account->digits, (unsigned)account->period_s,
           (unsigned long long)account->counter, item->unit,
           item->file != NULL ? item->file : "-");
    return FOB_OK;
}

enum { FILES_MAX = 16 };

/* The one on stdin has no name. */
static size_t read_files(char **names, struct fob_import_file *files,
                         uint8_t **exact)
{
    size_t count = 0;

    for (bool more = true; more && count < FILES_MAX; count++) {
        const char *name = names != NULL ? names[count] : NULL;
        struct fob_secret content = {0};
        int fd = name != NULL ? open(name, O_RDONLY) : 0;

        if (fd < 0 ||
            fob_secret_read(&content, fd, FOB_IMPORT_MAX + 1) != FOB_OK)
            exit(1);
        exact[count] = exact_copy(content.data, content.len);
        files[count] = (struct fob_import_file){
            .name = name,
            .data = {(const char *)exact[count], content.len},
            .is_picture = name != NULL && strstr(name, ".png") != NULL,
        };
        fob_secret_free(&content);
        more = names != NULL && names[count + 1] != NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    bool force = argc > 1 && strcmp(argv[1], "--force") == 0;
    struct offer offer = {.passwords = argv + 1 + force};
    const struct fob_import_callbacks face = {
        .context = &offer, .takes_parts = force, .ask = ask, .take = take};
    struct fob_import_file files[FILES_MAX];
    uint8_t *exact[FILES_MAX];
    struct fob_error error = {0};
    char **names = NULL;
    enum fob_status status;
    size_t count;

    for (int i = 1; i < argc && names == NULL; i++)
        if (strcmp(argv[i], "--") == 0) {
            names = argv + i + 1;
            argv[i] = NULL;
        }
    if (fob_secret_start() != FOB_OK)
        return 1;
    count = read_files(names, files, exact);
    status = fob_import_read(files, count, &face, &error);
    printf("%u\t%u\t%#x\t%s\n", offer.asked, offer.wrong, (unsigned)status,
           error.text);
    for (size_t i = 0; i < count; i++)
        free(exact[i]);
    return 0;
}
