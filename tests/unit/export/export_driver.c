/* SPDX-License-Identifier: MIT */
/*
 * host/export for script tests: export_driver KIND EACH URI_MAX PASSWORD, and
 * on stdin a line for each account: its name, issuer, label and secret in hex,
 * "-" for nothing, then type, hash, digits, period and counter, with tabs
 * between.  Prints a line for each - the status, the code it is in, its URI or
 * what is against it - and then, each on a line, Google's URIs or Aegis's file.
 */
#include "host/export/export.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX = 4096 };

static size_t read_hex(const char *text, void *data, size_t cap)
{
    size_t len = 0;

    if (strcmp(text, "-") == 0)
        return 0;
    for (; len < cap && text[2 * len] != '\0'; len++) {
        unsigned byte;

        if (sscanf(text + 2 * len, "%2x", &byte) != 1)
            exit(2);
        ((uint8_t *)data)[len] = (uint8_t)byte;
    }
    return len;
}

static void read_account(char *line, char *name, struct fob_account *account)
{
    char *field[4];
    int type, hash, digits;

    memset(account, 0, sizeof(*account));
    for (int i = 0; i < 4; i++)
        field[i] = strtok(i == 0 ? line : NULL, "\t");
    name[read_hex(field[0], name, 255)] = '\0';
    read_hex(field[1], account->issuer, FOB_ISSUER_MAX);
    read_hex(field[2], account->label, FOB_LABEL_MAX);
    account->secret_len = read_hex(field[3], account->secret, FOB_SECRET_MAX);
    if (sscanf(strtok(NULL, ""), "%d\t%d\t%d\t%" SCNu32 "\t%" SCNu64, &type,
               &hash, &digits, &account->period_s, &account->counter) != 5)
        exit(2);
    account->type = (enum fob_otp_type)type;
    account->hash = (enum fob_hash)hash;
    account->digits = (uint8_t)digits;
}

static void put_line(struct fob_export *out, char *line)
{
    struct fob_account account;
    struct fob_export_item item = {0};
    char name[256];
    enum fob_status status;

    read_account(line, name, &account);
    status = fob_export_put(out, &account, name, &item);
    printf("%#x\t%zu\t%s\n", (unsigned)status, item.code,
           item.fault != NULL      ? item.fault
           : item.uri.data != NULL ? (char *)item.uri.data
                                   : "");
    fob_secret_free(&item.uri);
}

static void end_google(const struct fob_export *out)
{
    struct fob_google_cursor cursor = {0};
    struct fob_secret uri = {0};

    while (fob_google_next(&out->google, &cursor, &uri) == FOB_OK) {
        printf("%s\n", (char *)uri.data);
        fob_secret_free(&uri);
    }
}

static void end_aegis(struct fob_export *out, const char *text)
{
    struct fob_secret password = {0}, file = {0};

    if (fob_secret_copy(&password, text, strlen(text)) != FOB_OK ||
        fob_aegis_seal(&out->aegis, &password, &file) != FOB_OK)
        exit(1);
    printf("%.*s", (int)file.len, (char *)file.data);
    fob_secret_free(&password);
    fob_secret_free(&file);
}

int main(int argc, char **argv)
{
    struct fob_export out = {0};
    char line[LINE_MAX];

    if (argc != 5 || fob_secret_start() != FOB_OK ||
        fob_export_find(argv[1], &out.kind) != FOB_OK ||
        fob_google_start(&out.google, strtoul(argv[2], NULL, 10),
                         strtoul(argv[3], NULL, 10)) != FOB_OK)
        return 1;
    while (fgets(line, sizeof(line), stdin) != NULL)
        put_line(&out, line);
    if (out.kind == FOB_EXPORT_GOOGLE)
        end_google(&out);
    if (out.kind == FOB_EXPORT_AEGIS)
        end_aegis(&out, argv[4]);
    fob_export_free(&out);
    return 0;
}
