/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/session_plan.h"

#include "host/agent/state/session.h"
#include "host/aws/sts.h"

static uint32_t raise_to(uint32_t value, uint32_t least)
{
    return value < least ? least : value;
}

static uint32_t cap_at(uint32_t value, uint32_t most)
{
    return value > most ? most : value;
}

uint32_t session_plan_least_s(uint32_t duration_s)
{
    return duration_s - duration_s / SESSION_PLAN_SLACK_PART;
}

/* What is wanted of a role is not wanted of its source: that one serves other
 * roles too. */
static uint32_t find_duration(const struct session_plan_link *links,
                              const struct session_plan_limits *limits,
                              size_t link, uint32_t fallback_s)
{
    uint32_t duration_s = links[link].duration_s;

    if (link == 0 && limits->duration_s != 0)
        duration_s = limits->duration_s;
    return duration_s == 0 ? fallback_s : duration_s;
}

static struct session_plan_step
plan_session_token(const struct session_plan_link *links,
                   const struct session_plan_limits *limits, size_t link)
{
    uint32_t duration_s =
        find_duration(links, limits, link, SESSION_PLAN_USER_S);
    uint32_t left_s = raise_to(limits->left_s, SESSION_LEFT_S_MIN);

    duration_s = raise_to(duration_s, left_s + SESSION_PLAN_SHARED_S);
    return (struct session_plan_step){
        .call = SESSION_PLAN_GET_SESSION_TOKEN,
        .link = link,
        .duration_s = cap_at(duration_s, FOB_STS_SESSION_S_MAX)};
}

static uint32_t role_duration(const struct session_plan_link *links,
                              const struct session_plan_limits *limits,
                              size_t link)
{
    uint32_t duration_s =
        find_duration(links, limits, link, SESSION_PLAN_ROLE_S);

    duration_s =
        raise_to(duration_s, SESSION_LEFT_S_MIN + SESSION_PLAN_SHARED_S);
    return cap_at(duration_s, FOB_STS_ROLE_S_MAX);
}

static void add_step(struct session_plan *plan, struct session_plan_step step)
{
    plan->steps[plan->count++] = step;
}

/* The role next to the key: over an hour it takes the code itself, since
 * sessions made from sessions end after an hour. */
static void add_first_role(struct session_plan *plan,
                           const struct session_plan_link *links,
                           const struct session_plan_limits *limits,
                           size_t link)
{
    const uint32_t duration_s = role_duration(links, limits, link);
    struct session_plan_step step = {.call = SESSION_PLAN_ASSUME_WITH_CODE,
                                     .link = link,
                                     .duration_s = duration_s};

    if (duration_s <= FOB_STS_CHAINED_S_MAX) {
        add_step(plan, plan_session_token(links, limits, link + 1));
        step.call = SESSION_PLAN_ASSUME_BY_LAST_STEP;
    }
    add_step(plan, step);
}

static void add_chained_role(struct session_plan *plan, size_t link,
                             uint32_t duration_s)
{
    add_step(plan, (struct session_plan_step){
                       .call = SESSION_PLAN_ASSUME_BY_LAST_STEP,
                       .link = link,
                       .duration_s = cap_at(duration_s, FOB_STS_CHAINED_S_MAX),
                       .is_capped = duration_s > FOB_STS_CHAINED_S_MAX});
}

/* A length is asked of the last session; of a shorter one that AWS gives in
 * its place, as much. */
static void set_left(struct session_plan *plan,
                     const struct session_plan_limits *limits)
{
    struct session_plan_step *last = &plan->steps[plan->count - 1];
    uint32_t asked_s = cap_at(limits->duration_s, last->duration_s);

    for (size_t i = 0; i < plan->count; i++)
        plan->steps[i].left_s = raise_to(limits->left_s, SESSION_LEFT_S_MIN);
    last->left_s = raise_to(last->left_s, session_plan_least_s(asked_s));
}

/* One that can never have it would be made anew for every call; one that has
 * it for a moment would cost a code for each. */
static bool may_have_life(const struct session_plan *plan,
                          const struct session_plan_limits *limits)
{
    const struct session_plan_step *last = &plan->steps[plan->count - 1];
    uint32_t shared_s = last->call == SESSION_PLAN_ASSUME_BY_LAST_STEP
                            ? 0
                            : SESSION_PLAN_SHARED_S;

    return limits->left_s + shared_s <= last->duration_s;
}

enum fob_status session_plan_make(const struct session_plan_link *links,
                                  size_t count,
                                  const struct session_plan_limits *limits,
                                  struct session_plan *plan)
{
    size_t link = count - 1;

    plan->count = 0;
    if (!links[0].has_role) {
        add_step(plan, plan_session_token(links, limits, 0));
    } else {
        link--;
        add_first_role(plan, links, limits, link);
        while (link-- > 0)
            add_chained_role(plan, link, role_duration(links, limits, link));
    }
    set_left(plan, limits);
    return may_have_life(plan, limits) ? FOB_OK : FOB_E_USAGE;
}

bool session_plan_go_straight(struct session_plan *plan)
{
    if (plan->count < 2 ||
        plan->steps[0].call != SESSION_PLAN_GET_SESSION_TOKEN)
        return false;
    for (size_t i = 1; i < plan->count; i++)
        plan->steps[i - 1] = plan->steps[i];
    plan->count--;
    plan->steps[0].call = SESSION_PLAN_ASSUME_WITH_CODE;
    return true;
}
