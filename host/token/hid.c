/* SPDX-License-Identifier: MIT */
/*
 * The project's own tokens through hidapi.  The library is loaded when a token
 * is first asked for: most runs of the agent need none, and what it costs to
 * start counts for a private agent.
 */
#include "host/token/channel.h"
#include "host/token/locations.h"
#include "host/token/sight.h"

#include <dlfcn.h>
#include <hidapi/hidapi.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { USAGE_PAGE = 0xff00, USAGE = 1 };

static const wchar_t product[] = L"fob token";

static struct {
    struct hid_device_info *(*enumerate)(unsigned short, unsigned short);
    void (*free_enumeration)(struct hid_device_info *);
    hid_device *(*open_path)(const char *);
    int (*write)(hid_device *, const unsigned char *, size_t);
    int (*read_timeout)(hid_device *, unsigned char *, size_t, int);
    void (*close)(hid_device *);
    bool loaded;
} hidapi;

/* hidapi's own state, such as its last error, knows no threads; an open
 * device is used by one thread at a time and needs no lock. */
static pthread_mutex_t hidapi_lock = PTHREAD_MUTEX_INITIALIZER;

static bool find_symbol(void *library, const char *name, void *function)
{
    /* POSIX: a function's address as dlsym gives it, stored through void *. */
    *(void **)function = dlsym(library, name);
    return *(void **)function != NULL;
}

/* Under the lock. */
static bool load_library(void)
{
    void *library;

    if (hidapi.loaded)
        return true;
    library = dlopen("libhidapi-hidraw.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return false;
    hidapi.loaded =
        find_symbol(library, "hid_enumerate", &hidapi.enumerate) &&
        find_symbol(library, "hid_free_enumeration",
                    &hidapi.free_enumeration) &&
        find_symbol(library, "hid_open_path", &hidapi.open_path) &&
        find_symbol(library, "hid_write", &hidapi.write) &&
        find_symbol(library, "hid_read_timeout", &hidapi.read_timeout) &&
        find_symbol(library, "hid_close", &hidapi.close);
    return hidapi.loaded;
}

/* --- which ---------------------------------------------------------------*/

/* The usage page alone would fit many a keyboard. */
static bool is_token(const struct hid_device_info *device)
{
    return device->usage_page == USAGE_PAGE && device->usage == USAGE &&
           device->product_string != NULL &&
           wcscmp(device->product_string, product) == 0;
}

/* Serials are hex digits; others are left to the token to tell. */
static void copy_narrow(const wchar_t *text,
                        char serial[static FOB_TOKEN_SERIAL_MAX + 1])
{
    size_t len = 0;

    for (; text != NULL && text[len] != L'\0' && len < FOB_TOKEN_SERIAL_MAX;
         len++) {
        if (wcschr(L"0123456789abcdef", text[len]) == NULL)
            break;
        serial[len] = (char)text[len];
    }
    if (text != NULL && text[len] != L'\0')
        len = 0;
    serial[len] = '\0';
}

/* The rules give it to whoever sits at the machine: that is nobody who comes
 * by ssh, and no service. */
static void note_closed(struct fob_token_locations *locations)
{
    locations->location[locations->count - 1].is_closed = true;
    locations->fob_trouble =
        fob_sight_has_rules()
            ? "a token is plugged in, but its device is not yours to open: the "
              "udev rules give it to whoever sits at the machine; for ssh and "
              "services see fob-token(1)"
            : "a token is plugged in, but its device is not yours to open: "
              "install fob's udev rules";
}

static void list_devices(struct fob_token_locations *locations)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    struct hid_device_info *all;

    pthread_mutex_lock(&hidapi_lock);
    if (!load_library()) {
        locations->fob_trouble = "libhidapi-hidraw.so.0 is not installed";
        pthread_mutex_unlock(&hidapi_lock);
        return;
    }
    all = hidapi.enumerate(0, 0);
    for (const struct hid_device_info *it = all; it != NULL; it = it->next) {
        if (!is_token(it))
            continue;
        copy_narrow(it->serial_number, serial);
        fob_token_locations_add(locations, &fob_token_hid, it->path, serial);
        if (access(it->path, R_OK | W_OK) != 0)
            note_closed(locations);
    }
    if (locations->count == 0 && fob_sight_has_usb())
        locations->fob_trouble =
            "a token is plugged in, but the kernel, or this container, has no "
            "hidraw device of it (CONFIG_HIDRAW, /dev/hidraw*)";
    hidapi.free_enumeration(all);
    pthread_mutex_unlock(&hidapi_lock);
}

/* --- talking -------------------------------------------------------------*/

struct hid {
    hid_device *device;
    struct channel channel;
};

static enum fob_status put_report(void *context,
                                  const uint8_t report[static FOB_FRAME_REPORT])
{
    struct hid *hid = context;
    uint8_t numbered[1 + FOB_FRAME_REPORT] = {0}; /* report id 0: none */
    int written;

    memcpy(numbered + 1, report, FOB_FRAME_REPORT);
    written = hidapi.write(hid->device, numbered, sizeof(numbered));
    explicit_bzero(numbered, sizeof(numbered));
    return written == (int)sizeof(numbered) ? FOB_OK : FOB_E_TOKEN_ABSENT;
}

static enum fob_status
get_report(void *context, uint8_t report[static FOB_FRAME_REPORT], int wait_ms)
{
    struct hid *hid = context;
    int got =
        hidapi.read_timeout(hid->device, report, FOB_FRAME_REPORT, wait_ms);

    if (got == 0)
        return FOB_E_BUSY;
    if (got < 0)
        return FOB_E_TOKEN_ABSENT;
    return got == FOB_FRAME_REPORT ? FOB_OK : FOB_E_DAMAGED;
}

static const struct channel_pipe pipe_of_reports = {
    put_report, get_report, channel_now_ms, channel_pause_ms};

static void hid_close_link(void *link)
{
    struct hid *hid = link;

    if (hid == NULL)
        return;
    channel_close(&hid->channel);
    pthread_mutex_lock(&hidapi_lock);
    if (hid->device != NULL)
        hidapi.close(hid->device);
    pthread_mutex_unlock(&hidapi_lock);
    free(hid);
}

static enum fob_status open_device(const char *path, hid_device **device)
{
    pthread_mutex_lock(&hidapi_lock);
    *device = load_library() ? hidapi.open_path(path) : NULL;
    pthread_mutex_unlock(&hidapi_lock);
    if (*device != NULL)
        return FOB_OK;
    return access(path, F_OK) == 0 ? FOB_E_FAILED : FOB_E_TOKEN_ABSENT;
}

static enum fob_status hid_open_link(const char *path,
                                     const struct fob_token_watch *watch,
                                     void **link)
{
    struct hid *hid = calloc(1, sizeof(*hid));
    enum fob_status status;

    (void)watch; /* INIT is answered at any time */
    *link = NULL;
    if (hid == NULL)
        return FOB_E_FAILED;
    status = open_device(path, &hid->device);
    if (status == FOB_OK)
        status = channel_open(&hid->channel, &pipe_of_reports, hid);
    if (status == FOB_OK)
        *link = hid;
    else
        hid_close_link(hid);
    return status;
}

static enum fob_status hid_exchange(void *link, struct fob_token_exchange *it)
{
    struct hid *hid = link;

    return channel_exchange(&hid->channel, it);
}

const struct fob_transport fob_token_hid = {
    .name = "hid",
    .list = list_devices,
    .open = hid_open_link,
    .exchange = hid_exchange,
    .close = hid_close_link,
};
