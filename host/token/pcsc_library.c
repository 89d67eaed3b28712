/* SPDX-License-Identifier: MIT */
#include "host/token/pcsc_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct pcsc_library library;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find_symbols(void *handle, const char *name, void *function)
{
    /* POSIX: a function's address as dlsym gives it, stored through void *. */
    *(void **)function = dlsym(handle, name);
    return *(void **)function != NULL;
}

static void load_library(void)
{
    void *handle = dlopen("libpcsclite.so.1", RTLD_NOW | RTLD_LOCAL);

    if (handle == NULL)
        return;
    is_loaded =
        find_symbols(handle, "SCardEstablishContext", &library.establish) &&
        find_symbols(handle, "SCardReleaseContext", &library.release) &&
        find_symbols(handle, "SCardListReaders", &library.readers) &&
        find_symbols(handle, "SCardConnect", &library.connect) &&
        find_symbols(handle, "SCardReconnect", &library.reconnect) &&
        find_symbols(handle, "SCardDisconnect", &library.disconnect) &&
        find_symbols(handle, "SCardBeginTransaction", &library.begin) &&
        find_symbols(handle, "SCardEndTransaction", &library.end) &&
        find_symbols(handle, "SCardTransmit", &library.transmit);
}

const struct pcsc_library *pcsc_library_load(void)
{
    pthread_once(&once, load_library);
    return is_loaded ? &library : NULL;
}

/* Codes of PC/SC are 0x80100000 and a small number. */
enum pcsc_code pcsc_library_code(long returned)
{
    uint32_t code = (uint32_t)returned;

    if (code == 0)
        return PCSC_OK;
    return code >> 8 == 0x801000 ? (enum pcsc_code)(code & 0xff) : PCSC_OTHER;
}
