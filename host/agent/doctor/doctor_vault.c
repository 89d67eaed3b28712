/* SPDX-License-Identifier: MIT */
/* The vault, as far as it can be told without its key, and the memory that
 * holds what is in it. */
#include "host/agent/doctor/doctor.h"

#include <inttypes.h>
#include <unistd.h>

static void tell_vault(struct doctor *doctor,
                       const struct fob_vault_header *header)
{
    size_t slots = fob_slots_count(&header->slots);

    doctor_report(doctor, DOCTOR_OK, "vault", "",
                  "whole; generation %" PRIu64 ", %zu key slot%s, %s",
                  header->generation, slots, slots == 1 ? "" : "s",
                  doctor->is_open ? "unlocked" : "locked");
}

void doctor_check_vault(struct doctor *doctor)
{
    char path[FOB_PATH_MAX], backup[FOB_PATH_MAX];
    struct fob_vault_header header;
    struct fob_error error = {0};
    enum fob_status status = fob_path_get(FOB_PATH_VAULT, path, &error);

    if (status == FOB_OK)
        status = fob_path_get(FOB_PATH_VAULT_BACKUP, backup, &error);
    if (status == FOB_OK)
        status = fob_vault_inspect(path, backup, &header, &error);
    if (status == FOB_OK)
        tell_vault(doctor, &header);
    else if (status == FOB_E_NOT_FOUND && access(backup, F_OK) != 0)
        doctor_report(doctor, DOCTOR_NOTE, "vault", error.hint, "%s",
                      error.text);
    else
        doctor_report_error(doctor, "vault", &error);
}

void doctor_check_memory(struct doctor *doctor)
{
    if (!fob_secret_is_locked())
        doctor_report(doctor, DOCTOR_PROBLEM, "memory",
                      "raise the limit on locked memory (ulimit -l)",
                      "the agent's memory could not be locked: secrets may be "
                      "swapped to disk");
}
