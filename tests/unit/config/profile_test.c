/* SPDX-License-Identifier: MIT */
/* Profiles as commands ask for them: merged, included, and overridden by an
 * environment that is not this process's own. */
#include "host/config/misread.h"
#include "host/config/nearest.h"
#include "host/config/profile.h"
#include "tests/lib/tap.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/fob-profile-XXXXXX";
static struct fob_profile_paths paths;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

static struct fob_profiles load(const char *config, const char *credentials)
{
    struct fob_profiles profiles = {0};
    struct fob_error error = {0};

    write_file(paths.config, config);
    write_file(paths.credentials, credentials);
    if (!tap_ok(fob_profiles_load(&profiles, &paths, &error) == FOB_OK,
                "both files load"))
        printf("# %s\n", error.text);
    return profiles;
}

static bool is(const char *got, const char *want)
{
    bool same =
        got == want || (got != NULL && want != NULL && strcmp(got, want) == 0);

    if (!same)
        printf("# got %s, want %s\n", got != NULL ? got : "NULL",
               want != NULL ? want : "NULL");
    return same;
}

static struct fob_profile find(const struct fob_profiles *profiles,
                               const char *name)
{
    struct fob_profile profile = {0};
    struct fob_error error = {0};

    if (fob_profile_find(profiles, name, &profile, &error) != FOB_OK)
        printf("# %s\n", error.text);
    return profile;
}

static void test_paths(void)
{
    const char *const plain[] = {"HOME=/h", NULL};
    const char *const set[] = {"HOME=/h", "AWS_CONFIG_FILE=~/c",
                               "AWS_SHARED_CREDENTIALS_FILE=/s", NULL};
    const char *const empty[] = {"AWS_CONFIG_FILE=", NULL};
    struct fob_profile_paths found;
    struct fob_error error = {0};

    tap_ok(fob_profile_find_paths(plain, &found, &error) == FOB_OK &&
               is(found.config, "/h/.aws/config") &&
               is(found.credentials, "/h/.aws/credentials"),
           "the files are in HOME/.aws");
    tap_ok(fob_profile_find_paths(set, &found, &error) == FOB_OK &&
               is(found.config, "/h/c") && is(found.credentials, "/s"),
           "variables name others, ~/ is HOME");
    tap_ok(fob_profile_find_paths(empty, &found, &error) == FOB_E_FAILED &&
               strstr(error.text, "HOME") != NULL,
           "without HOME and variables there is an error that says so");
}

static void test_default_name(void)
{
    const char *const none[] = {NULL};
    const char *const old[] = {"AWS_DEFAULT_PROFILE=o", "AWS_PROFILE=", NULL};
    const char *const both[] = {"AWS_DEFAULT_PROFILE=o", "AWS_PROFILE=n", NULL};

    tap_ok(is(fob_profile_default(none), "default"), "the profile is default");
    tap_ok(is(fob_profile_default(old), "o"), "or AWS_DEFAULT_PROFILE");
    tap_ok(is(fob_profile_default(both), "n"), "or first AWS_PROFILE");
}

static void test_missing_files(void)
{
    struct fob_profiles profiles = {0};
    struct fob_error error = {0};

    unlink(paths.config);
    unlink(paths.credentials);
    tap_ok(fob_profiles_load(&profiles, &paths, &error) == FOB_OK &&
               profiles.count == 0,
           "missing files are empty ones");
    fob_profiles_free(&profiles);
}

static void test_merge(void)
{
    struct fob_profiles profiles = load(
        "[profile a]\nregion = r1\noutput = o\ns3 =\n  x = y\n[profile c]\n",
        "[b]\nk = v\n[a]\nregion = r2\n");
    struct fob_profile profile = find(&profiles, "a");

    tap_ok(profiles.count == 3 && is(profiles.names[0], "a") &&
               is(profiles.names[1], "c") && is(profiles.names[2], "b"),
           "all profiles are listed once, the config file's first");
    tap_ok(is(fob_profile_get(&profile, "region"), "r2"),
           "the credentials file's setting wins");
    tap_ok(is(fob_profile_get(&profile, "output"), "o"),
           "the config file's other settings stay");
    tap_ok(fob_profile_get(&profile, "s3") == NULL, "a block is no value");
    tap_ok(fob_profile_get(&profile, "k") == NULL,
           "another profile's setting is not seen");
    fob_profiles_free(&profiles);
}

static void test_unknown(void)
{
    struct fob_profiles profiles =
        load("[profile prod-admin]\n[profile staging]\n[profile prod]\n", "");
    struct fob_profile profile;
    struct fob_error error = {0};

    tap_ok(fob_profile_find(&profiles, "prdo", &profile, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.text, "no profile prdo (nearest: prod)") != NULL &&
               strstr(error.text, paths.config) != NULL &&
               strstr(error.hint, "with it: prod") != NULL,
           "an unknown profile is told with the nearest name");
    tap_ok(fob_profile_find(&profiles, "admin", &profile, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.text, "prod-admin") != NULL &&
               strstr(error.hint, "prod-admin") == NULL,
           "a part of a name is near it, and not proposed");
    tap_ok(fob_profile_find(&profiles, "zzzzzz", &profile, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.text, "nearest") == NULL &&
               is(error.hint, "fob profiles"),
           "nothing near: the way to see them");
    tap_ok(fob_profile_find(&profiles, "t", &profile, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.text, "nearest") == NULL,
           "what has a letter in common is not near");
    fob_profiles_free(&profiles);
    profiles = load("[profile us-prod]\n[profile work-a]\n[profile dev1]\n"
                    "[profile ab]\n",
                    "");
    for (size_t i = 0; i < 4; i++) {
        static const char *const others[] = {"eu-prod", "work-b", "dev2", "ac"};

        tap_ok(fob_profile_find(&profiles, others[i], &profile, &error) ==
                       FOB_E_NOT_FOUND &&
                   strstr(error.text, "nearest") == NULL,
               "another account is not proposed");
    }
    fob_profiles_free(&profiles);
    profiles = load("", "");
    tap_ok(fob_profile_find(&profiles, "new", &profile, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.hint, "aws configure --profile new") != NULL &&
               strstr(error.text, "aws configure sso") != NULL,
           "with none at all: the ways to make one");
    fob_profiles_free(&profiles);
}

static void test_misread(void)
{
    static const struct {
        const char *name, *line, *header;
    } cases[] = {
        {"staging", "line 3 of", "[profile staging]"},
        {"Foo Bar", "line 5 of", "[profile \"Foo Bar\"]"},
        {"upper", "line 8 of", "[profile upper]"},
        {"cred", "line 1 of", "[cred]"},
        {"plugins", "line 7 of", "[profile plugins]"},
    };
    struct fob_profiles profiles =
        load("[profile t]\nregion = r\n[staging]\nregion = r\n"
             "[profile Foo Bar]\nregion = r\n[plugins]\n[Profile upper]\n"
             "role_arn = x\n[profile \"open]\nregion = r\n",
             "[profile cred]\naws_access_key_id = x\n[fine]\nk = v\n");
    struct fob_misread misread;
    struct fob_profile profile;
    struct fob_error error = {0};
    size_t cursor = 0, count = 0;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        tap_ok(fob_profile_find(&profiles, cases[i].name, &profile, &error) ==
                       FOB_E_NOT_FOUND &&
                   strstr(error.text, cases[i].line) != NULL &&
                   strstr(error.text, cases[i].header) != NULL &&
                   strstr(error.text, "nearest") == NULL,
               "%s", cases[i].name);
    while (fob_misread_next(&profiles, &cursor, &misread))
        count++;
    tap_ok(count == 4, "those with nothing of a profile are not counted");
    fob_profiles_free(&profiles);
}

static void test_slips(void)
{
    static const struct {
        const char *a, *b;
        bool is_slip;
    } cases[] = {
        {"prdo", "prod", true},
        {"stagin", "staging", true},
        {"Prod", "prod", true},
        {"workmfa", "work-mfa", true},
        {"wrok-admin", "work-admin", true},
        {"prod1", "prod2", false},
        {"prod", "prod2", false},
        {"us-dev", "eu-dev", false},
        {"t", "staging", false},
        {"dev", "div-x", false},
        {"", "a", false},
        {"a-1", "a1-", false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        tap_ok(nearest_is_slip(cases[i].a, cases[i].b) == cases[i].is_slip &&
                   nearest_is_slip(cases[i].b, cases[i].a) == cases[i].is_slip,
               "%s", cases[i].a);
}

static void test_include(void)
{
    struct fob_profiles profiles = load(
        "[profile a]\ninclude_profile = b\nregion = a\n"
        "[profile b]\ninclude_profile = c\nmfa_serial = b\nregion = b\n"
        "aws_access_key_id = i\naws_secret_access_key = s\n"
        "[profile c]\nmfa_serial = c\nrole_arn = c\n"
        "[profile x]\ninclude_profile = y\n[profile y]\ninclude_profile = x\n"
        "[profile z]\ninclude_profile = nowhere\n",
        "");
    struct fob_profile profile = find(&profiles, "a");
    struct fob_profile_key key;
    struct fob_error error = {0};

    tap_ok(is(fob_profile_get(&profile, "region"), "a") &&
               is(fob_profile_get(&profile, "mfa_serial"), "b") &&
               is(fob_profile_get(&profile, "role_arn"), "c") &&
               fob_profile_get(&profile, "output") == NULL,
           "what a profile lacks comes from those it includes, in turn");
    tap_ok(fob_profile_get_key(&profile, &key, &error) == FOB_E_NOT_FOUND &&
               fob_profile_get(&profile, "aws_access_key_id") == NULL,
           "a key pair is never included");
    tap_ok(fob_profile_find(&profiles, "x", &profile, &error) == FOB_E_SYNTAX &&
               strstr(error.text, "circle") != NULL,
           "a circle is an error");
    tap_ok(fob_profile_find(&profiles, "z", &profile, &error) == FOB_E_SYNTAX &&
               strstr(error.text, "nowhere") != NULL,
           "an include that leads nowhere is an error");
    fob_profiles_free(&profiles);
}

static void test_key(void)
{
    struct fob_profiles profiles =
        load("[profile a]\naws_access_key_id = i1\naws_secret_access_key = s1\n"
             "[profile b]\naws_access_key_id = i1\naws_secret_access_key = s1\n"
             "aws_session_token = t1\n[profile c]\n",
             "[a]\naws_access_key_id = i2\naws_secret_access_key = s2\n"
             "[b]\nregion = r\naws_secret_access_key = s2\n"
             "[d]\naws_access_key_id = i\naws_secret_access_key = s\n"
             "aws_session_token = new\naws_security_token = old\n"
             "[c]\naws_access_key_id = i2\n");
    struct fob_profile profile = find(&profiles, "a");
    struct fob_profile_key key;
    struct fob_error error = {0};

    tap_ok(fob_profile_get_key(&profile, &key, &error) == FOB_OK &&
               is(key.id, "i2") && is(key.secret, "s2") && key.token == NULL &&
               is(key.path, paths.credentials) && key.kind == FOB_CONFIG_BARE,
           "the credentials file's pair wins");
    profile = find(&profiles, "b");
    tap_ok(fob_profile_get_key(&profile, &key, &error) == FOB_OK &&
               is(key.id, "i1") && is(key.secret, "s1") &&
               is(key.token, "t1") && is(key.path, paths.config) &&
               key.kind == FOB_CONFIG_NAMED,
           "a pair is taken whole from one file");
    profile = find(&profiles, "d");
    tap_ok(fob_profile_get_key(&profile, &key, &error) == FOB_OK &&
               is(key.token, "old"),
           "of two session tokens aws_security_token is taken");
    profile = find(&profiles, "c");
    tap_ok(fob_profile_get_key(&profile, &key, &error) == FOB_E_SYNTAX &&
               strstr(error.text, "aws_secret_access_key") != NULL &&
               key.id == NULL,
           "half a pair is an error that names the other half");
    fob_profiles_free(&profiles);
}

static void test_source(void)
{
    struct fob_profiles profiles =
        load("[profile a]\nsource_profile = b\n[profile b]\n"
             "source_profile = nowhere\n[profile c]\nsource_profile = c\n",
             "");
    struct fob_profile profile = find(&profiles, "a");
    struct fob_profile source;
    struct fob_error error = {0};

    tap_ok(fob_profile_get_source(&profile, &source, &error) == FOB_OK &&
               is(source.name, "b"),
           "source_profile is followed");
    tap_ok(fob_profile_get_source(&source, &source, &error) ==
                   FOB_E_NOT_FOUND &&
               strstr(error.text, "nowhere") != NULL,
           "a source that is not there is named");
    profile = find(&profiles, "c");
    tap_ok(fob_profile_get_source(&profile, &source, &error) == FOB_OK &&
               is(source.name, "c"),
           "a profile may be its own source");
    fob_profiles_free(&profiles);
}

static void test_duration(void)
{
    struct fob_profiles profiles =
        load("[profile a]\nduration_seconds = 3600\n[profile b]\n"
             "[profile c]\nduration_seconds = 1h\n"
             "[profile d]\nduration_seconds = 899\n",
             "");
    const char *bad[] = {"c", "d"};
    struct fob_profile profile = find(&profiles, "a");
    struct fob_error error = {0};
    uint32_t duration_s = 1;

    tap_ok(fob_profile_duration(&profile, &duration_s, &error) == FOB_OK &&
               duration_s == 3600,
           "duration_seconds is read");
    profile = find(&profiles, "b");
    tap_ok(fob_profile_duration(&profile, &duration_s, &error) == FOB_OK &&
               duration_s == 0,
           "and may be absent");
    for (size_t i = 0; i < 2; i++) {
        profile = find(&profiles, bad[i]);
        tap_ok(fob_profile_duration(&profile, &duration_s, &error) ==
                       FOB_E_SYNTAX &&
                   strstr(error.text, "900 to 129600") != NULL,
               "no number, or one out of range, is an error");
    }
    fob_profiles_free(&profiles);
}

static const char *setting(const struct fob_profile *profile,
                           const char *const *env,
                           enum fob_profile_choice which)
{
    struct fob_profile_setting found;

    return fob_profile_find_setting(profile, env, which, &found) ? found.value
                                                                 : NULL;
}

/* 1 for yes, 0 for no, -1 for an error. */
static int choice(const struct fob_profile *profile, const char *const *env,
                  enum fob_profile_choice which, struct fob_error *error)
{
    struct fob_profile_setting found;
    bool is_yes = false;

    (void)fob_profile_find_setting(profile, env, which, &found);
    if (fob_profile_read_choice(&found, which, &is_yes, error) != FOB_OK)
        return -1;
    return is_yes;
}

static void test_region(void)
{
    struct fob_profiles profiles =
        load("[profile a]\nregion = r\nca_bundle = /c\n"
             "sts_regional_endpoints = legacy\nuse_fips_endpoint = TRUE\n"
             "[profile b]\ninclude_profile = inner\n"
             "[profile inner]\nuse_dualstack_endpoint = 1\n",
             "");
    const char *const off[] = {"AWS_USE_FIPS_ENDPOINT=false", NULL};
    struct fob_profile other = find(&profiles, "b");
    const char *const none[] = {NULL};
    const char *const some[] = {"AWS_DEFAULT_REGION=d", "AWS_CA_BUNDLE=/e",
                                "AWS_STS_REGIONAL_ENDPOINTS=regional", NULL};
    const char *const all[] = {"AWS_DEFAULT_REGION=d", "AWS_REGION=n",
                               "AWS_STS_REGIONAL_ENDPOINTS=odd", NULL};
    struct fob_profile profile = find(&profiles, "a");
    struct fob_error error = {0};

    tap_ok(is(setting(&profile, none, FOB_PROFILE_REGION), "r") &&
               is(setting(&profile, some, FOB_PROFILE_REGION), "d") &&
               is(setting(&profile, all, FOB_PROFILE_REGION), "n"),
           "AWS_REGION, AWS_DEFAULT_REGION, the profile's region");
    tap_ok(is(setting(&profile, none, FOB_PROFILE_CA_BUNDLE), "/c") &&
               is(setting(&profile, some, FOB_PROFILE_CA_BUNDLE), "/e"),
           "AWS_CA_BUNDLE, ca_bundle");
    tap_ok(choice(&profile, none, FOB_PROFILE_STS_LEGACY, &error) == 1,
           "sts_regional_endpoints = legacy");
    tap_ok(choice(&profile, some, FOB_PROFILE_STS_LEGACY, &error) == 0,
           "AWS_STS_REGIONAL_ENDPOINTS wins");
    tap_ok(choice(&profile, all, FOB_PROFILE_STS_LEGACY, &error) == -1 &&
               error.status == FOB_E_USAGE &&
               strstr(error.text, "\"odd\" (AWS_STS_REGIONAL_ENDPOINTS)") !=
                   NULL,
           "another word is an error, which says where it stands");
    tap_ok(choice(&profile, none, FOB_PROFILE_FIPS, &error) == 1 &&
               choice(&profile, off, FOB_PROFILE_FIPS, &error) == 0 &&
               choice(&profile, none, FOB_PROFILE_DUALSTACK, &error) == 0,
           "use_fips_endpoint = TRUE, and AWS_USE_FIPS_ENDPOINT=false");
    tap_ok(choice(&other, none, FOB_PROFILE_DUALSTACK, &error) == -1 &&
               error.status == FOB_E_SYNTAX &&
               strstr(error.text, "profile inner in ") != NULL,
           "a word that is neither, in a profile that is included");
    fob_profiles_free(&profiles);
}

/* Each place in turn, from the last to the first. */
static void test_endpoint(void)
{
    struct fob_profiles profiles =
        load("[profile a]\nservices = s\nendpoint_url = global\n"
             "[services s]\nsts =\n  endpoint_url = old\n  x = y\n"
             "  endpoint_url = of-sts\n"
             "[profile b]\nservices = nowhere\n",
             "");
    const char *const none[] = {NULL};
    const char *const global[] = {"AWS_ENDPOINT_URL=env", NULL};
    const char *const both[] = {"AWS_ENDPOINT_URL=env",
                                "AWS_ENDPOINT_URL_STS=env-sts", NULL};
    struct fob_profile profile = find(&profiles, "a");
    struct fob_profile other = find(&profiles, "b");
    const struct {
        struct fob_profile_endpoint wanted;
        const char *url;
    } cases[] = {
        {{&profile, "iam", none, false}, "global"},
        {{&profile, "sts", none, false}, "of-sts"},
        {{&profile, "sts", global, false}, "env"},
        {{&profile, "sts", both, false}, "env-sts"},
        {{&profile, "iam", both, false}, "env"},
        {{&other, "sts", global, false}, "env"},
        {{&profile, "iam", none, true}, NULL},
        {{&profile, "iam", both, true}, NULL},
        {{&profile, "sts", global, true}, "of-sts"},
        {{&profile, "sts", both, true}, "env-sts"},
    };
    struct fob_error error = {0};
    struct fob_profile_setting url;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        tap_ok(fob_profile_get_endpoint(&cases[i].wanted, &url, &error) ==
                       FOB_OK &&
                   is(url.value, cases[i].url),
               "the endpoint of %s is %s", cases[i].wanted.service,
               cases[i].url != NULL ? cases[i].url : "AWS's own");
    tap_ok(fob_profile_get_endpoint(
               &(struct fob_profile_endpoint){&other, "sts", none, false}, &url,
               &error) == FOB_E_SYNTAX &&
               strstr(error.text, "[services nowhere]") != NULL,
           "services that are not there are an error");
    fob_profiles_free(&profiles);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK || mkdtemp(folder) == NULL)
        return 1;
    snprintf(paths.config, sizeof(paths.config), "%s/config", folder);
    snprintf(paths.credentials, sizeof(paths.credentials), "%s/credentials",
             folder);
    test_paths();
    test_default_name();
    test_missing_files();
    test_merge();
    test_unknown();
    test_misread();
    test_slips();
    test_include();
    test_key();
    test_source();
    test_duration();
    test_region();
    test_endpoint();
    unlink(paths.config);
    unlink(paths.credentials);
    rmdir(folder);
    return tap_done();
}
