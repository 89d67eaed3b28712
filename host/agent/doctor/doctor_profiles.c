/* SPDX-License-Identifier: MIT */
/* The AWS files, and the MFA devices that profiles name. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/mint/role.h"
#include "host/agent/profile/key_place.h"
#include "host/agent/profile/profile_place.h"
#include "host/aws/arn.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/config/misread.h"
#include "host/vault/accounts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static void check_misread(struct doctor *doctor)
{
    struct fob_misread misread;
    size_t cursor = 0;

    while (fob_misread_next(&doctor->profile.all, &cursor, &misread))
        doctor_report(doctor, DOCTOR_PROBLEM, "config", "",
                      "line %u of %s is no header that AWS programs read as "
                      "profile %s: it has to be %s",
                      misread.line, misread.path, misread.name, misread.header);
}

static void check_count(struct doctor *doctor,
                        const struct fob_profile_paths *paths)
{
    if (!doctor->is_blind && doctor->profile.all.count == 0)
        doctor_report(doctor, DOCTOR_NOTE, "config", "",
                      "there is no profile in %s or %s", paths->config,
                      paths->credentials);
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
    check_misread(doctor);
    check_count(doctor, &paths);
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

/* Whether an account is the device, or may be it by its QR code or name. */
static bool has_seed(const struct doctor *doctor, const char *serial,
                     bool *is_bound)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    bool has = account == NULL;
    size_t cursor = 0;

    *is_bound = account == NULL;
    while (account != NULL && !*is_bound &&
           fob_accounts_next(&doctor->body, &cursor, account))
        if (account_make_may_be(account, serial, true)) {
            has = true;
            *is_bound = account->device[0] != '\0';
        }
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

/* A phone or a hardware token may have it: then its codes are typed. */
static void check_seed(struct doctor *doctor, const char *serial,
                       enum fob_device_kind kind, const char *enroll)
{
    const char *name = doctor->profile.found.name;
    bool is_bound;
    bool has = has_seed(doctor, serial, &is_bound);

    if (has && !is_bound)
        doctor_report(doctor, DOCTOR_NOTE, "profiles", "fob list",
                      "no account is known to be the device of profile %s; the "
                      "first session shows which one is",
                      name);
    else if (!has && kind == FOB_DEVICE_HARDWARE)
        doctor_report(doctor, DOCTOR_NOTE, "profiles", "",
                      "the device of profile %s, %s, is a hardware token: its "
                      "six digits are typed where fob asks",
                      name, serial);
    else if (!has)
        doctor_report(doctor, DOCTOR_NOTE, "profiles", enroll,
                      "the seed of the device of profile %s, %s, is not in the "
                      "vault: its codes are typed from a phone, or it is lost",
                      name, serial);
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
    else if (doctor->is_open && fob_profile_get(found, "mfa_process") == NULL)
        check_seed(doctor, serial, kind, enroll);
}

/* A variable goes first, and is looked at once: doctor_environment.c. */
static void check_bundle(struct doctor *doctor)
{
    const struct fob_profile *found = &doctor->profile.found;
    const char *path = fob_profile_get(found, "ca_bundle");

    if (path != NULL && path[0] == '/' && access(path, R_OK) != 0 &&
        fob_profile_env(doctor->profile.env, "AWS_CA_BUNDLE") == NULL)
        doctor_report(doctor, DOCTOR_PROBLEM, "profiles", "",
                      "the ca_bundle of profile %s, %s, cannot be read: %s",
                      found->name, path, strerror(errno));
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
    check_bundle(doctor);
    doctor_check_command(doctor, "credential_process");
    doctor_check_command(doctor, "mfa_process");
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

/* Those that SDKs would call AWS for and that name no region: of a source's,
 * SDKs know nothing. */
static bool lacks_region(const struct doctor *doctor)
{
    const struct fob_profile *found = &doctor->profile.found;

    return fob_profile_get(found, "region") == NULL &&
           fob_profile_env(doctor->profile.env, "AWS_REGION") == NULL &&
           fob_profile_env(doctor->profile.env, "AWS_DEFAULT_REGION") == NULL &&
           (fob_profile_get(found, "mfa_serial") != NULL ||
            fob_profile_get(found, "role_arn") != NULL || has_key(doctor));
}

static void tell_regions(struct doctor *doctor, const char *first, size_t count)
{
    char others[32] = "", hint[FOB_ERROR_HINT_MAX + 1];

    if (count == 0)
        return;
    if (count > 1)
        snprintf(others, sizeof(others), " and %zu more", count - 1);
    if (fob_shell_line(hint, sizeof(hint),
                       "aws configure set region REGION --profile %s",
                       first) != FOB_OK)
        hint[0] = '\0';
    doctor_report(doctor, DOCTOR_NOTE, "profiles", hint,
                  "no region is set for profile %s%s: SDKs and the AWS CLI "
                  "want one",
                  first, others);
}

void doctor_check_profiles(struct doctor *doctor)
{
    struct profile *profile = &doctor->profile;
    struct fob_error error = {0};
    const char *first = NULL;
    size_t count = 0;

    for (size_t i = 0; i < profile->all.count; i++) {
        /* Too long a name is in nobody's way: it is only told. */
        (void)!fob_text_copy(profile->name, sizeof(profile->name),
                             profile->all.names[i]);
        if (fob_profile_find(&profile->all, profile->all.names[i],
                             &profile->found, &error) == FOB_OK) {
            profile_place_find(profile, NULL);
            check_profile(doctor);
            if (lacks_region(doctor) && count++ == 0)
                first = profile->all.names[i];
        } else
            doctor_report_error(doctor, "profiles", &error);
    }
    tell_regions(doctor, first, count);
}
