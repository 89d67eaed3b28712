/* SPDX-License-Identifier: MIT */
/* Which refusals stay, and what is kept of one. */
#include "host/agent/mint/refusal_memory.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static const struct {
    const char *name;
    enum fob_refusal refusal;
    bool stays;
} kinds[] = {
    {"what was done was not refused", FOB_REFUSAL_NONE, false},
    {"a network comes back", FOB_REFUSAL_TRANSPORT, false},
    {"the next code may be right", FOB_REFUSAL_CODE, false},
    {"the wrong device stays wrong", FOB_REFUSAL_DEVICE, true},
    {"so does a policy", FOB_REFUSAL_DENIED, true},
    {"one that wants MFA", FOB_REFUSAL_MFA, true},
    {"a key that AWS does not know", FOB_REFUSAL_KEY, true},
    {"a duration that is too long", FOB_REFUSAL_DURATION, true},
    {"a region that is not enabled", FOB_REFUSAL_REGION, true},
    {"a parameter", FOB_REFUSAL_REQUEST, true},
    {"and what nobody knows", FOB_REFUSAL_OTHER, true},
    {"a session that has ended is made anew", FOB_REFUSAL_EXPIRED, false},
    {"a clock is learnt", FOB_REFUSAL_CLOCK, false},
    {"later means later", FOB_REFUSAL_LATER, false},
};

static const uint8_t record[] = {1, 0, 0,   0,   0, 0, 0,   0,   7,
                                 0, 2, 'n', 'o', 0, 3, 'a', 's', 'k'};

static bool decode(const void *data, size_t len, struct refusal_memory *memory)
{
    uint8_t *copy = exact_copy(data, len);
    bool is_known = refusal_memory_decode(memory, copy, len);

    free(copy);
    return is_known;
}

int main(void)
{
    struct refusal_memory memory;
    uint8_t other[sizeof(record) + 1] = {0};
    bool all_refused = true;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        tap_ok(refusal_memory_stays(kinds[i].refusal) == kinds[i].stays, "%s",
               kinds[i].name);
    tap_ok(decode(record, sizeof(record), &memory) && memory.at_s == 7 &&
               strcmp(memory.text, "no") == 0 &&
               strcmp(memory.hint, "ask") == 0,
           "a record is read");
    for (size_t len = 0; len < sizeof(record); len++)
        all_refused &= !decode(record, len, &memory);
    tap_ok(all_refused && memory.at_s == 0, "one that is cut is none");
    memcpy(other, record, sizeof(record));
    tap_ok(!decode(other, sizeof(other), &memory), "nor one that goes on");
    other[0] = 2;
    tap_ok(!decode(other, sizeof(record), &memory), "nor of another format");
    memcpy(other, record, sizeof(record));
    other[9] = 0xff;
    tap_ok(!decode(other, sizeof(record), &memory),
           "nor of a length beyond it");
    return tap_done();
}
