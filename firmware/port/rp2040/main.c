/* SPDX-License-Identifier: MIT */
/* The token: the application's two faces on the pipes of the USB device. */
#include "board.h"
#include "firmware/app/ccid_face.h"
#include "firmware/app/hid_face.h"
#include "firmware/usb/device.h"

_Static_assert(FOB_USB_CCID_MESSAGE_MAX == (int)FOB_CCID_MESSAGE_MAX,
               "dwMaxCCIDMessageLength");
_Static_assert(FOB_USB_REPORT == (int)FOB_FRAME_REPORT, "report count");

/* Short enough for a button and an LED. */
enum { SLEEP_US = 5000 };

struct device {
    struct fob_usb usb;
    struct fob_token token;
    struct fob_hid_face hid;
    struct fob_ccid_face ccid;
    uint8_t report[FOB_USB_REPORT];
    bool ccid_sending;
};

static struct device device;

/* The programs at the other end are gone, and what they had proved. */
static void begin_anew(void)
{
    fob_token_forget(&device.token, FOB_FACE_HID);
    fob_token_forget(&device.token, FOB_FACE_CCID);
    fob_hid_init(&device.hid, &device.token);
    fob_ccid_init(&device.ccid, &device.token);
    device.ccid_sending = false;
}

static bool move_bus(void)
{
    bool moved = fob_usb_poll(&device.usb);

    if (fob_usb_has_begun_anew(&device.usb))
        begin_anew();
    if (fob_usb_is_aborted(&device.usb))
        fob_ccid_abort(&device.ccid);
    return moved;
}

static bool move_hid(void)
{
    struct fob_pipe *pipe = &device.usb.hid;
    size_t len;
    const uint8_t *report = fob_pipe_received(pipe, &len);
    bool takes = report != NULL && fob_hid_is_ready(&device.hid);
    bool gives;

    if (takes && len == FOB_USB_REPORT)
        fob_hid_take(&device.hid, report);
    if (takes)
        fob_pipe_use(pipe, len);
    gives = fob_pipe_is_free(pipe) && fob_hid_next(&device.hid, device.report);
    if (gives)
        fob_pipe_send(pipe, device.report, sizeof device.report);
    return takes || gives;
}

static bool receive_ccid(struct fob_pipe *pipe)
{
    size_t len;
    const uint8_t *bytes = fob_pipe_received(pipe, &len);

    if (bytes == NULL || !fob_ccid_is_ready(&device.ccid))
        return false;
    fob_pipe_use(pipe, fob_ccid_take(&device.ccid, bytes, len));
    return true;
}

/* A message belongs to the pipe until all of it has gone. */
static bool send_ccid(struct fob_pipe *pipe)
{
    const uint8_t *message;
    size_t len;

    if (!fob_pipe_is_free(pipe))
        return false;
    if (device.ccid_sending)
        fob_ccid_sent(&device.ccid);
    message = fob_ccid_next(&device.ccid, &len);
    device.ccid_sending = message != NULL;
    if (message != NULL)
        fob_pipe_send(pipe, message, len);
    return message != NULL;
}

static bool move_ccid(void)
{
    bool received = receive_ccid(&device.usb.ccid);

    return send_ccid(&device.usb.ccid) || received;
}

static void turn(void)
{
    bool bus = move_bus();
    bool hid = move_hid();
    bool ccid = move_ccid();

    fob_token_poll(&device.token);
    if (!bus && !hid && !ccid && device.token.progress != FOB_WORKING &&
        device.token.progress != FOB_DONE)
        board_sleep(SLEEP_US);
}

int main(void)
{
    board_start();
    fob_token_init(&device.token);
    begin_anew();
    fob_usb_init(&device.usb);
    for (;;)
        turn();
}
