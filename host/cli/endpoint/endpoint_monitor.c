/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint_monitor.h"

#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/endpoint/endpoint_net.h"
#include "host/cli/helper/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum {
    RENEW_S = 20 * 60, /* the agent renews from then on */
    PAUSE_S_MAX = 60,  /* between two looks from then on */
    PAUSE_S_MIN = 5,
    KEPT_MAX = 4,
};

struct monitor {
    struct command_call *call;
    const struct sdk_session_options *options;
    const struct endpoint_watch *watch;
    struct endpoint_net net;
    int timer;
    int64_t end_s; /* of the session fed last, by this machine's clock */
};

/* What containers' SDKs read. */
static void put_body(const struct command_call *call, struct output *body)
{
    static const struct listing_column members[] = {
        {"AccessKeyId", NULL, FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {"SecretAccessKey", NULL, FOB_TAG_SECRET_KEY, LISTING_TEXT},
        {"Token", NULL, FOB_TAG_SESSION_TOKEN, LISTING_TEXT},
        {"Expiration", NULL, FOB_TAG_EXPIRATION, LISTING_TIME},
        {"AccountId", NULL, FOB_TAG_ACCOUNT_ID, LISTING_TEXT},
        {0},
    };
    struct fob_reader fields;
    struct json json;

    fob_message_fields(&call->reply, &fields);
    json_start(&json, body);
    json_open_object(&json, NULL);
    listing_put_members(&json, &fields, members);
    json_close_object(&json);
    json_end(&json);
}

static void put_fault(const struct fob_error *error, struct output *body)
{
    char text[FOB_ERROR_TEXT_MAX + FOB_ERROR_HINT_MAX + 16];
    struct json json;

    if (fob_text_format(text, sizeof(text), "fob: %s%s%s", error->text,
                        error->hint[0] ? ui_hint_link(error->hint) : "",
                        error->hint) != FOB_OK)
        return;
    json_start(&json, body);
    json_open_object(&json, NULL);
    json_put_text(&json, "code", "CannotRenew");
    json_put_text(&json, "message", text);
    json_close_object(&json);
    json_end(&json);
}

/* AWS's clock ends it, which may be another than ours; how long that is from
 * now the agent knows. */
static int64_t find_end(const struct fob_message *session)
{
    const int64_t now_s = time(NULL);
    uint64_t end_s = fob_message_number(session, FOB_TAG_EXPIRATION, 0);

    return now_s + (int64_t)fob_message_number(session, FOB_TAG_DURATION,
                                               end_s - (uint64_t)now_s);
}

/* Ask the agent, and feed what it says.  FOB_E_FAILED: fob-net is gone. */
static enum fob_status feed_net(struct monitor *monitor,
                                enum fob_status fetched)
{
    struct command_call *call = monitor->call;
    struct output body = {0};
    enum feed_type type = fetched == FOB_OK ? FEED_SESSION : FEED_FAULT;
    enum fob_status status;

    if (fetched == FOB_OK) {
        monitor->end_s = find_end(&call->reply);
        put_body(call, &body);
    } else {
        put_fault(&call->error, &body);
    }
    status = body.status;
    if (status == FOB_OK && body.data.len > 0)
        status =
            endpoint_net_feed(&monitor->net, type, (uint64_t)monitor->end_s,
                              body.data.data, body.data.len);
    output_free(&body);
    return status == FOB_OK ? FOB_OK : FOB_E_FAILED;
}

static enum fob_status fetch_session(struct monitor *monitor)
{
    const char *profile;

    fob_error_clear(&monitor->call->error);
    return sdk_session_fetch(monitor->call, monitor->options, &profile);
}

/* Once renewal is due: each minute, more often as the end comes near, and
 * each minute when it is past and nothing helps. */
static int64_t pause_s(int64_t left_s)
{
    int64_t pause = left_s / 2;

    if (left_s <= 0 || pause > PAUSE_S_MAX)
        return PAUSE_S_MAX;
    return pause < PAUSE_S_MIN ? PAUSE_S_MIN : pause;
}

/* Real time, so that neither a suspended machine nor a clock that is set
 * makes it late. */
static enum fob_status set_timer(struct monitor *monitor)
{
    const int flags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
    int64_t now_s = time(NULL), next_s = monitor->end_s - RENEW_S;
    struct itimerspec when = {{0}, {0}};

    if (next_s <= now_s)
        next_s = now_s + pause_s(monitor->end_s - now_s);
    when.it_value.tv_sec = next_s;
    /* ECANCELED tells of a clock set meanwhile; the timer runs. */
    if (timerfd_settime(monitor->timer, flags, &when, NULL) == 0 ||
        errno == ECANCELED)
        return FOB_OK;
    return FOB_E_FAILED;
}

/* Until the command ends or fob-net does. */
static void keep_fed(struct monitor *monitor)
{
    struct pollfd wait[] = {{.fd = monitor->watch->life, .events = POLLIN},
                            {.fd = monitor->net.feed, .events = 0},
                            {.fd = monitor->timer, .events = POLLIN}};

    while (set_timer(monitor) == FOB_OK) {
        if (poll(wait, 3, -1) < 0)
            continue;
        if (wait[0].revents != 0 || wait[1].revents != 0)
            return;
        if (feed_net(monitor, fetch_session(monitor)) != FOB_OK)
            return;
    }
}

static void report_start(struct monitor *monitor, enum fob_status status)
{
    struct command_call *call = monitor->call;
    struct fob_message message = {0};
    struct fob_field region;
    char uri[ENDPOINT_URI_MAX + 1];

    endpoint_address_uri(&monitor->net.address, "/credentials", uri);
    fob_message_start(&message, FOB_REPLY_OK);
    fob_message_put_text(&message, FOB_TAG_URI, uri);
    fob_message_put_text(&message, FOB_TAG_SECRET, monitor->net.token);
    if (fob_message_find(&call->reply, FOB_TAG_REGION, &region))
        fob_message_put(&message, FOB_TAG_REGION, region.data, region.len);
    if (status != FOB_OK)
        fob_message_put_error(&message, &call->error);
    /* A caller who is gone is met again as the end of its life. */
    (void)!fob_message_send(monitor->watch->report, &message);
    fob_message_free(&message);
}

/* Nothing of the caller's: no terminal, folder or descriptor. */
static void detach_process(const struct monitor *monitor)
{
    const struct fob_client *client = &monitor->call->client;
    const int kept[KEPT_MAX] = {monitor->watch->life, monitor->net.feed,
                                monitor->timer,
                                client->private_pid ? client->fd : -1};
    int null = open("/dev/null", O_RDWR);

    if (setsid() < 0 || chdir("/") != 0 || null < 0)
        _exit(1);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (dup2(null, fd) < 0)
            _exit(1);
    descriptor_close_others(kept, KEPT_MAX);
}

static enum fob_status start_net(struct monitor *monitor)
{
    struct fob_error *error = &monitor->call->error;
    struct endpoint_address address;
    enum fob_status status =
        endpoint_address_read(monitor->watch->listen, &address, error);

    if (status == FOB_OK)
        status = fetch_session(monitor);
    if (status == FOB_OK)
        status = endpoint_net_start(&monitor->net, &address, error);
    if (status == FOB_OK && feed_net(monitor, FOB_OK) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED, "fob-net ended at once");
    monitor->timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
    if (status == FOB_OK && monitor->timer < 0)
        status = fob_error_errno(error, FOB_E_FAILED, "no timer");
    return status;
}

void endpoint_monitor_run(struct command_call *call,
                          const struct sdk_session_options *options,
                          const struct endpoint_watch *watch)
{
    struct monitor monitor = {
        .call = call, .options = options, .watch = watch, .net.feed = -1};
    enum fob_status status;

    descriptor_fill_standard();
    status = start_net(&monitor);
    report_start(&monitor, status);
    if (status == FOB_OK) {
        detach_process(&monitor);
        keep_fed(&monitor);
    }
    endpoint_net_close(&monitor.net);
    agent_call_end(call);
    _exit(status != FOB_OK);
}
