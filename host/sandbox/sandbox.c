/* SPDX-License-Identifier: MIT */
#include "host/sandbox/sandbox.h"

#include <sys/prctl.h>

static bool give_up_rights(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static enum fob_status fail_at(const struct fob_sandbox *sandbox,
                               const char *step, struct fob_error *error)
{
    return fob_error_set(error, FOB_E_FAILED, "the %s sandbox cannot %s",
                         sandbox->name, step);
}

enum fob_status fob_sandbox_enter(const struct fob_sandbox *sandbox,
                                  struct fob_error *error)
{
    enum fob_status landlock;

    if (!give_up_rights())
        return fail_at(sandbox, "give up its rights", error);
    landlock = fob_landlock_restrict(&sandbox->left);
    if (landlock != FOB_OK && landlock != FOB_E_UNSUPPORTED)
        return fail_at(sandbox, "close the files", error);
    if (!fob_limits_set(sandbox->limits, sandbox->limit_count))
        return fail_at(sandbox, "set its limits", error);
    if (!fob_filter_load(&sandbox->filter))
        return fail_at(sandbox, "filter system calls", error);
    return FOB_OK;
}
