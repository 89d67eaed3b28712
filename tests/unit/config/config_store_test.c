/* SPDX-License-Identifier: MIT */
/* What is kept of parsed files, and when it is not. */
#include "host/base/file_identity.h"
#include "host/config/config_store.h"
#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH_CAP = 64, PROFILES = 20000, LOOK_US = 100000 };

static struct fob_config_store store;
static char folder[] = "/tmp/fob-store.XXXXXX";

static const char *in_folder(const char *name)
{
    static char paths[8][PATH_CAP];
    static size_t next;
    char *path = paths[next++ % 8];

    snprintf(path, PATH_CAP, "%s/%s", folder, name);
    return path;
}

static const char *put_file(const char *name, const char *text)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        exit(1);
    return path;
}

static void let_settle(const char *path)
{
    struct fob_file_identity identity;

    while (fob_file_identify(path, &identity) &&
           !fob_file_identity_is_settled(&identity))
        usleep(LOOK_US);
}

static struct fob_config load(const char *path)
{
    struct fob_config config = {0};
    struct fob_error error = {0};

    if (fob_config_store_load(&store, &config, FOB_CONFIG_NAMED, path,
                              &error) != FOB_OK)
        printf("# %s\n", error.text);
    return config;
}

/* Whether two loads of it, one after the other, are one. */
static bool is_kept(const char *path)
{
    struct fob_config one = load(path), two = load(path);
    bool is_one = one.text.data != NULL && one.text.data == two.text.data;

    fob_config_free(&one);
    fob_config_free(&two);
    return is_one;
}

static bool has_profile(const char *path, const char *name)
{
    struct fob_config config = load(path);
    bool is_there = fob_config_find(&config, FOB_SECTION_PROFILE, name) != NULL;

    fob_config_free(&config);
    return is_there;
}

static void keeps_what_stays(void)
{
    const char *path = put_file("config", "[profile a]\nregion = x\n");
    struct fob_config before;

    tap_ok(!is_kept(path), "a file that was changed just now is not kept");
    let_settle(path);
    tap_ok(is_kept(path), "one that stays as it is is parsed once");
    before = load(path);
    put_file("config", "[profile b]\nregion = x\n");
    tap_ok(has_profile(path, "b") && !has_profile(path, "a"),
           "a change of the same length counts at once");
    fob_config_store_empty(&store);
    tap_ok(fob_config_find(&before, FOB_SECTION_PROFILE, "a") != NULL,
           "who had the one before goes on with it");
    fob_config_free(&before);
}

/* As editors and fob itself write: a new file in the place of the old. */
static void sees_replacement(void)
{
    const char *path = put_file("config", "[profile a]\n");
    const char *next = put_file("next", "[profile b]\n");

    let_settle(next);
    tap_ok(is_kept(path), "a file is kept");
    if (rename(next, path) != 0)
        exit(1);
    tap_ok(has_profile(path, "b"), "and not what was in its place before");
    unlink(path);
    tap_ok(!has_profile(path, "b"), "nor what is there no more");
}

static void keeps_no_secret(void)
{
    const char *secret = put_file("one", "[profile a]\nAWS_Secret_Access_Key "
                                         "= x\n");
    const char *token = put_file("two", "[profile a]\naws_session_token = x\n");
    const char *foreign = put_file("three", "[profile a]\nmy_password = x\n");
    const char *file =
        put_file("four", "[profile a]\nweb_identity_token_file = /x\n");

    let_settle(file);
    tap_ok(!is_kept(secret) && !is_kept(token) && !is_kept(foreign),
           "a file with a secret in it is read anew each time");
    tap_ok(is_kept(file), "the name of a file is no secret");
}

static void keeps_a_few(void)
{
    char name[] = "f0";

    for (; name[1] <= '9'; name[1]++)
        put_file(name, "[profile a]\n");
    name[1] = '9';
    let_settle(in_folder(name));
    for (name[1] = '0'; name[1] <= '9'; name[1]++)
        tap_ok(is_kept(in_folder(name)), "file %s is kept", name);
    tap_ok(is_kept(in_folder("f0")), "and the first once more");
}

/* Bytes beyond a MiB, and each profile is found. */
static void reads_many(void)
{
    const char *path = in_folder("many");
    FILE *file = fopen(path, "w");
    struct fob_config config;
    char name[32];
    size_t found = 0;

    if (file == NULL)
        exit(1);
    for (int i = 0; i < PROFILES; i++)
        fprintf(file,
                "[profile account-%d]\nregion = eu-central-1\n"
                "role_arn = arn:aws:iam::111122223333:role/r\n",
                i);
    fclose(file);
    config = load(path);
    for (int i = 0; i < PROFILES; i++) {
        snprintf(name, sizeof(name), "account-%d", i);
        found += fob_config_find(&config, FOB_SECTION_PROFILE, name) != NULL;
    }
    tap_ok(found == PROFILES && config.profile_count == PROFILES,
           "twenty thousand profiles");
    fob_config_free(&config);
}

static void clear_folder(void)
{
    static const char *const names[] = {"config", "next", "one", "two",
                                        "three",  "four", "many"};
    char name[] = "f0";

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        (void)unlink(in_folder(names[i]));
    for (; name[1] <= '9'; name[1]++)
        (void)unlink(in_folder(name));
    (void)rmdir(folder);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK || mkdtemp(folder) == NULL)
        return 1;
    fob_config_store_init(&store);
    keeps_what_stays();
    sees_replacement();
    keeps_no_secret();
    keeps_a_few();
    reads_many();
    fob_config_store_empty(&store);
    clear_folder();
    return tap_done();
}
