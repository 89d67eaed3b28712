/* SPDX-License-Identifier: MIT */
/* What fob hears from fob-flash, also from one that has gone mad. */
#include "host/cli/helper/flash.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

/* Told in two pieces, cut at `cut`. */
static struct flash_listener hear(const char *text, size_t cut)
{
    static struct ui ui = {.is_quiet = true};
    struct flash_listener listener = {.ui = &ui};
    size_t len = strlen(text);
    struct fob_secret output = {exact_copy(text, len), cut, len};

    flash_hear(&listener, &output);
    output.len = len;
    flash_hear(&listener, &output);
    free(output.data);
    return listener;
}

static void test_facts(void)
{
    static const char text[] = "progress enter 0 1\nplace 1-4.2\n"
                               "file 0.1.0+abc\nleave 0011\n"
                               "progress erase 3 3\nbefore 0.0.9\n"
                               "serial 0011\nversion 0.1.0+abc\n";
    bool good = true;

    for (size_t cut = 0; cut < sizeof text; cut++) {
        struct flash_listener heard = hear(text, cut);

        good = good && strcmp(heard.facts.place, "1-4.2") == 0 &&
               strcmp(heard.facts.file, "0.1.0+abc") == 0 &&
               strcmp(heard.facts.leave, "0011") == 0 &&
               strcmp(heard.facts.before, "0.0.9") == 0 &&
               strcmp(heard.facts.serial, "0011") == 0 &&
               strcmp(heard.facts.version, "0.1.0+abc") == 0 &&
               heard.fault.status == FOB_OK;
    }
    tap_ok(good, "facts, wherever the stream is cut");
}

static void test_fault(void)
{
    struct flash_listener heard =
        hear("place 1-2\nfault 50 it is gone\nhint plug it in\n", 20);

    tap_ok(heard.fault.status == FOB_E_TOKEN_ABSENT &&
               strcmp(heard.fault.text, "it is gone") == 0 &&
               strcmp(heard.fault.hint, "plug it in") == 0,
           "a fault and what to do");
    heard = hear("fault 50 half a line", 3);
    tap_ok(heard.fault.status == FOB_OK, "half a line is none");
    heard = hear("fault 00 x\nfault 05 x\nfault ff x\nfault x\nfault\n", 3);
    tap_ok(heard.fault.status == FOB_OK, "nor is what is no failure");
}

static void test_nonsense(void)
{
    static const char *const texts[] = {
        "progress\n",
        "progress erase\n",
        "progress erase 1 0\n",
        "progress erase 9 3\n",
        "progress erase -1 -1\n",
        "progress erase 99999999999999999999 99999999999999999999\n",
        "progress aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 2\n",
        "\n\n\n",
        "who knows\n",
        "version \x1b[2J\xff\xfe\n",
    };
    char long_line[3000] = "version ";
    struct flash_listener heard;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        heard = hear(texts[i], strlen(texts[i]) / 2);
    memset(long_line + 8, 'v', sizeof long_line - 10);
    long_line[sizeof long_line - 2] = '\n';
    heard = hear(long_line, 1500);
    tap_ok(strlen(heard.facts.version) == FLASH_FACT_MAX,
           "lines of any length and content are borne");
}

int main(void)
{
    test_facts();
    test_fault();
    test_nonsense();
    return tap_done();
}
