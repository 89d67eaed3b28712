/* SPDX-License-Identifier: MIT */
/* What keeps the helpers in, as far as this machine has it.  Without seccomp
 * they do not run at all. */
#include "host/agent/doctor/doctor.h"

#include "host/sandbox/landlock.h"

enum { VERSION_OF_PORTS = 4, VERSION_OF_SIGNALS = 6 };

static const char *name_rest(int version)
{
    if (version < VERSION_OF_PORTS)
        return "files are closed, TCP ports are not";
    if (version < VERSION_OF_SIGNALS)
        return "files and TCP ports are closed";
    return "files, TCP ports and signals are closed";
}

void doctor_check_sandbox(struct doctor *doctor)
{
    int version = fob_landlock_version();

    if (version == 0)
        doctor_report(doctor, DOCTOR_NOTE, "sandbox",
                      "use Linux 5.13 or newer with landlock among its lsm=",
                      "there is no Landlock: seccomp alone keeps fob-net and "
                      "fob-flash in, and does not close your files to them");
    else
        doctor_report(doctor, DOCTOR_OK, "sandbox", "",
                      "helpers run behind seccomp and Landlock %d: %s", version,
                      name_rest(version));
}
