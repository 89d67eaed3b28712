/* SPDX-License-Identifier: MIT */
/* Which code is used next, of a seed, a token and a command. */
#include "host/agent/codes/code_choice.h"

#include "tests/lib/tap.h"

enum { T = 1000, PERIOD_S = 30, NOW_S = T * PERIOD_S + 10 };

/* `spent` are steps as distances from T, ended by END. */
enum { END = 99, SPENT_MAX = 6 };

static const struct choice_case {
    const char *name;
    struct code_choice_source from;
    int spent[SPENT_MAX];
    enum fob_status status;
    int step; /* from T */
    bool is_outermost;
    uint32_t wait_s;
} cases[] = {
    {"the present one first",
     {30, 0, 0, false, false, false},
     {END},
     FOB_OK,
     0,
     false,
     0},
    {"then the next",
     {30, 0, 0, false, false, false},
     {0, END},
     FOB_OK,
     1,
     false,
     0},
    {"then the last",
     {30, 0, 0, false, false, false},
     {0, 1, END},
     FOB_OK,
     -1,
     false,
     0},
    {"the outermost two at the end",
     {30, 0, 0, false, false, false},
     {0, 1, -1, END},
     FOB_OK,
     2,
     true,
     0},
    {"the older one last",
     {30, 0, 0, false, false, false},
     {0, 1, -1, 2, END},
     FOB_OK,
     -2,
     true,
     0},
    {"none is left until the next step begins",
     {30, 0, 0, false, false, false},
     {0, 1, -1, 2, -2, END},
     FOB_E_SPENT,
     0,
     false,
     20},
    {"a device a step ahead",
     {30, 30, 0, false, false, false},
     {END},
     FOB_OK,
     1,
     false,
     0},
    {"has its outermost codes there",
     {30, 30, 0, false, false, false},
     {1, 2, 0, END},
     FOB_OK,
     3,
     true,
     0},
    {"a device behind",
     {30, -25, 0, false, false, false},
     {END},
     FOB_OK,
     -1,
     false,
     0},
    {"above a watermark the lowest that is young enough",
     {30, 0, T - 10, false, false, false},
     {END},
     FOB_OK,
     -1,
     false,
     0},
    {"that is above it",
     {30, 0, T, false, false, false},
     {END},
     FOB_OK,
     1,
     false,
     0},
    {"and unused",
     {30, 0, T, false, false, false},
     {1, END},
     FOB_OK,
     2,
     true,
     0},
    {"no step above the watermark is left",
     {30, 0, T + 2, false, false, false},
     {END},
     FOB_E_SPENT,
     0,
     false,
     20},
    {"a command has the present code",
     {30, 0, 0, true, false, false},
     {END},
     FOB_OK,
     0,
     false,
     0},
    {"and no other",
     {30, 0, 0, true, false, false},
     {0, END},
     FOB_E_SPENT,
     0,
     false,
     20},
    {"who leaves one takes the last but one",
     {30, 0, 0, false, true, false},
     {0, 1, -1, END},
     FOB_OK,
     2,
     true,
     0},
    {"and not the last",
     {30, 0, 0, false, true, false},
     {0, 1, -1, 2, END},
     FOB_E_SPENT,
     0,
     false,
     20},
    {"of a token neither",
     {30, 0, T, false, true, false},
     {1, END},
     FOB_E_SPENT,
     0,
     false,
     20},
    {"of what is typed AWS alone knows the step",
     {30, 0, 0, false, false, true},
     {0, -1, 1, END},
     FOB_OK,
     0,
     false,
     0},
    {"of a command there is one each step",
     {30, 0, 0, true, true, false},
     {END},
     FOB_OK,
     0,
     false,
     0},
};

static void try_case(const struct choice_case *wanted)
{
    struct fob_ledger ledger = {0};
    struct code_choice choice;
    enum fob_status status;
    bool is_right;

    for (size_t i = 0; wanted->spent[i] != END; i++)
        fob_ledger_spend(&ledger, (uint64_t)(T + wanted->spent[i]), NOW_S,
                         false);
    status = code_choice_make(&wanted->from, &ledger, NOW_S, &choice);
    is_right = status == wanted->status && choice.wait_s == wanted->wait_s &&
               choice.is_outermost == wanted->is_outermost;
    if (status == FOB_OK)
        is_right = is_right && choice.step == (uint64_t)(T + wanted->step);
    if (!tap_ok(is_right, "%s", wanted->name))
        printf("# status %d, step T%+d, wait %u s\n", (int)status,
               (int)(choice.step - T), (unsigned)choice.wait_s);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        try_case(&cases[i]);
    return tap_done();
}
