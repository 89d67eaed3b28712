/* SPDX-License-Identifier: MIT */
/* libpcsclite with one reader, in which is the token. */
#include "tests/fake/token.h"

#define EXPORT __attribute__((visibility("default")))

enum { READER_LEN = sizeof("fake reader") + 1 };

static const char readers[READER_LEN] = "fake reader";

EXPORT long SCardEstablishContext(unsigned long scope, const void *first,
                                  const void *second, long *context);
EXPORT long SCardReleaseContext(long context);
EXPORT long SCardListReaders(long context, const char *groups, char *list,
                             unsigned long *len);
EXPORT long SCardConnect(long context, const char *reader, unsigned long share,
                         unsigned long protocols, long *card,
                         unsigned long *protocol);
EXPORT long SCardReconnect(long card, unsigned long share,
                           unsigned long protocols, unsigned long start,
                           unsigned long *protocol);
EXPORT long SCardDisconnect(long card, unsigned long disposition);
EXPORT long SCardBeginTransaction(long card);
EXPORT long SCardEndTransaction(long card, unsigned long disposition);
EXPORT long SCardTransmit(long card, const void *request,
                          const uint8_t *command, unsigned long command_len,
                          void *answered, uint8_t *reply,
                          unsigned long *reply_len);

/* What a call without data can do wrong. */
static long call(void)
{
    if (!fake_goes_wrong())
        return 0;
    if (fake.fault == FAKE_HANGS)
        sem_wait(&fake.go_on);
    return fake.fault == FAKE_FAILS ? fake.code : 0;
}

long SCardEstablishContext(unsigned long scope, const void *first,
                           const void *second, long *context)
{
    long code = call();

    (void)scope, (void)first, (void)second;
    if (code != 0)
        return code;
    fake_opened();
    *context = 1;
    return 0;
}

/* These give back, whatever they say. */
long SCardReleaseContext(long context)
{
    long code = call();

    (void)context;
    fake_closed();
    return code;
}

long SCardListReaders(long context, const char *groups, char *list,
                      unsigned long *len)
{
    unsigned long cap = *len;
    bool is_wrong = fake.calls == fake.fails_at;
    long code = call();

    (void)context, (void)groups;
    if (code != 0)
        return code;
    memcpy(list, readers, READER_LEN);
    *len = READER_LEN;
    if (is_wrong && fake.fault == FAKE_SHORT)
        *len = 3;
    if (is_wrong && fake.fault == FAKE_EMPTY)
        *len = 0;
    if (is_wrong && fake.fault == FAKE_CLAIMS)
        *len = cap + 1;
    return 0;
}

long SCardConnect(long context, const char *reader, unsigned long share,
                  unsigned long protocols, long *card, unsigned long *protocol)
{
    long code = call();

    (void)context, (void)share, (void)protocols;
    if (code != 0)
        return code;
    if (strcmp(reader, readers) != 0)
        return (long)0x80100009; /* SCARD_E_UNKNOWN_READER */
    *card = 2;
    *protocol = 2;
    fake_opened();
    return 0;
}

long SCardReconnect(long card, unsigned long share, unsigned long protocols,
                    unsigned long start, unsigned long *protocol)
{
    (void)card, (void)share, (void)protocols, (void)start;
    *protocol = 2;
    return call();
}

long SCardDisconnect(long card, unsigned long disposition)
{
    long code = call();

    (void)card, (void)disposition;
    fake_closed();
    return code;
}

long SCardBeginTransaction(long card)
{
    (void)card;
    return call();
}

long SCardEndTransaction(long card, unsigned long disposition)
{
    (void)card, (void)disposition;
    return call();
}

static void spoil(uint8_t *reply, unsigned long *len, unsigned long cap)
{
    switch (fake.fault) {
    case FAKE_SHORT:
        *len = 1;
        break;
    case FAKE_EMPTY:
        *len = 0;
        break;
    case FAKE_FLIPS:
        reply[fake.place % *len] ^= 0xff;
        break;
    case FAKE_CLAIMS:
        *len = cap + 1;
        break;
    default:
        break;
    }
}

long SCardTransmit(long card, const void *request, const uint8_t *command,
                   unsigned long command_len, void *answered, uint8_t *reply,
                   unsigned long *reply_len)
{
    unsigned long cap = *reply_len;
    bool is_wrong = fake.calls == fake.fails_at;
    long code = call();
    unsigned word;

    (void)card, (void)request, (void)answered;
    if (code != 0)
        return code;
    word = fixture_run(FOB_INTERFACE_CCID, command, command_len);
    memcpy(reply, fixture_reply, fixture_reply_len);
    reply[fixture_reply_len] = (uint8_t)(word >> 8);
    reply[fixture_reply_len + 1] = (uint8_t)word;
    *reply_len = fixture_reply_len + 2;
    if (is_wrong)
        spoil(reply, reply_len, cap);
    return 0;
}
