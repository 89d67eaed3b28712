/* SPDX-License-Identifier: MIT */
/* Which calls a profile costs, as docs/architecture.md has them: cases, each
 * with the calls in order. */
#include "host/agent/mint/session_plan.h"

#include "tests/lib/tap.h"

enum { HOUR = 3600, MINUTE = 60 };

/* One call as a text: "token 43200 of 1" is GetSessionToken for the second
 * profile of the chain, "code" AssumeRole with a code, "role" AssumeRole by the
 * session before, "capped" that one when more was wanted. */
enum { TEXT_MAX = 200 };

static void describe_step(const struct session_plan_step *step, char *text)
{
    static const char *const calls[] = {
        [SESSION_PLAN_GET_SESSION_TOKEN] = "token",
        [SESSION_PLAN_ASSUME_WITH_CODE] = "code",
        [SESSION_PLAN_ASSUME_BY_LAST_STEP] = "role",
    };
    size_t len = strlen(text);

    snprintf(text + len, TEXT_MAX - len, "%s%s %u of %zu", len == 0 ? "" : ", ",
             step->is_capped ? "capped" : calls[step->call],
             (unsigned)step->duration_s, step->link);
}

static const struct plan_case {
    const char *name;
    struct session_plan_limits limits;
    struct session_plan_link links[SESSION_PLAN_LINKS_MAX];
    const char *plan;
} cases[] = {
    {"no role: twelve hours", {0, 0}, {{false, 0}}, "token 43200 of 0"},
    {"no role, for as long as it is wanted",
     {2 * HOUR, 0},
     {{false, 0}},
     "token 7200 of 0"},
    {"fifteen minutes are sixteen",
     {15 * MINUTE, 0},
     {{false, 0}},
     "token 960 of 0"},
    {"a minute more than must be left",
     {0, 20 * HOUR},
     {{false, 0}},
     "token 72060 of 0"},
    {"AWS gives 36 hours",
     {0, 36 * HOUR - MINUTE},
     {{false, 0}},
     "token 129600 of 0"},
    {"as long as the profile's duration_seconds says",
     {0, 0},
     {{false, 2 * HOUR}},
     "token 7200 of 0"},
    {"or the caller, who goes before it",
     {HOUR, 0},
     {{false, 2 * HOUR}},
     "token 3600 of 0"},
    {"a source's own duration_seconds is its session's",
     {0, 0},
     {{true, 0}, {false, HOUR}},
     "token 3600 of 1, role 3600 of 0"},
    {"and leaves the life that is wanted of the role",
     {0, 50 * MINUTE},
     {{true, 0}, {false, 20 * MINUTE}},
     "token 3060 of 1, role 3600 of 0"},
    {"a role: the session of its source, then the role for an hour",
     {0, 0},
     {{true, 0}, {false, 0}},
     "token 43200 of 1, role 3600 of 0"},
    {"a role for an hour exactly is as cheap",
     {0, 0},
     {{true, HOUR}, {false, 0}},
     "token 43200 of 1, role 3600 of 0"},
    {"a role for less",
     {0, 0},
     {{true, 30 * MINUTE}, {false, 0}},
     "token 43200 of 1, role 1800 of 0"},
    {"a role for fifteen minutes gets sixteen",
     {15 * MINUTE, 0},
     {{true, 0}, {false, 0}},
     "token 43200 of 1, role 960 of 0"},
    {"a role for more than an hour: straight from the key, with a code",
     {0, 0},
     {{true, HOUR + 1}, {false, 0}},
     "code 3601 of 0"},
    {"the caller's duration goes before the profile's",
     {8 * HOUR, 0},
     {{true, HOUR}, {false, 0}},
     "code 28800 of 0"},
    {"and can be the shorter one",
     {HOUR, 0},
     {{true, 8 * HOUR}, {false, 0}},
     "token 43200 of 1, role 3600 of 0"},
    {"AWS gives a role twelve hours",
     {36 * HOUR, 0},
     {{true, 0}, {false, 0}},
     "code 43200 of 0"},
    {"life that the role can have is wanted of the source, too",
     {0, 50 * MINUTE},
     {{true, 0}, {false, 0}},
     "token 43200 of 1, role 3600 of 0"},
    {"a role from a role: each by the session before",
     {0, 0},
     {{true, 0}, {true, 0}, {false, 0}},
     "token 43200 of 2, role 3600 of 1, role 3600 of 0"},
    {"a role from a role for more than an hour is capped, and it is said",
     {0, 0},
     {{true, 2 * HOUR}, {true, 0}, {false, 0}},
     "token 43200 of 2, role 3600 of 1, capped 3600 of 0"},
    {"the caller's duration is of the last role only",
     {2 * HOUR, 0},
     {{true, 0}, {true, 30 * MINUTE}, {false, 0}},
     "token 43200 of 2, role 1800 of 1, capped 3600 of 0"},
    {"the role next to the key may be long: it takes the code",
     {0, 0},
     {{true, 0}, {true, 4 * HOUR}, {false, 0}},
     "code 14400 of 1, role 3600 of 0"},
    {"as many as a chain may have",
     {0, 0},
     {{true, 0}, {true, 0}, {true, 0}, {true, 0}, {true, 0}, {false, 0}},
     "token 43200 of 5, role 3600 of 4, role 3600 of 3, role 3600 of 2, "
     "role 3600 of 1, role 3600 of 0"},
};

static size_t count_links(const struct session_plan_link *links)
{
    size_t count = 0;

    while (links[count].has_role)
        count++;
    return count + 1;
}

static void try_case(const struct plan_case *wanted)
{
    struct session_plan plan;
    char text[TEXT_MAX] = "";
    enum fob_status status = session_plan_make(
        wanted->links, count_links(wanted->links), &wanted->limits, &plan);

    for (size_t i = 0; i < plan.count; i++)
        describe_step(&plan.steps[i], text);
    if (!tap_ok(status == FOB_OK && strcmp(text, wanted->plan) == 0, "%s",
                wanted->name))
        printf("# status %d, %s\n", (int)status, text);
}

/* A session that can never have the life that is wanted. */
static void test_life(void)
{
    static const struct session_plan_link chain[] = {
        {true, 0}, {true, 2 * HOUR}, {false, 0}};
    const struct session_plan_limits hour = {0, HOUR}, more = {0, HOUR + 1},
                                     both = {2 * HOUR, HOUR + 1};
    struct session_plan plan;

    tap_ok(session_plan_make(chain + 1, 2, &more, &plan) == FOB_OK,
           "a role of two hours can have more than one to live");
    tap_ok(session_plan_make(chain, 3, &hour, &plan) == FOB_OK,
           "a role from a role can have its hour");
    tap_ok(session_plan_make(chain, 3, &more, &plan) == FOB_E_USAGE,
           "and no second more");
    tap_ok(session_plan_make(chain, 3, &both, &plan) == FOB_E_USAGE &&
               plan.steps[plan.count - 1].duration_s == HOUR,
           "whatever duration is wanted");
}

/* A life that every call wants whole, or nearly so, would cost a code each. */
static void test_codes(void)
{
    static const struct session_plan_link user[] = {{false, 0}},
                                          role[] = {{true, 12 * HOUR},
                                                    {false, 0}};
    const struct session_plan_limits most = {0, 36 * HOUR},
                                     near = {0, 36 * HOUR - MINUTE + 1},
                                     bound = {0, 36 * HOUR - MINUTE},
                                     role_near = {0, 12 * HOUR - MINUTE + 1},
                                     role_bound = {0, 12 * HOUR - MINUTE};
    struct session_plan plan;

    tap_ok(session_plan_make(user, 1, &most, &plan) == FOB_E_USAGE &&
               session_plan_make(user, 1, &near, &plan) == FOB_E_USAGE,
           "no session is to have 36 hours, or a minute less, at every call");
    tap_ok(session_plan_make(user, 1, &bound, &plan) == FOB_OK,
           "but what callers share for a minute");
    tap_ok(session_plan_make(role, 2, &role_near, &plan) == FOB_E_USAGE &&
               session_plan_make(role, 2, &role_bound, &plan) == FOB_OK,
           "so it is with a role that takes a code");
}

/* The life that the sessions of a plan must have in the cache. */
static const struct left_case {
    const char *name;
    struct session_plan_limits limits;
    struct session_plan_link links[SESSION_PLAN_LINKS_MAX];
    uint32_t left_s[2]; /* of the first step and of the last */
} lefts[] = {
    {"no session is given out with less than 15 minutes to live",
     {0, 0},
     {{false, 0}},
     {900, 900}},
    {"or with less than is wanted", {0, 7200}, {{false, 0}}, {7200, 7200}},
    {"who asks for a length gets nine tenths of it",
     {12 * HOUR, 0},
     {{false, 0}},
     {38880, 38880}},
    {"or the life that is wanted, if that is more",
     {HOUR, 59 * MINUTE},
     {{false, 0}},
     {3540, 3540}},
    {"a short length is no less than 15 minutes",
     {15 * MINUTE, 0},
     {{false, 0}},
     {900, 900}},
    {"it is not wanted of the source of a role",
     {HOUR, 0},
     {{true, 0}, {false, 0}},
     {900, 3240}},
    {"of a capped role it is what AWS gives",
     {2 * HOUR, 0},
     {{true, 0}, {true, 0}, {false, 0}},
     {900, 3240}},
    {"a profile's own setting is of new sessions",
     {0, 0},
     {{true, 8 * HOUR}, {false, 0}},
     {900, 900}},
};

static void test_left(void)
{
    for (size_t i = 0; i < sizeof(lefts) / sizeof(lefts[0]); i++) {
        const struct left_case *wanted = &lefts[i];
        struct session_plan plan;
        enum fob_status status = session_plan_make(
            wanted->links, count_links(wanted->links), &wanted->limits, &plan);

        tap_ok(status == FOB_OK && plan.steps[0].left_s == wanted->left_s[0] &&
                   plan.steps[plan.count - 1].left_s == wanted->left_s[1],
               "%s", wanted->name);
    }
}

/* A role that refuses a session takes a code of its own, once. */
static void test_straight(void)
{
    static const struct session_plan_link chain[] = {
        {true, 0}, {true, 0}, {false, 0}};
    const struct session_plan_limits none = {0, 0};
    struct session_plan plan;
    char text[TEXT_MAX] = "";
    bool has_gone = session_plan_make(chain, 3, &none, &plan) == FOB_OK &&
                    session_plan_go_straight(&plan);

    for (size_t i = 0; i < plan.count; i++)
        describe_step(&plan.steps[i], text);
    tap_ok(has_gone && strcmp(text, "code 3600 of 1, role 3600 of 0") == 0,
           "the first role goes straight, those after it as before");
    tap_ok(!session_plan_go_straight(&plan), "it has no other way then");
    tap_ok(session_plan_make(chain + 1, 2, &none, &plan) == FOB_OK &&
               session_plan_go_straight(&plan) && plan.count == 1 &&
               plan.steps[0].call == SESSION_PLAN_ASSUME_WITH_CODE,
           "a role alone goes straight");
    tap_ok(session_plan_make(chain + 2, 1, &none, &plan) == FOB_OK &&
               !session_plan_go_straight(&plan) && plan.count == 1,
           "nor has a profile without a role");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        try_case(&cases[i]);
    test_life();
    test_codes();
    test_left();
    test_straight();
    return tap_done();
}
