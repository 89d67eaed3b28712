/* SPDX-License-Identifier: MIT */
#include "tests/usb/hidraw.h"

#include <errno.h>
#include <linux/hidraw.h>
#include <pthread.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

enum { NUMBERED = 1 + HIDRAW_REPORT }; /* with its report id, which is 0 */

struct hidraw {
    UMockdevIoctlBase *handler;
    struct facts_hid hid;
    int leader, follower; /* ours of it keeps the terminal from hanging up */
    uint8_t written[NUMBERED];
    size_t have;
    pthread_mutex_t lock; /* of what follows */
    unsigned openers;
    bool is_gone;
};

/* --- requests ------------------------------------------------------------*/

static UMockdevIoctlData *argument_of(UMockdevIoctlClient *client, size_t len)
{
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0,
                                       len, NULL);
}

/* It is the first request of hidapi's: whatever an earlier program left
 * unread is not for this one. */
static void tell_size(const struct hidraw *hidraw, UMockdevIoctlClient *client)
{
    int len = (int)hidraw->hid.report_len;

    tcflush(hidraw->follower, TCIFLUSH);
    memcpy(argument_of(client, sizeof(len))->data, &len, sizeof(len));
}

static void tell_descriptor(const struct hidraw *hidraw,
                            UMockdevIoctlClient *client)
{
    struct hidraw_report_descriptor *descriptor =
        (void *)argument_of(client, sizeof(*descriptor))->data;

    memcpy(descriptor->value, hidraw->hid.report, hidraw->hid.report_len);
}

static gboolean handle_ioctl(UMockdevIoctlBase *handler,
                             UMockdevIoctlClient *client, struct hidraw *hidraw)
{
    unsigned long request = umockdev_ioctl_client_get_request(client);
    int error = 0;

    (void)handler;
    pthread_mutex_lock(&hidraw->lock);
    if (hidraw->is_gone)
        error = ENODEV;
    else if (request == HIDIOCGRDESCSIZE)
        tell_size(hidraw, client);
    else if (request == HIDIOCGRDESC)
        tell_descriptor(hidraw, client);
    else
        error = ENOTTY;
    pthread_mutex_unlock(&hidraw->lock);
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    return TRUE;
}

static void count_reports(struct hidraw *hidraw, int change)
{
    pthread_mutex_lock(&hidraw->lock);
    hidraw->openers += (unsigned)change;
    pthread_mutex_unlock(&hidraw->lock);
}

/* It has closed the node. */
static void forget_node(void *context, GObject *client)
{
    struct hidraw *hidraw = context;

    (void)client;
    count_reports(hidraw, -1);
    g_object_unref(hidraw->handler);
}

static void meet_node(UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                      struct hidraw *hidraw)
{
    (void)handler;
    count_reports(hidraw, 1);
    g_object_ref(hidraw->handler);
    g_object_weak_ref(G_OBJECT(client), forget_node, hidraw);
}

/* --- reports -------------------------------------------------------------*/

static void open_terminal(struct hidraw *hidraw, const char *path)
{
    char name[64];
    struct termios raw;

    if (openpty(&hidraw->leader, &hidraw->follower, name, NULL, NULL) != 0 ||
        tcgetattr(hidraw->follower, &raw) != 0)
        abort();
    cfmakeraw(&raw);
    if (tcsetattr(hidraw->follower, TCSANOW, &raw) != 0 ||
        symlink(name, path) != 0)
        abort();
}

struct hidraw *hidraw_new(const struct facts_hid *hid, const char *path)
{
    struct hidraw *hidraw = calloc(1, sizeof(*hidraw));

    if (hidraw == NULL)
        abort();
    hidraw->hid = *hid;
    pthread_mutex_init(&hidraw->lock, NULL);
    open_terminal(hidraw, path);
    hidraw->handler = umockdev_ioctl_base_new();
    g_object_set_data_full(G_OBJECT(hidraw->handler), "hidraw", hidraw, free);
    g_signal_connect(hidraw->handler, "handle-ioctl", G_CALLBACK(handle_ioctl),
                     hidraw);
    g_signal_connect(hidraw->handler, "client-connected", G_CALLBACK(meet_node),
                     hidraw);
    return hidraw;
}

UMockdevIoctlBase *hidraw_handler(struct hidraw *hidraw)
{
    return hidraw->handler;
}

int hidraw_fd(const struct hidraw *hidraw)
{
    return hidraw->leader;
}

bool hidraw_get(struct hidraw *hidraw, uint8_t report[static HIDRAW_REPORT])
{
    ssize_t got = read(hidraw->leader, hidraw->written + hidraw->have,
                       NUMBERED - hidraw->have);

    if (got > 0)
        hidraw->have += (size_t)got;
    if (hidraw->have < NUMBERED)
        return false;
    hidraw->have = 0;
    memcpy(report, hidraw->written + 1, HIDRAW_REPORT);
    return true;
}

/* As in the kernel, nobody gets what came while nobody was there. */
void hidraw_put(struct hidraw *hidraw, const uint8_t *report, size_t len)
{
    pthread_mutex_lock(&hidraw->lock);
    if (hidraw->openers > 0 &&
        write(hidraw->leader, report, len) != (ssize_t)len)
        abort();
    pthread_mutex_unlock(&hidraw->lock);
}

/* The follower hangs up with its leader. */
void hidraw_unplug(struct hidraw *hidraw)
{
    pthread_mutex_lock(&hidraw->lock);
    hidraw->is_gone = true;
    close(hidraw->follower);
    close(hidraw->leader);
    pthread_mutex_unlock(&hidraw->lock);
    g_object_unref(hidraw->handler);
}
