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

uint32_t session_plan_left_s(const struct session_plan_limits *limits)
{
    return raise_to(limits->left_s, SESSION_LEFT_S_MIN);
}

/* What is wanted of a role is not wanted of its source: that one serves other
 * roles too. */
static struct session_plan_step
plan_session_token(const struct session_plan_limits *limits, size_t link)
{
    uint32_t duration_s = link == 0 ? limits->duration_s : 0;

    if (duration_s == 0)
        duration_s = SESSION_PLAN_USER_S;
    duration_s = raise_to(duration_s,
                          session_plan_left_s(limits) + SESSION_PLAN_SHARED_S);
    return (struct session_plan_step){
        .call = SESSION_PLAN_GET_SESSION_TOKEN,
        .link = link,
        .duration_s = cap_at(duration_s, FOB_STS_SESSION_S_MAX)};
}

static uint32_t role_duration(const struct session_plan_link *links,
                              const struct session_plan_limits *limits,
                              size_t link)
{
    uint32_t duration_s = links[link].duration_s;

    if (link == 0 && limits->duration_s != 0)
        duration_s = limits->duration_s;
    if (duration_s == 0)
        duration_s = SESSION_PLAN_ROLE_S;
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
                           const struct session_plan_limits *limits,
                           size_t link, uint32_t duration_s)
{
    struct session_plan_step step = {.call = SESSION_PLAN_ASSUME_WITH_CODE,
                                     .link = link,
                                     .duration_s = duration_s};

    if (duration_s <= FOB_STS_CHAINED_S_MAX) {
        add_step(plan, plan_session_token(limits, link + 1));
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

enum fob_status session_plan_make(const struct session_plan_link *links,
                                  size_t count,
                                  const struct session_plan_limits *limits,
                                  struct session_plan *plan)
{
    size_t link = count - 1;

    plan->count = 0;
    if (!links[0].has_role) {
        add_step(plan, plan_session_token(limits, 0));
        return FOB_OK;
    }
    link--;
    add_first_role(plan, limits, link, role_duration(links, limits, link));
    while (link-- > 0)
        add_chained_role(plan, link, role_duration(links, limits, link));
    /* One that can never have it would be made anew for every call. */
    return limits->left_s > plan->steps[plan->count - 1].duration_s
               ? FOB_E_USAGE
               : FOB_OK;
}
