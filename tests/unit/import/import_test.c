/* SPDX-License-Identifier: MIT */
/* What fob_import_read owes those who answer for it: order, faults passed on,
 * nothing taken too early; tests/vectors/import_test.py reads the formats. */
#include "host/import/import.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#define SECRET "AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYU"
#define URI(label) "otpauth://totp/" label "?secret=" SECRET "\n"
/* One account called "a", code 1 of 2. */
#define PART                                                                   \
    "otpauth-migration://offline?data="                                        \
    "CiEKFAECAwQFBgcICQoLDA0ODxAREhMUEgFhGgAgASgBMAIYAg%3D%3D\n"

struct listener {
    size_t taken;
    size_t refuse_at; /* the account, from 1, at which `take` fails */
    size_t asked;
    bool has_one;     /* password, and no other */
    char initials[8]; /* of the labels taken */
};

static enum fob_status ask(void *context, const char *file, bool wrong,
                           struct fob_secret *password, struct fob_error *error)
{
    struct listener *listener = context;

    (void)file;
    listener->asked++;
    if (listener->has_one)
        return wrong ? FOB_E_WRONG_KEY : fob_secret_copy(password, "x", 1);
    if (fob_secret_copy(password, "half typed", 10) != FOB_OK)
        return FOB_E_NO_MEMORY;
    return fob_error_set(error, FOB_E_NOBODY, "nobody is there");
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    struct listener *listener = context;

    if (listener->taken < sizeof(listener->initials) - 1)
        listener->initials[listener->taken] = item->account->label[0];
    listener->taken++;
    if (listener->taken == listener->refuse_at)
        return fob_error_set(error, FOB_E_EXISTS, "no more, please");
    return FOB_OK;
}

static enum fob_status read_file(const char *text, struct listener *listener,
                                 struct fob_error *error)
{
    const struct fob_import_callbacks face = {
        .context = listener, .ask = ask, .take = take};
    size_t len = strlen(text);
    uint8_t *exact = exact_copy(text, len);
    const struct fob_import_file file = {.data = {(const char *)exact, len}};
    enum fob_status status;

    *error = (struct fob_error){0};
    status = fob_import_read(&file, 1, &face, error);
    free(exact);
    return status;
}

static void test_order(void)
{
    struct listener listener = {0};
    struct fob_error error;

    tap_ok(read_file(URI("a") URI("b") URI("c"), &listener, &error) == FOB_OK &&
               strcmp(listener.initials, "abc") == 0,
           "accounts come in the order of the file");
}

static void test_taker_fails(void)
{
    struct listener listener = {.refuse_at = 2};
    struct fob_error error;

    tap_ok(read_file(URI("a") URI("b") URI("c"), &listener, &error) ==
                   FOB_E_EXISTS &&
               strcmp(error.text, "no more, please") == 0,
           "a fault of the taker is passed on");
    tap_ok(listener.taken == 2, "and ends the reading");
}

static void test_nothing_taken_early(void)
{
    struct listener listener = {0};
    struct fob_error error;

    tap_ok(read_file(URI("a") PART, &listener, &error) == FOB_E_TOO_SHORT &&
               listener.taken == 0,
           "nothing is taken of a file that lacks a part");
    tap_ok(error.hint[0] != '\0', "which says what to do");
    tap_ok(read_file(URI("a") "hello\n", &listener, &error) == FOB_E_SYNTAX &&
               listener.taken == 0,
           "nor of one with a line that is no URI");
}

static void test_asker_fails(void)
{
    static const char vault[] =
        "{\"version\":1,\"header\":{\"slots\":[{\"type\":1,\"key\":\""
        "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f\","
        "\"key_params\":{\"nonce\":\"000102030405060708090a0b\",\"tag\":\""
        "000102030405060708090a0b0c0d0e0f\"},\"n\":2,\"r\":1,\"p\":1,\"salt\":"
        "\"00\"}],\"params\":{\"nonce\":\"000102030405060708090a0b\",\"tag\":\""
        "000102030405060708090a0b0c0d0e0f\"}},\"db\":\"AAAA\"}";
    struct listener listener = {0};
    struct fob_error error;

    tap_ok(read_file(vault, &listener, &error) == FOB_E_NOBODY &&
               strcmp(error.text, "nobody is there") == 0,
           "a fault of the one who is asked is passed on");
    tap_ok(listener.asked == 1 && listener.taken == 0, "and ends the reading");
    listener = (struct listener){.has_one = true};
    tap_ok(read_file(vault, &listener, &error) == FOB_E_WRONG_KEY &&
               listener.asked == 2 &&
               strstr(error.text, "does not open") != NULL &&
               error.hint[0] != '\0',
           "a wrong password that is the only one is not tried again");
}

static void test_next_step(void)
{
    static const char *const files[] = {
        "{\"accounts\": [",
        "{\"schemaVersion\": 5, \"services\": [], \"appOrigin\": \"x\"}",
        "{\"version\": 2, \"header\": {}, \"db\": {}}",
        "{\"version\": 9, \"accounts\": [{\"secret\": \"\", "
        "\"timeStep\": 30}]}",
        "\n",
    };
    struct listener listener = {0};
    struct fob_error error;

    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
        tap_ok(read_file(files[i], &listener, &error) != FOB_OK &&
                   error.hint[0] != '\0',
               "what to do next is said of %s", files[i]);
}

static void test_no_memory_is_told(void)
{
    struct listener listener = {0};
    struct fob_error error;

    tap_ok(read_file(URI("a"), &listener, &error) == FOB_E_NO_MEMORY &&
               error.text[0] != '\0',
           "without a home for secrets nothing is read");
}

int main(void)
{
    test_no_memory_is_told();
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_order();
    test_taker_fails();
    test_nothing_taken_early();
    test_asker_fails();
    test_next_step();
    return tap_done();
}
