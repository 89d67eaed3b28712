/* SPDX-License-Identifier: MIT */
#include "host/config/name_list.h"

#include "tests/lib/tap.h"

#include <string.h>

static const struct fits_case {
    const char *pattern;
    const char *name;
    bool fits;
} fits[] = {
    {"work", "work", true},
    {"work", "Work", false},
    {"work", "work2", false},
    {"work", "", false},
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "anything at all", true},
    {"dev-*", "dev-", true},
    {"dev-*", "dev-one", true},
    {"dev-*", "prod-dev-one", false},
    {"*-dev", "one-dev", true},
    {"*-dev", "one-dev-two", false},
    {"*dev*", "one-dev-two", true},
    {"a*b*c", "aXbYbZc", true},
    {"a*b*c", "aXbYbZ", false},
    {"a**b", "ab", true},
    {"a*", "*a", false},
    {"a?c", "abc", false},
    {"[ab]", "a", false},
    {"*aab", "aaaaaaaaaaaaaab", true},
    {"*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
    {"\xc3\xa9*", "\xc3\xa9t\xc3\xa9", true},
};

static const struct list_case {
    const char *text;
    enum fob_status status;
    const char *names; /* each with a | behind it */
} lists[] = {
    {"", FOB_OK, ""},
    {" \n , ,", FOB_OK, ""},
    {"work", FOB_OK, "work|"},
    {"work,dev", FOB_OK, "work|dev|"},
    {"work dev", FOB_OK, "work|dev|"},
    {" work ,\tdev,\n  it-*,", FOB_OK, "work|dev|it-*|"},
    {"'a b', \"c, d\"", FOB_OK, "a b|c, d|"},
    {"o'brien \"it's\"", FOB_OK, "o'brien|it's|"},
    {"Issuer:alice@example.com", FOB_OK, "Issuer:alice@example.com|"},
    {"'open", FOB_E_SYNTAX, ""},
    {"work, \"open", FOB_E_SYNTAX, ""},
    {"''", FOB_E_SYNTAX, ""},
    {"'a'b", FOB_E_SYNTAX, ""},
};

static void test_lists(void)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct fob_name_list list = {.is_all = true};
        enum fob_status status = fob_name_list_parse(lists[i].text, &list);
        const char *name = NULL;
        char got[256] = "";

        while ((name = fob_name_list_next(&list, name)) != NULL)
            snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s|", name);
        tap_ok(status == lists[i].status && !list.is_all &&
                   strcmp(got, lists[i].names) == 0,
               "list %zu is read: %s", i, lists[i].names);
    }
}

static void test_has(void)
{
    struct fob_name_list list;

    tap_ok(fob_name_list_parse("work dev-*", &list) == FOB_OK &&
               fob_name_list_has(&list, "work") &&
               fob_name_list_has(&list, "dev-x") &&
               !fob_name_list_has(&list, "prod") &&
               !fob_name_list_has(&list, ""),
           "a list has what one of its names means");
    tap_ok(fob_name_list_parse("", &list) == FOB_OK &&
               !fob_name_list_has(&list, "") &&
               !fob_name_list_has(&list, "work"),
           "an empty list has nothing");
    list = (struct fob_name_list){.is_all = true};
    tap_ok(fob_name_list_has(&list, "work"), "all is all");
    list = (struct fob_name_list){0};
    tap_ok(!fob_name_list_has(&list, "work"), "the zero state has nothing");
}

static void test_room(void)
{
    static char text[2 * FOB_NAME_LIST_MAX];
    struct fob_name_list list;

    memset(text, 'x', FOB_NAME_LIST_MAX - 2);
    tap_ok(fob_name_list_parse(text, &list) == FOB_OK &&
               fob_name_list_has(&list, text),
           "a list that just fits");
    memset(text, 'x', FOB_NAME_LIST_MAX - 1);
    tap_ok(fob_name_list_parse(text, &list) == FOB_E_TOO_LONG &&
               fob_name_list_next(&list, NULL) == NULL,
           "one that does not is refused, not cut");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(fits) / sizeof(fits[0]); i++)
        tap_ok(fob_name_list_fits(fits[i].pattern, fits[i].name) ==
                   fits[i].fits,
               "%s %s %s", fits[i].pattern,
               fits[i].fits ? "means" : "does not mean", fits[i].name);
    test_lists();
    test_has();
    test_room();
    return tap_done();
}
