/* SPDX-License-Identifier: MIT */
#include "host/import/crypt/argon2_library.h"

#include <dlfcn.h>
#include <pthread.h>

static struct argon2_library library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load_library(void)
{
    void *handle = dlopen("libargon2.so.1", RTLD_NOW | RTLD_LOCAL);

    /* POSIX: a function's address as dlsym gives it, stored through void *. */
    if (handle != NULL)
        *(void **)(void *)&library.derive = dlsym(handle, "argon2_ctx");
}

const struct argon2_library *argon2_library_load(void)
{
    pthread_once(&once, load_library);
    return library.derive != NULL ? &library : NULL;
}
