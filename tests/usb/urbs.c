/* SPDX-License-Identifier: MIT */
#include "tests/usb/urbs.h"

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
    IN = 0x80,
};

struct urbs_transfer {
    struct urbs_transfer *next;
    uint64_t id;
    UMockdevIoctlClient *client;
    UMockdevIoctlData *urb; /* NULL: the ioctl itself waits for its end */
    UMockdevIoctlData *buffer;
    bool is_done;
};

void urbs_answer(UMockdevIoctlClient *client, int error)
{
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
}

UMockdevIoctlData *urbs_argument(UMockdevIoctlClient *client, size_t len)
{
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0,
                                       len, NULL);
}

static struct urbs_transfer *add_urb(struct urbs *urbs,
                                     UMockdevIoctlClient *client, uint64_t id)
{
    struct urbs_transfer *transfer = calloc(1, sizeof(*transfer));
    struct urbs_transfer **last = &urbs->first;

    if (transfer == NULL)
        abort();
    *transfer = (struct urbs_transfer){.client = client, .id = id};
    while (*last != NULL)
        last = &(*last)->next;
    *last = transfer;
    return transfer;
}

static void drop_urb(struct urbs_transfer **link)
{
    struct urbs_transfer *transfer = *link;

    *link = transfer->next;
    g_clear_object(&transfer->urb);
    free(transfer);
}

void urbs_submit(struct urbs *urbs, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *data =
        urbs_argument(client, sizeof(struct usbdevfs_urb));
    const struct usbdevfs_urb *urb = (const void *)data->data;
    size_t len = (size_t)urb->buffer_length;
    UMockdevIoctlData *buffer = umockdev_ioctl_data_resolve(
        data, offsetof(struct usbdevfs_urb, buffer), len, NULL);
    const uint8_t *bytes = buffer == NULL ? NULL : buffer->data;
    struct urbs_transfer *transfer;

    if (urbs->is_gone) {
        urbs_answer(client, ENODEV);
        return;
    }
    transfer =
        add_urb(urbs, client,
                urb->type == USBDEVFS_URB_TYPE_CONTROL
                    ? usbredir_control(urbs->redir, bytes)
                    : usbredir_bulk(urbs->redir, urb->endpoint, bytes, len));
    transfer->urb = g_object_ref(data);
    transfer->buffer = buffer;
    urbs_answer(client, 0);
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

static void finish_urb(struct urbs_transfer *transfer, int fault,
                       const void *data, size_t len)
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

void urbs_clear_halt(struct urbs *urbs, UMockdevIoctlClient *client)
{
    const uint8_t endpoint = urbs_argument(client, sizeof(unsigned))->data[0];
    const uint8_t setup[USBREDIR_SETUP] = {0x02, 0x01, 0, 0, endpoint};

    if (urbs->is_gone)
        urbs_answer(client, ENODEV);
    else /* umockdev itself forgets a client whose answer is late */
        add_urb(urbs, g_object_ref(client),
                usbredir_control(urbs->redir, setup));
}

static void end_clear_halt(struct urbs_transfer **link, int fault)
{
    UMockdevIoctlClient *client = (*link)->client;

    urbs_answer(client, fault);
    drop_urb(link);
    g_object_unref(client);
}

bool urbs_take(struct urbs *urbs, const struct usbredir_packet *packet)
{
    struct urbs_transfer **link = &urbs->first;
    bool is_ours;

    while (*link != NULL && ((*link)->id != packet->id || (*link)->is_done))
        link = &(*link)->next;
    is_ours = *link != NULL;
    if (is_ours && (*link)->urb != NULL) {
        finish_urb(*link, fault_of(packet->status),
                   packet->endpoint & IN ? packet->data : NULL, packet->moved);
        pthread_cond_broadcast(&urbs->changed);
    } else if (is_ours) {
        end_clear_halt(link, fault_of(packet->status));
    }
    return is_ours;
}

static struct urbs_transfer **find_done(struct urbs *urbs,
                                        const UMockdevIoctlClient *client)
{
    struct urbs_transfer **link = &urbs->first;

    while (*link != NULL && ((*link)->client != client || !(*link)->is_done))
        link = &(*link)->next;
    return link;
}

void urbs_reap(struct urbs *urbs, UMockdevIoctlClient *client)
{
    struct urbs_transfer **link = find_done(urbs, client);
    struct timespec end;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += WAIT_MS * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    if (*link == NULL && !urbs->is_gone) {
        pthread_cond_timedwait(&urbs->changed, &urbs->lock, &end);
        link = find_done(urbs, client);
    }
    if (*link == NULL) {
        urbs_answer(client, urbs->is_gone ? ENODEV : EAGAIN);
        return;
    }
    umockdev_ioctl_data_set_ptr(urbs_argument(client, sizeof(void *)), 0,
                                (*link)->urb);
    urbs_answer(client, 0);
    drop_urb(link);
}

/* The argument is the URB's address itself. */
void urbs_discard(struct urbs *urbs, UMockdevIoctlClient *client)
{
    unsigned long address;
    const struct urbs_transfer *transfer = urbs->first;

    memcpy(&address, umockdev_ioctl_client_get_arg(client)->data,
           sizeof(address));
    while (transfer != NULL &&
           (transfer->urb == NULL || transfer->urb->client_addr != address))
        transfer = transfer->next;
    if (transfer == NULL || transfer->is_done) {
        urbs_answer(client, EINVAL);
        return;
    }
    usbredir_cancel(urbs->redir, transfer->id);
    urbs_answer(client, 0);
}

void urbs_forget(struct urbs *urbs, const void *client)
{
    for (struct urbs_transfer **link = &urbs->first; *link != NULL;)
        if ((*link)->client == client)
            drop_urb(link);
        else
            link = &(*link)->next;
}

void urbs_unplug(struct urbs *urbs)
{
    urbs->is_gone = true;
    for (struct urbs_transfer **link = &urbs->first; *link != NULL;)
        if ((*link)->urb == NULL) {
            end_clear_halt(link, ENODEV);
        } else {
            if (!(*link)->is_done)
                finish_urb(*link, ESHUTDOWN, NULL, 0);
            link = &(*link)->next;
        }
    pthread_cond_broadcast(&urbs->changed);
}
