/* SPDX-License-Identifier: MIT */
#include "tests/usb/usbfs.h"

#include "tests/usb/urbs.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <umockdev.h>

enum { INTERFACES_MAX = 8 };

struct usbfs {
    UMockdevIoctlBase *handler;
    struct urbs urbs; /* its lock is that of all that follows */
    UMockdevIoctlClient *holder[INTERFACES_MAX];
};

static void claim_interface(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    uint8_t interface = urbs_argument(client, sizeof(unsigned))->data[0];
    UMockdevIoctlClient **holder = &usbfs->holder[interface % INTERFACES_MAX];

    if (*holder != NULL && *holder != client) {
        urbs_answer(client, EBUSY);
        return;
    }
    *holder = client;
    urbs_answer(client, usbfs->urbs.is_gone ? ENODEV : 0);
}

static void release_interface(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    uint8_t interface = urbs_argument(client, sizeof(unsigned))->data[0];

    usbfs->holder[interface % INTERFACES_MAX] = NULL;
    urbs_answer(client, 0);
}

static void tell_capabilities(UMockdevIoctlClient *client)
{
    memset(urbs_argument(client, sizeof(uint32_t))->data, 0, sizeof(uint32_t));
    urbs_answer(client, 0);
}

static void serve_ioctl(struct usbfs *usbfs, UMockdevIoctlClient *client)
{
    switch (umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_GET_CAPABILITIES:
        tell_capabilities(client);
        break;
    case USBDEVFS_CLAIMINTERFACE:
        claim_interface(usbfs, client);
        break;
    case USBDEVFS_RELEASEINTERFACE:
        release_interface(usbfs, client);
        break;
    case USBDEVFS_SUBMITURB:
        urbs_submit(&usbfs->urbs, client);
        break;
    case USBDEVFS_REAPURBNDELAY:
        urbs_reap(&usbfs->urbs, client);
        break;
    case USBDEVFS_DISCARDURB:
        urbs_discard(&usbfs->urbs, client);
        break;
    case USBDEVFS_CLEAR_HALT:
        urbs_clear_halt(&usbfs->urbs, client);
        break;
    default:
        urbs_answer(client, ENOTTY);
    }
}

static gboolean handle_ioctl(UMockdevIoctlBase *handler,
                             UMockdevIoctlClient *client, struct usbfs *usbfs)
{
    (void)handler;
    pthread_mutex_lock(&usbfs->urbs.lock);
    serve_ioctl(usbfs, client);
    pthread_mutex_unlock(&usbfs->urbs.lock);
    return TRUE;
}

/* It has closed the node. */
static void forget_node(void *context, GObject *client)
{
    struct usbfs *usbfs = context;

    pthread_mutex_lock(&usbfs->urbs.lock);
    for (size_t i = 0; i < INTERFACES_MAX; i++)
        if ((void *)usbfs->holder[i] == client)
            usbfs->holder[i] = NULL;
    urbs_forget(&usbfs->urbs, client);
    pthread_mutex_unlock(&usbfs->urbs.lock);
    g_object_unref(usbfs->handler);
}

static void meet_node(UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                      struct usbfs *usbfs)
{
    (void)handler;
    g_object_ref(usbfs->handler);
    g_object_weak_ref(G_OBJECT(client), forget_node, usbfs);
}

struct usbfs *usbfs_new(struct usbredir *redir)
{
    struct usbfs *usbfs = calloc(1, sizeof(*usbfs));

    if (usbfs == NULL)
        abort();
    usbfs->urbs.redir = redir;
    pthread_mutex_init(&usbfs->urbs.lock, NULL);
    pthread_cond_init(&usbfs->urbs.changed, NULL);
    usbfs->handler = umockdev_ioctl_base_new();
    g_object_set_data_full(G_OBJECT(usbfs->handler), "usbfs", usbfs, free);
    g_signal_connect(usbfs->handler, "handle-ioctl", G_CALLBACK(handle_ioctl),
                     usbfs);
    g_signal_connect(usbfs->handler, "client-connected", G_CALLBACK(meet_node),
                     usbfs);
    return usbfs;
}

UMockdevIoctlBase *usbfs_handler(struct usbfs *usbfs)
{
    return usbfs->handler;
}

bool usbfs_take(struct usbfs *usbfs, const struct usbredir_packet *packet)
{
    bool is_ours;

    pthread_mutex_lock(&usbfs->urbs.lock);
    is_ours = urbs_take(&usbfs->urbs, packet);
    pthread_mutex_unlock(&usbfs->urbs.lock);
    return is_ours;
}

void usbfs_unplug(struct usbfs *usbfs)
{
    pthread_mutex_lock(&usbfs->urbs.lock);
    urbs_unplug(&usbfs->urbs);
    pthread_mutex_unlock(&usbfs->urbs.lock);
    g_object_unref(usbfs->handler);
}
