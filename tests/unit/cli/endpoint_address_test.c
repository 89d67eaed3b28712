/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint_address.h"

#include "tests/lib/tap.h"

#include <string.h>
#include <unistd.h>

static void good(const char *text, const char *uri)
{
    struct endpoint_address address;
    struct fob_error error = {0};
    char made[ENDPOINT_URI_MAX + 1] = "";

    if (endpoint_address_read(text, &address, &error) == FOB_OK)
        endpoint_address_uri(&address, "/x", made);
    tap_ok(strcmp(made, uri) == 0, "%s is %s", text == NULL ? "nothing" : text,
           uri);
}

static void bad(const char *text, const char *words)
{
    struct endpoint_address address;
    struct fob_error error = {0};

    tap_ok(endpoint_address_read(text, &address, &error) == FOB_E_USAGE &&
               strstr(error.text, words) != NULL,
           "refused, for it %s: %s", words, text);
}

static void test_listen(void)
{
    struct endpoint_address address, taken;
    struct fob_error error = {0};
    char uri[ENDPOINT_URI_MAX + 1], port[sizeof(uri)];
    int first = -1, second = -1;

    if (endpoint_address_read(NULL, &address, &error) != FOB_OK ||
        endpoint_address_listen(&address, &first, &error) != FOB_OK) {
        tap_ok(false, "a free port");
        return;
    }
    endpoint_address_uri(&address, "", uri);
    tap_ok(strncmp(uri, "http://127.0.0.1:", 17) == 0 &&
               strcmp(uri + 17, "0") != 0,
           "a free port is found, and told");
    snprintf(port, sizeof(port), "%s", uri + strlen("http://"));
    tap_ok(endpoint_address_read(port, &taken, &error) == FOB_OK &&
               endpoint_address_listen(&taken, &second, &error) ==
                   FOB_E_FAILED &&
               second == -1 && strstr(error.text, "127.0.0.1") != NULL,
           "one that is taken is an error");
    close(first);
}

int main(void)
{
    good(NULL, "http://127.0.0.1:0/x");
    good("127.0.0.1:8080", "http://127.0.0.1:8080/x");
    good("127.255.3.4", "http://127.255.3.4:0/x");
    good("169.254.170.2:80", "http://169.254.170.2:80/x");
    good("169.254.170.23", "http://169.254.170.23:0/x");
    good("::1", "http://[::1]:0/x");
    good("[::1]", "http://[::1]:0/x");
    good("[fd00:ec2::23]:65535", "http://[fd00:ec2::23]:65535/x");
    bad("0.0.0.0", "open to the network");
    bad("0.0.0.0:80", "open to the network");
    bad("::", "open to the network");
    bad("[::]:80", "open to the network");
    bad("192.168.1.2", "open to the network");
    bad("126.255.255.255", "open to the network");
    bad("128.0.0.1", "open to the network");
    bad("169.254.170.1", "open to the network");
    bad("169.254.169.254", "open to the network");
    bad("fd00:ec2::254", "open to the network");
    /* Mapped: the family of the one, the reach of the other. */
    bad("::ffff:169.254.170.2", "open to the network");
    bad("", "takes an address");
    bad("localhost", "takes an address");
    bad("127.1", "takes an address");
    bad("127.0.0.1:", "takes an address");
    bad("127.0.0.1:65536", "takes an address");
    bad("127.0.0.1:8080x", "takes an address");
    bad("[::1", "takes an address");
    bad("[::1]80", "takes an address");
    bad("127.0.0.1/8", "takes an address");
    test_listen();
    return tap_done();
}
