/* SPDX-License-Identifier: MIT */
/* libusb going wrong at each call: the functions here are linked in its
 * place, with a hub, a keyboard and a board in its boot loader behind them. */
#include "host/flash/libusb.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#include <libusb-1.0/libusb.h>

enum { DEVICES = 3, BOARD = 2, OUT = 0x03, IN = 0x84, NEVER = -1 };

struct libusb_device {
    int number;
};

static struct libusb_device devices[DEVICES] = {{0}, {1}, {BOARD}};

static struct {
    int calls, fails_at, code;
    int moved; /* less or more than asked for */
    int open;  /* contexts, lists, trees, handles */
    bool claimed;
} bus;

static int call(void)
{
    return bus.calls++ == bus.fails_at ? bus.code : 0;
}

static int move(int len)
{
    bool is_wrong = bus.calls == bus.fails_at;
    int code = call();

    if (code != 0)
        return code;
    return is_wrong ? len + bus.moved : len;
}

/* --- libusb --------------------------------------------------------------*/

int libusb_init(libusb_context **library)
{
    int code = call();

    *library = NULL;
    bus.open += code == 0;
    return code;
}

void libusb_exit(libusb_context *library)
{
    (void)library;
    bus.open--;
}

const char *libusb_strerror(int code)
{
    return code == 0 ? "no fault" : "a fault";
}

ssize_t libusb_get_device_list(libusb_context *library, libusb_device ***list)
{
    int code = call();

    (void)library;
    if (code != 0)
        return code;
    bus.open++;
    *list = exact_copy(NULL, DEVICES * sizeof **list);
    for (int i = 0; i < DEVICES; i++)
        (*list)[i] = &devices[i];
    return DEVICES;
}

void libusb_free_device_list(libusb_device **list, int unreferenced)
{
    (void)unreferenced;
    free(list);
    bus.open--;
}

/* The first one is a root; the board is behind two hubs. */
int libusb_get_port_numbers(libusb_device *device, uint8_t *ports, int cap)
{
    static const uint8_t places[DEVICES][3] = {{0}, {1}, {4, 200, 3}};
    static const int counts[DEVICES] = {0, 1, 3};
    int count = counts[device->number];

    if (count > cap)
        return LIBUSB_ERROR_OVERFLOW;
    memcpy(ports, places[device->number], (size_t)count);
    return count;
}

uint8_t libusb_get_bus_number(libusb_device *device)
{
    (void)device;
    return 255;
}

int libusb_get_device_descriptor(libusb_device *device,
                                 struct libusb_device_descriptor *descriptor)
{
    int code = call();

    *descriptor = (struct libusb_device_descriptor){.iSerialNumber = 3};
    descriptor->idVendor = device->number == BOARD ? 0x2e8a : 0x1234;
    descriptor->idProduct = 3;
    return code;
}

libusb_device *libusb_get_device(libusb_device_handle *handle)
{
    return (libusb_device *)handle;
}

int libusb_open(libusb_device *device, libusb_device_handle **handle)
{
    int code = call();

    if (code != 0)
        return code;
    bus.open++;
    *handle = (libusb_device_handle *)device;
    return 0;
}

/* A claim ends with its handle. */
void libusb_close(libusb_device_handle *handle)
{
    (void)handle;
    bus.claimed = false;
    bus.open--;
}

int libusb_get_string_descriptor_ascii(libusb_device_handle *handle,
                                       uint8_t number, unsigned char *text,
                                       int cap)
{
    int code = call();

    (void)handle;
    if (code != 0)
        return code;
    if (number != 3 || cap < 4)
        return LIBUSB_ERROR_INVALID_PARAM;
    memcpy(text, "E \x7f", 4);
    return 3;
}

static const struct libusb_endpoint_descriptor ends[] = {
    {.bEndpointAddress = 0x85,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_INTERRUPT},
    {.bEndpointAddress = OUT,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK},
    {.bEndpointAddress = IN,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK},
};

int libusb_get_active_config_descriptor(libusb_device *device,
                                        struct libusb_config_descriptor **tree)
{
    static const struct libusb_interface_descriptor settings[] = {
        {.bInterfaceClass = LIBUSB_CLASS_MASS_STORAGE},
        {.bInterfaceNumber = 1,
         .bInterfaceClass = LIBUSB_CLASS_VENDOR_SPEC,
         .bNumEndpoints = 3,
         .endpoint = ends},
    };
    static const struct libusb_interface interfaces[] = {
        {NULL, 0}, {&settings[0], 1}, {&settings[1], 1}};
    int code = call();

    (void)device;
    if (code != 0)
        return code;
    bus.open++;
    *tree = exact_copy(NULL, sizeof **tree);
    (*tree)->bNumInterfaces = 3;
    (*tree)->interface = interfaces;
    return 0;
}

void libusb_free_config_descriptor(struct libusb_config_descriptor *tree)
{
    free(tree);
    bus.open--;
}

int libusb_claim_interface(libusb_device_handle *handle, int interface)
{
    int code = call();

    (void)handle;
    if (code != 0)
        return code;
    if (interface != 1)
        return LIBUSB_ERROR_NOT_FOUND;
    bus.claimed = true;
    return 0;
}

int libusb_control_transfer(libusb_device_handle *handle, uint8_t type,
                            uint8_t request, uint16_t value, uint16_t index,
                            unsigned char *data, uint16_t len, unsigned wait_ms)
{
    (void)handle, (void)request, (void)wait_ms;
    if (!bus.claimed || value != 0 || index != 1 || (type & 0x7f) != 0x41)
        return LIBUSB_ERROR_INVALID_PARAM;
    if (len > 0)
        memset(data, 0xa5, len);
    return move(len);
}

int libusb_bulk_transfer(libusb_device_handle *handle, unsigned char endpoint,
                         unsigned char *data, int len, int *moved,
                         unsigned wait_ms)
{
    int done = move(endpoint == IN && len == 64 ? 0 : len);

    (void)handle, (void)wait_ms;
    if (!bus.claimed || (endpoint != IN && endpoint != OUT))
        return LIBUSB_ERROR_INVALID_PARAM;
    if (done < 0)
        return done;
    if (endpoint == IN && len > 0)
        memset(data, 0xa5, (size_t)len);
    *moved = done;
    return 0;
}

int libusb_clear_halt(libusb_device_handle *handle, unsigned char endpoint)
{
    (void)handle;
    return endpoint == IN || endpoint == OUT ? call()
                                             : LIBUSB_ERROR_INVALID_PARAM;
}

/* --- one use of all of it ------------------------------------------------*/

static const char board[] = "255-4.200.3";

static enum usb_fault talk(const struct usb *usb)
{
    uint8_t command[32] = {0}, data[100];
    enum usb_fault fault = usb->order(usb->context, 0x41);

    if (fault == USB_OK)
        fault = usb->clear(usb->context);
    if (fault == USB_OK)
        fault = usb->send(usb->context, command, sizeof command);
    if (fault == USB_OK)
        fault = usb->receive(usb->context, data, sizeof data);
    if (fault == USB_OK)
        fault = usb->send(usb->context, NULL, 0);
    if (fault == USB_OK)
        fault = usb->receive(usb->context, NULL, 0);
    if (fault == USB_OK)
        fault = usb->ask(usb->context, 0x42, data, 16);
    return fault;
}

static enum usb_fault use(const struct usb *usb)
{
    struct usb_device found[USB_DEVICES_MAX];
    char serial[USB_SERIAL_MAX + 1];
    size_t count;
    enum usb_fault fault = usb->list(usb->context, found, &count);

    if (fault == USB_OK && (count != 2 || found[1].vendor != 0x2e8a ||
                            strcmp(found[1].place, board) != 0))
        return USB_GONE;
    if (fault == USB_OK)
        fault = usb->read_serial(usb->context, board, serial);
    if (fault == USB_OK && strcmp(serial, "E??") != 0)
        return USB_FAILED;
    if (fault == USB_OK)
        fault = usb->open(usb->context, board);
    if (fault != USB_OK)
        return fault;
    fault = talk(usb);
    usb->close(usb->context);
    return fault;
}

static enum usb_fault run(int fails_at, int code, int moved)
{
    struct fob_error error = {0};
    enum usb_fault fault;
    struct usb usb;

    bus.calls = 0;
    bus.fails_at = fails_at;
    bus.code = code;
    bus.moved = moved;
    if (flash_libusb_start(&usb, &error) != FOB_OK)
        return error.status == FOB_E_FAILED &&
                       strstr(error.text, "cannot use USB: a fault")
                   ? USB_FAILED
                   : USB_OK;
    fault = use(&usb);
    flash_libusb_end(&usb);
    return fault;
}

static void test_codes(void)
{
    static const struct {
        int code;
        enum usb_fault fault;
        const char *what;
    } codes[] = {
        {LIBUSB_ERROR_IO, USB_FAILED, "IO"},
        {LIBUSB_ERROR_ACCESS, USB_DENIED, "ACCESS"},
        {LIBUSB_ERROR_NO_DEVICE, USB_GONE, "NO_DEVICE"},
        {LIBUSB_ERROR_NOT_FOUND, USB_GONE, "NOT_FOUND"},
        {LIBUSB_ERROR_BUSY, USB_BUSY, "BUSY"},
        {LIBUSB_ERROR_TIMEOUT, USB_SLOW, "TIMEOUT"},
        {LIBUSB_ERROR_OVERFLOW, USB_FAILED, "OVERFLOW"},
        {LIBUSB_ERROR_PIPE, USB_STALLED, "PIPE"},
        {LIBUSB_ERROR_NO_MEM, USB_FAILED, "NO_MEM"},
        {-1000, USB_FAILED, "an unknown code"},
    };
    int calls;

    tap_ok(run(NEVER, 0, 0) == USB_OK && bus.open == 0, "no fault");
    calls = bus.calls;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        for (int at = 0; at < calls; at++) {
            enum usb_fault fault = run(at, codes[i].code, 0);
            /* The start has one word for all; a device that cannot tell what
             * it is is not listed. */
            bool is_told = fault == codes[i].fault ||
                           (at == 0 && fault == USB_FAILED) ||
                           ((at == 2 || at == 3) && fault == USB_GONE);

            tap_ok(is_told && bus.open == 0, "call %d gives %s: %d, closed", at,
                   codes[i].what, (int)fault);
        }
    tap_ok(run(NEVER, 0, 0) == USB_OK, "and then all is well again");
}

/* A transfer that moves less or more than was asked for. */
static void test_lengths(void)
{
    int wrong = 0, calls;

    run(NEVER, 0, 0);
    calls = bus.calls;
    for (int moved = -1; moved <= 1; moved += 2)
        for (int at = 0; at < calls; at++) {
            enum usb_fault fault = run(at, 0, moved);

            wrong += fault != USB_OK;
            tap_ok(bus.open == 0, "call %d moves %+d byte: %d, closed", at,
                   moved, (int)fault);
        }
    /* Of the four bulk and the two control transfers. */
    tap_ok(wrong == 2 * 6, "each wrong length is told: %d", wrong);
}

int main(void)
{
    test_codes();
    test_lengths();
    return tap_done();
}
