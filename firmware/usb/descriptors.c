/* SPDX-License-Identifier: MIT */
#include "firmware/usb/descriptors.h"

#include "firmware/port/port.h"
#include "firmware/usb/device.h"

#define LOW(word) ((word)&0xff)
#define HIGH(word) ((word) >> 8 & 0xff)
#define WORD(word) LOW(word), HIGH(word)
#define LONG(word) WORD((word)&0xffff), WORD((word) >> 16)

enum usb_string {
    STRING_LANGUAGES,
    STRING_MAKER,
    STRING_PRODUCT,
    STRING_SERIAL
};

enum usb_class { CLASS_PER_INTERFACE = 0, CLASS_HID = 3, CLASS_CCID = 11 };

enum { DESCRIPTOR_INTERFACE = 4, DESCRIPTOR_ENDPOINT = 5 };

static const uint8_t device[] = {
    18,
    USB_DEVICE,
    WORD(0x0200), /* bcdUSB */
    CLASS_PER_INTERFACE,
    0,
    0,
    FOB_USB_PACKET,
    WORD(FOB_USB_VENDOR),
    WORD(FOB_USB_PRODUCT),
    WORD(0x0100), /* bcdDevice: of this set of interfaces */
    STRING_MAKER,
    STRING_PRODUCT,
    STRING_SERIAL,
    1, /* bNumConfigurations */
};

/* HID 1.11, 6.2.2: one collection of the vendor's, 64 bytes in and out. */
static const uint8_t hid_report[] = {
    0x06, WORD(0xff00),   /* usage page: vendor */
    0x09, 0x01,           /* usage */
    0xa1, 0x01,           /* collection: application */
    0x09, 0x02,           /* usage: to the host */
    0x15, 0x00,           /* logical minimum */
    0x26, WORD(255),      /* logical maximum */
    0x75, 8,              /* report size */
    0x95, FOB_USB_PACKET, /* report count */
    0x81, 0x02,           /* input: data, variable */
    0x09, 0x03,           /* usage: from the host */
    0x15, 0x00,
    0x26, WORD(255),
    0x75, 8,
    0x95, FOB_USB_PACKET,
    0x91, 0x02, /* output: data, variable */
    0xc0,       /* end of collection */
};

#define ENDPOINT(address, transfer, interval)                                  \
    7, DESCRIPTOR_ENDPOINT, (address), (transfer), WORD(FOB_USB_PACKET),       \
        (interval)

#define HID_DESCRIPTOR                                                         \
    9, USB_HID, WORD(0x0111), 0 /* no country */, 1, USB_HID_REPORT,           \
        WORD(sizeof(hid_report))

/* CCID 1.1, 5.1. */
enum {
    CCID_VOLTAGES = 0x07, /* 5, 3 and 1.8 V: there is no card to mind */
    CCID_T1 = 0x02,
    CCID_CLOCK_KHZ = 4000, /* likewise nominal */
    CCID_RATE = 10752,
    CCID_IFSD = 254,
    /* All that concerns a card's electrical side is automatic, and commands
     * come as whole APDUs, short or extended. */
    CCID_FEATURES = 0x000400fe,
};

enum {
    CONFIGURATION_LEN = 9 + 9 + 9 + 2 * 7 + 9 + 54 + 2 * 7,
    BUS_POWERED = 0x80,
    MILLIAMPERES = 100,
    HID_INTERVAL_MS = 1,
};

static const uint8_t configuration[] = {
    9,
    USB_CONFIGURATION_TREE,
    WORD(CONFIGURATION_LEN),
    USB_INTERFACES,
    USB_CONFIGURATION,
    0,
    BUS_POWERED,
    MILLIAMPERES / 2,

    9,
    DESCRIPTOR_INTERFACE,
    USB_INTERFACE_HID,
    0,
    2,
    CLASS_HID,
    0,
    0,
    0,
    HID_DESCRIPTOR,
    ENDPOINT(USB_ENDPOINT_HID | FOB_USB_IN, FOB_USB_INTERRUPT, HID_INTERVAL_MS),
    ENDPOINT(USB_ENDPOINT_HID, FOB_USB_INTERRUPT, HID_INTERVAL_MS),

    9,
    DESCRIPTOR_INTERFACE,
    USB_INTERFACE_CCID,
    0,
    2,
    CLASS_CCID,
    0,
    0,
    0,
    54,
    USB_HID,
    WORD(0x0110), /* bcdCCID */
    0,            /* bMaxSlotIndex */
    CCID_VOLTAGES,
    LONG(CCID_T1),
    LONG(CCID_CLOCK_KHZ),
    LONG(CCID_CLOCK_KHZ),
    0,
    LONG(CCID_RATE),
    LONG(CCID_RATE),
    0,
    LONG(CCID_IFSD),
    LONG(0), /* dwSynchProtocols */
    LONG(0), /* dwMechanical */
    LONG(CCID_FEATURES),
    LONG(FOB_USB_CCID_MESSAGE_MAX),
    0xff,    /* bClassGetResponse: the same as the command's */
    0xff,    /* bClassEnvelope */
    WORD(0), /* wLcdLayout */
    0,       /* bPINSupport */
    1,       /* bMaxCCIDBusySlots */
    ENDPOINT(USB_ENDPOINT_CCID | FOB_USB_IN, FOB_USB_BULK, 0),
    ENDPOINT(USB_ENDPOINT_CCID, FOB_USB_BULK, 0),
};

_Static_assert(sizeof(configuration) == CONFIGURATION_LEN, "wTotalLength");

/* The HID descriptor alone, as GET_DESCRIPTOR gives it. */
static const uint8_t hid[] = {HID_DESCRIPTOR};

const uint8_t *usb_descriptor_find(enum usb_descriptor type, uint8_t index,
                                   size_t *len)
{
    static const struct {
        enum usb_descriptor type;
        size_t len;
        const uint8_t *bytes;
    } all[] = {
        {USB_DEVICE, sizeof(device), device},
        {USB_CONFIGURATION_TREE, sizeof(configuration), configuration},
        {USB_HID, sizeof(hid), hid},
        {USB_HID_REPORT, sizeof(hid_report), hid_report},
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (all[i].type == type && index == 0) {
            *len = all[i].len;
            return all[i].bytes;
        }
    return NULL;
}

/* --- strings -------------------------------------------------------------*/

enum { LANGUAGE_ENGLISH_US = 0x0409 };

static size_t put_head(uint8_t *string, size_t characters)
{
    string[0] = (uint8_t)(2 + 2 * characters);
    string[1] = USB_STRING;
    return string[0];
}

static void put_character(uint8_t *string, size_t at, unsigned character)
{
    string[2 + 2 * at] = LOW(character);
    string[3 + 2 * at] = HIGH(character);
}

static size_t put_text(uint8_t *string, const char *text)
{
    size_t len = 0;

    for (; text[len] != '\0'; len++)
        put_character(string, len, (unsigned char)text[len]);
    return put_head(string, len);
}

static size_t put_serial(uint8_t *string)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t id[FOB_PORT_UNIQUE_ID];
    size_t len = 0;

    fob_port_unique_id(id);
    for (size_t i = 0; i < sizeof(id); i++) {
        put_character(string, len++, (unsigned char)digits[id[i] >> 4]);
        put_character(string, len++, (unsigned char)digits[id[i] & 0x0f]);
    }
    return put_head(string, len);
}

size_t usb_descriptor_string(uint8_t index, uint8_t string[USB_STRING_MAX])
{
    switch (index) {
    case STRING_LANGUAGES:
        put_character(string, 0, LANGUAGE_ENGLISH_US);
        return put_head(string, 1);
    case STRING_MAKER:
        return put_text(string, "fob");
    case STRING_PRODUCT:
        return put_text(string, "fob token");
    case STRING_SERIAL:
        return put_serial(string);
    default:
        return 0;
    }
}
