/* SPDX-License-Identifier: MIT */
#include "host/net/sandbox.h"

#include "host/aws/url.h"
#include "host/base/text.h"
#include "host/net/sandbox_calls.h"
#include "host/sandbox/sandbox.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <nss.h>
#include <string.h>
#include <unistd.h>

enum {
    PATHS_MAX = 24,
    PORTS_MAX = 4,
    DNS_PORT = 53,
    HTTPS_PORT = 443,
    PROXY_PORT = 1080, /* libcurl's, for a proxy without one */
};

/* What one exchange needs. */
struct needs {
    struct fob_landlock_path paths[PATHS_MAX];
    size_t path_count;
    uint16_t ports[PORTS_MAX];
    size_t port_count;
};

/* Read by glibc's resolver. */
static const char *const resolver_files[] = {
    "/etc/resolv.conf", "/etc/hosts",         "/etc/host.conf",
    "/etc/gai.conf",    "/etc/nsswitch.conf",
};

/* Certificates, where systems keep them and what their links lead to:
 * Debian, Fedora, openSUSE, Arch. */
static const char *const authority_files[] = {
    "/etc/ssl/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/ca-trust",
    "/etc/ca-certificates",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/usr/share/pki",
    "/var/lib/ca-certificates",
};

static void need_path(struct needs *needs, const char *path)
{
    if (path != NULL && *path != '\0' && needs->path_count < PATHS_MAX)
        needs->paths[needs->path_count++].path = path;
}

static void need_paths(struct needs *needs, const char *const *paths,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        need_path(needs, paths[i]);
}

/* The system's own are those that libcurl was built to look for. */
static void need_authorities(struct needs *needs, const char *bundle)
{
    const curl_version_info_data *built = curl_version_info(CURLVERSION_NOW);

    need_path(needs, bundle);
    if (*bundle != '\0')
        return;
    need_path(needs, built->cainfo);
    need_path(needs, built->capath);
    need_paths(needs, authority_files,
               sizeof(authority_files) / sizeof(*authority_files));
}

static void need_port(struct needs *needs, uint16_t port)
{
    if (needs->port_count < PORTS_MAX)
        needs->ports[needs->port_count++] = port;
}

/* As libcurl reads it; what it cannot read is its to word. */
static bool read_port(const char *proxy, uint16_t *port)
{
    CURLU *url = curl_url();
    char *text = NULL;
    uint64_t number = 0;
    bool is_read = url != NULL &&
                   curl_url_set(url, CURLUPART_URL, proxy,
                                CURLU_NON_SUPPORT_SCHEME |
                                    CURLU_GUESS_SCHEME) == CURLUE_OK &&
                   curl_url_get(url, CURLUPART_PORT, &text, 0) == CURLUE_OK &&
                   fob_text_number(text, UINT16_MAX, &number) == FOB_OK;

    curl_free(text);
    curl_url_cleanup(url);
    *port = (uint16_t)number;
    return is_read;
}

static void need_proxy(struct needs *needs, const char *proxy)
{
    uint16_t port;

    if (*proxy == '\0')
        return;
    if (read_port(proxy, &port)) {
        need_port(needs, port);
        return;
    }
    need_port(needs, HTTPS_PORT);
    need_port(needs, PROXY_PORT);
}

static enum fob_status find_needs(const struct fob_exchange_request *request,
                                  struct needs *needs)
{
    struct fob_url url;
    enum fob_status status = fob_url_parse(request->url, &url);

    *needs = (struct needs){.path_count = 0};
    if (status != FOB_OK)
        return status;
    need_paths(needs, resolver_files,
               sizeof(resolver_files) / sizeof(*resolver_files));
    if (url.tls) {
        need_authorities(needs, request->ca_bundle);
        need_proxy(needs, request->proxy);
    }
    need_port(needs, DNS_PORT); /* of answers too long for a datagram */
    need_port(needs, url.port);
    return FOB_OK;
}

/* Stdin is a socket of the agent's, and has said all that it has to say. */
static bool drop_stdin(void)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    bool is_dropped = nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0;

    if (nothing > STDIN_FILENO)
        close(nothing);
    return is_dropped;
}

enum fob_status net_sandbox_enter(const struct fob_exchange_request *request,
                                  struct fob_error *error)
{
    struct needs needs;
    struct fob_sandbox sandbox = {.name = "network",
                                  .filter = net_client_filter};

    if (find_needs(request, &needs) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE, "the URL cannot be called");
    if (!drop_stdin() || __nss_configure_lookup("hosts", "files dns") != 0)
        return fob_error_set(error, FOB_E_FAILED,
                             "the network sandbox cannot be made ready");
    sandbox.left = (struct fob_landlock){
        .paths = needs.paths,
        .path_count = needs.path_count,
        .ports = needs.ports,
        .port_count = needs.port_count,
    };
    return fob_sandbox_enter(&sandbox, error);
}

enum fob_status net_sandbox_enter_server(struct fob_error *error)
{
    static const struct fob_limit no_process = {RLIMIT_NPROC, 0};
    const struct fob_sandbox sandbox = {
        .name = "endpoint",
        .limits = &no_process,
        .limit_count = 1,
        .filter = net_server_filter,
    };

    return fob_sandbox_enter(&sandbox, error);
}
