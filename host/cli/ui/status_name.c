/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/status_name.h"

#include <stddef.h>

static const struct {
    enum fob_status status;
    const char *name;
} names[] = {
    {FOB_E_FAILED, "FAILED"},
    {FOB_E_NO_MEMORY, "NO_MEMORY"},
    {FOB_E_IO, "IO"},
    {FOB_E_EXISTS, "EXISTS"},
    {FOB_E_BUSY, "BUSY"},
    {FOB_E_AGENT, "AGENT"},
    {FOB_E_USAGE, "USAGE"},
    {FOB_E_NOT_FOUND, "NOT_FOUND"},
    {FOB_E_AMBIGUOUS, "AMBIGUOUS"},
    {FOB_E_LOCKED, "LOCKED"},
    {FOB_E_WRONG_KEY, "WRONG_KEY"},
    {FOB_E_NOBODY, "NOBODY"},
    {FOB_E_FORBIDDEN, "FORBIDDEN"},
    {FOB_E_TOKEN_ABSENT, "TOKEN_ABSENT"},
    {FOB_E_TOKEN_BLOCKED, "TOKEN_BLOCKED"},
    {FOB_E_NOT_TOUCHED, "NOT_TOUCHED"},
    {FOB_E_REFUSED, "REFUSED"},
    {FOB_E_THROTTLED, "THROTTLED"},
    {FOB_E_SPENT, "SPENT"},
    {FOB_E_NETWORK, "NETWORK"},
    {FOB_E_REPLY, "REPLY"},
    {FOB_E_SYNTAX, "SYNTAX"},
    {FOB_E_TOO_LONG, "TOO_LONG"},
    {FOB_E_TOO_SHORT, "TOO_SHORT"},
    {FOB_E_VERSION, "VERSION"},
    {FOB_E_DAMAGED, "DAMAGED"},
    {FOB_E_UNSUPPORTED, "UNSUPPORTED"},
    {FOB_E_DUPLICATE, "DUPLICATE"},
};

const char *status_name(enum fob_status status)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].status == status)
            return names[i].name;
    return "FAILED";
}
