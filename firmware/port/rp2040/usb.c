/* SPDX-License-Identifier: MIT */
/* The USB controller as a device (4.1), single buffers, polled. */
#include "firmware/usb/controller.h"

#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/enumeration.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/usb_registers.h"

#include <string.h>

/* Bit numbers of BUFF_STATUS, and order of the buffer controls: endpoint
 * number, then direction. */
enum { IN, OUT, DIRECTIONS };

enum { PACKET_US = 80 }; /* the longest packet, its token and its handshake */

struct lane {
    uint32_t pid;   /* of the next packet: 0 or USB_BUFFER_DATA1 */
    uint32_t armed; /* buffer control as it was armed last, or 0 */
    bool stalled;
};

static struct lane lanes[FOB_USB_ENDPOINTS][DIRECTIONS];

/* --- buffers -------------------------------------------------------------*/

static uint32_t control_of(uint32_t endpoint, uint32_t direction)
{
    return USB_BUFFER_CONTROL(endpoint * DIRECTIONS + direction);
}

/* Endpoint 0 has one buffer for both directions (4.1.2.5.2). */
static uint32_t offset_of(uint32_t endpoint, uint32_t direction)
{
    if (endpoint == 0)
        return USB_BUFFER_0;
    return USB_BUFFERS +
           ((endpoint - 1) * DIRECTIONS + direction) * FOB_USB_PACKET;
}

static volatile uint8_t *buffer_of(uint32_t endpoint, uint32_t direction)
{
    uint32_t address = USB_DPRAM + offset_of(endpoint, direction);

    return (volatile uint8_t *)(uintptr_t)address;
}

/* 4.1.2.5.1: the controller runs on another clock; all else must have
 * settled for three of its cycles before it sees AVAILABLE. */
static void hand_over(uint32_t control, uint32_t value)
{
    reg_write(control, value);
    for (uint32_t i = 0; i < USB_SETTLE; i++)
        __asm__ volatile("nop");
    reg_write(control, value | USB_BUFFER_AVAILABLE);
}

static bool has_setup(void)
{
    return (reg_read(USB_SIE_STATUS) & USB_SIE_STATUS_SETUP) != 0;
}

/* What endpoint 0 has to say is of no use once there is another SETUP, and
 * would go out in answer to that one. */
static void arm_buffer(uint32_t endpoint, uint32_t direction, uint32_t value)
{
    struct lane *lane = &lanes[endpoint][direction];

    if (endpoint == 0 && has_setup())
        return;
    lane->armed = value | lane->pid;
    lane->pid ^= USB_BUFFER_DATA1;
    if (!lane->stalled)
        hand_over(control_of(endpoint, direction), lane->armed);
}

void fob_controller_send(uint8_t endpoint, const void *data, size_t len)
{
    volatile uint8_t *buffer = buffer_of(endpoint, IN);
    const uint8_t *byte = data;

    for (size_t i = 0; i < len; i++)
        buffer[i] = byte[i];
    arm_buffer(endpoint, IN, USB_BUFFER_FULL | USB_BUFFER_LAST | (uint32_t)len);
}

void fob_controller_accept(uint8_t endpoint)
{
    arm_buffer(endpoint, OUT, USB_BUFFER_LAST | FOB_USB_PACKET);
}

size_t fob_controller_take(uint8_t endpoint, uint8_t data[FOB_USB_PACKET])
{
    volatile uint8_t *buffer = buffer_of(endpoint, OUT);
    size_t len = reg_read(control_of(endpoint, OUT)) & USB_BUFFER_LEN;

    if (len > FOB_USB_PACKET)
        len = FOB_USB_PACKET;
    for (size_t i = 0; i < len; i++) {
        data[i] = buffer[i];
        buffer[i] = 0;
    }
    return len;
}

/* --- endpoints -----------------------------------------------------------*/

static uint32_t done_bit(uint32_t endpoint, uint32_t direction)
{
    return BIT(endpoint * DIRECTIONS + direction);
}

/* 4.1.2.6: a packet that is on the wire goes to its end, and then the
 * controller writes over the buffer control.  EP_ABORT tells when that is
 * over; chips with erratum RP2040-E2 would never leave it, so there nothing is
 * offered for as long as the longest packet takes. */
FLASH_CODE static void await_idle_buffer(uint32_t control, uint32_t bit)
{
    uint32_t start_us = clock_us();

    if (chip_is_b0_b1())
        reg_write(control, reg_read(control) & ~USB_BUFFER_AVAILABLE);
    else
        reg_set(USB_ABORT, bit);
    while ((reg_read(USB_ABORT_DONE) & bit) == 0 &&
           clock_us() - start_us <= PACKET_US)
        continue;
}

/* Take back what is armed, unless it is done by then; the length of a packet
 * that has come stays. */
FLASH_CODE static void revoke_buffer(uint32_t endpoint, uint32_t direction)
{
    uint32_t control = control_of(endpoint, direction);
    uint32_t bit = done_bit(endpoint, direction);

    if ((reg_read(control) & USB_BUFFER_AVAILABLE) == 0)
        return;
    await_idle_buffer(control, bit);
    reg_write(control, reg_read(control) & USB_BUFFER_LEN);
    reg_write(USB_ABORT_DONE, bit);
    reg_clear(USB_ABORT, bit);
}

FLASH_CODE static void set_up(uint32_t endpoint, uint32_t direction,
                              uint32_t value)
{
    revoke_buffer(endpoint, direction);
    lanes[endpoint][direction] = (struct lane){0};
    reg_write(control_of(endpoint, direction), 0);
    reg_write(USB_BUFF_STATUS, done_bit(endpoint, direction));
    if (endpoint != 0)
        reg_write(USB_ENDPOINT_CONTROL((endpoint - 1) * DIRECTIONS + direction),
                  value);
}

FLASH_CODE void fob_controller_open(uint8_t endpoint,
                                    enum fob_usb_transfer transfer)
{
    uint32_t value = USB_ENDPOINT_ENABLE | USB_ENDPOINT_TELL_EACH |
                     (uint32_t)transfer << USB_ENDPOINT_TYPE_AT;

    set_up(endpoint, IN, value | offset_of(endpoint, IN));
    set_up(endpoint, OUT, value | offset_of(endpoint, OUT));
}

FLASH_CODE void fob_controller_close(void)
{
    for (uint32_t endpoint = 1; endpoint < FOB_USB_ENDPOINTS; endpoint++) {
        set_up(endpoint, IN, 0);
        set_up(endpoint, OUT, 0);
    }
}

static uint32_t direction_of(uint8_t address)
{
    return (address & FOB_USB_IN) ? IN : OUT;
}

/* Endpoint 0 stalls only while it is armed for it, until the next SETUP: one
 * that has come already is not for this. */
FLASH_CODE void fob_controller_stall(uint8_t address)
{
    uint32_t endpoint = address & ~(uint32_t)FOB_USB_IN;
    uint32_t direction = direction_of(address);
    uint32_t control = control_of(endpoint, direction);

    revoke_buffer(endpoint, direction);
    if (endpoint == 0 && has_setup())
        return;
    if (endpoint == 0)
        reg_set(USB_STALL_ARM, BIT(direction));
    lanes[endpoint][direction].stalled = true;
    reg_write(control, (reg_read(control) & USB_BUFFER_LEN) | USB_BUFFER_STALL);
}

/* What is done is armed no more, though it may not have been told yet; the
 * length of a packet that has come stays. */
FLASH_CODE void fob_controller_resume(uint8_t address)
{
    uint32_t endpoint = address & ~(uint32_t)FOB_USB_IN;
    uint32_t direction = direction_of(address);
    uint32_t control = control_of(endpoint, direction);
    struct lane *lane = &lanes[endpoint][direction];
    bool is_done;

    revoke_buffer(endpoint, direction);
    is_done = (reg_read(USB_BUFF_STATUS) & done_bit(endpoint, direction)) != 0;
    reg_write(control, reg_read(control) & USB_BUFFER_LEN);
    lane->stalled = false;
    lane->pid = 0;
    if (lane->armed != 0 && !is_done)
        arm_buffer(endpoint, direction, lane->armed & ~USB_BUFFER_DATA1);
}

void fob_controller_set_address(uint8_t address)
{
    reg_write(USB_ADDRESS, address);
}

/* --- events --------------------------------------------------------------*/

FLASH_CODE static void reset_endpoint_0(uint32_t pid)
{
    set_up(0, IN, 0);
    set_up(0, OUT, 0);
    lanes[0][IN].pid = pid;
    lanes[0][OUT].pid = pid;
}

FLASH_CODE static struct fob_usb_event take_reset(void)
{
    reg_write(USB_SIE_STATUS, USB_SIE_STATUS_RESET);
    reset_endpoint_0(0);
    fob_controller_close();
    fob_controller_set_address(0);
    enumeration_start();
    return (struct fob_usb_event){.kind = FOB_USB_RESET};
}

/* After a SETUP both directions go on with DATA1 (USB 2.0, 8.5.3).  What was
 * armed before goes first: the controller itself leaves that as it was.  Bytes
 * that another SETUP may have written over are not used. */
FLASH_CODE static struct fob_usb_event take_setup(void)
{
    struct fob_usb_event event = {.kind = FOB_USB_SETUP};
    volatile const uint8_t *bytes =
        (volatile const uint8_t *)(uintptr_t)USB_DPRAM;

    do {
        reset_endpoint_0(USB_BUFFER_DATA1);
        reg_write(USB_SIE_STATUS, USB_SIE_STATUS_SETUP);
        for (size_t i = 0; i < sizeof(event.setup); i++)
            event.setup[i] = bytes[i];
    } while (has_setup());
    return event;
}

static uint32_t lowest_bit(uint32_t bits)
{
    uint32_t number = 0;

    while ((bits & BIT(number)) == 0)
        number++;
    return number;
}

static struct fob_usb_event take_buffer(uint32_t done)
{
    uint32_t number = lowest_bit(done);
    uint32_t direction = number % DIRECTIONS;
    struct fob_usb_event event = {
        .kind = direction == IN ? FOB_USB_SENT : FOB_USB_RECEIVED,
        .endpoint = (uint8_t)(number / DIRECTIONS),
    };

    reg_write(USB_BUFF_STATUS, BIT(number));
    lanes[event.endpoint][direction].armed = 0;
    return event;
}

/* Buffers before SETUP: whatever is done belongs to what came before it. */
struct fob_usb_event fob_controller_poll(void)
{
    uint32_t status = reg_read(USB_SIE_STATUS);
    uint32_t done = reg_read(USB_BUFF_STATUS);

    if (status & USB_SIE_STATUS_RESET)
        return take_reset();
    if (done != 0)
        return take_buffer(done);
    if (status & USB_SIE_STATUS_SETUP)
        return take_setup();
    return (struct fob_usb_event){.kind = FOB_USB_NOTHING};
}

/* The interrupts named here only end a sleep: see board_sleep. */
FLASH_CODE void fob_controller_attach(void)
{
    memset(lanes, 0, sizeof(lanes));
    for (uint32_t at = 0; at < USB_DPRAM_LEN; at += sizeof(uint32_t))
        reg_write(USB_DPRAM + at, 0);
    reg_write(USB_MUXING, USB_MUXING_TO_PHY | USB_MUXING_SOFTCON);
    reg_write(USB_POWER, USB_POWER_VBUS | USB_POWER_VBUS_OVERRIDE);
    reg_write(USB_MAIN, USB_MAIN_ENABLE);
    reg_write(USB_SIE_CTRL, USB_SIE_CTRL_EP0_TELL_EACH);
    reg_write(USB_INTE, USB_INT_BUFF_STATUS | USB_INT_RESET | USB_INT_SETUP);
    reg_set(USB_SIE_CTRL, USB_SIE_CTRL_PULL_UP);
}
