/* SPDX-License-Identifier: MIT */
/* The AWS files, and the MFA devices that profiles name. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/mint/role.h"
#include "host/agent/profile/key_place.h"
#include "host/aws/arn.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/vault/accounts.h"

#include <string.h>

static void check_file(struct doctor *doctor, enum fob_config_kind kind,
                       const char *path)
{
    struct fob_config config = {0};
    struct fob_error error = {0};

    if (fob_config_load(&config, kind, path, &error) != FOB_OK) {
        doctor->is_blind = true;
        doctor_report_error(doctor, "config", &error);
    }
    fob_config_free(&config);
}

/* Each file by itself, so that both are told when both are broken. */
void doctor_check_config(struct doctor *doctor)
{
    struct fob_profile_paths paths;
    struct fob_error error = {0};

    if (fob_profile_find_paths(doctor->profile.env, &paths, &error) != FOB_OK) {
        doctor->is_blind = true;
        doctor_report_error(doctor, "config", &error);
        return;
    }
    check_file(doctor, FOB_CONFIG_NAMED, paths.config);
    check_file(doctor, FOB_CONFIG_BARE, paths.credentials);
}

static bool has_vault_key(const struct doctor *doctor)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    struct fob_error ignored = {0};
    bool has = doctor->is_open && key != NULL &&
               key_place_find_key(&doctor->body, &doctor->profile, key,
                                  &ignored) == FOB_OK;

    fob_secret_free(&room);
    return has;
}

static bool has_key(const struct doctor *doctor)
{
    struct fob_profile_key pair;
    struct fob_error ignored;

    if (fob_profile_get_key(&doctor->profile.found, &pair, &ignored) == FOB_OK)
        return pair.token == NULL;
    return has_vault_key(doctor);
}

static bool has_seed(const struct doctor *doctor, const char *serial)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    struct fob_error ignored;
    bool has = account != NULL &&
               fob_accounts_find_device(&doctor->body, serial, account,
                                        &ignored) == FOB_OK;

    fob_secret_free(&room);
    return has;
}

static const char *word_device(enum fob_device_kind kind)
{
    switch (kind) {
    case FOB_DEVICE_SMS:
        return "is a telephone's, and AWS has retired MFA by SMS";
    case FOB_DEVICE_FIDO:
        return "is a FIDO key's, which the API does not take";
    case FOB_DEVICE_ROOT:
        return "is the root user's, which the API does not take";
    case FOB_DEVICE_VIRTUAL:
    case FOB_DEVICE_HARDWARE:
        break;
    }
    return NULL;
}

static void check_device(struct doctor *doctor, const char *serial,
                         const char *enroll)
{
    const struct fob_profile *found = &doctor->profile.found;
    enum fob_device_kind kind;
    const char *fault;

    if (fob_arn_device_kind(serial, &kind) != FOB_OK) {
        doctor_report(doctor, DOCTOR_PROBLEM, "profiles", enroll,
                      "the mfa_serial of profile %s is no device's",
                      found->name);
        return;
    }
    fault = word_device(kind);
    if (fault != NULL)
        doctor_report(doctor, DOCTOR_PROBLEM, "profiles", enroll,
                      "the mfa_serial of profile %s %s", found->name, fault);
    else if (doctor->is_open && fob_profile_get(found, "mfa_process") == NULL &&
             !has_seed(doctor, serial))
        doctor_report(doctor, DOCTOR_NOTE, "profiles", "fob list",
                      "no account is known to be the device of profile %s; the "
                      "first session shows which one is",
                      found->name);
}

/* Settings that only a use would complain of. */
static void check_settings(struct doctor *doctor)
{
    const struct fob_profile *found = &doctor->profile.found;
    struct fob_error error = {0};
    struct fob_endpoint endpoint;
    struct fob_profile source;
    struct role role = {0};
    uint32_t duration_s;

    if (fob_profile_duration(found, &duration_s, &error) != FOB_OK)
        doctor_report_error(doctor, "profiles", &error);
    if (fob_profile_get(found, "source_profile") != NULL &&
        fob_profile_get_source(found, &source, &error) != FOB_OK)
        doctor_report_error(doctor, "profiles", &error);
    if (profile_endpoint(&doctor->profile, &endpoint, &error) != FOB_OK)
        doctor_report_error(doctor, "profiles", &error);
    if (fob_profile_get(found, "role_arn") != NULL &&
        role_load(&doctor->profile, "", &role, &error) != FOB_OK)
        doctor_report_error(doctor, "profiles", &error);
    role_free(&role);
}

static void check_profile(struct doctor *doctor)
{
    const struct fob_profile *found = &doctor->profile.found;
    const char *serial = fob_profile_get(found, "mfa_serial");
    char enroll[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(enroll, sizeof(enroll), "fob enroll --profile %s",
                       found->name) != FOB_OK)
        (void)!fob_text_copy(enroll, sizeof(enroll), "fob enroll --help");
    check_settings(doctor);
    if (serial != NULL)
        check_device(doctor, serial, enroll);
    else if (has_key(doctor))
        doctor_report(doctor, DOCTOR_PROBLEM, "profiles", enroll,
                      "profile %s has a long-term key and no mfa_serial: "
                      "whoever has the key needs nothing else",
                      found->name);
}

void doctor_check_profiles(struct doctor *doctor)
{
    struct profile *profile = &doctor->profile;
    struct fob_error error = {0};

    for (size_t i = 0; i < profile->all.count; i++) {
        /* Too long a name is in nobody's way: it is only told. */
        (void)!fob_text_copy(profile->name, sizeof(profile->name),
                             profile->all.names[i]);
        if (fob_profile_find(&profile->all, profile->all.names[i],
                             &profile->found, &error) == FOB_OK)
            check_profile(doctor);
        else
            doctor_report_error(doctor, "profiles", &error);
    }
}
