/* SPDX-License-Identifier: MIT */
/*
 * The token for a model on the other end of a pipe.  Lines in, one line out:
 *
 *   apdu HEX          run it; prints the status word and the answer
 *   sweep HEX         run it with the power cut at every flash operation and
 *                     several fractions of it; prints what the store holds
 *                     after each, `.` last
 *   dump              what the store holds
 *   replug            power off and on
 *   pass N            let N ms pass; prints the ms since power-up
 *   finger N          whether the button is pressed when it is waited for
 *   room              units left in the sector, sectors in use
 *   wear              erases of every sector
 *
 * The flash is as before after a sweep.  Most cuts are followed by a second
 * one somewhere in the repair.
 */
#include "firmware/app/store/access.h"
#include "firmware/app/store/accounts.h"
#include "firmware/app/store/master_key.h"
#include "firmware/app/store/sealed_record.h"
#include "firmware/app/store/store_mount.h"
#include "firmware/app/store/usage_log.h"
#include "tests/lib/exact.h"
#include "tests/lib/fixture.h"

#include <setjmp.h>

/* The fraction, in eighths, whose repair is not cut again: between two
 * operations. */
enum { SINGLE_CUT = 0 };

static jmp_buf cut;
static uint8_t saved[SIM_FLASH_LEN];
static uint64_t saved_ms;
static uint8_t secrets[STORE_ACCOUNTS_MAX][FOB_CHACHA20_NONCE_LEN];
static int secrets_count;

static void lose_power(void)
{
    longjmp(cut, 1);
}

static void print_hex(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        printf("%02x", bytes[i]);
}

/* --- what is left in the flash of what is gone ---------------------------*/

/* Note the nonce of every account record: it stands for its ciphertext. */
static void note_secrets(void)
{
    struct log_record record;

    secrets_count = 0;
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        const struct account *account = &fixture_app.oath.store.accounts[i];

        if (account->uid != 0 && ring_read(account->at, &record) == FOB_OK)
            memcpy(secrets[secrets_count++], record.body + SEALED_REPLACES,
                   FOB_CHACHA20_NONCE_LEN);
    }
}

static int copies_of(const uint8_t *bytes, size_t len)
{
    int copies = 0;

    for (size_t i = 0; i + len <= sizeof(fixture_flash); i++)
        copies += fixture_flash[i] == bytes[0] &&
                  memcmp(fixture_flash + i, bytes, len) == 0;
    return copies;
}

static bool is_live(const uint8_t *nonce)
{
    struct log_record record;

    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        const struct account *account = &fixture_app.oath.store.accounts[i];

        if (account->uid != 0 && ring_read(account->at, &record) == FOB_OK &&
            memcmp(record.body + SEALED_REPLACES, nonce,
                   FOB_CHACHA20_NONCE_LEN) == 0)
            return true;
    }
    return false;
}

/* Noted records that are in the flash though they do not count, or twice. */
static int count_stale(void)
{
    int stale = 0;

    for (int i = 0; i < secrets_count; i++)
        stale += copies_of(secrets[i], sizeof(secrets[i])) >
                 (is_live(secrets[i]) ? 1 : 0);
    return stale;
}

/* --- what the store holds ------------------------------------------------*/

static void print_account(int slot)
{
    const struct account *account = &fixture_app.oath.store.accounts[slot];
    struct credential credential;

    if (accounts_open(&fixture_app.oath.store, slot, &credential) != FOB_OK) {
        printf(fixture_app.oath.store.is_open ? " damaged" : " sealed");
        return;
    }
    printf(" ");
    print_hex(credential.name, credential.name_len);
    printf(":%d:%d:%d:", credential.kind, credential.digits,
           credential.properties);
    print_hex(credential.key, credential.key_len);
    printf(":%lld:%lu",
           account->has_watermark ? (long long)account->last : -1LL,
           (unsigned long)account->uses);
}

static void dump(void)
{
    const struct store *store = &fixture_app.oath.store;

    printf("id=");
    print_hex(store->id, STORE_ID);
    printf(" lost=%d sealed=%d open=%d code=%d tries=%u stale=%d uses=%lu",
           store_is_lost(store), store->is_sealed, store->is_open,
           access_is_set(store), master_key_tries_left(store), count_stale(),
           (unsigned long)store->uses);
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        if (store->accounts[i].uid != 0)
            print_account(i);
}

/* --- cuts ----------------------------------------------------------------*/

static void restore(void)
{
    memcpy(fixture_flash, saved, sizeof(saved));
    fixture_power();
    sim_board.clock_ms = saved_ms;
    /* The session that the command needs. */
    (void)fixture_run(FOB_INTERFACE_HID,
                      (const uint8_t *)"\x00\xa4\x04\x00\x07\xa0\x00\x00\x05"
                                       "\x27\x21\x01",
                      12);
}

/* Mount with the power failing once more, at a different point each time. */
static void mount_badly(uint32_t at)
{
    sim_board.cut.at = at;
    sim_board.cut.order = (enum sim_order)(at % 3);
    if (setjmp(cut) == 0)
        fixture_power();
    sim_board.cut.at = 0;
    fixture_power();
}

/* Whether the log goes on: what was cut must not have used up its room. */
static bool is_writable(void)
{
    struct usage use = {0};

    return usage_log_add(&fixture_app.oath.store, STORE_NONE, &use) == FOB_OK;
}

/* A command, or, for an empty one, the room that is made when nobody asks. */
static void act(const uint8_t *apdu, size_t len)
{
    if (len > 0)
        (void)fixture_run(FOB_INTERFACE_HID, apdu, len);
    else
        store_make_room(&fixture_app.oath.store);
}

/* Whether the command still met the cut. */
static bool run_cut(const uint8_t *apdu, size_t len, uint32_t at,
                    unsigned eighths, enum sim_order order)
{
    restore();
    sim_board.cut.at = at;
    sim_board.cut.eighths = (uint8_t)eighths;
    sim_board.cut.order = order;
    if (setjmp(cut) == 0) {
        act(apdu, len);
        sim_board.cut.at = 0;
        return false;
    }
    if (eighths == SINGLE_CUT)
        fixture_power();
    else
        mount_badly(1 + at % 5);
    dump();
    printf(" %s\n", is_writable() ? "writable" : "stuck");
    return true;
}

static void sweep(const uint8_t *apdu, size_t len)
{
    static const unsigned eighths[] = {0, 1, 4, 7, SIM_CUT_WHOLE};

    memcpy(saved, fixture_flash, sizeof(saved));
    saved_ms = sim_board.clock_ms;
    note_secrets();
    for (volatile uint32_t at = 1;; at++) {
        bool hit = false;

        for (volatile size_t i = 0; i < sizeof(eighths) / sizeof(*eighths); i++)
            hit = run_cut(apdu, len, at, eighths[i], SIM_FORWARD);
        if (!hit)
            break;
        (void)run_cut(apdu, len, at, 4, SIM_BACKWARD);
        (void)run_cut(apdu, len, at, 4, SIM_SCATTERED);
    }
    restore();
    printf(".\n");
}

/* --- the pipe ------------------------------------------------------------*/

static void run(const uint8_t *apdu, size_t len)
{
    unsigned sw = fixture_run(FOB_INTERFACE_HID, apdu, len);

    printf("%04x ", sw);
    print_hex(fixture_reply, fixture_reply_len);
    printf("\n");
}

static unsigned long long pass_ms(uint64_t ms)
{
    fixture_pass_ms(ms);
    return sim_board.clock_ms;
}

/* What is around the token; whether the line is about that. */
static bool serve_world(const char *line)
{
    bool passes = strncmp(line, "pass ", 5) == 0;
    bool presses = strncmp(line, "finger ", 7) == 0;

    if (passes)
        printf("%llu\n", pass_ms(strtoull(line + 5, NULL, 10)));
    if (presses)
        printf("%d\n", fixture_finger = line[7] == '1');
    fflush(stdout);
    return passes || presses;
}

static void serve(char *line)
{
    char *space = strchr(line, ' ');
    size_t len = 0;
    uint8_t *apdu = space != NULL ? exact_hex(space + 1, &len) : NULL;

    if (strncmp(line, "apdu ", 5) == 0)
        run(apdu, len);
    else if (strncmp(line, "sweep ", 6) == 0)
        sweep(apdu, len);
    else if (strcmp(line, "dump") == 0)
        printf("%s\n", (dump(), ""));
    else if (strcmp(line, "replug") == 0)
        printf("%s\n", (fixture_power(), "on"));
    else if (strcmp(line, "room") == 0)
        printf("%d %d\n", RING_UNITS - fixture_app.oath.store.ring.next,
               fixture_app.oath.store.ring.used);
    else
        for (int i = 0; i < FOB_PORT_SECTORS; i++)
            printf("%lu%c", (unsigned long)sim_board.erases[i],
                   i + 1 < FOB_PORT_SECTORS ? ' ' : '\n');
    fflush(stdout);
    free(apdu);
}

int main(void)
{
    static char line[4096];

    fixture_open();
    fixture_finger = true;
    sim_board.cut.hit = lose_power;
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (!serve_world(line))
            serve(line);
    }
    return 0;
}
