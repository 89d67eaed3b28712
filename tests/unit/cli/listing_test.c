/* SPDX-License-Identifier: MIT */
/* Tables stay aligned and terminals unharmed, whatever a name holds. */
#include "host/cli/call/listing.h"

#include "tests/lib/tap.h"

static const struct listing_column columns[] = {
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"digits", "DIGITS", FOB_TAG_DIGITS, LISTING_NUMBER},
    {"created", NULL, FOB_TAG_CREATED, LISTING_TIME},
    {"locked", "LOCKED", FOB_TAG_LOCKED, LISTING_FLAG},
    {0},
};

static struct command_call call;

static void begin(bool json)
{
    output_free(&call.output);
    fob_message_start(&call.reply, FOB_REPLY_OK);
    call.ui.is_json = json;
}

static void put_record(const char *name, uint64_t digits)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, name);
    if (digits)
        fob_message_put_number(&record, FOB_TAG_DIGITS, digits);
    fob_message_put_number(&record, FOB_TAG_CREATED, 1700000000);
    fob_message_put_number(&record, FOB_TAG_LOCKED, digits == 8);
    fob_message_put_record(&call.reply, &record);
    fob_message_free(&record);
}

static void expect(const char *want, const char *what)
{
    output_put(&call.output, "", 1);
    if (!tap_ok(call.output.status == FOB_OK &&
                    strcmp((char *)call.output.data.data, want) == 0,
                "%s", what))
        printf("# %s\n", (char *)call.output.data.data);
}

static void test_table(void)
{
    begin(false);
    put_record("w\xc3\xb6rk", 6);
    put_record("a\x1b[31m\x7f", 8);
    put_record("longer", 0);
    listing_put(&call, columns);
    expect("NAME               DIGITS  LOCKED\n"
           "w\xc3\xb6rk               6       no\n"
           "a\\u{1b}[31m\\u{7f}  8       yes\n"
           "longer             -       no\n",
           "a table is aligned by characters and shows no controls");
}

static void test_json(void)
{
    begin(true);
    put_record("a\"b", 6);
    put_record("c", 0);
    listing_put(&call, columns);
    expect("[{\"name\":\"a\\\"b\",\"digits\":6,"
           "\"created\":\"2023-11-14T22:13:20Z\",\"locked\":false},"
           "{\"name\":\"c\",\"created\":\"2023-11-14T22:13:20Z\","
           "\"locked\":false}]\n",
           "JSON leaves out what is absent");
}

static void test_empty(void)
{
    begin(false);
    listing_put(&call, columns);
    expect("", "no record, no table");
    begin(true);
    listing_put(&call, columns);
    expect("[]\n", "but an empty array");
}

static void test_one(void)
{
    begin(false);
    fob_message_put_text(&call.reply, FOB_TAG_NAME, "x");
    fob_message_put_number(&call.reply, FOB_TAG_CREATED, 0);
    fob_message_put_number(&call.reply, FOB_TAG_LOCKED, 1);
    listing_put_one(&call, columns);
    expect("NAME: x\nLOCKED: yes\n", "one object as lines");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_table();
    test_json();
    test_empty();
    test_one();
    fob_message_free(&call.reply);
    output_free(&call.output);
    return tap_done();
}
