/* SPDX-License-Identifier: MIT */
#include "host/agent/doctor/doctor.h"

/* What is said when nothing is found says what was looked at. */
static const struct check {
    const char *name;
    void (*run)(struct doctor *doctor);
    const char *fine;
    const char *fine_locked; /* with the vault locked, if that is another */
    bool of_profiles;
} checks[] = {
    {"programs", doctor_check_programs,
     "fob-net, fob-qr and fob-flash are there", NULL, false},
    {"settings", doctor_check_settings,
     "fob's settings can be read, and the programs in them run", NULL, false},
    {"files", doctor_check_files,
     "fob's files and the AWS files are open to nobody else", NULL, false},
    {"vault", doctor_check_vault, NULL, NULL, false},
    {"backup", doctor_check_backup, NULL, NULL, false},
    {"memory", doctor_check_memory, "secrets are kept out of swap", NULL,
     false},
    {"sandbox", doctor_check_sandbox, NULL, NULL, false},
    {"locks", doctor_check_locks, "nothing is held for long", NULL, false},
    {"journal", doctor_check_journal, "no change at AWS was left unfinished",
     NULL, false},
    {"tokens", doctor_check_tokens, "each that is plugged in can be used",
     "each that is plugged in can be used; whose seeds are on others shows "
     "with "
     "the vault unlocked",
     false},
    {"config", doctor_check_config, "the AWS files can be read", NULL, false},
    {"environment", doctor_check_environment,
     "the files and the profile that variables name are there", NULL, false},
    {"profiles", doctor_check_profiles,
     "every user has its MFA device, and its seed is here",
     "settings and devices fit; which seeds are here shows with the vault "
     "unlocked",
     true},
    {"keys", doctor_check_keys,
     "no long-term key is in plaintext, or known to be root's", NULL, true},
    {"refusals", doctor_check_refusals,
     "AWS is not known to have refused what profiles ask for", NULL, true},
    {"online", doctor_check_online, NULL, NULL, true},
    {"clock", doctor_check_clocks, NULL, NULL, true},
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
        doctor_report(doctor, DOCTOR_OK, check->name, "", "%s",
                      doctor->is_open || check->fine_locked == NULL
                          ? check->fine
                          : check->fine_locked);
}

void doctor_run(struct doctor *doctor)
{
    load_state(doctor);
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        doctor->found = false;
        if (checks[i].run == doctor_check_online && !doctor->is_online)
            continue;
        checks[i].run(doctor);
        conclude_check(doctor, &checks[i]);
    }
    fob_vault_body_free(&doctor->body);
    profile_free(&doctor->profile);
}
