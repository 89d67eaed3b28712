/* SPDX-License-Identifier: MIT */
/*
 * What is wrong, or may go wrong, on this machine: looked for without a
 * question, a key or the network.  It looks, and never acts.
 */
#ifndef FOB_HOST_AGENT_DOCTOR_DOCTOR_H
#define FOB_HOST_AGENT_DOCTOR_DOCTOR_H

#include "host/agent/profile/profile.h"

enum doctor_level { DOCTOR_OK, DOCTOR_NOTE, DOCTOR_PROBLEM };

struct doctor_finding {
    const char *check;
    enum doctor_level level;
    const char *text;
    const char *hint; /* a command, or "" */
};

struct doctor {
    struct fob_request *request;
    void (*put)(struct fob_request *request,
                const struct doctor_finding *finding);
    struct profile profile;     /* environment and files; `found` is free */
    struct fob_vault_body body; /* when the vault is open */
    bool is_open;
    bool is_online;              /* AWS is asked, too: doctor_online.c */
    char only[FOB_NAME_MAX + 1]; /* ... of this profile; "": of all */
    enum fob_status missed;      /* the first question that failed, or FOB_OK */
    bool is_owner_told;          /* that a file is somebody else's */
    bool is_blind; /* the AWS files cannot be read: there are no profiles */
    bool found;    /* by the check that runs, besides what is fine */
};

/* All checks, in their order; each finding goes to doctor->put. */
void doctor_run(struct doctor *doctor);

/* For the checks: doctor_report.c. */
__attribute__((format(printf, 5, 6))) void
doctor_report(struct doctor *doctor, enum doctor_level level, const char *check,
              const char *hint, const char *format, ...);

/* An error that is set already. */
void doctor_report_error(struct doctor *doctor, const char *check,
                         const struct fob_error *error);

/* A question to AWS that failed as request->error, which is cleared, says. */
void doctor_report_missed(struct doctor *doctor, const char *what,
                          const char *about);

/* One file each. */
void doctor_check_settings(struct doctor *doctor); /* doctor_files.c */
void doctor_check_files(struct doctor *doctor);
void doctor_check_vault(struct doctor *doctor); /* doctor_vault.c */
void doctor_check_memory(struct doctor *doctor);
void doctor_check_backup(struct doctor *doctor);  /* doctor_backup.c */
void doctor_check_sandbox(struct doctor *doctor); /* doctor_sandbox.c */
void doctor_check_locks(struct doctor *doctor);   /* doctor_locks.c */
void doctor_check_journal(struct doctor *doctor); /* doctor_journal.c */
void doctor_check_tokens(struct doctor *doctor);  /* doctor_tokens.c */
void doctor_check_config(struct doctor *doctor);  /* doctor_profiles.c */
void doctor_check_profiles(struct doctor *doctor);
void doctor_check_environment(struct doctor *doctor); /* doctor_environment.c */
void doctor_check_programs(struct doctor *doctor);    /* doctor_programs.c */
void doctor_check_online(struct doctor *doctor);      /* doctor_online.c */
void doctor_check_refusals(struct doctor *doctor);    /* doctor_refusals.c */
void doctor_check_keys(struct doctor *doctor);        /* doctor_keys.c */
void doctor_check_clocks(struct doctor *doctor);      /* doctor_clocks.c */

/* Of doctor->profile.found, the program that its setting `key` runs:
 * doctor_programs.c. */
void doctor_check_command(struct doctor *doctor, const char *key);

#endif
