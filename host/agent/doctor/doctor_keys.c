/* SPDX-License-Identifier: MIT */
/* Long-term keys: those in plaintext, and those of root users. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/network/identity.h"
#include "host/agent/state/cache.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"

#include <string.h>

static void tell_plaintext(struct doctor *doctor, const struct fob_profile *it,
                           const struct fob_profile_key *key)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(hint, sizeof(hint), "fob keys import %s", it->name) !=
        FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint), "fob keys --help");
    doctor_report(doctor, DOCTOR_PROBLEM, "keys", hint,
                  "the long-term key of profile %s is in plaintext in %s",
                  it->name, key->path);
    if (fob_profile_get(it, "credential_process") != NULL)
        doctor_report(doctor, DOCTOR_PROBLEM, "keys", hint,
                      "SDKs take that key and never run the credential_process "
                      "of profile %s",
                      it->name);
}

static void check_plaintext(struct doctor *doctor, const struct fob_profile *it)
{
    struct fob_profile_key key;
    struct fob_error error = {0};
    enum fob_status status = fob_profile_get_key(it, &key, &error);

    if (status == FOB_OK && key.token == NULL)
        tell_plaintext(doctor, it, &key);
    else if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        doctor_report_error(doctor, "keys", &error);
}

/* Whose a key is, is known of those that were used. */
static void check_identity(void *context, const char *name,
                           const struct fob_secret *content)
{
    struct doctor *doctor = context;
    char id[FOB_KEY_ID_MAX + 1];

    if (identity_is_root(name, content, id))
        doctor_report(
            doctor, DOCTOR_PROBLEM, "keys",
            "make an IAM user, then delete the root key in the console",
            "the access key %s is the root user's", id);
}

void doctor_check_keys(struct doctor *doctor)
{
    struct fob_profiles *all = &doctor->profile.all;
    struct fob_profile profile;
    struct fob_error ignored;

    for (size_t i = 0; i < all->count; i++)
        if (fob_profile_find(all, all->names[i], &profile, &ignored) == FOB_OK)
            check_plaintext(doctor, &profile);
    (void)!cache_each(doctor->request->agent, check_identity, doctor, &ignored);
}
