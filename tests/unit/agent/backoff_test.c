/* SPDX-License-Identifier: MIT */
/* Waiting for AWS: as long as there is somebody to wait for. */
#include "host/agent/network/backoff.h"

#include "host/base/monotonic.h"

#include "tests/lib/tap.h"

#include <sys/socket.h>
#include <unistd.h>

/* Half a second, more or less by half of it, and the machine's own time. */
enum { PAUSE_MS_MIN = 240, AT_ONCE_MS = 200 };

static struct fob_agent agent;

static int64_t time_wait(struct fob_request *request, unsigned *tries,
                         enum fob_status *status, bool *may_try)
{
    int64_t begun_ms = fob_monotonic_ms();

    *status = backoff_wait(request, tries, may_try);
    return fob_monotonic_ms() - begun_ms;
}

static void test_waits(struct fob_request *request)
{
    unsigned tries = 0;
    bool may_try = false;
    enum fob_status status;
    int64_t took_ms = time_wait(request, &tries, &status, &may_try);

    tap_ok(status == FOB_OK && may_try && tries == 1,
           "a pause is followed by a try");
    tap_ok(took_ms >= PAUSE_MS_MIN, "and is one");
}

static void test_enough(struct fob_request *request)
{
    unsigned tries = 3;
    bool may_try = true;
    enum fob_status status;
    int64_t took_ms = time_wait(request, &tries, &status, &may_try);

    tap_ok(status == FOB_OK && !may_try, "after three there is none");
    tap_ok(took_ms < AT_ONCE_MS, "and none is waited for");
}

static void test_hung_up(struct fob_request *request)
{
    unsigned tries = 2; /* the next pause is a second at least */
    bool may_try = true;
    enum fob_status status;
    int64_t took_ms = time_wait(request, &tries, &status, &may_try);

    tap_ok(status == FOB_E_AGENT && !may_try &&
               request->error.status == FOB_E_AGENT,
           "nothing is tried for a caller who hung up");
    tap_ok(took_ms < AT_ONCE_MS, "or waited for");
}

int main(void)
{
    struct fob_request request = {.agent = &agent, .fd = REQUEST_NOBODY};
    int ends[2];

    test_waits(&request);
    if (!tap_ok(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a caller"))
        return tap_done();
    request.fd = ends[0];
    test_waits(&request);
    test_enough(&request);
    close(ends[1]);
    test_hung_up(&request);
    close(ends[0]);
    return tap_done();
}
