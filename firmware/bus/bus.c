/* SPDX-License-Identifier: MIT */
#include "firmware/bus/bus.h"

#include "src/wipe.h"

_Static_assert(FOB_USB_CCID_MESSAGE_MAX == (int)FOB_CCID_MESSAGE_MAX,
               "dwMaxCCIDMessageLength");
_Static_assert(FOB_USB_PACKET == (int)FOB_CCID_PACKET, "wMaxPacketSize");
_Static_assert(FOB_USB_REPORT == (int)FOB_FRAME_REPORT, "report count");

enum { WAIT_MS = 500 };

/* The programs at the other end are gone, and what they had proved. */
static void restart_transports(struct fob_bus *bus)
{
    fob_app_forget(&bus->app, FOB_INTERFACE_HID);
    fob_app_forget(&bus->app, FOB_INTERFACE_CCID);
    fob_hid_init(&bus->hid, &bus->app);
    fob_ccid_init(&bus->ccid, &bus->app);
    bus->is_ccid_sending = bus->is_ccid_waiting = false;
}

void fob_bus_init(struct fob_bus *bus)
{
    fob_wipe(bus, sizeof(*bus));
    fob_app_init(&bus->app);
    restart_transports(bus);
    fob_usb_init(&bus->usb);
}

static bool move_control(struct fob_bus *bus)
{
    bool moved = fob_usb_poll(&bus->usb);

    if (fob_usb_has_reenumerated(&bus->usb))
        restart_transports(bus);
    if (fob_usb_is_aborted(&bus->usb))
        fob_ccid_abort(&bus->ccid);
    if (fob_usb_is_enumerating(&bus->usb))
        fob_app_give_way(&bus->app);
    return moved;
}

static bool move_hid(struct fob_bus *bus)
{
    struct fob_pipe *pipe = &bus->usb.hid;
    size_t len;
    const uint8_t *report = fob_pipe_received(pipe, &len);
    bool takes = report != NULL && fob_hid_is_ready(&bus->hid);
    bool gives;

    if (takes && len == FOB_USB_REPORT)
        fob_hid_take(&bus->hid, report);
    if (takes)
        fob_pipe_use(pipe);
    gives = fob_pipe_is_free(pipe) && fob_hid_next(&bus->hid, bus->report);
    if (gives)
        fob_pipe_send(pipe, bus->report, sizeof(bus->report));
    return takes || gives;
}

/* Whether a packet behind a reply that nobody reads is nobody's any more. */
static bool has_waited(struct fob_bus *bus)
{
    if (!bus->is_ccid_waiting)
        bus->ccid_waited_ms = fob_port_clock_ms();
    bus->is_ccid_waiting = true;
    return fob_port_clock_ms() - bus->ccid_waited_ms >= WAIT_MS;
}

static bool receive_ccid(struct fob_bus *bus)
{
    struct fob_pipe *pipe = &bus->usb.ccid;
    size_t len;
    const uint8_t *bytes = fob_pipe_received(pipe, &len);
    bool is_ready = fob_ccid_is_ready(&bus->ccid);

    if (bytes == NULL || (!is_ready && !has_waited(bus)))
        return false;
    if (is_ready)
        fob_ccid_take(&bus->ccid, bytes, len);
    fob_pipe_use(pipe);
    bus->is_ccid_waiting = false;
    return true;
}

/* A message belongs to the pipe until all of it has gone. */
static bool send_ccid(struct fob_bus *bus)
{
    struct fob_pipe *pipe = &bus->usb.ccid;
    const uint8_t *message;
    size_t len;

    if (!fob_pipe_is_free(pipe))
        return false;
    if (bus->is_ccid_sending)
        fob_ccid_sent(&bus->ccid);
    message = fob_ccid_next(&bus->ccid, &len);
    bus->is_ccid_sending = message != NULL;
    if (message != NULL)
        fob_pipe_send(pipe, message, len);
    return message != NULL;
}

static bool move_ccid(struct fob_bus *bus)
{
    bool received = receive_ccid(bus);

    return send_ccid(bus) || received;
}

/* A reply is new once; then it waits for the host to read.  Between two erases
 * of a reset there is time to sleep. */
static bool move_command(struct fob_app *app)
{
    enum fob_progress before = app->progress;

    fob_app_poll(app);
    return (app->progress == FOB_WORKING && !app->oath.store.is_resetting) ||
           (app->progress == FOB_DONE && before != FOB_DONE);
}

bool fob_bus_turn(struct fob_bus *bus)
{
    bool control = move_control(bus);
    bool hid = move_hid(bus);
    bool ccid = move_ccid(bus);
    bool command = move_command(&bus->app);

    return control || hid || ccid || command;
}
