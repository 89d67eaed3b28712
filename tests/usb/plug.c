/* SPDX-License-Identifier: MIT */
/*
 * Plug emulated boards in for programs on this machine, by umockdev.
 *
 * usage: plug [--closed] SOCKET ...
 *
 * Each SOCKET is one of tests/vm/redir.mjs; their boards are in the ports 1,
 * 2, ... of bus 1.  Prints `UMOCKDEV_DIR=FOLDER`, which a program needs in its
 * environment beside LD_PRELOAD=libumockdev-preload.so.0, then a line `plugged
 * PORT` or `unplugged PORT` at each change.  It needs that LD_PRELOAD, too.
 * With --closed the nodes of HID come without a right for anybody.
 */
#include "tests/usb/bed.h"
#include "tests/usb/hidraw.h"
#include "tests/usb/usbfs.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

enum { PORTS_MAX = 4, SET_IDLE = 0x0a, OF_HID = 0x21 };

static struct bed bed;
static pthread_mutex_t bed_lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_closed;

struct port {
    unsigned number;
    unsigned address; /* of the latest device */
    struct usbredir redir;
    struct usbredir_packet packet;
    struct facts facts;
    struct bed_place place;
    struct usbfs *usbfs; /* NULL: nothing is plugged in */
    struct hidraw *hidraw;
};

static void send_line(const char *what, const struct port *port)
{
    printf("%s %u\n", what, port->number);
    fflush(stdout);
}

/* --- plugged in ----------------------------------------------------------*/

/* What comes meanwhile is for nobody yet. */
static size_t ask_board(void *context, const uint8_t setup[static 8],
                        uint8_t *data)
{
    struct port *port = context;
    uint64_t id = usbredir_control(&port->redir, setup);

    while (usbredir_receive(&port->redir, &port->packet))
        if (port->packet.type == USBREDIR_CONTROL && port->packet.id == id) {
            if (port->packet.status != USBREDIR_SUCCESS)
                return 0;
            memcpy(data, port->packet.data, port->packet.len);
            return port->packet.len;
        }
    return 0;
}

/* As usbhid does when it binds. */
static void start_hid(struct port *port)
{
    const uint8_t idle[] = {OF_HID, SET_IDLE, 0, 0, port->facts.hid.interface,
                            0,      0,        0};

    usbredir_control(&port->redir, idle);
    usbredir_listen(&port->redir, port->facts.hid.in);
}

static void make_nodes(struct port *port)
{
    char *usb = bed_real(&bed, port->place.usb);

    if (!g_file_set_contents(usb, "", 0, NULL))
        abort();
    g_free(usb);
    port->usbfs = usbfs_new(&port->redir);
    bed_attach(&bed, port->place.usb, usbfs_handler(port->usbfs));
    if (port->place.hidraw[0] != '\0') {
        char *node = bed_real(&bed, port->place.hidraw);

        port->hidraw = hidraw_new(&port->facts.hid, node);
        if (is_closed && chmod(node, 0) != 0)
            abort();
        bed_attach(&bed, port->place.hidraw, hidraw_handler(port->hidraw));
        g_free(node);
    }
}

static void plug_in(struct port *port)
{
    const struct facts_source source = {ask_board, port};

    if (!facts_read(&port->facts, &source))
        return;
    usbredir_configure(&port->redir, port->facts.tree[5]);
    pthread_mutex_lock(&bed_lock);
    bed_place(&port->place, &port->facts, port->number,
              port->address += PORTS_MAX);
    make_nodes(port);
    bed_add(&bed, &port->place, &port->facts);
    pthread_mutex_unlock(&bed_lock);
    if (port->hidraw != NULL)
        start_hid(port);
    send_line("plugged", port);
}

static void unplug_board(struct port *port)
{
    if (port->usbfs == NULL)
        return;
    pthread_mutex_lock(&bed_lock);
    bed_remove(&bed, &port->place);
    bed_detach(&bed, port->place.usb);
    usbfs_unplug(port->usbfs);
    port->usbfs = NULL;
    if (port->hidraw != NULL) {
        bed_detach(&bed, port->place.hidraw);
        hidraw_unplug(port->hidraw);
        port->hidraw = NULL;
    }
    pthread_mutex_unlock(&bed_lock);
    send_line("unplugged", port);
}

/* --- in use --------------------------------------------------------------*/

static void take_packet(struct port *port)
{
    const struct usbredir_packet *packet = &port->packet;

    if (packet->type == USBREDIR_CONNECT)
        plug_in(port);
    else if (packet->type == USBREDIR_DISCONNECT)
        unplug_board(port);
    else if (port->usbfs != NULL && usbfs_take(port->usbfs, packet))
        return;
    else if (port->hidraw != NULL && packet->type == USBREDIR_INTERRUPT &&
             packet->endpoint == port->facts.hid.in)
        hidraw_put(port->hidraw, packet->data, packet->len);
}

static void take_report(struct port *port)
{
    uint8_t report[HIDRAW_REPORT];

    if (hidraw_get(port->hidraw, report))
        usbredir_interrupt(&port->redir, port->facts.hid.out, report,
                           sizeof(report));
}

static void *serve_board(void *argument)
{
    struct port *port = argument;

    for (;;) {
        struct pollfd ready[2] = {
            {.fd = port->redir.fd, .events = POLLIN},
            {.fd = port->hidraw == NULL ? -1 : hidraw_fd(port->hidraw),
             .events = POLLIN},
        };

        poll(ready, 2, -1);
        if (ready[1].revents & POLLIN)
            take_report(port);
        if (ready[0].revents == 0)
            continue;
        if (!usbredir_receive(&port->redir, &port->packet))
            break;
        take_packet(port);
    }
    unplug_board(port);
    return NULL;
}

/* --------------------------------------------------------------------------*/

static bool start_thread(struct port *port, const char *path)
{
    pthread_t thread;

    if (!usbredir_dial(&port->redir, path)) {
        fprintf(stderr, "plug: nobody listens at %s\n", path);
        return false;
    }
    return pthread_create(&thread, NULL, serve_board, port) == 0 &&
           pthread_detach(thread) == 0;
}

int main(int argc, char **argv)
{
    static struct port ports[PORTS_MAX];
    sigset_t ends;
    int signal_number;

    /* Blocked in the threads, too. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    is_closed = argc > 1 && strcmp(argv[1], "--closed") == 0;
    argc -= is_closed;
    argv += is_closed;
    if (argc < 2 || argc > 1 + PORTS_MAX || !bed_make(&bed))
        return 2;
    printf("UMOCKDEV_DIR=%s\n", bed.root);
    fflush(stdout);
    for (int i = 1; i < argc; i++) {
        struct port *port = &ports[i - 1];

        port->number = (unsigned)i;
        port->address = (unsigned)i;
        if (!start_thread(port, argv[i]))
            return 1;
    }
    sigwait(&ends, &signal_number);
    /* Never released: a port whose board goes now finds nothing to remove. */
    pthread_mutex_lock(&bed_lock);
    bed_free(&bed);
    return 0;
}
