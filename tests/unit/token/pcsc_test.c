/* SPDX-License-Identifier: MIT */
/* PC/SC going wrong at each call, with a fob token behind it; and calls that
 * never end, which whoever waits can leave. */
#include "host/base/monotonic.h"
#include "tests/lib/faults.h"

#include <limits.h>

enum {
    /* Release of the listing; end, disconnect and release of the card. */
    GIVING_BACK = 4,
    /* Connect or begin, and the first command, are tried again. */
    TRIED_AGAIN = 2,
    /* And beside these establish, twice, connect, begin and reconnect. */
    WITHOUT_DATA = GIVING_BACK + 5,
};

static int64_t later_ms; /* at each look at the time */

/* In the place of host/base/monotonic.c, whose time can jump. */
int64_t fob_monotonic_ms(void)
{
    static int64_t now_ms;

    return now_ms += later_ms;
}

static void test_codes(void)
{
    static const long codes[] = {
        (long)0x80100001, /* F_INTERNAL_ERROR */
        (long)0x80100008, /* E_INSUFFICIENT_BUFFER */
        (long)0x8010000b, /* E_SHARING_VIOLATION: connect tries again */
        (long)0x8010000f, /* E_PROTO_MISMATCH */
        (long)0x8010001d, /* E_NO_SERVICE */
        (long)0x8010002e, /* E_NO_READERS_AVAILABLE */
        (long)0x80100068, /* W_RESET_CARD */
        (long)0x80100069, /* W_REMOVED_CARD */
        (long)0x8010006a, /* W_SECURITY_VIOLATION */
        0x1f,             /* none of PC/SC's */
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        char what[32];

        snprintf(what, sizeof(what), "code %#lx", (unsigned long)codes[i]);
        faults->code = codes[i];
        faults_try(&fob_token_pcsc, FAKE_FAILS, GIVING_BACK + TRIED_AGAIN,
                   what);
    }
}

/* Whoever had the card before may be seen off by a reset only now. */
static void test_resets(void)
{
    static const struct {
        int call;
        long code;
        bool is_well;
        const char *what;
    } resets[] = {
        {5, (long)0x80100068, true, "begin finds the card reset"},
        {7, (long)0x80100068, true, "the first command does"},
        {7, (long)0x8010000f, true, "or finds no protocol"},
        {8, (long)0x80100068, false, "a later one has lost its application"},
        {8, (long)0x8010000f, false, "or its protocol"},
    };

    for (size_t i = 0; i < sizeof(resets) / sizeof(resets[0]); i++) {
        faults->code = resets[i].code;
        tap_ok((faults_live_with(&fob_token_pcsc, FAKE_FAILS, resets[i].call) ==
                FOB_OK) == resets[i].is_well,
               "%s: %s", resets[i].what,
               resets[i].is_well ? "it is tried again" : "that is a fault");
    }
}

static void test_data(void)
{
    faults_try(&fob_token_pcsc, FAKE_SHORT, WITHOUT_DATA, "a part");
    faults_try(&fob_token_pcsc, FAKE_EMPTY, WITHOUT_DATA, "nothing");
    faults_try(&fob_token_pcsc, FAKE_CLAIMS, WITHOUT_DATA, "more than fits");
    for (faults->place = 0; faults->place < 8; faults->place++)
        faults_try(&fob_token_pcsc, FAKE_FLIPS, INT_MAX, "a flipped byte");
}

/* --- calls without end ---------------------------------------------------*/

static int looks;

static bool leave(void *context, enum fob_token_wait why)
{
    *(enum fob_token_wait *)context = why;
    return false;
}

static bool stay(void *context, enum fob_token_wait why)
{
    *(enum fob_token_wait *)context = why;
    looks++;
    return true;
}

static void hang_at(int call)
{
    faults->calls = 0;
    faults->fault = FAKE_HANGS;
    faults->fails_at = call;
}

static bool let_go(void)
{
    sem_post(&faults->go_on);
    return faults_are_closed();
}

static void test_hanging_open(const struct fob_token_location *location)
{
    enum fob_token_wait why = FOB_TOKEN_TOUCH;
    const struct fob_token_watch watch = {leave, &why};
    const struct fob_token_watch patient = {stay, &why};
    struct fob_token token;

    hang_at(2); /* establish, connect, begin */
    tap_ok(fob_token_open(&token, location, &watch) == FOB_E_NOT_TOUCHED &&
               why == FOB_TOKEN_WORKING && token.link == NULL,
           "a card that another program has can be left");
    tap_ok(faults->open != 0 && let_go(), "the call ends later, by itself");
    hang_at(2);
    later_ms = 15000; /* of 20 s in all */
    tap_ok(fob_token_open(&token, location, &patient) == FOB_E_BUSY &&
               why == FOB_TOKEN_BUSY && looks == 1,
           "who waits is told, and told in the end");
    later_ms = 0;
    tap_ok(let_go(), "and that call ends as well");
}

static void test_hanging_answer(const struct fob_token_location *location)
{
    enum fob_token_wait why = FOB_TOKEN_BUSY;
    const struct fob_token_watch watch = {leave, &why};
    struct fob_token token;

    hang_at(4); /* after reconnect, the first command */
    later_ms = 500;
    tap_ok(fob_token_open(&token, location, &watch) == FOB_E_NOT_TOUCHED &&
               why == FOB_TOKEN_WORKING,
           "a card that is slow to say who it is can be left, untouched");
    tap_ok(let_go(), "its answer is for nobody");
    hang_at(6); /* after SELECT and INFO, the next one */
    if (fob_token_open(&token, location, NULL) == FOB_OK) {
        token.watch = &watch;
        tap_ok(fob_token_delete(&token, "phone") == FOB_E_NOT_TOUCHED &&
                   fob_token_delete(&token, "phone") == FOB_E_TOKEN_ABSENT,
               "until it has answered it is asked nothing");
        tap_ok(why == FOB_TOKEN_TOUCH, "it may have waited for a finger");
        later_ms = 0;
        fob_token_close(&token);
    }
    tap_ok(let_go(), "and then it is closed");
}

static void test_hanging_list(void)
{
    struct fob_token_locations locations = {0};

    hang_at(1);
    later_ms = 5000;
    fob_token_pcsc.list(&locations);
    later_ms = 0;
    tap_ok(locations.count == 0 && locations.third_party_trouble != NULL &&
               strstr(locations.third_party_trouble, "does not answer") != NULL,
           "a pcscd that does not answer is told of");
    tap_ok(let_go(), "and left");
}

static void test_trouble(void)
{
    static const struct {
        long code;
        const char *text;
    } troubles[] = {
        {(long)0x8010001d, "not running"},
        {(long)0x80100013, "does not let you in"}, /* pcscd hung up */
        {(long)0x8010006a, "does not let you in"},
    };

    for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
        struct fob_token_locations locations = {0};

        hang_at(0);
        faults->fault = FAKE_FAILS;
        faults->code = troubles[i].code;
        fob_token_pcsc.list(&locations);
        tap_ok(locations.third_party_trouble != NULL &&
                   strstr(locations.third_party_trouble, troubles[i].text) !=
                       NULL,
               "establish: %#lx is told as \"%s\"",
               (unsigned long)troubles[i].code, troubles[i].text);
    }
}

int main(void)
{
    struct fob_token_locations locations = {0};

    if (fob_secret_start() != FOB_OK)
        return 1;
    faults_find("libpcsclite.so.1");
    test_codes();
    test_resets();
    test_data();
    fob_token_pcsc.list(&locations);
    tap_ok(locations.count == 1 && faults_are_closed(), "there is a reader");
    test_hanging_open(&locations.location[0]);
    test_hanging_answer(&locations.location[0]);
    test_hanging_list();
    test_trouble();
    return tap_done();
}
