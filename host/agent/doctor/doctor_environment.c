/* SPDX-License-Identifier: MIT */
/* What the caller's variables name, as far as the agent is told of them. */
#include "host/agent/doctor/doctor.h"

#include "host/base/text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *find_value(const struct doctor *doctor, const char *name)
{
    return fob_profile_env(doctor->profile.env, name);
}

/* What the profile's name is unknown for is worded where it is looked up. */
static void check_profile_name(struct doctor *doctor)
{
    const char *name = find_value(doctor, "AWS_PROFILE"),
               *variable = "AWS_PROFILE";
    const char *older = find_value(doctor, "AWS_DEFAULT_PROFILE");
    struct fob_error error = {0};
    struct fob_profile found;

    if (name == NULL) {
        name = older;
        variable = "AWS_DEFAULT_PROFILE";
    } else if (older != NULL && strcmp(name, older) != 0)
        doctor_report(doctor, DOCTOR_NOTE, "environment",
                      "unset AWS_DEFAULT_PROFILE",
                      "AWS_PROFILE is %s and AWS_DEFAULT_PROFILE is %s: some "
                      "programs take the one, some the other",
                      name, older);
    if (name == NULL || doctor->is_blind)
        return;
    if (fob_profile_find(&doctor->profile.all, name, &found, &error) ==
        FOB_E_NOT_FOUND)
        doctor_report(doctor, DOCTOR_PROBLEM, "environment", error.hint,
                      "%s: %s", variable, error.text);
}

static void check_file(struct doctor *doctor, const char *variable)
{
    const char *path = find_value(doctor, variable);

    if (path != NULL && path[0] == '/' && access(path, R_OK) != 0)
        doctor_report(doctor, DOCTOR_PROBLEM, "environment", "",
                      "%s names %s, which cannot be read: %s; mend or unset it",
                      variable, path, strerror(errno));
}

/* No word of who may use it: a proxy's URL may hold a password. */
static void check_proxy(struct doctor *doctor, const char *variable)
{
    const char *url = find_value(doctor, variable), *host, *at;

    if (url == NULL)
        return;
    host = strstr(url, "://");
    host = host == NULL ? url : host + 3;
    at = strrchr(host, '@');
    doctor_report(doctor, DOCTOR_NOTE, "environment", "fob doctor --online",
                  "calls go through the proxy %s of %s; whether it answers was "
                  "not looked at",
                  at == NULL ? host : at + 1, variable);
}

void doctor_check_environment(struct doctor *doctor)
{
    check_profile_name(doctor);
    check_file(doctor, "AWS_CONFIG_FILE");
    check_file(doctor, "AWS_SHARED_CREDENTIALS_FILE");
    check_file(doctor, "AWS_CA_BUNDLE");
    if (!doctor->is_online)
        check_proxy(doctor, find_value(doctor, "HTTPS_PROXY") != NULL
                                ? "HTTPS_PROXY"
                                : "https_proxy");
}
