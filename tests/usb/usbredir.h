/* SPDX-License-Identifier: MIT */
/* The host's end of usbredir 0.7 (usb-redir's
 * docs/usb-redirection-protocol.md), as much of it as tests/vm/redir.mjs
 * serves.  Numbers are little-endian, ids have 64 bits. */
#ifndef FOB_TESTS_USB_USBREDIR_H
#define FOB_TESTS_USB_USBREDIR_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum usbredir_type {
    USBREDIR_HELLO = 0,
    USBREDIR_CONNECT = 1,
    USBREDIR_DISCONNECT = 2,
    USBREDIR_SET_CONFIGURATION = 6,
    USBREDIR_START_INTERRUPT = 15,
    USBREDIR_CANCEL = 21,
    USBREDIR_CONTROL = 100,
    USBREDIR_BULK = 101,
    USBREDIR_INTERRUPT = 103,
};

enum usbredir_status {
    USBREDIR_SUCCESS = 0,
    USBREDIR_CANCELLED = 1,
    USBREDIR_STALL = 4,
};

enum { USBREDIR_BODY_MAX = 1 << 17, USBREDIR_SETUP = 8 };

struct usbredir {
    int fd;
    pthread_mutex_t lock; /* of what is sent */
    uint64_t id;          /* the latest one */
};

struct usbredir_packet {
    uint32_t type;
    uint64_t id;
    uint8_t endpoint;
    uint8_t status;
    const uint8_t *data; /* in `body` */
    size_t len;          /* of it */
    size_t moved;        /* of a transfer, either way */
    uint8_t body[USBREDIR_BODY_MAX];
};

/* Connect and say hello; false when nobody listens there. */
bool usbredir_dial(struct usbredir *redir, const char *path);

/* The next packet; false when the other end is gone. */
bool usbredir_receive(struct usbredir *redir, struct usbredir_packet *packet);

/* Each begins something and returns its id, which the answer carries.  A
 * control transfer out has no data. */
uint64_t usbredir_control(struct usbredir *redir,
                          const uint8_t setup[static USBREDIR_SETUP]);
uint64_t usbredir_bulk(struct usbredir *redir, uint8_t endpoint,
                       const uint8_t *data, size_t len);
uint64_t usbredir_interrupt(struct usbredir *redir, uint8_t endpoint,
                            const uint8_t *data, size_t len);
void usbredir_listen(struct usbredir *redir, uint8_t endpoint);
void usbredir_configure(struct usbredir *redir, uint8_t number);
void usbredir_cancel(struct usbredir *redir, uint64_t id);

#endif
