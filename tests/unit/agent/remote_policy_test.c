/* SPDX-License-Identifier: MIT */
/* What a far side may use, by the settings and by the rules of its socket; and
 * what counts as a yes. */
#include "host/agent/remote/confirm_program.h"
#include "host/agent/remote/remote_policy.h"
#include "host/agent/request/asked.h"

#include "tests/lib/tap.h"

#include <stdlib.h>
#include <string.h>

/* A list as text; NULL: all. */
static struct fob_name_list list_of(const char *text)
{
    struct fob_name_list list = {.is_all = text == NULL};

    if (text != NULL && fob_name_list_parse(text, &list) != FOB_OK)
        abort();
    return list;
}

static const struct policy_case {
    const char *name;
    const char *settings; /* the list there */
    const char *rules;    /* that of the socket; NULL: it has none */
    const char *wanted;
    bool is_hotp;
    bool may_hotp;
    enum remote_verdict account;
    enum remote_verdict profile;
} cases[] = {
    {"all is open where nothing is said", NULL, NULL, "x", false, false,
     REMOTE_OPEN, REMOTE_OPEN},
    {"a name of the list is open", "x y", NULL, "y", false, false, REMOTE_OPEN,
     REMOTE_OPEN},
    {"another is not", "x y", NULL, "z", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"nor a part of one", "xy", NULL, "x", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"nor one in other letters", "x", NULL, "X", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"an empty list opens nothing", "", NULL, "x", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"a socket takes away", NULL, "y", "x", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"and leaves what it names", NULL, "x", "x", false, false, REMOTE_OPEN,
     REMOTE_OPEN},
    {"but adds nothing to the settings", "y", "x", "x", false, false,
     REMOTE_CLOSED, REMOTE_CLOSED},
    {"not even all", "y", "*", "x", false, false, REMOTE_CLOSED, REMOTE_CLOSED},
    {"patterns of both must fit", "dev-*", "*-a", "dev-a", false, false,
     REMOTE_OPEN, REMOTE_OPEN},
    {"each for itself", "dev-*", "*-a", "dev-b", false, false, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"HOTP is closed", NULL, NULL, "x", true, false, REMOTE_CLOSED_HOTP,
     REMOTE_OPEN},
    {"unless it is opened", NULL, NULL, "x", true, true, REMOTE_OPEN,
     REMOTE_OPEN},
    {"for names that are", "y", NULL, "x", true, true, REMOTE_CLOSED,
     REMOTE_CLOSED},
    {"a closed name does not tell its kind", "y", NULL, "x", true, false,
     REMOTE_CLOSED, REMOTE_CLOSED},
};

static void try_case(const struct policy_case *wanted)
{
    struct fob_settings settings;
    struct forward_rules rules = {.profiles = list_of(wanted->rules),
                                  .accounts = list_of(wanted->rules)};
    struct remote_policy policy;

    fob_settings_default(&settings);
    settings.remote_profiles = list_of(wanted->settings);
    settings.remote_accounts = list_of(wanted->settings);
    settings.has_remote_hotp = wanted->may_hotp;
    remote_policy_make(&settings, wanted->rules == NULL ? NULL : &rules,
                       &policy);
    tap_ok(remote_policy_account(&policy, wanted->wanted, wanted->is_hotp) ==
                   wanted->account &&
               remote_policy_profile(&policy, wanted->wanted) ==
                   wanted->profile &&
               remote_policy_hides_accounts(&policy) ==
                   (wanted->settings != NULL || wanted->rules != NULL),
           "%s", wanted->name);
}

static void test_defaults(void)
{
    const struct remote_policy nothing = {0};
    struct remote_policy policy;
    struct fob_settings settings;

    fob_settings_default(&settings);
    remote_policy_make(&settings, NULL, &policy);
    tap_ok(!policy.may_hotp && !policy.may_commands &&
               policy.confirm == FOB_REMOTE_CONFIRM_NO &&
               !remote_policy_hides_profiles(&policy),
           "by default: no HOTP, no commands, no question");
    tap_ok(remote_policy_profile(&nothing, "x") == REMOTE_CLOSED &&
               remote_policy_account(&nothing, "x", false) == REMOTE_CLOSED &&
               !nothing.may_commands,
           "the zero state allows nothing");
}

static void test_confirm(void)
{
    const enum fob_remote_confirm no = FOB_REMOTE_CONFIRM_NO,
                                  terminal = FOB_REMOTE_CONFIRM_TERMINAL,
                                  pinentry = FOB_REMOTE_CONFIRM_PINENTRY;
    struct forward_rules rules = {.confirm = terminal};
    struct remote_policy policy;
    struct fob_settings settings;

    fob_settings_default(&settings);
    remote_policy_make(&settings, &rules, &policy);
    tap_ok(policy.confirm == terminal, "a socket adds a confirmation");
    settings.remote_confirm = pinentry;
    rules.confirm = no;
    remote_policy_make(&settings, &rules, &policy);
    tap_ok(policy.confirm == pinentry, "but takes none away");
    tap_ok(remote_policy_check_confirm(pinentry, no) == FOB_E_USAGE &&
               remote_policy_check_confirm(pinentry, terminal) == FOB_OK &&
               remote_policy_check_confirm(no, no) == FOB_OK &&
               remote_policy_check_confirm(no, terminal) == FOB_OK,
           "and who asks it to is told");
}

/* Two commands, of which the last one is CONFIRM. */
static const struct said_case {
    const char *name;
    const char *said;
    enum confirm_answer answer;
} pinentries[] = {
    {"a greeting and two OKs are a yes", "OK hello\nOK\nOK\n", CONFIRM_YES},
    {"without the last line's end, too", "OK hello\nOK\nOK", CONFIRM_YES},
    {"an option that it does not know is passed over",
     "OK hello\nERR 83886254 Unknown option\nOK\n", CONFIRM_YES},
    {"so are comments, states and data",
     "# 1\nOK hello\nS STATE\nOK\nD OK\nOK\n", CONFIRM_YES},
    {"cancelled", "OK hello\nOK\nERR 83886179 Operation cancelled\n",
     CONFIRM_NO},
    {"not confirmed", "OK hello\nOK\nERR 83886194 Not confirmed\nOK\n",
     CONFIRM_NO},
    {"an OK after the no is none",
     "OK hello\nOK\nERR 83886179 cancelled\nOK closing\n", CONFIRM_NO},
    {"ended before it answered", "OK hello\nOK\n", CONFIRM_NOBODY},
    {"without a greeting", "OK\nOK\n", CONFIRM_NOBODY},
    {"without a word", "", CONFIRM_NOBODY},
    {"words that begin like it", "OK hello\nOK\nOKAY\n", CONFIRM_NOBODY},
};

static const struct askpass_case {
    const char *said;
    int exit_status;
    enum confirm_answer answer;
} askpasses[] = {
    {"", 0, CONFIRM_YES},         {"\n", 0, CONFIRM_YES},
    {"yes\n", 0, CONFIRM_YES},    {"YES", 0, CONFIRM_YES},
    {"no\n", 0, CONFIRM_NO},      {"yesterday\n", 0, CONFIRM_NO},
    {"y\n", 0, CONFIRM_NO},       {"", 1, CONFIRM_NO},
    {"yes\n", 1, CONFIRM_NO},     {"", 137, CONFIRM_NO},
    {"no\nyes\n", 0, CONFIRM_NO},
};

static void test_programs(void)
{
    for (size_t i = 0; i < sizeof(pinentries) / sizeof(pinentries[0]); i++)
        tap_ok(confirm_program_read_pinentry(pinentries[i].said,
                                             strlen(pinentries[i].said),
                                             2) == pinentries[i].answer,
               "pinentry: %s", pinentries[i].name);
    for (size_t i = 0; i < sizeof(askpasses) / sizeof(askpasses[0]); i++)
        tap_ok(confirm_program_read_askpass(
                   askpasses[i].said, strlen(askpasses[i].said),
                   askpasses[i].exit_status) == askpasses[i].answer,
               "askpass %zu: %s", i,
               askpasses[i].answer == CONFIRM_YES ? "yes" : "no");
}

static void test_desktop(void)
{
    const char *const far[] = {"HOME=/h", "LANG=C", NULL};
    const char *const here[] = {"HOME=/h", "DISPLAY=:1", "SECRET=x", NULL};
    const char *const own[] = {"HOME=/agent", "TMPDIR=/t", NULL};
    const char *got[DESKTOP_VARIABLES_MAX + 1];
    struct desktop desktop = {0};

    tap_ok(!desktop_take(&desktop, far) && desktop.text[0] == '\0',
           "who sits nowhere is not remembered");
    tap_ok(desktop_take(&desktop, here), "who has a screen is");
    desktop_list(&desktop, own, got);
    tap_ok(strcmp(got[0], "DISPLAY=:1") == 0 &&
               strcmp(got[1], "HOME=/h") == 0 &&
               strcmp(got[2], "TMPDIR=/t") == 0 && got[3] == NULL,
           "with what leads there, and nothing else");
}

static void test_asked(void)
{
    static struct asked_log log;
    struct asked one = {.type = "code", .name = "a"};

    asked_log_note(&log, &one, 1);
    asked_log_note(&log, &one, 2);
    tap_ok(asked_log_find(&log, 0)->count == 2 &&
               asked_log_find(&log, 0)->at_s == 2 &&
               asked_log_find(&log, 1) == NULL,
           "the same again is counted");
    one.status = FOB_E_FORBIDDEN;
    asked_log_note(&log, &one, 3);
    tap_ok(asked_log_find(&log, 0)->count == 1 &&
               asked_log_find(&log, 1)->count == 2,
           "with another end it is another");
    for (unsigned i = 0; i < 3 * ASKED_MAX; i++) {
        snprintf(one.name, sizeof(one.name), "%u", i);
        asked_log_note(&log, &one, i);
    }
    tap_ok(strcmp(asked_log_find(&log, 0)->name, "95") == 0 &&
               strcmp(asked_log_find(&log, ASKED_MAX - 1)->name, "64") == 0 &&
               asked_log_find(&log, ASKED_MAX) == NULL,
           "only so many are kept, the newest");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        try_case(&cases[i]);
    test_defaults();
    test_confirm();
    test_programs();
    test_desktop();
    test_asked();
    return tap_done();
}
