/* SPDX-License-Identifier: MIT */
/*
 * All that is asked of a token in its life, over a transport whose library is
 * fake: with one of its calls going wrong, whatever that is called is error
 * set, nothing stays open, and the next life is a good one.
 */
#ifndef FOB_TESTS_LIB_FAULTS_H
#define FOB_TESTS_LIB_FAULTS_H

#include "host/token/locations.h"
#include "host/token/token.h"
#include "tests/fake/fake.h"
#include "tests/lib/tap.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static struct fake *faults; /* the library's */

static void faults_find(const char *library)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    faults = handle == NULL ? NULL : dlsym(handle, "fake");
    if (faults == NULL) {
        printf("Bail out! no fake %s\n", library);
        exit(1);
    }
    faults->fails_at = FAKE_NEVER;
    sem_init(&faults->go_on, 0, 0);
    sem_init(&faults->is_over, 0, 0);
}

/* Until threads that were left are done. */
static bool faults_are_closed(void)
{
    struct timespec end;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 20;
    while (faults->open != 0)
        if (sem_timedwait(&faults->is_over, &end) != 0) {
            printf("Bail out! something stays open\n");
            exit(1);
        }
    return true;
}

static enum fob_status faults_use(struct fob_token *token)
{
    static const struct fob_account phone = {.label = "phone",
                                             .secret_len = 20,
                                             .type = FOB_TOTP,
                                             .hash = FOB_SHA1,
                                             .digits = 6,
                                             .period_s = 30};
    static uint64_t step = 0x3000000;
    struct fob_token_account account;
    struct fob_secret log = {0};
    char code[FOB_CODE_MAX + 1];
    enum fob_status status = fob_token_put(token, "phone", &phone, 3);

    if (status == FOB_OK)
        status = fob_token_code(token, "phone", &phone, ++step, code);
    if (status == FOB_OK)
        status = fob_token_find_account(token, "phone", &account);
    if (status == FOB_OK)
        status = fob_token_uses(token, token->info.uses, &log);
    fob_secret_free(&log);
    if (status == FOB_OK)
        status = fob_token_delete(token, "phone");
    return status;
}

/* FOB_E_NOT_FOUND: none was listed. */
static enum fob_status faults_live(const struct fob_transport *transport)
{
    struct fob_token_locations locations = {0};
    struct fob_token token;
    enum fob_status status;

    transport->list(&locations);
    if (!faults_are_closed() || locations.count == 0)
        return FOB_E_NOT_FOUND;
    status = fob_token_open(&token, &locations.location[0], NULL);
    if (status == FOB_OK) {
        status = faults_use(&token);
        fob_token_close(&token);
    }
    return faults_are_closed() ? status : FOB_E_NOT_FOUND;
}

static bool faults_has_words(enum fob_status status)
{
    const struct fob_token token = {.serial = "x"};
    struct fob_error error = {0};

    if (status == FOB_OK || status == FOB_E_NOT_FOUND)
        return true;
    return fob_token_word(&token, status, "no code", &error) != FOB_OK &&
           error.text[0] != '\0' && error.status != FOB_OK &&
           fob_status_exit(error.status) != 0;
}

static enum fob_status faults_live_with(const struct fob_transport *transport,
                                        enum fake_fault fault, int at)
{
    enum fob_status status;

    faults->calls = 0;
    faults->fault = fault;
    faults->fails_at = at;
    status = faults_live(transport);
    faults->fails_at = FAKE_NEVER;
    return status;
}

/* Each call of a life goes wrong in turn, which at most `tolerated` of them
 * may. */
__attribute__((unused)) static void
faults_try(const struct fob_transport *transport, enum fake_fault fault,
           int tolerated, const char *what)
{
    int calls, passed = 0;

    tap_ok(faults_live_with(transport, fault, FAKE_NEVER) == FOB_OK,
           "%s: a good life", what);
    calls = faults->calls;
    for (int at = 0; at < calls; at++) {
        enum fob_status status = faults_live_with(transport, fault, at);

        passed += status == FOB_OK;
        tap_ok(faults_has_words(status),
               "%s at call %d of %d: %#x, error set, all closed", what, at,
               calls, (unsigned)status);
        tap_ok(faults_live(transport) == FOB_OK, "and a good life follows");
    }
    tap_ok(passed <= tolerated, "%s: %d of %d did no harm", what, passed,
           calls);
}

#endif
