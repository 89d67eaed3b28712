/* SPDX-License-Identifier: MIT */
#include "host/cli/call/arguments.h"

#include "tests/lib/tap.h"

enum { FILE_OPTION, FORCE, TIME, DURATION, WORDS_MAX = 12 };

static const struct command_option options[] = {
    [FILE_OPTION] = {"file", "FILE", ""},
    [FORCE] = {"force", NULL, ""},
    [TIME] = {"time", "TIME", ""},
    [DURATION] = {"duration", "TIME", ""},
    {0},
};

static const struct command command = {
    .name = "try", .options = options, .operands_max = 2};

static const struct command prefix = {.name = "prefix",
                                      .options = options,
                                      .operand = COMMAND_PROFILE,
                                      .is_prefix = true,
                                      .has_region = true,
                                      .operands_max = COMMAND_ANY};

static const struct command_verb verbs[] = {
    {"put", COMMAND_OF_PROFILE, NULL}, {"list", 0, NULL}, {0}};
static const struct command with_verbs = {.name = "verbs",
                                          .operand = COMMAND_PROFILE,
                                          .verbs = verbs,
                                          .operands_min = 1,
                                          .operands_max = 1};

static struct command_call call;
static char *words[WORDS_MAX];

/* Words are parted by single spaces; "@" stands for an empty one. */
static enum fob_status read_line_of(const struct command *wanted,
                                    const char *line)
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
    call = (struct command_call){.command = wanted};
    return arguments_read(&call, words, &help);
}

static enum fob_status read_line(const char *line)
{
    return read_line_of(&command, line);
}

/* The profile and the operands, each with a space before it. */
static bool is_read(const struct command *wanted, const char *line,
                    const char *want)
{
    char got[256];

    if (read_line_of(wanted, line) != FOB_OK)
        return false;
    snprintf(got, sizeof(got), "%s", call.profile ? call.profile : "-");
    for (int i = 0; i < call.operand_count; i++) {
        strncat(got, " ", sizeof(got) - strlen(got) - 1);
        strncat(got, call.operand[i], sizeof(got) - strlen(got) - 1);
    }
    return strcmp(got, want) == 0 && !call.operand[call.operand_count];
}

static void test_profile(void)
{
    static const char *const lines[][2] = {
        {"work ls --force", "work ls --force"},
        {"work --force ls --force", "work ls --force"},
        {"work -- ls -- --json", "work ls -- --json"},
        {"--profile work ls", "work ls"},
        {"--profile=work -- ls", "work ls"},
        {"--profile work -- work ls", "work work ls"},
        {"work --profile work ls", "work ls"},
        {"-- ls", "- ls"},
        {"work", "work"},
        {"", "-"},
    };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        tap_ok(is_read(&prefix, lines[i][0], lines[i][1]), "prefix: %s",
               lines[i][0]);
    tap_ok(read_line_of(&prefix, "work --profile us ls") == FOB_E_USAGE,
           "two profiles");
    tap_ok(is_read(&prefix, "-qd1h --region r work ls -q", "work ls -q") &&
               call.ui.is_quiet && strcmp(call.option[DURATION], "1h") == 0 &&
               strcmp(call.common[COMMON_REGION], "r") == 0,
           "letters in a row, the last with its value");
    tap_ok(is_read(&with_verbs, "put work", "work put"), "behind a verb");
    tap_ok(is_read(&with_verbs, "--profile work put", "work put"), "or ahead");
    tap_ok(is_read(&with_verbs, "put", "- put"), "or none");
    tap_ok(read_line_of(&prefix, "@ ls") == FOB_E_USAGE &&
               read_line_of(&prefix, "--profile @ ls") == FOB_E_USAGE,
           "an empty PROFILE");
    tap_ok(read_line_of(&prefix, "work ls @") == FOB_OK, "an empty word");
    tap_ok(read_line_of(&with_verbs, "list work") == FOB_E_USAGE &&
               read_line_of(&with_verbs, "list --profile work") == FOB_E_USAGE,
           "a verb without PROFILE");
}

static void test_globals(void)
{
    tap_ok(read_line("a --json -v --quiet b") == FOB_OK && call.ui.is_json &&
               call.ui.is_verbose && call.ui.is_quiet &&
               call.operand_count == 2,
           "global options between operands");
    tap_ok(read_line("--nothing a --json") == FOB_E_USAGE && call.ui.is_json,
           "--json counts for the error of a word before it");
    tap_ok(read_line("--nothing -- --json") == FOB_E_USAGE && !call.ui.is_json,
           "but not behind --");
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
    tap_ok(read_line_of(&passing, "x @") == FOB_OK &&
               read_line_of(&passing, "x -- @") == FOB_OK &&
               read_line_of(&passing, "-- @") == FOB_OK,
           "but not words for another program");
    tap_ok(read_line_of(&passing, "@ -- x") == FOB_E_USAGE,
           "nor what is fob's");
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
        "",     "0",      "h",    "8d",
        "1hh",  "-1",     "+1",   "99999999999999999999",
        "169h", "604801", "1.5h", "0x10"};

    test_accepted();
    test_refused();
    test_empty();
    test_profile();
    test_globals();
    test_duration("900", 900);
    test_duration("900s", 900);
    test_duration("15m", 900);
    test_duration("12h", 43200);
    test_duration("7d", 604800);
    test_duration("604800", 604800);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        test_duration(bad[i], 0);
    return tap_done();
}
