/* SPDX-License-Identifier: MIT */
#include "host/aws/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PORT_HTTP = 80, PORT_HTTPS = 443, PORT_DIGITS_MAX = 5 };

/* RFC 3986: what may stand in a URL at all.  A fragment is refused. */
static bool is_url_text(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c <= ' ' || c >= 0x7f || strchr("\"#<>\\^`{|}", c) != NULL)
            return false;
    }
    return true;
}

/* The text after the scheme, or NULL for a scheme that is not served. */
static const char *parse_scheme(const char *text, struct fob_url *url)
{
    static const char https[] = "https://";
    static const char http[] = "http://";

    if (strncasecmp(text, https, strlen(https)) == 0) {
        url->tls = true;
        url->port = PORT_HTTPS;
        return text + strlen(https);
    }
    if (strncasecmp(text, http, strlen(http)) == 0) {
        url->port = PORT_HTTP;
        return text + strlen(http);
    }
    return NULL;
}

static bool is_loopback(const char *host)
{
    struct in6_addr six;
    struct in_addr four;

    if (inet_pton(AF_INET, host, &four) == 1)
        return (ntohl(four.s_addr) >> 24) == 127;
    if (inet_pton(AF_INET6, host, &six) == 1)
        return memcmp(&six, &in6addr_loopback, sizeof(six)) == 0;
    return strcmp(host, "localhost") == 0;
}

static bool is_host(const char *host, bool bracketed)
{
    struct in6_addr six;

    if (bracketed)
        return inet_pton(AF_INET6, host, &six) == 1;
    if (*host == '\0' || *host == '-' || *host == '.')
        return false;
    for (; *host != '\0'; host++)
        if (!isalnum((unsigned char)*host) && strchr("-._", *host) == NULL)
            return false;
    return true;
}

static enum fob_status parse_host(const char *text, size_t len, bool bracketed,
                                  struct fob_url *url)
{
    if (len > FOB_URL_HOST_MAX)
        return FOB_E_TOO_LONG;
    for (size_t i = 0; i < len; i++)
        url->host[i] = (char)tolower((unsigned char)text[i]);
    url->host[len] = '\0';
    if (!is_host(url->host, bracketed))
        return FOB_E_SYNTAX;
    url->loopback = is_loopback(url->host);
    return FOB_OK;
}

/* ":8080", or nothing. */
static enum fob_status parse_port(const char *text, size_t len,
                                  struct fob_url *url)
{
    uint32_t port = 0;

    if (len == 0)
        return FOB_OK;
    if (*text != ':' || len < 2 || len > 1 + PORT_DIGITS_MAX)
        return FOB_E_SYNTAX;
    for (size_t i = 1; i < len; i++) {
        if (!isdigit((unsigned char)text[i]))
            return FOB_E_SYNTAX;
        port = port * 10 + (uint32_t)(text[i] - '0');
    }
    if (port == 0 || port > UINT16_MAX)
        return FOB_E_SYNTAX;
    url->port = (uint16_t)port;
    return FOB_OK;
}

/* HOST, HOST:PORT, [IPV6] or [IPV6]:PORT; a user has no place there. */
static enum fob_status parse_authority(const char *text, size_t len,
                                       struct fob_url *url)
{
    bool bracketed = len > 0 && *text == '[';
    const char *host = bracketed ? text + 1 : text;
    const char *host_end = memchr(text, bracketed ? ']' : ':', len);
    const char *rest;
    enum fob_status status;

    if (bracketed && host_end == NULL)
        return FOB_E_SYNTAX;
    if (host_end == NULL)
        host_end = text + len;
    rest = bracketed ? host_end + 1 : host_end;
    status = parse_host(host, (size_t)(host_end - host), bracketed, url);
    if (status != FOB_OK)
        return status;
    return parse_port(rest, (size_t)(text + len - rest), url);
}

static enum fob_status parse_url(const char *text, struct fob_url *url)
{
    const char *authority;
    enum fob_status status;
    size_t len;

    if (strlen(text) > FOB_URL_MAX)
        return FOB_E_TOO_LONG;
    authority = is_url_text(text) ? parse_scheme(text, url) : NULL;
    if (authority == NULL)
        return FOB_E_SYNTAX;
    len = strcspn(authority, "/?");
    status = parse_authority(authority, len, url);
    if (status != FOB_OK)
        return status;
    url->path = authority + len;
    url->path_len = strcspn(url->path, "?");
    url->query = url->path + url->path_len;
    if (*url->query == '?')
        url->query++;
    return url->tls || url->loopback ? FOB_OK : FOB_E_USAGE;
}

enum fob_status fob_url_parse(const char *text, struct fob_url *url)
{
    enum fob_status status;

    memset(url, 0, sizeof(*url));
    status = parse_url(text, url);
    if (status != FOB_OK)
        memset(url, 0, sizeof(*url));
    return status;
}

enum fob_status fob_url_authority(const struct fob_url *url, char *text,
                                  size_t cap)
{
    bool six = strchr(url->host, ':') != NULL;
    char port[1 + PORT_DIGITS_MAX + 1] = "";
    int len;

    if (url->port != (url->tls ? PORT_HTTPS : PORT_HTTP))
        snprintf(port, sizeof(port), ":%u", (unsigned)url->port);
    len = snprintf(text, cap, "%s%s%s%s", six ? "[" : "", url->host,
                   six ? "]" : "", port);
    return len >= 0 && (size_t)len < cap ? FOB_OK : FOB_E_TOO_LONG;
}
