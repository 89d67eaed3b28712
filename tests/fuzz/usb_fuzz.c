/* SPDX-License-Identifier: MIT */
/*
 * A hostile host on the bus: SETUPs, tokens, packets and resets in any order,
 * with time, a finger and turns of the device in between.  The controller's
 * contract is kept, and whatever was before, a host that enumerates finds
 * both faces working and the token free.  With a first byte of ff the host
 * itself is a good one and only the programs on it are not: then whoever comes
 * next needs no enumeration, and a second.
 */
#include "src/bytes.h"
#include "tests/lib/usb_token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum step {
    STEP_RESET,
    STEP_SETUP,   /* 8 bytes */
    STEP_IN,      /* endpoint */
    STEP_OUT,     /* endpoint, length, bytes */
    STEP_TURN,    /* turns of the device */
    STEP_TIME,    /* units of 16 ms */
    STEP_FINGER,  /* the button moves */
    STEP_ADDRESS, /* the host's view of it */
    STEP_TOGGLE,  /* address of an endpoint: the host begins with DATA0 */
    STEP_PLUG,    /* as far as a driver goes */
    STEPS
};

/* A restart that was asked for: the chip would begin at its first line. */
static void follow_restart(void)
{
    if (sim_board.start == SIM_RUNNING)
        return;
    sim_board.start = SIM_RUNNING;
    sim_board.is_warm = true;
    memset(&wire, 0, sizeof wire);
    fob_bus_init(&token_bus);
}

static void turn(unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        (void)fob_bus_turn(&token_bus);
    follow_restart();
}

static void put_setup(struct fob_reader *reader)
{
    const uint8_t *bytes = fob_get_bytes(reader, FOB_USB_SETUP_LEN);

    if (bytes != NULL)
        (void)wire_setup(bytes);
}

static void put_out(struct fob_reader *reader)
{
    uint8_t endpoint = fob_get_u8(reader) % FOB_USB_ENDPOINTS;
    size_t len = fob_get_u8(reader) % (FOB_USB_PACKET + 1);
    uint8_t packet[FOB_USB_PACKET] = {0};

    if (len > reader->left)
        len = reader->left;
    if (len > 0)
        memcpy(packet, fob_get_bytes(reader, len), len);
    if (endpoint == TOKEN_HID)
        channels_pick(packet, token_bus.hid.channels.known, FOB_HID_CHANNELS);
    (void)wire_out(endpoint, packet, len);
}

static void take_in(struct fob_reader *reader)
{
    uint8_t packet[FOB_USB_PACKET];
    size_t len;

    (void)wire_in(fob_get_u8(reader) % FOB_USB_ENDPOINTS, packet, &len);
}

static void restart_lane(unsigned byte)
{
    wire_restart((uint8_t)(byte % FOB_USB_ENDPOINTS | (byte & FOB_USB_IN)));
}

enum { PROGRAMS_ONLY = 0xff };

static void take_step(struct fob_reader *reader, bool programs_only)
{
    unsigned step = fob_get_u8(reader) % STEPS;

    if (programs_only && (step < STEP_IN || step > STEP_FINGER))
        step = STEP_TURN;
    switch (step) {
    case STEP_RESET:
        wire_reset();
        break;
    case STEP_SETUP:
        put_setup(reader);
        break;
    case STEP_IN:
        take_in(reader);
        break;
    case STEP_OUT:
        put_out(reader);
        break;
    case STEP_TURN:
        turn(fob_get_u8(reader));
        break;
    case STEP_TIME:
        sim_board.clock_ms += 16u * fob_get_u8(reader);
        break;
    case STEP_FINGER:
        sim_board.button = !sim_board.button;
        break;
    case STEP_ADDRESS:
        wire.host_address = wire.address;
        break;
    case STEP_TOGGLE:
        restart_lane(fob_get_u8(reader));
        break;
    default:
        (void)host_enumerate();
        break;
    }
    turn(1);
}

static void must(bool good)
{
    if (!good)
        abort();
}

/* Both faces serve a new program, the driver as well. */
static void check_faces(void)
{
    static const char select[] = "00a4040007a0000005272101";
    unsigned lost = wire.lost;
    char hex[80];

    must(token_bus.app.progress == FOB_IDLE && token_says(TOKEN_HID, "") &&
         token_says(TOKEN_CCID, ""));
    channels_forget();
    token_report("ffffffff 86 0008 0102030405060708");
    must(token_says(TOKEN_HID, "ffffffff 86 0011 0102030405060708 00000001"));
    snprintf(hex, sizeof hex, "00000001 83 000c %s", select);
    token_report(hex);
    must(token_says(TOKEN_HID, "00000001 83") && host_data[7] == 0x79);
    token_message("62 00000000 00 01 000000");
    must(token_says(TOKEN_CCID, "80 0d000000 00 01 000000"));
    snprintf(hex, sizeof hex, "6f 0c000000 00 02 00 0000 %s", select);
    token_message(hex);
    must(token_says(TOKEN_CCID, "80") && host_data[10] == 0x79);
    must(wire.lost == lost);
}

/* A new driver on the machine, after a wait in which the token ends whatever
 * it was asked for. */
static void check(void)
{
    wire_reset();
    for (int i = 0; i < 20; i++) {
        sim_board.clock_ms += 1000;
        turn(20);
    }
    must(host_enumerate());
    check_faces();
}

static void read_all(void)
{
    uint8_t packet[FOB_USB_PACKET];
    size_t len;

    for (int i = 0; i < 100; i++) {
        (void)wire_in(TOKEN_HID, packet, &len);
        (void)wire_in(TOKEN_CCID, packet, &len);
        turn(2);
    }
}

/* The same without one: programs are gone, and a second later others read what
 * the first ones left.  What waits for the button may do so for longer, or for
 * the erases of a reset. */
static void check_programs(void)
{
    while (token_bus.app.progress == FOB_TOUCH ||
           token_bus.app.oath.store.is_resetting) {
        sim_board.clock_ms += 1000;
        turn(20);
    }
    for (int i = 0; i < 10; i++) {
        read_all();
        sim_board.clock_ms += 100;
        turn(2);
    }
    read_all();
    check_faces();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t fresh[SIM_FLASH_LEN];
    static bool ready;
    bool programs_only;
    uint8_t *exact = exact_copy(data, size);
    struct fob_reader reader;

    if (!ready) {
        must(token_plug_in());
        memcpy(fresh, token_flash, sizeof fresh);
    }
    ready = true;
    memcpy(token_flash, fresh, sizeof fresh);
    must(token_replug());
    programs_only = size > 0 && data[0] == PROGRAMS_ONLY;
    fob_reader_init(&reader, exact, size);
    while (reader.left > 0 && reader.status == FOB_OK)
        take_step(&reader, programs_only);
    if (programs_only)
        check_programs();
    else
        check();
    free(exact);
    return 0;
}
