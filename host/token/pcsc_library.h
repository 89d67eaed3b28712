/* SPDX-License-Identifier: MIT */
/*
 * libpcsclite, loaded when a card is first asked for: most machines have
 * neither the library nor its daemon.  The few declarations are those of its
 * ABI on Linux (winscard.h, which is not needed to build).
 */
#ifndef FOB_HOST_TOKEN_PCSC_LIBRARY_H
#define FOB_HOST_TOKEN_PCSC_LIBRARY_H

#include <stdint.h>

/* SCARD_IO_REQUEST */
struct pcsc_request {
    unsigned long protocol;
    unsigned long len; /* of this */
};

enum {
    PCSC_SCOPE_SYSTEM = 2,
    PCSC_SHARE_SHARED = 2,
    PCSC_T0 = 1,
    PCSC_PROTOCOLS = PCSC_T0 | 2, /* and T=1 */
    PCSC_LEAVE_CARD = 0,
};

/* What the calls return, in its lower 32 bits. */
enum pcsc_code {
    PCSC_OK = 0,
    PCSC_NO_MEMORY = 0x06,
    PCSC_INSUFFICIENT_BUFFER = 0x08,
    PCSC_SHARING_VIOLATION = 0x0b,
    PCSC_PROTO_MISMATCH = 0x0f,
    PCSC_COMM_ERROR = 0x13,
    PCSC_NO_READERS = 0x2e,
    PCSC_RESET_CARD = 0x68,
    PCSC_SECURITY_VIOLATION = 0x6a,
    PCSC_OTHER = 0xffff,
};

struct pcsc_library {
    long (*establish)(unsigned long scope, const void *, const void *,
                      long *context);
    long (*release)(long context);
    long (*readers)(long context, const char *groups, char *readers,
                    unsigned long *len);
    long (*connect)(long context, const char *reader, unsigned long share,
                    unsigned long protocols, long *card,
                    unsigned long *protocol);
    long (*reconnect)(long card, unsigned long share, unsigned long protocols,
                      unsigned long initialization, unsigned long *protocol);
    long (*disconnect)(long card, unsigned long disposition);
    long (*begin)(long card);
    long (*end)(long card, unsigned long disposition);
    long (*transmit)(long card, const struct pcsc_request *,
                     const uint8_t *command, unsigned long command_len,
                     struct pcsc_request *, uint8_t *reply,
                     unsigned long *reply_len);
};

/* NULL when it is not installed. */
const struct pcsc_library *pcsc_library_load(void);

enum pcsc_code pcsc_library_code(long returned);

#endif
