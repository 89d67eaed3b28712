/* SPDX-License-Identifier: MIT */
#include "host/cli/call/arguments.h"

#include "tests/lib/tap.h"

enum { FILE_OPTION, FORCE, TIME, WORDS_MAX = 12 };

static const struct command_option options[] = {
    [FILE_OPTION] = {"file", "FILE", ""},
    [FORCE] = {"force", NULL, ""},
    [TIME] = {"time", "TIME", ""},
    {0},
};

static const struct command command = {
    .name = "try", .options = options, .operands_max = 2};

static struct command_call call;
static char *words[WORDS_MAX];

/* Words are parted by single spaces; "@" stands for an empty one. */
static enum fob_status read_as(const struct command *as, const char *line)
{
    static char copy[256];
    bool help;
    int count = 0;

    snprintf(copy, sizeof(copy), "%s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
        if (strcmp(word, "@") == 0)
            word[0] = '\0';
        words[count++] = word;
    }
    words[count] = NULL;
    call = (struct command_call){.command = as};
    return arguments_read(&call, words, &help);
}

static enum fob_status read_line(const char *line)
{
    return read_as(&command, line);
}

static void test_accepted(void)
{
    tap_ok(read_line("a --file f b --force") == FOB_OK, "mixed");
    tap_ok(call.operand_count == 2 && strcmp(call.operand[0], "a") == 0 &&
               strcmp(call.operand[1], "b") == 0 && !call.operand[2],
           "operands keep their order");
    tap_ok(strcmp(call.option[FILE_OPTION], "f") == 0 && call.option[FORCE] &&
               !call.option[TIME],
           "options are told from absent ones");
    tap_ok(read_line("--file=x=y") == FOB_OK &&
               strcmp(call.option[FILE_OPTION], "x=y") == 0,
           "a value after =");
    tap_ok(read_line("--file - -") == FOB_OK &&
               strcmp(call.option[FILE_OPTION], "-") == 0 &&
               strcmp(call.operand[0], "-") == 0,
           "- is a word like any other");
    tap_ok(read_line("a -- --file") == FOB_OK && call.operands_ahead == 1 &&
               strcmp(call.operand[1], "--file") == 0,
           "-- ends the options");
    tap_ok(read_line("") == FOB_OK && call.operands_ahead == -1, "nothing");
}

static void test_refused(void)
{
    static const char *const lines[] = {
        "--nothing",       "-x",       "--forced",
        "--forc",          "--file",   "--force=1",
        "--force --force", "a b c",    "--file a --file b",
        "-force",          "-- a b c",
    };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        tap_ok(read_line(lines[i]) == FOB_E_USAGE, "refused: %s", lines[i]);
    (void)!read_line("--sercet=JBSWY3DPEHPK3PXP JBSWY3DPEHPK3PXP x y");
    tap_ok(!strstr(call.error.text, "JBSW"), "no word is echoed: %s",
           call.error.text);
    tap_ok(strcmp(call.error.hint, "fob try --help") == 0, "help is offered");
}

static void test_empty(void)
{
    static const char *const refused[] = {
        "@", "a @", "@ a", "--file=", "-- @", "a -- @", "--file @"};
    struct command passing = command;

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        tap_ok(read_line(refused[i]) == FOB_E_USAGE,
               "refused, @ being empty: %s", refused[i]);
    tap_ok(strstr(call.error.text, "the FILE of --file is empty") != NULL,
           "an option's value is told");
    passing.passes_words = true;
    tap_ok(read_as(&passing, "x @") == FOB_OK &&
               read_as(&passing, "x -- @") == FOB_OK &&
               read_as(&passing, "-- @") == FOB_OK,
           "but not words for another program");
    tap_ok(read_as(&passing, "@ -- x") == FOB_E_USAGE, "nor what is fob's");
}

static void test_duration(const char *text, uint64_t want)
{
    enum fob_status status;
    uint64_t seconds = 1;
    char line[64];

    snprintf(line, sizeof(line), "--time=%s", text);
    status = read_line(line);
    if (status == FOB_OK)
        status = arguments_duration(&call, TIME, &seconds);
    tap_ok(want ? status == FOB_OK && seconds == want : status == FOB_E_USAGE,
           "duration %s", text);
}

int main(void)
{
    static const char *const bad[] = {
        "",     "0",      "h",    "1d",
        "1hh",  "-1",     "+1",   "99999999999999999999",
        "169h", "604801", "1.5h", "0x10"};

    test_accepted();
    test_refused();
    test_empty();
    test_duration("900", 900);
    test_duration("900s", 900);
    test_duration("15m", 900);
    test_duration("12h", 43200);
    test_duration("604800", 604800);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        test_duration(bad[i], 0);
    return tap_done();
}
