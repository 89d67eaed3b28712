/* SPDX-License-Identifier: MIT */
#include "host/net/fault.h"

#include "host/base/text.h"

#include <errno.h>
#include <string.h>

enum { PEER_MAX = 300 };

/* The reason alone: libcurl's words start with what we say already. */
static const char *find_reason(const struct net_fault *fault)
{
    static const char *const openings[] = {"SSL certificate problem: ",
                                           "SSL: "};

    if (*fault->detail == '\0')
        return curl_easy_strerror(fault->code);
    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++)
        if (strncmp(fault->detail, openings[i], strlen(openings[i])) == 0)
            return fault->detail + strlen(openings[i]);
    return fault->detail;
}

/* Host and port of the proxy, without who may use it; "" when there is none. */
static void find_proxy(const struct net_fault *fault,
                       char proxy[static PEER_MAX])
{
    const char *at = strstr(fault->proxy, "://"), *user;

    at = at == NULL ? fault->proxy : at + 3;
    user = strrchr(at, '@');
    at = user == NULL ? at : user + 1;
    (void)!fob_text_format(proxy, PEER_MAX, "%.*s", (int)strcspn(at, "/"), at);
}

/* Who it is that does not answer: libcurl's words name the one it tried. */
static const char *find_peer(const struct net_fault *fault,
                             char peer[static PEER_MAX])
{
    static const char title[] = "the proxy ";
    char proxy[PEER_MAX], name[PEER_MAX];
    size_t len;

    find_proxy(fault, proxy);
    len = strcspn(proxy, ":");
    memcpy(name, proxy, len);
    name[len] = '\0';
    if (len == 0 || strstr(fault->detail, name) == NULL ||
        fob_text_format(peer, PEER_MAX, "%s%s", title, proxy) != FOB_OK)
        return fault->host;
    return peer;
}

static enum fob_status explain_connect(const struct net_fault *fault,
                                       struct fob_error *error)
{
    char room[PEER_MAX];
    const char *peer = find_peer(fault, room);
    long number = 0;

    (void)curl_easy_getinfo(fault->curl, CURLINFO_OS_ERRNO, &number);
    if (number == ECONNREFUSED)
        return fob_error_set(error, FOB_E_NETWORK,
                             "the connection to %s was refused", peer);
    return fob_error_set(error, FOB_E_NETWORK, "no connection to %s: %s", peer,
                         number != 0 ? strerror((int)number)
                                     : find_reason(fault));
}

static enum fob_status explain_name(const struct net_fault *fault,
                                    struct fob_error *error)
{
    char room[PEER_MAX];
    const char *peer = find_peer(fault, room);

    if (fault->code == CURLE_COULDNT_RESOLVE_PROXY && peer == fault->host)
        peer = "the proxy";
    return fob_error_set(error, FOB_E_NETWORK, "no address found for %s", peer);
}

static enum fob_status explain_timeout(const struct net_fault *fault,
                                       struct fob_error *error)
{
    if (!fault->maybe_sent)
        return fob_error_set(error, FOB_E_NETWORK,
                             "no connection to %s in time", fault->host);
    return fob_error_set(error, FOB_E_NETWORK,
                         "%s did not answer within %u seconds", fault->host,
                         (unsigned)(fault->timeout_ms / 1000));
}

static enum fob_status explain_certificate(const struct net_fault *fault,
                                           struct fob_error *error)
{
    fob_error_set(error, FOB_E_NETWORK,
                  "the TLS certificate of %s cannot be trusted: %s",
                  fault->host, find_reason(fault));
    return FOB_E_NETWORK;
}

static enum fob_status explain_bundle(const struct net_fault *fault,
                                      struct fob_error *error)
{
    return fob_error_set(
        error, FOB_E_NETWORK, "the CA bundle %s cannot be read as certificates",
        *fault->ca_bundle != '\0' ? fault->ca_bundle : "of the system");
}

static enum fob_status explain_write(const struct net_fault *fault,
                                     struct fob_error *error)
{
    if (fault->too_large)
        return fob_error_set(error, FOB_E_REPLY,
                             "the reply of %s is larger than 1 MiB",
                             fault->host);
    return fob_error_no_memory(error);
}

enum fob_status net_fault_explain(const struct net_fault *fault,
                                  struct fob_error *error)
{
    switch (fault->code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return explain_name(fault, error);
    case CURLE_COULDNT_CONNECT:
        return explain_connect(fault, error);
    case CURLE_OPERATION_TIMEDOUT:
        return explain_timeout(fault, error);
    case CURLE_PEER_FAILED_VERIFICATION:
        return explain_certificate(fault, error);
    case CURLE_SSL_CACERT_BADFILE:
        return explain_bundle(fault, error);
    case CURLE_SSL_CONNECT_ERROR:
        return fob_error_set(error, FOB_E_NETWORK, "TLS with %s failed: %s",
                             fault->host, find_reason(fault));
    case CURLE_GOT_NOTHING:
        return fob_error_set(error, FOB_E_NETWORK,
                             "%s closed the connection without a reply",
                             fault->host);
    case CURLE_PARTIAL_FILE:
        return fob_error_set(error, FOB_E_NETWORK,
                             "the reply of %s ended early", fault->host);
    case CURLE_WRITE_ERROR:
        return explain_write(fault, error);
    case CURLE_ABORTED_BY_CALLBACK:
        return fob_error_set(error, FOB_E_NETWORK,
                             "plain http to %s is refused: it is not this "
                             "machine",
                             fault->host);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return fob_error_set(error, FOB_E_REPLY, "the reply of %s is not HTTP",
                             fault->host);
    case CURLE_OUT_OF_MEMORY:
        return fob_error_no_memory(error);
    default:
        return fob_error_set(error, FOB_E_NETWORK,
                             "the connection to %s failed: %s", fault->host,
                             find_reason(fault));
    }
}
