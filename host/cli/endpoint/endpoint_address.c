/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint_address.h"

#include "host/base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 64, PORT_MAX = 65535 };

/* The addresses of ECS and EKS; what botocore, Go, JavaScript and Java take
 * beside loopback. */
static const char *const containers[] = {"169.254.170.2", "169.254.170.23",
                                         "fd00:ec2::23"};

static bool is_sdks(const struct endpoint_address *address)
{
    const struct in6_addr *six = &address->at.ip6.sin6_addr;
    struct in6_addr known;

    for (size_t i = 0; i < sizeof(containers) / sizeof(containers[0]); i++) {
        if (address->at.any.sa_family == AF_INET) {
            if (inet_pton(AF_INET, containers[i], &known) == 1 &&
                memcmp(&known, &address->at.ip4.sin_addr,
                       sizeof(struct in_addr)) == 0)
                return true;
        } else if (inet_pton(AF_INET6, containers[i], &known) == 1 &&
                   memcmp(&known, six, sizeof(known)) == 0) {
            return true;
        }
    }
    return address->at.any.sa_family == AF_INET
               ? ntohl(address->at.ip4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET
               : IN6_IS_ADDR_LOOPBACK(six);
}

/* A colon ends the address unless another one is in it, as in IPv6's without
 * brackets. */
static enum fob_status split_text(const char *text,
                                  char host[static INET6_ADDRSTRLEN],
                                  const char **port)
{
    const char *colon = strchr(text, ':'), *end;

    if (text[0] == '[') {
        end = strchr(++text, ']');
        if (end == NULL || (end[1] != '\0' && end[1] != ':'))
            return FOB_E_SYNTAX;
        *port = end[1] == ':' ? end + 2 : "0";
    } else {
        end = text + strlen(text);
        *port = "0";
        if (colon != NULL && strchr(colon + 1, ':') == NULL) {
            end = colon;
            *port = colon + 1;
        }
    }
    return fob_text_format(host, INET6_ADDRSTRLEN, "%.*s", (int)(end - text),
                           text);
}

static enum fob_status read_text(const char *text,
                                 struct endpoint_address *address)
{
    char host[INET6_ADDRSTRLEN];
    const char *port = "0";
    uint64_t number = 0;

    *address = (struct endpoint_address){0};
    if (split_text(text, host, &port) != FOB_OK ||
        fob_text_number(port, PORT_MAX, &number) != FOB_OK)
        return FOB_E_SYNTAX;
    if (inet_pton(AF_INET, host, &address->at.ip4.sin_addr) == 1) {
        address->at.ip4.sin_family = AF_INET;
        address->at.ip4.sin_port = htons((uint16_t)number);
        address->len = sizeof(address->at.ip4);
        return FOB_OK;
    }
    if (inet_pton(AF_INET6, host, &address->at.ip6.sin6_addr) != 1)
        return FOB_E_SYNTAX;
    address->at.ip6.sin6_family = AF_INET6;
    address->at.ip6.sin6_port = htons((uint16_t)number);
    address->len = sizeof(address->at.ip6);
    return FOB_OK;
}

enum fob_status endpoint_address_read(const char *text,
                                      struct endpoint_address *address,
                                      struct fob_error *error)
{
    if (read_text(text == NULL ? "127.0.0.1" : text, address) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "--listen takes an address such as 127.0.0.1 or "
                             "169.254.170.2:80");
    if (is_sdks(address))
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE,
                  "SDKs ask no endpoint at %s, and it may be open to the "
                  "network",
                  text);
    fob_error_hint(error, "use loopback, 169.254.170.2, 169.254.170.23 or "
                          "fd00:ec2::23");
    return FOB_E_USAGE;
}

static void format_host(const struct endpoint_address *address,
                        char host[static INET6_ADDRSTRLEN])
{
    const void *at = address->at.any.sa_family == AF_INET
                         ? (const void *)&address->at.ip4.sin_addr
                         : (const void *)&address->at.ip6.sin6_addr;

    if (inet_ntop(address->at.any.sa_family, at, host, INET6_ADDRSTRLEN) ==
        NULL)
        host[0] = '\0';
}

static enum fob_status report_listen(const struct endpoint_address *address,
                                     struct fob_error *error)
{
    const bool is_nobodys = errno == EADDRNOTAVAIL;
    char host[INET6_ADDRSTRLEN];

    format_host(address, host);
    fob_error_errno(error, FOB_E_FAILED, "cannot listen at %s", host);
    if (is_nobodys)
        fob_error_hint(error, "sudo ip address add %s dev lo", host);
    return FOB_E_FAILED;
}

enum fob_status endpoint_address_listen(struct endpoint_address *address,
                                        int *listener, struct fob_error *error)
{
    const int one = 1;

    *listener =
        socket(address->at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*listener < 0)
        return report_listen(address, error);
    if (setsockopt(*listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ==
            0 &&
        bind(*listener, &address->at.any, address->len) == 0 &&
        listen(*listener, BACKLOG) == 0 &&
        getsockname(*listener, &address->at.any, &address->len) == 0)
        return FOB_OK;
    report_listen(address, error);
    close(*listener);
    *listener = -1;
    return FOB_E_FAILED;
}

void endpoint_address_uri(const struct endpoint_address *address,
                          const char *path,
                          char uri[static ENDPOINT_URI_MAX + 1])
{
    const bool is_six = address->at.any.sa_family == AF_INET6;
    char host[INET6_ADDRSTRLEN];

    format_host(address, host);
    snprintf(uri, ENDPOINT_URI_MAX + 1, "http://%s%s%s:%u%s", is_six ? "[" : "",
             host, is_six ? "]" : "",
             (unsigned)ntohs(is_six ? address->at.ip6.sin6_port
                                    : address->at.ip4.sin_port),
             path);
}
