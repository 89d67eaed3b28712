/* SPDX-License-Identifier: MIT */
/* What vouches for a server is what the bundle holds now, remembered or not. */
#include "host/agent/profile/profile_trust.h"
#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_US = 100000 };

static struct fob_agent agent, stranger;
static char path[] = "/tmp/fob-trust.XXXXXX";
static char text[FOB_ENDPOINT_TRUST_MAX + 1];

static void put_bundle(const char *content)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0)
        exit(1);
}

static void let_settle(void)
{
    struct fob_file_identity identity;

    while (fob_file_identify(path, &identity) &&
           !fob_file_identity_is_settled(&identity))
        usleep(LOOK_US);
}

static const char *describe(struct fob_agent *by, const char *proxy,
                            const char *bundle)
{
    const struct fob_call_network network = {
        .ca_bundle = bundle, .proxy = proxy, .no_proxy = ""};

    profile_trust_describe(by, &network, text);
    return text;
}

/* As an agent says that has never seen it. */
static bool is_true(const char *proxy, const char *bundle)
{
    char said[sizeof(text)];

    memcpy(said, describe(&agent, proxy, bundle), sizeof(said));
    agent_init(&stranger, false);
    return strcmp(said, describe(&stranger, proxy, bundle)) == 0;
}

int main(void)
{
    char first[sizeof(text)];

    if (fob_secret_start() != FOB_OK || mkstemp(path) < 0)
        return 1;
    agent_init(&agent, false);
    tap_ok(describe(&agent, "", "")[0] == '\0',
           "nothing given, nothing vouches");
    put_bundle("one");
    memcpy(first, describe(&agent, "", path), sizeof(first));
    put_bundle("two");
    tap_ok(strcmp(describe(&agent, "", path), first) != 0,
           "what a bundle holds counts, however soon it is changed");
    put_bundle("one");
    let_settle();
    tap_ok(strcmp(describe(&agent, "", path), first) == 0 &&
               strcmp(agent.trusts[0].trust, first) == 0,
           "a bundle that stays is read once");
    tap_ok(strcmp(describe(&agent, "", path), first) == 0 &&
               agent.next_trust == 1,
           "and remembered as it was");
    tap_ok(is_true("http://proxy", path) && is_true("", path),
           "the proxy is a part of it");
    put_bundle("two");
    tap_ok(strcmp(describe(&agent, "", path), first) != 0 && is_true("", path),
           "a change is seen, of the same length as well");
    unlink(path);
    tap_ok(is_true("", path), "and so is that it is gone");
    return tap_done();
}
