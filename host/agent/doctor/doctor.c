/* SPDX-License-Identifier: MIT */
#include "host/agent/doctor/doctor.h"

static const struct check {
    const char *name;
    void (*run)(struct doctor *doctor);
    const char *fine;
    bool of_profiles;
} checks[] = {
    {"settings", doctor_check_settings, "fob's settings can be read", false},
    {"files", doctor_check_files, "no file is open to others", false},
    {"vault", doctor_check_vault, NULL, false},
    {"memory", doctor_check_memory, "secrets are kept out of swap", false},
    {"sandbox", doctor_check_sandbox, NULL, false},
    {"locks", doctor_check_locks, "nothing is held for long", false},
    {"journal", doctor_check_journal, "no change at AWS was left unfinished",
     false},
    {"tokens", doctor_check_tokens, "each that is plugged in can be used",
     false},
    {"config", doctor_check_config, "the AWS files can be read", false},
    {"profiles", doctor_check_profiles, "every user has its MFA device", true},
    {"keys", doctor_check_keys, "no long-term key is in plaintext or root's",
     true},
    {"clock", doctor_check_clocks, NULL, true},
};

/* Whatever of it is there: a file that is broken is a finding. */
static void load_state(struct doctor *doctor)
{
    struct fob_request *request = doctor->request;
    struct fob_vault *vault;

    (void)!profile_load(request, "", &doctor->profile);
    vault = agent_hold(request->agent);
    if (vault != NULL) {
        doctor->is_open =
            fob_vault_load(vault, &doctor->body, &request->error) == FOB_OK;
        agent_release(request->agent, vault);
    }
    fob_error_clear(&request->error);
}

/* What could not be looked at is not well. */
static void conclude_check(struct doctor *doctor, const struct check *check)
{
    if (check->of_profiles && doctor->is_blind)
        doctor_report(doctor, DOCTOR_NOTE, check->name, "",
                      "not known while the AWS files cannot be read");
    else if (!doctor->found && check->fine != NULL)
        doctor_report(doctor, DOCTOR_OK, check->name, "", "%s", check->fine);
}

void doctor_run(struct doctor *doctor)
{
    load_state(doctor);
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        doctor->found = false;
        checks[i].run(doctor);
        conclude_check(doctor, &checks[i]);
    }
    fob_vault_body_free(&doctor->body);
    profile_free(&doctor->profile);
}
