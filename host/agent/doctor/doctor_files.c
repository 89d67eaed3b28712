/* SPDX-License-Identifier: MIT */
/* fob's settings, and who may read and write which file. */
#include "host/agent/doctor/doctor.h"

#include "host/base/file_trust.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/vault/accounts.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    PRIVATE = 077, /* bits that must not be there */
    PUBLIC = 022,
    ROOM_MIN = 64 * 1024, /* bytes: a vault, its backup, some ledgers */
};

static void check_program(struct doctor *doctor, const char *what,
                          const char *path)
{
    if (path[0] != '\0' && access(path, X_OK) != 0)
        doctor_report(doctor, DOCTOR_PROBLEM, "settings", "see fob-settings(5)",
                      "the %s program %s cannot be run", what, path);
}

static bool fits_profile(const struct doctor *doctor, const char *pattern)
{
    const struct fob_profiles *all = &doctor->profile.all;

    for (size_t i = 0; i < all->count; i++)
        if (fob_name_list_fits(pattern, all->names[i]))
            return true;
    return false;
}

static bool fits_account(const struct doctor *doctor, const char *pattern)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    size_t cursor = 0;
    bool fits = account == NULL;

    while (!fits && fob_accounts_next(&doctor->body, &cursor, account))
        fits = fob_name_list_fits(pattern, account->name);
    fob_secret_free(&room);
    return fits;
}

/* A name that nothing has is a slip of the pen, or was renamed.  What cannot
 * be known now is not looked at. */
static void check_names(struct doctor *doctor, const char *key,
                        const struct fob_name_list *list,
                        bool (*fits)(const struct doctor *, const char *))
{
    const char *name = NULL;

    while ((name = fob_name_list_next(list, name)) != NULL)
        if (!fits(doctor, name))
            doctor_report(doctor, DOCTOR_NOTE, "settings",
                          "see fob-settings(5)",
                          "%s has %s, which is the name of none", key, name);
}

static void check_remote(struct doctor *doctor,
                         const struct fob_settings *settings)
{
    if (settings->remote_confirm == FOB_REMOTE_CONFIRM_DESKTOP)
        check_program(doctor, "remote_dialog", settings->remote_dialog);
    if (doctor->profile.all.count > 0)
        check_names(doctor, "remote_profiles", &settings->remote_profiles,
                    fits_profile);
    if (doctor->is_open)
        check_names(doctor, "remote_accounts", &settings->remote_accounts,
                    fits_account);
}

void doctor_check_settings(struct doctor *doctor)
{
    struct fob_settings settings;
    struct fob_error error = {0};

    if (agent_settings(&settings, &error) != FOB_OK)
        doctor_report_error(doctor, "settings", &error);
    else {
        check_program(doctor, "pinentry", settings.pinentry);
        check_remote(doctor, &settings);
    }
}

static const char *word_mode(mode_t open, bool is_folder)
{
    if ((open & 022) != 0)
        return is_folder ? "others may put files there" : "others may write it";
    return is_folder ? "others may look into it" : "others may read it";
}

/* A pipe, a device such as /dev/null, and what stands on a read-only mount have
 * modes that are not a user's to set. */
static bool is_ours_to_judge(const char *path, const struct stat *info)
{
    struct statvfs mount;

    return (S_ISREG(info->st_mode) || S_ISDIR(info->st_mode) ||
            S_ISSOCK(info->st_mode)) &&
           (statvfs(path, &mount) != 0 || (mount.f_flag & ST_RDONLY) == 0);
}

static void tell_owner(struct doctor *doctor, const char *path, uid_t owner)
{
    struct fob_error error;

    /* With one of them all are, most often. */
    if (doctor->is_owner_told)
        return;
    doctor->is_owner_told = true;
    (void)!fob_file_refuse_owner(path, owner, &error);
    doctor_report(doctor, DOCTOR_PROBLEM, "files",
                  geteuid() == 0 ? error.hint
                                 : "name files of your own: see fob(1), FILES",
                  "%s", error.text);
}

/* The hint is for whoever may follow it: nothing that is somebody else's, or
 * everybody's as /tmp is, is to be changed. */
static void tell_mode(struct doctor *doctor, const char *path,
                      const struct stat *info, mode_t forbidden)
{
    char hint[FOB_ERROR_HINT_MAX + 1];
    mode_t mode = info->st_mode;

    if (S_ISDIR(mode) && (mode & S_ISVTX) != 0)
        (void)!fob_text_copy(hint, sizeof(hint),
                             "keep it in a folder of your own");
    else if (info->st_uid != geteuid())
        (void)!fob_text_copy(hint, sizeof(hint),
                             "it is root's: have that mended, or name a file "
                             "of your own");
    else if (fob_shell_line(hint, sizeof(hint), "chmod %s %s",
                            forbidden == PUBLIC ? "go-w" : "go=", path) !=
             FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint), "chmod go= it");
    doctor_report(doctor, DOCTOR_PROBLEM, "files", hint, "%s has mode %o: %s",
                  path, (unsigned)(mode & 07777),
                  word_mode(mode & forbidden, S_ISDIR(mode)));
}

static void check_path(struct doctor *doctor, const char *path,
                       mode_t forbidden)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            doctor_report(doctor, DOCTOR_PROBLEM, "files", "",
                          "%s cannot be looked at: %s", path, strerror(errno));
        return;
    }
    if (!is_ours_to_judge(path, &info))
        return;
    if (info.st_uid != geteuid() && (info.st_uid != 0 || geteuid() == 0))
        tell_owner(doctor, path, info.st_uid);
    else if ((info.st_mode & forbidden) != 0)
        tell_mode(doctor, path, &info, forbidden);
}

/* The file itself and the folder it is in. */
static void check_with_folder(struct doctor *doctor, const char *path,
                              mode_t file, mode_t folder)
{
    char parent[FOB_PATH_MAX];
    const char *slash = strrchr(path, '/');

    check_path(doctor, path, file);
    if (slash != NULL && slash != path &&
        fob_text_format(parent, sizeof(parent), "%.*s", (int)(slash - path),
                        path) == FOB_OK)
        check_path(doctor, parent, folder);
}

/* A ledger that cannot be written lets no code out. */
static void check_room(struct doctor *doctor, const char *path)
{
    struct statvfs disk;
    uintmax_t left;

    if (statvfs(path, &disk) != 0)
        return;
    left = (uintmax_t)disk.f_bavail * disk.f_frsize;
    if ((disk.f_flag & ST_RDONLY) != 0)
        doctor_report(doctor, DOCTOR_PROBLEM, "files",
                      "set FOB_HOME to a folder that can be written",
                      "%s is on a read-only file system: no code is sent and "
                      "nothing stored",
                      path);
    else if (left < ROOM_MIN || (disk.f_files > 0 && disk.f_favail == 0))
        doctor_report(doctor, DOCTOR_PROBLEM, "files", "free some space there",
                      "the disk of %s is full: no code is sent and nothing "
                      "stored",
                      path);
}

static void check_own(struct doctor *doctor)
{
    static const struct {
        enum fob_path which;
        mode_t file;
        mode_t folder;
    } places[] = {
        {FOB_PATH_VAULT, PRIVATE, PRIVATE},
        {FOB_PATH_VAULT_BACKUP, PRIVATE, 0},
        {FOB_PATH_SETTINGS, PUBLIC, 0},
        {FOB_PATH_STATE, PRIVATE, 0},
        {FOB_PATH_SOCKET, PRIVATE, PRIVATE},
        {FOB_PATH_REMOTE, PRIVATE, 0},
    };
    char path[FOB_PATH_MAX];
    struct fob_error error;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (fob_path_get(places[i].which, path, &error) == FOB_OK)
            check_with_folder(doctor, path, places[i].file, places[i].folder);
        else {
            doctor_report(doctor, DOCTOR_NOTE, "files", error.hint,
                          "fob's files were not looked at: %s", error.text);
            return;
        }
    if (fob_path_get(FOB_PATH_STATE, path, &error) == FOB_OK)
        check_room(doctor, path);
}

/* It opens the vault: one that is not there leaves that shut. */
static void check_key_file(struct doctor *doctor, const char *path)
{
    if (access(path, R_OK) != 0)
        doctor_report(doctor, DOCTOR_PROBLEM, "files", "see fob-settings(5)",
                      "the key file %s of the settings cannot be read: %s",
                      path, strerror(errno));
    check_path(doctor, path, PRIVATE);
}

void doctor_check_files(struct doctor *doctor)
{
    struct fob_profile_paths aws;
    struct fob_settings settings;
    struct fob_error ignored;

    check_own(doctor);
    if (agent_settings(&settings, &ignored) == FOB_OK &&
        settings.key_file[0] != '\0')
        check_key_file(doctor, settings.key_file);
    if (fob_profile_find_paths(doctor->profile.env, &aws, &ignored) != FOB_OK)
        return;
    check_with_folder(doctor, aws.config, PUBLIC, 0);
    check_with_folder(doctor, aws.credentials, PRIVATE, PUBLIC);
}
