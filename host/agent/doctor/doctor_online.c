/* SPDX-License-Identifier: MIT */
/*
 * What only AWS knows: is the key active, is the device there, may the role be
 * assumed.  Nobody is asked and no code is spent: a role is tried with a
 * session that is there, or not at all.  What could not be asked is told, and
 * is not clean.
 */
#include "host/agent/doctor/doctor_online.h"

#include "host/agent/mint/profile_chain.h"
#include "host/agent/network/identity.h"
#include "host/agent/profile/config_command.h"
#include "host/aws/arn.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "src/sha256.h"

#include <string.h>

enum { SEEN_MAX = 64 };

/* By their digests: a thread's stack is no place for so many URLs. */
struct seen {
    uint8_t hash[SEEN_MAX][FOB_SHA256_LEN];
    size_t count;
};

struct tour {
    struct doctor *doctor;
    struct seen users; /* keys that were asked about, with their devices */
    struct seen dead;  /* endpoints that do not answer */
};

static void hash_name(const char *name, uint8_t hash[static FOB_SHA256_LEN])
{
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, name, strlen(name));
    fob_digest_final(&digest, hash);
}

static bool is_seen(const struct seen *seen, const char *name)
{
    uint8_t hash[FOB_SHA256_LEN];

    hash_name(name, hash);
    for (size_t i = 0; i < seen->count; i++)
        if (memcmp(seen->hash[i], hash, sizeof(hash)) == 0)
            return true;
    return false;
}

/* Whether it is new; what finds no room is asked again. */
static bool note_seen(struct seen *seen, const char *name)
{
    if (is_seen(seen, name))
        return false;
    if (seen->count < SEEN_MAX)
        hash_name(name, seen->hash[seen->count++]);
    return true;
}

static bool is_transport(enum fob_status status)
{
    return status == FOB_E_NETWORK || status == FOB_E_REPLY;
}

/* Of what AWS refused, a key that it does not know is a finding; that it may
 * not be asked is none. */
static void tell_key_fault(struct tour *tour, const struct profile *base,
                           const struct fob_endpoint *sts)
{
    struct doctor *doctor = tour->doctor;
    struct fob_error *error = &doctor->request->error;

    if (is_transport(error->status))
        (void)note_seen(&tour->dead, sts->url);
    if (error->status != FOB_E_REFUSED) {
        doctor_report_missed(doctor, "the key", base->name);
        return;
    }
    doctor_report_error(doctor, "online", error);
    fob_error_clear(error);
}

/* Its key was found, and AWS knows it. */
static void tell_key(struct doctor *doctor, const struct profile *base,
                     const struct profile_key *key, const char *arn)
{
    struct fob_arn user;
    struct fob_error *error = &doctor->request->error;

    if (fob_arn_parse(arn, &user) == FOB_OK && user.kind == FOB_ARN_ROOT) {
        (void)!identity_refuse_root(base->name, error);
        doctor_report_error(doctor, "online", error);
        fob_error_clear(error);
        return;
    }
    doctor_report(doctor, DOCTOR_OK, "online", "",
                  "the key %s of profile %s is active: %s", key->id, base->name,
                  arn);
}

static bool find_key(struct tour *tour, const struct profile *base,
                     const struct profile_key *key,
                     const struct fob_endpoint *sts)
{
    struct doctor *doctor = tour->doctor;
    char arn[FOB_ARN_MAX + 1];

    if (identity_ask(doctor->request, base, key, sts, arn) != FOB_OK) {
        tell_key_fault(tour, base, sts);
        return false;
    }
    tell_key(doctor, base, key, arn);
    return true;
}

static void look_with_key(struct tour *tour, const struct profile_chain *chain,
                          const struct fob_endpoint *sts,
                          const struct profile_key *key)
{
    const struct profile *base = profile_chain_base(chain);
    const struct doctor_online_user user = {
        .doctor = tour->doctor, .chain = chain, .sts = sts, .key = key};
    char name[FOB_ENDPOINT_URL_MAX + 1];

    if (fob_text_format(name, sizeof(name), "%s %s", key->id,
                        chain->serial == NULL ? "" : chain->serial) != FOB_OK ||
        note_seen(&tour->users, name)) {
        if (!find_key(tour, base, key, sts))
            return;
        doctor_online_look_at_user(&user);
    }
    doctor_online_look_at_role(&user);
}

static void look_at_chain(struct tour *tour, const struct profile_chain *chain)
{
    struct doctor *doctor = tour->doctor;
    const struct profile *base = profile_chain_base(chain);
    struct fob_endpoint sts;
    struct profile_key key = {0};
    enum fob_status status =
        profile_endpoint(base, &sts, &doctor->request->error);

    if (status == FOB_OK && is_seen(&tour->dead, sts.url))
        status = fob_error_set(&doctor->request->error, FOB_E_NETWORK,
                               "%s did not answer before", sts.url);
    if (status == FOB_OK)
        status = profile_key_find(doctor->request, base, &key);
    if (status == FOB_OK)
        look_with_key(tour, chain, &sts, &key);
    else if (status == FOB_E_NOT_FOUND) {
        doctor_report(
            doctor, DOCTOR_NOTE, "online", "",
            "profile %s has no long-term key that fob has: it was not "
            "looked at",
            base->name);
        fob_error_clear(&doctor->request->error);
    } else
        doctor_report_missed(doctor, "the key", base->name);
    profile_key_free(&key);
}

/* It may ask somebody, or open a browser. */
static enum fob_status refuse_command(struct doctor *doctor,
                                      const struct profile *base)
{
    char name[CONFIG_COMMAND_NAME_LEN + 1];

    config_command_name(base, name);
    if (name[0] == '\0')
        return FOB_OK;
    return fob_error_set(&doctor->request->error, FOB_E_UNSUPPORTED,
                         "its key is what its credential_process prints, which "
                         "is not run for looking");
}

/* A profile whose credentials are another program's is none of fob's. */
static void look_at_profile(struct tour *tour, const struct profile *profile)
{
    struct doctor *doctor = tour->doctor;
    struct fob_error *error = &doctor->request->error;
    struct profile_chain chain;
    enum fob_status status =
        profile_chain_find(doctor->request, profile, &chain);

    if (status == FOB_OK)
        status = profile_chain_check_kind(&chain, profile_chain_base(&chain));
    if (status == FOB_OK)
        status = refuse_command(doctor, profile_chain_base(&chain));
    if (status == FOB_OK) {
        look_at_chain(tour, &chain);
        return;
    }
    doctor_report(doctor, DOCTOR_NOTE, "online", "",
                  "profile %s was not looked at: %.300s", profile->name,
                  error->text);
    fob_error_clear(error);
}

/* Those that ask fob by themselves, or have nothing for it, are passed over. */
static bool is_for_fob(const struct profile *profile)
{
    const struct fob_profile *found = &profile->found;
    struct fob_profile_key pair;
    struct fob_error ignored;

    return fob_profile_get(found, "mfa_serial") != NULL ||
           fob_profile_get(found, "role_arn") != NULL ||
           fob_profile_get_key(found, &pair, &ignored) == FOB_OK;
}

static void choose_and_look(struct tour *tour, const char *name)
{
    struct doctor *doctor = tour->doctor;
    struct profile profile = doctor->profile; /* a view */
    struct fob_error *error = &doctor->request->error;

    if (fob_text_copy(profile.name, sizeof(profile.name), name) == FOB_OK &&
        profile_choose(&profile, error) == FOB_OK) {
        if (doctor->only[0] != '\0' || is_for_fob(&profile))
            look_at_profile(tour, &profile);
    } else if (doctor->only[0] != '\0') {
        doctor->missed = error->status;
        doctor_report_error(doctor, "online", error);
    }
    fob_error_clear(error);
}

/* Nobody is there to be asked meanwhile: a locked vault stays so. */
void doctor_check_online(struct doctor *doctor)
{
    struct fob_request *request = doctor->request;
    const struct fob_profiles *all = &doctor->profile.all;
    struct tour tour = {.doctor = doctor};
    int fd = request->fd;

    if (doctor->is_blind)
        return;
    request->fd = REQUEST_NOBODY;
    if (doctor->only[0] != '\0')
        choose_and_look(&tour, doctor->only);
    for (size_t i = 0; doctor->only[0] == '\0' && i < all->count; i++)
        choose_and_look(&tour, all->names[i]);
    request->fd = fd;
}
