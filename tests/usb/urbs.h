/* SPDX-License-Identifier: MIT */
/* The transfers of programs that have a node of /dev/bus/usb open: from an
 * ioctl to usbredir and back.  All is called under `lock`. */
#ifndef FOB_TESTS_USB_URBS_H
#define FOB_TESTS_USB_URBS_H

#include "tests/usb/usbredir.h"

struct _UMockdevIoctlClient; /* umockdev.h */
struct _UMockdevIoctlData;

struct urbs {
    struct usbredir *redir;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct urbs_transfer *first;
    bool is_gone; /* the device is */
};

/* End an ioctl: 0, or an errno. */
void urbs_answer(struct _UMockdevIoctlClient *client, int error);

/* What its argument points to. */
struct _UMockdevIoctlData *urbs_argument(struct _UMockdevIoctlClient *client,
                                         size_t len);

/* SUBMITURB, REAPURBNDELAY, DISCARDURB and CLEAR_HALT, each answered. */
void urbs_submit(struct urbs *urbs, struct _UMockdevIoctlClient *client);
void urbs_reap(struct urbs *urbs, struct _UMockdevIoctlClient *client);
void urbs_discard(struct urbs *urbs, struct _UMockdevIoctlClient *client);
void urbs_clear_halt(struct urbs *urbs, struct _UMockdevIoctlClient *client);

/* Take an answer; whether it was one to a transfer from here. */
bool urbs_take(struct urbs *urbs, const struct usbredir_packet *packet);

/* A program has closed the node. */
void urbs_forget(struct urbs *urbs, const void *client);

/* The device is gone, and with it whatever is under way. */
void urbs_unplug(struct urbs *urbs);

#endif
