/* SPDX-License-Identifier: MIT */
#include "host/aws/url.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

struct sample {
    const char *text;
    const char *authority;
    bool tls;
    bool loopback;
    const char *path;
    const char *query;
};

static const struct sample GOOD[] = {
    {"https://sts.amazonaws.com", "sts.amazonaws.com", true, false, "", ""},
    {"HTTPS://STS.Amazonaws.com/", "sts.amazonaws.com", true, false, "/", ""},
    {"https://h:443/a/b?c=d&e", "h", true, false, "/a/b", "c=d&e"},
    {"https://h:80", "h:80", true, false, "", ""},
    {"https://h?", "h", true, false, "", ""},
    {"http://127.0.0.1:8080/x", "127.0.0.1:8080", false, true, "/x", ""},
    {"http://127.9.9.9", "127.9.9.9", false, true, "", ""},
    {"http://localhost:80/", "localhost", false, true, "/", ""},
    {"http://[::1]:65535", "[::1]:65535", false, true, "", ""},
    {"https://[2001:db8::1]", "[2001:db8::1]", true, false, "", ""},
};

struct refusal {
    const char *text;
    enum fob_status status;
};

static const struct refusal BAD[] = {
    {"", FOB_E_SYNTAX},
    {"sts.amazonaws.com", FOB_E_SYNTAX},
    {"ftp://h/", FOB_E_SYNTAX},
    {"file:///etc/passwd", FOB_E_SYNTAX},
    {"https:///", FOB_E_SYNTAX},
    {"https://", FOB_E_SYNTAX},
    {"https://user@h/", FOB_E_SYNTAX},
    {"https://user:pass@h/", FOB_E_SYNTAX},
    {"https://h/#f", FOB_E_SYNTAX},
    {"https://h /", FOB_E_SYNTAX},
    {"https://h/\r\nX: y", FOB_E_SYNTAX},
    {"https://h\\@x/", FOB_E_SYNTAX},
    {"https://h:", FOB_E_SYNTAX},
    {"https://h:0", FOB_E_SYNTAX},
    {"https://h:65536", FOB_E_SYNTAX},
    {"https://h:000443", FOB_E_SYNTAX},
    {"https://h:1x", FOB_E_SYNTAX},
    {"https://[::1", FOB_E_SYNTAX},
    {"https://[::1]x", FOB_E_SYNTAX},
    {"https://[h]", FOB_E_SYNTAX},
    {"https://-h", FOB_E_SYNTAX},
    {"https://\xc3\xa9/", FOB_E_SYNTAX},
    {"http://sts.amazonaws.com", FOB_E_USAGE},
    {"http://10.0.0.1/", FOB_E_USAGE},
    {"http://128.0.0.1/", FOB_E_USAGE},
    {"http://0.0.0.0/", FOB_E_USAGE},
    {"http://127.1/", FOB_E_USAGE},
    {"http://2130706433/", FOB_E_USAGE},
    {"http://localhost.example/", FOB_E_USAGE},
    {"http://[::ffff:127.0.0.1]/", FOB_E_USAGE},
    {"http://127.0.0.1.example/", FOB_E_USAGE},
};

static void test_good(const struct sample *sample)
{
    char *text = exact_copy(sample->text, strlen(sample->text) + 1);
    char authority[FOB_URL_HOST_MAX + 9];
    struct fob_url url;

    tap_ok(fob_url_parse(text, &url) == FOB_OK && url.tls == sample->tls &&
               url.loopback == sample->loopback &&
               fob_url_authority(&url, authority, sizeof(authority)) ==
                   FOB_OK &&
               strcmp(authority, sample->authority) == 0 &&
               url.path_len == strlen(sample->path) &&
               memcmp(url.path, sample->path, url.path_len) == 0 &&
               strcmp(url.query, sample->query) == 0,
           "%s", sample->text);
    free(text);
}

static void test_bad(const struct refusal *refusal)
{
    char *text = exact_copy(refusal->text, strlen(refusal->text) + 1);
    static const struct fob_url zero;
    struct fob_url url;

    memset(&url, 0xff, sizeof(url));
    tap_ok(fob_url_parse(text, &url) == refusal->status &&
               memcmp(&url, &zero, sizeof(url)) == 0,
           "refused: case %td", refusal - BAD);
    free(text);
}

static void test_lengths(void)
{
    char *text = exact_copy(NULL, FOB_URL_MAX + 2);
    struct fob_url url;
    char small[4];

    memset(text, 'a', FOB_URL_MAX);
    memcpy(text, "https://h/", 10);
    tap_ok(fob_url_parse(text, &url) == FOB_OK, "the longest URL");
    text[FOB_URL_MAX] = 'a';
    tap_ok(fob_url_parse(text, &url) == FOB_E_TOO_LONG, "one byte more");
    memcpy(text, "https://", 8);
    memset(text + 8, 'h', 300);
    tap_ok(fob_url_parse(text, &url) == FOB_E_TOO_LONG, "a host too long");
    tap_ok(fob_url_parse("https://host", &url) == FOB_OK &&
               fob_url_authority(&url, small, sizeof(small)) == FOB_E_TOO_LONG,
           "an authority that does not fit");
    free(text);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(GOOD) / sizeof(GOOD[0]); i++)
        test_good(&GOOD[i]);
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++)
        test_bad(&BAD[i]);
    test_lengths();
    return tap_done();
}
