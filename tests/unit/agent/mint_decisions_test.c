/* SPDX-License-Identifier: MIT */
/* What follows when a code is refused, a device has none, or a session is
 * near its end. */
#include "host/agent/mint/device_turn.h"
#include "host/agent/mint/mfa_retry.h"
#include "host/agent/mint/straight_role.h"
#include "host/agent/serve/renew.h"

#include "tests/lib/tap.h"

/* The attempts of one call, one after the other, each with what follows. */
enum { ATTEMPTS_MAX = 4 };

static const struct retry_case {
    const char *name;
    struct {
        struct mfa_attempt attempt;
        enum mfa_retry retry;
    } then[ATTEMPTS_MAX];
    size_t count;
} retries[] = {
    {"a code that is wrong is not followed by another",
     {{{FOB_REFUSAL_CODE, 0, false, false}, MFA_RETRY_NO}},
     1},
    {"but one that a person mistyped is typed anew",
     {{{FOB_REFUSAL_CODE, 0, false, true}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, 300, false, true}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, 0, false, false}, MFA_RETRY_NO}},
     3},
    {"nobody is asked again for a device that is not theirs",
     {{{FOB_REFUSAL_DEVICE, 0, false, true}, MFA_RETRY_NO}},
     1},
    {"a denial stays one, whatever the clock",
     {{{FOB_REFUSAL_DENIED, 300, true, false}, MFA_RETRY_NO}},
     1},
    {"a network that is away is not asked again",
     {{{FOB_REFUSAL_NONE, 0, false, false}, MFA_RETRY_NO}},
     1},
    {"\"later\" is, as often as a pause is granted",
     {{{FOB_REFUSAL_LATER, 0, false, false}, MFA_RETRY_LATER},
      {{FOB_REFUSAL_LATER, 0, false, false}, MFA_RETRY_LATER}},
     2},
    {"a code of another time is, once",
     {{{FOB_REFUSAL_CODE, 15, false, false}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, -300, false, false}, MFA_RETRY_NO}},
     2},
    {"so is a signature of another time",
     {{{FOB_REFUSAL_CLOCK, -900, false, false}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CLOCK, 900, false, false}, MFA_RETRY_NO}},
     2},
    {"a clock that moved by less makes the same step",
     {{{FOB_REFUSAL_CODE, 14, false, false}, MFA_RETRY_NO}},
     1},
    {"an outermost code is, once",
     {{{FOB_REFUSAL_CODE, 0, true, false}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, 0, true, false}, MFA_RETRY_NO}},
     2},
    {"each reason has a try of its own",
     {{{FOB_REFUSAL_CODE, 40, true, false}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, 0, true, false}, MFA_RETRY_NOW},
      {{FOB_REFUSAL_CODE, 40, true, false}, MFA_RETRY_NO}},
     3},
};

static void try_retries(const struct retry_case *wanted)
{
    struct mfa_retry_budget budget = {0};
    bool is_right = true;

    for (size_t i = 0; i < wanted->count; i++)
        is_right =
            is_right && mfa_retry_decide(&wanted->then[i].attempt, &budget) ==
                            wanted->then[i].retry;
    tap_ok(is_right, "%s", wanted->name);
}

static const struct turn_case {
    const char *name;
    enum device_turn turn;
    enum fob_status status;
    bool has_account;
    enum device_turn next;
} turns[] = {
    {"a session ends it", DEVICE_TURN_OWN, FOB_OK, true, DEVICE_TURN_END},
    {"a refusal ends it: another device costs a code, too", DEVICE_TURN_OWN,
     FOB_E_REFUSED, true, DEVICE_TURN_END},
    {"without codes the user's others are asked", DEVICE_TURN_OWN, FOB_E_SPENT,
     true, DEVICE_TURN_OTHERS},
    {"also when the token is elsewhere", DEVICE_TURN_OWN, FOB_E_TOKEN_ABSENT,
     true, DEVICE_TURN_OTHERS},
    {"or blocked", DEVICE_TURN_OWN, FOB_E_TOKEN_BLOCKED, true,
     DEVICE_TURN_OTHERS},
    {"or waits for a touch that another caller asked for", DEVICE_TURN_OWN,
     FOB_E_BUSY, true, DEVICE_TURN_OTHERS},
    {"not so when nobody came to touch it", DEVICE_TURN_OWN, FOB_E_NOT_TOUCHED,
     true, DEVICE_TURN_END},
    {"a command's device has no others", DEVICE_TURN_OWN, FOB_E_SPENT, false,
     DEVICE_TURN_END},
    {"when those have none, the busy token is waited for", DEVICE_TURN_OTHERS,
     FOB_E_BUSY, true, DEVICE_TURN_OWN_WAIT},
    {"and nothing else is", DEVICE_TURN_OTHERS, FOB_E_SPENT, true,
     DEVICE_TURN_END},
    {"once", DEVICE_TURN_OWN_WAIT, FOB_E_BUSY, true, DEVICE_TURN_END},
};

static const struct renew_case {
    const char *name;
    uint32_t duration_s;
    int64_t left_s;
    bool is_due;
} renewals[] = {
    {"twenty minutes are enough", 0, 1200, false},
    {"a second less is renewed", 0, 1199, true},
    {"so is one that has ended", 0, -5, true},
    {"one that does not end is not", 0, INT64_MAX, false},
    {"a long one that was asked for is", 2400, 1199, true},
    {"a short one is not: it would be for every caller", 2399, 1199, false},
};

static const struct straight_case {
    const char *name;
    enum straight_role known;
    enum fob_refusal refusal;
    int64_t age_s;
    bool may_help;
} straights[] = {
    {"a role that denies a session of minutes may want a code",
     STRAIGHT_ROLE_UNKNOWN, FOB_REFUSAL_DENIED, 60, true},
    {"also one that says so", STRAIGHT_ROLE_UNKNOWN, FOB_REFUSAL_MFA, 7200,
     true},
    {"a new session's denial has other reasons", STRAIGHT_ROLE_UNKNOWN,
     FOB_REFUSAL_DENIED, 59, false},
    {"what did not help is not tried again", STRAIGHT_ROLE_IS_NO_HELP,
     FOB_REFUSAL_DENIED, 7200, false},
    {"what helped is", STRAIGHT_ROLE_HELPS, FOB_REFUSAL_DENIED, 7200, true},
    {"a length that AWS does not give is none of a code's",
     STRAIGHT_ROLE_UNKNOWN, FOB_REFUSAL_DURATION, 7200, false},
    {"nor is \"later\"", STRAIGHT_ROLE_UNKNOWN, FOB_REFUSAL_LATER, 7200, false},
};

int main(void)
{
    for (size_t i = 0; i < sizeof(retries) / sizeof(retries[0]); i++)
        try_retries(&retries[i]);
    for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++)
        tap_ok(device_turn_next(turns[i].turn, turns[i].status,
                                turns[i].has_account) == turns[i].next,
               "%s", turns[i].name);
    for (size_t i = 0; i < sizeof(renewals) / sizeof(renewals[0]); i++)
        tap_ok(renew_is_due(renewals[i].duration_s, renewals[i].left_s) ==
                   renewals[i].is_due,
               "%s", renewals[i].name);
    for (size_t i = 0; i < sizeof(straights) / sizeof(straights[0]); i++)
        tap_ok(straight_role_may_help(straights[i].known, straights[i].refusal,
                                      straights[i].age_s) ==
                   straights[i].may_help,
               "%s", straights[i].name);
    return tap_done();
}
