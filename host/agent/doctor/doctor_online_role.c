/* SPDX-License-Identifier: MIT */
#include "host/agent/doctor/doctor_online.h"

#include "host/agent/mint/assume_role.h"
#include "host/base/shell_line.h"

/* The least that AWS gives. */
enum { ROLE_S = 900, LEFT_S = 1 };

static void tell_no_session(const struct doctor_online_user *user,
                            const char *name)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(hint, sizeof(hint), "fob exec %s -- true", name) !=
        FOB_OK)
        hint[0] = '\0';
    doctor_report(
        user->doctor, DOCTOR_NOTE, "online", hint,
        "the role of profile %s was not looked at: no session is open, "
        "and no code is spent for looking",
        name);
}

static void tell_role(const struct doctor_online_user *user,
                      const struct profile *profile, enum fob_status status)
{
    struct doctor *doctor = user->doctor;
    struct fob_error *error = &doctor->request->error;

    if (status == FOB_OK)
        doctor_report(doctor, DOCTOR_OK, "online", "",
                      "profile %s may assume %s", profile->name,
                      fob_profile_get(&profile->found, "role_arn"));
    else if (status == FOB_E_REFUSED) {
        doctor_report_error(doctor, "online", error);
        fob_error_clear(error);
    } else
        doctor_report_missed(doctor, "the role", profile->name);
}

/* From the user on, each with the session of the one before: to end. */
static enum fob_status assume_all(const struct doctor_online_user *user,
                                  struct session *session)
{
    enum fob_refusal refusal; /* worded already */
    enum fob_status status = FOB_OK;

    for (size_t i = user->chain->count - 1; i-- > 0 && status == FOB_OK;) {
        struct session source = *session;
        const struct assume_role role = {.request = user->doctor->request,
                                         .profile =
                                             &user->chain->links[i].profile,
                                         .source = &source,
                                         .duration_s = ROLE_S,
                                         .left_s = LEFT_S,
                                         .refusal = &refusal};

        *session = (struct session){0};
        status = assume_role_get(&role, session);
        session_free(&source);
    }
    return status;
}

void doctor_online_look_at_role(const struct doctor_online_user *user)
{
    const struct profile *profile = &user->chain->links[0].profile;
    struct session session = {0};

    if (!user->chain->links[0].has_role)
        return;
    if (doctor_online_has_session(user, &session))
        tell_role(user, profile, assume_all(user, &session));
    else
        tell_no_session(user, profile->name);
    session_free(&session);
}
