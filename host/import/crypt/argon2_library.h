/* SPDX-License-Identifier: MIT */
/*
 * libargon2, loaded when a file is first opened that needs it: hardly any run
 * does.  The declarations are those of its ABI (argon2.h, which is not needed
 * to build).
 */
#ifndef FOB_HOST_IMPORT_CRYPT_ARGON2_LIBRARY_H
#define FOB_HOST_IMPORT_CRYPT_ARGON2_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

enum {
    ARGON2_LIBRARY_ID = 2, /* Argon2_id */
    ARGON2_LIBRARY_VERSION = 0x13,
    ARGON2_LIBRARY_OK = 0,
};

/* argon2_context */
struct argon2_library_call {
    uint8_t *out;
    uint32_t out_len;
    uint8_t *password;
    uint32_t password_len;
    uint8_t *salt;
    uint32_t salt_len;
    uint8_t *secret;
    uint32_t secret_len;
    uint8_t *data;
    uint32_t data_len;
    uint32_t passes;
    uint32_t memory_kib;
    uint32_t lanes;
    uint32_t threads;
    uint32_t version;
    int (*allocate)(uint8_t **memory, size_t len);
    void (*release)(uint8_t *memory, size_t len);
    uint32_t flags;
};

struct argon2_library {
    int (*derive)(struct argon2_library_call *call, int type); /* argon2_ctx */
};

/* NULL when it is not installed. */
const struct argon2_library *argon2_library_load(void);

#endif
