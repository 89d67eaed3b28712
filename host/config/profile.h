/* SPDX-License-Identifier: MIT */
/*
 * Profiles as the AWS clients see them: ~/.aws/config and ~/.aws/credentials
 * merged.  A setting of the credentials file wins over the same key of the
 * config file; a key pair is taken whole from one file, the credentials file
 * first.  What a profile lacks is looked for in its `include_profile`
 * (aws-vault's), the key pair excepted.
 *
 * Environments are passed in, as NULL-ended arrays of "NAME=value" like
 * environ: the agent serves callers whose environment is not its own.  A
 * variable set to nothing counts as unset.  Strings given back live as long
 * as the `struct fob_profiles` or the environment they come from.
 */
#ifndef FOB_HOST_CONFIG_PROFILE_H
#define FOB_HOST_CONFIG_PROFILE_H

#include "host/base/path.h"
#include "host/config/config_store.h"

struct fob_profile_paths {
    char config[FOB_PATH_MAX];
    char credentials[FOB_PATH_MAX];
};

struct fob_profiles {
    struct fob_profile_paths paths;
    struct fob_config config;
    struct fob_config credentials;
    const char *const *names; /* all profiles, each once: the config file's in
                                 its order, then those of the credentials file
                                 only */
    size_t count;
    const char **own_names; /* where both have some, or NULL */
};

/* One profile of `all`; to be copied freely, not freed. */
struct fob_profile {
    const struct fob_profiles *all;
    const char *name;
    const struct fob_config_section *config;      /* or NULL */
    const struct fob_config_section *credentials; /* or NULL */
};

/* A long-term (or with a token: temporary) key pair in plaintext. */
struct fob_profile_key {
    const char *id;
    const char *secret;
    const char *token; /* or NULL */
    const char *path;  /* of the file it stands in */
    enum fob_config_kind kind;
};

/* The value of `name`, or NULL when unset or empty. */
const char *fob_profile_env(const char *const *env, const char *name);

/* AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else config and
 * credentials in HOME/.aws; a leading "~/" stands for HOME.  A relative path
 * stays so. */
FOB_MUST_CHECK enum fob_status
fob_profile_find_paths(const char *const *env, struct fob_profile_paths *paths,
                       struct fob_error *error);

/* AWS_PROFILE, else AWS_DEFAULT_PROFILE, else "default". */
const char *fob_profile_default(const char *const *env);

/* Read both files; a missing one is an empty one.  `profiles` is left empty
 * on a fault, which names file and line. */
FOB_MUST_CHECK enum fob_status
fob_profiles_load(struct fob_profiles *profiles,
                  const struct fob_profile_paths *paths,
                  struct fob_error *error);

/* The same, by way of a store (which may be NULL). */
FOB_MUST_CHECK enum fob_status
fob_profiles_load_kept(struct fob_profiles *profiles,
                       const struct fob_profile_paths *paths,
                       struct fob_config_store *store, struct fob_error *error);

/* Wipe and free; leaves it empty. */
void fob_profiles_free(struct fob_profiles *profiles);

/* The profile `name`.  FOB_E_NOT_FOUND, with the nearest names, when neither
 * file has it; FOB_E_SYNTAX when its include_profile leads nowhere or in a
 * circle. */
FOB_MUST_CHECK enum fob_status
fob_profile_find(const struct fob_profiles *profiles, const char *name,
                 struct fob_profile *profile, struct fob_error *error);

/* Any setting (key in lower case), or NULL; a block gives NULL.  An empty
 * value is given as "". */
const char *fob_profile_get(const struct fob_profile *profile, const char *key);

/* duration_seconds, 900 to 129600; 0 when absent. */
FOB_MUST_CHECK enum fob_status
fob_profile_duration(const struct fob_profile *profile, uint32_t *duration_s,
                     struct fob_error *error);

/* The key pair.  FOB_E_NOT_FOUND, error set, when the files hold none;
 * FOB_E_SYNTAX for half a pair or an empty half. */
FOB_MUST_CHECK enum fob_status
fob_profile_get_key(const struct fob_profile *profile,
                    struct fob_profile_key *key, struct fob_error *error);

/* The profile named by source_profile.  FOB_E_NOT_FOUND, error set, when there
 * is no such key or no such profile.  A profile may name itself: its own key
 * pair, without its role, is then meant.  Both pointers may be the same. */
FOB_MUST_CHECK enum fob_status
fob_profile_get_source(const struct fob_profile *profile,
                       struct fob_profile *source, struct fob_error *error);

/* The same, and whose section has it (of an include_profile, that one's), in
 * which file. */
const char *fob_profile_get_from(const struct fob_profile *profile,
                                 const char *key, const char **name,
                                 const char **path);

/* Settings that a variable may give in a profile's place. */
enum fob_profile_choice {
    FOB_PROFILE_REGION,      /* AWS_REGION, AWS_DEFAULT_REGION */
    FOB_PROFILE_CA_BUNDLE,   /* AWS_CA_BUNDLE */
    FOB_PROFILE_STS_LEGACY,  /* `legacy` (one global STS) or `regional` */
    FOB_PROFILE_FIPS,        /* `true` or `false`, as are these: */
    FOB_PROFILE_DUALSTACK,   /* AWS_USE_DUALSTACK_ENDPOINT */
    FOB_PROFILE_IGNORE_URLS, /* AWS_IGNORE_CONFIGURED_ENDPOINT_URLS */
};

enum { FOB_PROFILE_VARIABLE_MAX = 47 };

/* A value and where it stands.  All zero: it stands nowhere. */
struct fob_profile_setting {
    const char *value;                           /* never "" */
    char variable[FOB_PROFILE_VARIABLE_MAX + 1]; /* "": it is a profile's */
    const char *profile;
    const char *path; /* of that profile's file */
};

/* Whether it is set, by a variable first. */
bool fob_profile_find_setting(const struct fob_profile *profile,
                              const char *const *env,
                              enum fob_profile_choice which,
                              struct fob_profile_setting *setting);

/* Of one that is a choice of two words: the second, not the first, which is
 * meant where none is set.  FOB_E_USAGE for another word in a variable,
 * FOB_E_SYNTAX for one in a file; the error is set. */
FOB_MUST_CHECK enum fob_status
fob_profile_read_choice(const struct fob_profile_setting *setting,
                        enum fob_profile_choice which, bool *is_yes,
                        struct fob_error *error);

/* Where it stands: "AWS_REGION", "profile work in /home/me/.aws/config"; "" for
 * one that is set nowhere, or when it does not fit. */
void fob_profile_show_setting(const struct fob_profile_setting *setting,
                              char *text, size_t cap);

/* The endpoint set for `service` ("sts", "iam"): AWS_ENDPOINT_URL_<SERVICE>,
 * AWS_ENDPOINT_URL, the service's block in the profile's `services` section,
 * endpoint_url; with is_named_only the two that name the service.  That none is
 * to be heeded (FOB_PROFILE_IGNORE_URLS) is for the caller to ask.
 * FOB_E_SYNTAX when `services` names no section. */
struct fob_profile_endpoint {
    const struct fob_profile *profile;
    const char *service;
    const char *const *env;
    bool is_named_only;
};
FOB_MUST_CHECK enum fob_status
fob_profile_get_endpoint(const struct fob_profile_endpoint *wanted,
                         struct fob_profile_setting *url,
                         struct fob_error *error);

#endif
