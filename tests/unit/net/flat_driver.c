/* SPDX-License-Identifier: MIT */
/*
 * For tests/vectors/flat_botocore_test.py: bodies on stdin, one a line, as
 * "xml HEX" or "json HEX"; on stdout the pairs of each as words in hex, path
 * and value by turns, or "fault".
 */
#include "host/net/json.h"
#include "host/net/xml.h"

#include "tests/lib/exact.h"

static void print_hex(const char *text)
{
    if (*text == '\0')
        printf("-");
    for (; *text != '\0'; text++)
        printf("%02x", (unsigned char)*text);
    printf(" ");
}

static void answer(const struct net_flat *flat)
{
    const struct fob_exchange_reply reply = {.pairs = flat->pairs.data,
                                             .pairs_len = flat->pairs.len};
    struct fob_exchange_pair pair;
    size_t at = 0;

    if (flat->fault != NULL)
        printf("fault");
    while (flat->fault == NULL && fob_exchange_next(&reply, &at, &pair)) {
        print_hex(pair.path);
        print_hex(pair.value);
    }
    printf("\n");
}

int main(void)
{
    static char line[1 << 20];
    struct net_flat flat;

    if (fob_secret_start() != FOB_OK)
        return 1;
    while (fgets(line, sizeof(line), stdin) != NULL) {
        char *hex = strchr(line, ' ');
        uint8_t *body;
        size_t len;

        line[strcspn(line, "\n")] = '\0';
        if (hex == NULL || net_flat_init(&flat) != FOB_OK)
            return 1;
        body = exact_hex(hex + 1, &len);
        if (line[0] == 'x')
            net_xml_flatten(&flat, body, len);
        else
            net_json_flatten(&flat, body, len, false);
        answer(&flat);
        net_flat_free(&flat);
        free(body);
    }
    return 0;
}
