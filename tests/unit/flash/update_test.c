/* SPDX-License-Identifier: MIT */
/* Writing to a model of a board: all of the firmware, or a board that waits
 * in its boot loader, whatever goes wrong at whichever call. */
#include "host/flash/update.h"

#include "host/flash/board_choice.h"
#include "host/flash/board_wait.h"
#include "host/flash/picoboot.h"
#include "tests/lib/board_usb.h"
#include "tests/lib/flash_image.h"
#include "tests/lib/tap.h"

enum { IMAGE_LEN = 3 * 4096 + 512, STORE_AT = 480 * 4096 };

static struct fob_error error;
static uint8_t image[IMAGE_LEN];
static size_t told, last_done;

static void hear(void *context, const char *step, size_t done, size_t total)
{
    (void)context;
    (void)step;
    told++;
    if (done > total || (done != 0 && done != last_done + 1))
        abort();
    last_done = done;
}

static const struct update_listener listener = {hear, NULL};

/* Choose, write and wait, as fob-flash does. */
static enum fob_status flash(struct board *board, const char *version,
                             bool force, char before[VERSION_MAX + 1])
{
    struct usb usb = board_usb(board);
    struct firmware firmware = {0};
    static const struct board_options any = {NULL, NULL};
    struct board_choice choice;
    char serial[USB_SERIAL_MAX + 1];
    enum fob_status status;

    fob_error_clear(&error);
    flash_image_make(image, sizeof(image), version);
    status = firmware_read(image, sizeof(image), &firmware, &error);
    if (status == FOB_OK && !force)
        status = update_check_file(&firmware, &error);
    if (status == FOB_OK)
        status = board_choice_make(&usb, &any, &choice, &error);
    if (status == FOB_OK && choice.serial[0] != '\0')
        abort();
    if (status == FOB_OK)
        status = update_run(&usb, choice.place, &firmware, force, &listener,
                            before, &error);
    if (status == FOB_OK)
        status = board_wait_firmware(&usb, choice.place, serial, &error);
    firmware_free(&firmware);
    if (board->is_open)
        abort();
    return status;
}

/* A board that has firmware and accounts. */
static void prepare(struct board *board, const char *version)
{
    board_init(board);
    flash_image_make(board->flash, 2 * 4096, version);
    memset(board->flash + STORE_AT, 0x5a, BOARD_FLASH - STORE_AT);
}

static bool store_is_whole(const struct board *board)
{
    for (size_t i = STORE_AT; i < BOARD_FLASH; i++)
        if (board->flash[i] != 0x5a)
            return false;
    return true;
}

static bool is_written(const struct board *board)
{
    return memcmp(board->flash, image, sizeof(image)) == 0;
}

static void test_success(void)
{
    struct board board;
    char before[VERSION_MAX + 1];
    bool blank = true;

    prepare(&board, "0.0.9+old");
    memset(board.flash + 3 * 4096 + 512, 0, 4096 - 512);
    tap_ok(flash(&board, "0.1.0", false, before) == FOB_OK, "writes: %s",
           error.text);
    tap_ok(is_written(&board) && !board.is_in_loader, "what runs is the file");
    for (size_t i = sizeof(image); i < 4 * 4096; i++)
        blank = blank && board.flash[i] == 0xff;
    tap_ok(blank, "the rest of the last sector is blank");
    tap_ok(store_is_whole(&board), "the accounts are let be");
    tap_ok(strcmp(before, "0.0.9+old") == 0, "tells what was there");
    tap_ok(told == 3 * (4 + 1), "tells of each sector of each step");
    tap_ok(board.is_exclusive, "keeps mass storage away");
    board_free(&board);
}

static void test_versions(void)
{
    struct board board;
    char before[VERSION_MAX + 1];

    prepare(&board, "0.2.0");
    tap_ok(flash(&board, "0.1.9", false, before) == FOB_E_USAGE &&
               strstr(error.hint, "--force") != NULL && !is_written(&board) &&
               boot2_is_valid(board.flash),
           "refuses an older version: %s", error.text);
    tap_ok(flash(&board, "0.1.9", true, before) == FOB_OK && is_written(&board),
           "unless it is told to");
    board_free(&board);

    prepare(&board, "0.1.0");
    tap_ok(flash(&board, NULL, false, before) == FOB_E_UNSUPPORTED &&
               !is_written(&board),
           "refuses other firmware: %s", error.text);
    tap_ok(flash(&board, NULL, true, before) == FOB_OK && is_written(&board),
           "unless it is told to");
    board_free(&board);

    prepare(&board, "9.0.0");
    board.flash[0] ^= 1;
    tap_ok(flash(&board, "0.1.0", false, before) == FOB_OK && before[0] == '\0',
           "what the ROM would not run has no version");
    board_free(&board);
}

/* Whether the board after a failure is one that cannot mislead: its old
 * firmware whole, or nothing that the ROM starts, or all that was wanted. */
static bool is_sound(const struct board *board, const uint8_t *old)
{
    return memcmp(board->flash, old, 2 * 4096) == 0 ||
           !boot2_is_valid(board->flash) || is_written(board);
}

static int fail_each_call(enum usb_fault fault)
{
    static uint8_t old[2 * 4096];
    int failures = 0;

    flash_image_make(old, sizeof(old), "0.0.9");
    for (int call = 1;; call++) {
        struct board board;
        char before[VERSION_MAX + 1];
        enum fob_status status;
        bool sound;

        prepare(&board, "0.0.9");
        board.fail_at = call;
        board.fail_with = fault;
        status = flash(&board, "0.1.0", false, before);
        sound = is_sound(&board, old) && store_is_whole(&board) &&
                (status == FOB_OK ? is_written(&board) && !board.is_in_loader
                                  : error.text[0] && error.hint[0] &&
                                        error.status == status);
        if (!sound)
            printf("# call %d: %02x %s\n", call, (unsigned)status, error.text);
        failures += !sound;
        sound = board.calls >= call;
        board_free(&board);
        if (!sound)
            return failures;
    }
}

static void test_faults(void)
{
    static const struct {
        enum usb_fault fault;
        const char *what;
    } faults[] = {
        {USB_GONE, "the board is unplugged"},
        {USB_STALLED, "it stalls"},
        {USB_SLOW, "it is silent"},
        {USB_FAILED, "it falls short"},
        {USB_BUSY, "it is busy"},
        {USB_DENIED, "it is denied"},
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
        tap_ok(fail_each_call(faults[i].fault) == 0,
               "at any call %s: a whole firmware or none, and a way out",
               faults[i].what);
}

/* Every sixteenth byte, the first page included, does not take a value. */
static void test_bad_flash(void)
{
    int misses = 0;

    for (size_t at = 1; at < IMAGE_LEN; at += 16) {
        struct board board;
        char before[VERSION_MAX + 1];
        bool caught;

        prepare(&board, "0.0.9");
        board.stuck_at = at;
        flash_image_make(image, sizeof(image), "0.1.0");
        board.flash[at] = (uint8_t)~image[at];
        caught = flash(&board, "0.1.0", true, before) == FOB_E_IO &&
                 !boot2_is_valid(board.flash);
        misses += !caught;
        board_free(&board);
    }
    tap_ok(misses == 0, "bad flash is found, and not started: %s", error.text);
}

static void test_refusal(void)
{
    struct board board;
    struct usb usb;
    struct picoboot loader = {0};
    uint8_t page[256];

    board_init(&board);
    usb = board_usb(&board);
    if (!tap_ok(picoboot_open(&loader, &usb, BOARD_PLACE, &error) == FOB_OK,
                "opens"))
        return;
    tap_ok(picoboot_erase(&loader, 0x10000100, 4096, &error) == FOB_E_IO &&
               strstr(error.text, "bad alignment") != NULL,
           "a refusal has the board's reason: %s", error.text);
    board_reset(&board);
    tap_ok(picoboot_read(&loader, 0x10200000, page, 256, &error) == FOB_E_IO &&
               strstr(error.text, "bad address") != NULL,
           "another: %s", error.text);
    picoboot_close(&loader);
    board_free(&board);
}

/* Section 2.8.5.5 of the data sheet, byte for byte. */
static void test_bytes(void)
{
    static const uint8_t read[32] = {0x0b, 0xd1, 0x1f, 0x43, 3, 0, 0, 0,
                                     0x84, 8,    0,    0,    0, 2, 0, 0,
                                     0,    1,    0,    0x10, 0, 2};
    static const uint8_t reboot[32] = {
        0x0b, 0xd1, 0x1f, 0x43, 4, 0, 0, 0,    2,    12,   0,    0,  0,
        0,    0,    0,    0,    0, 0, 0, 0x00, 0x20, 0x04, 0x20, 100};
    struct board board;
    struct usb usb;
    struct picoboot loader = {0};
    uint8_t data[512];

    board_init(&board);
    usb = board_usb(&board);
    if (!tap_ok(picoboot_open(&loader, &usb, BOARD_PLACE, &error) == FOB_OK &&
                    picoboot_read(&loader, 0x10000100, data, 512, &error) ==
                        FOB_OK,
                "reads"))
        return;
    tap_bytes(board.last_command, read, 32, "the bytes of READ");
    tap_ok(picoboot_reboot(&loader, &error) == FOB_OK, "restarts");
    tap_bytes(board.last_command, reboot, 32, "the bytes of REBOOT");
    picoboot_close(&loader);
    board_free(&board);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_success();
    test_versions();
    test_faults();
    test_bad_flash();
    test_refusal();
    test_bytes();
    return tap_done();
}
