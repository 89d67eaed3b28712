/* SPDX-License-Identifier: MIT */
#include "usbfs.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <umockdev.h>

enum {
    WAIT_MS = 5, /* how long REAPURBNDELAY is held: a plain file cannot be
                    polled for the end of a transfer */
    INTERFACES_MAX = 8,
    IN = 0x80,
};

/* A transfer under way. */
struct transfer {
    struct transfer *next;
    uint64_t id;
    UMockdevIoctlClient *client;
    UMockdevIoctlData *urb; /* NULL: the ioctl itself waits for its end */
    UMockdevIoctlData *buffer;
    bool is_done;
};

struct usbfs {
    UMockdevIoctlBase *handler;
    struct usbredir *redir;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    struct transfer *first;
    UMockdevIoctlClient *holder[INTERFACES_MAX];
    bool is_gone;
};

static void answer(UMockdevIoctlClient *client, int error)
{
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
}

static UMockdevIoctlData *argument(UMockdevIoctlClient *client, size_t len)
{
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0,
                                       len, NULL);
}

/* --- transfers -----------------------------------------------------------*/

static struct transfer *add(struct usbfs *usbfs, UMockdevIoctlClient *client,
                            uint64_t id)
{
    struct transfer *transfer = calloc(1, sizeof *transfer);
    struct transfer **last = &usbfs->first;

    if (transfer == NULL)
        abort();
    *transfer = (struct transfer){.client = client, .id = id};
    while (*last != NULL)
        last = &(*last)->next;
    *last = transfer;
    return transfer;
}

static void drop(struct transfer **link)
{
    struct transfer *transfer = *link;

    *link = transfer->next;
    g_clear_object(&transfer->urb);
    free(transfer);
}

static void submit_urb(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *data = argument(client, sizeof(struct usbdevfs_urb));
    const struct usbdevfs_urb *urb = (const void *)data->data;
    size_t len = (size_t)urb->buffer_length;
    UMockdevIoctlData *buffer = umockdev_ioctl_data_resolve(
        data, offsetof(struct usbdevfs_urb, buffer), len, NULL);
    const uint8_t *bytes = buffer == NULL ? NULL : buffer->data;
    struct transfer *transfer;

    if (usbfs->is_gone) {
        answer(client, ENODEV);
        return;
    }
    transfer =
        add(usbfs, client,
            urb->type == USBDEVFS_URB_TYPE_CONTROL
                ? usbredir_control(usbfs->redir, bytes)
                : usbredir_bulk(usbfs->redir, urb->endpoint, bytes, len));
    transfer->urb = g_object_ref(data);
    transfer->buffer = buffer;
    answer(client, 0);
}

static int fault_of(enum usbredir_status status)
{
    switch (status) {
    case USBREDIR_SUCCESS:
        return 0;
    case USBREDIR_CANCELLED:
        return ENOENT;
    case USBREDIR_STALL:
        return EPIPE;
    default:
        return EPROTO;
    }
}

static void finish(struct transfer *transfer, int fault, const void *data,
                   size_t len)
{
    struct usbdevfs_urb *urb = (void *)transfer->urb->data;
    size_t head = urb->type == USBDEVFS_URB_TYPE_CONTROL ? USBREDIR_SETUP : 0;
    size_t room = (size_t)urb->buffer_length - head;

    if (data != NULL && transfer->buffer != NULL)
        memcpy(transfer->buffer->data + head, data, len < room ? len : room);
    if (fault == 0 && len > room)
        fault = EOVERFLOW;
    urb->status = -fault;
    urb->actual_length = (int)(len < room ? len : room);
    transfer->is_done = true;
}

static void clear_halt(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    const uint8_t endpoint = argument(client, sizeof(unsigned))->data[0];
    const uint8_t setup[USBREDIR_SETUP] = {0x02, 0x01, 0, 0, endpoint};

    if (usbfs->is_gone)
        answer(client, ENODEV);
    else /* umockdev itself forgets a client whose answer is late */
        add(usbfs, g_object_ref(client), usbredir_control(usbfs->redir, setup));
}

static void end_clear_halt(struct transfer **link, int fault)
{
    UMockdevIoctlClient *client = (*link)->client;

    answer(client, fault);
    drop(link);
    g_object_unref(client);
}

bool usbfs_take(struct usbfs *usbfs, const struct usbredir_packet *packet)
{
    struct transfer **link = &usbfs->first;
    bool is_ours;

    pthread_mutex_lock(&usbfs->lock);
    while (*link != NULL && ((*link)->id != packet->id || (*link)->is_done))
        link = &(*link)->next;
    is_ours = *link != NULL;
    if (is_ours && (*link)->urb != NULL) {
        finish(*link, fault_of(packet->status),
               packet->endpoint & IN ? packet->data : NULL, packet->moved);
        pthread_cond_broadcast(&usbfs->changed);
    } else if (is_ours) {
        end_clear_halt(link, fault_of(packet->status));
    }
    pthread_mutex_unlock(&usbfs->lock);
    return is_ours;
}

static struct transfer **find_done(struct usbfs *usbfs,
                                   const UMockdevIoctlClient *client)
{
    struct transfer **link = &usbfs->first;

    while (*link != NULL && ((*link)->client != client || !(*link)->is_done))
        link = &(*link)->next;
    return link;
}

static void reap(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    struct transfer **link = find_done(usbfs, client);
    struct timespec end;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += WAIT_MS * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    if (*link == NULL && !usbfs->is_gone) {
        pthread_cond_timedwait(&usbfs->changed, &usbfs->lock, &end);
        link = find_done(usbfs, client);
    }
    if (*link == NULL) {
        answer(client, usbfs->is_gone ? ENODEV : EAGAIN);
        return;
    }
    umockdev_ioctl_data_set_ptr(argument(client, sizeof(void *)), 0,
                                (*link)->urb);
    answer(client, 0);
    drop(link);
}

/* The argument is the URB's address itself. */
static void discard(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    unsigned long address;
    const struct transfer *transfer = usbfs->first;

    memcpy(&address, umockdev_ioctl_client_get_arg(client)->data,
           sizeof address);
    while (transfer != NULL &&
           (transfer->urb == NULL || transfer->urb->client_addr != address))
        transfer = transfer->next;
    if (transfer == NULL || transfer->is_done) {
        answer(client, EINVAL);
        return;
    }
    usbredir_cancel(usbfs->redir, transfer->id);
    answer(client, 0);
}

/* --- the rest ------------------------------------------------------------*/

static void claim(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    uint8_t interface = argument(client, sizeof(unsigned))->data[0];
    UMockdevIoctlClient **holder = &usbfs->holder[interface % INTERFACES_MAX];

    if (*holder != NULL && *holder != client) {
        answer(client, EBUSY);
        return;
    }
    *holder = client;
    answer(client, usbfs->is_gone ? ENODEV : 0);
}

static void release(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    uint8_t interface = argument(client, sizeof(unsigned))->data[0];

    usbfs->holder[interface % INTERFACES_MAX] = NULL;
    answer(client, 0);
}

static void tell_capabilities(UMockdevIoctlClient *client)
{
    memset(argument(client, sizeof(uint32_t))->data, 0, sizeof(uint32_t));
    answer(client, 0);
}

static void serve(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    switch (umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_GET_CAPABILITIES:
        tell_capabilities(client);
        break;
    case USBDEVFS_CLAIMINTERFACE:
        claim(usbfs, client);
        break;
    case USBDEVFS_RELEASEINTERFACE:
        release(usbfs, client);
        break;
    case USBDEVFS_SUBMITURB:
        submit_urb(usbfs, client);
        break;
    case USBDEVFS_REAPURBNDELAY:
        reap(usbfs, client);
        break;
    case USBDEVFS_DISCARDURB:
        discard(usbfs, client);
        break;
    case USBDEVFS_CLEAR_HALT:
        clear_halt(usbfs, client);
        break;
    default:
        answer(client, ENOTTY);
    }
}

static gboolean handle(UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                       struct usbfs *usbfs)
{
    (void)handler;
    pthread_mutex_lock(&usbfs->lock);
    serve(usbfs, client);
    pthread_mutex_unlock(&usbfs->lock);
    return TRUE;
}

/* It has closed the node. */
static void forget(void *context, GObject *client)
{
    struct usbfs *usbfs = context;

    pthread_mutex_lock(&usbfs->lock);
    for (size_t i = 0; i < INTERFACES_MAX; i++)
        if ((void *)usbfs->holder[i] == client)
            usbfs->holder[i] = NULL;
    for (struct transfer **link = &usbfs->first; *link != NULL;)
        if ((void *)(*link)->client == client)
            drop(link);
        else
            link = &(*link)->next;
    pthread_mutex_unlock(&usbfs->lock);
    g_object_unref(usbfs->handler);
}

static void meet(UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                 struct usbfs *usbfs)
{
    (void)handler;
    g_object_ref(usbfs->handler);
    g_object_weak_ref(G_OBJECT(client), forget, usbfs);
}

struct usbfs *usbfs_new(struct usbredir *redir)
{
    struct usbfs *usbfs = calloc(1, sizeof *usbfs);

    if (usbfs == NULL)
        abort();
    usbfs->redir = redir;
    pthread_mutex_init(&usbfs->lock, NULL);
    pthread_cond_init(&usbfs->changed, NULL);
    usbfs->handler = umockdev_ioctl_base_new();
    g_object_set_data_full(G_OBJECT(usbfs->handler), "usbfs", usbfs, free);
    g_signal_connect(usbfs->handler, "handle-ioctl", G_CALLBACK(handle), usbfs);
    g_signal_connect(usbfs->handler, "client-connected", G_CALLBACK(meet),
                     usbfs);
    return usbfs;
}

UMockdevIoctlBase *usbfs_handler(struct usbfs *usbfs)
{
    return usbfs->handler;
}

void usbfs_unplug(struct usbfs *usbfs)
{
    pthread_mutex_lock(&usbfs->lock);
    usbfs->is_gone = true;
    for (struct transfer **link = &usbfs->first; *link != NULL;)
        if ((*link)->urb == NULL) {
            end_clear_halt(link, ENODEV);
        } else {
            if (!(*link)->is_done)
                finish(*link, ESHUTDOWN, NULL, 0);
            link = &(*link)->next;
        }
    pthread_cond_broadcast(&usbfs->changed);
    pthread_mutex_unlock(&usbfs->lock);
    g_object_unref(usbfs->handler);
}
