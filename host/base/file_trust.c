/* SPDX-License-Identifier: MIT */
#include "host/base/file_trust.h"

#include "host/base/path.h"
#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct trust {
    const char *path;
    enum fob_file_trust wanted;
    struct stat info;
    struct fob_error *error;
};

static bool is_exempt(int fd, const struct stat *info)
{
    struct statvfs mount;

    return !S_ISREG(info->st_mode) || info->st_nlink == 0 ||
           (fstatvfs(fd, &mount) == 0 && (mount.f_flag & ST_RDONLY) != 0);
}

static bool is_secret(const struct trust *trust)
{
    return trust->wanted == FOB_FILE_UNSEEN ||
           trust->wanted == FOB_FILE_UNREACHED;
}

static enum fob_status refusal(const struct trust *trust)
{
    return is_secret(trust) ? FOB_E_LOCKED : FOB_E_UNSUPPORTED;
}

/* A name that will do tomorrow: /dev/fd/3 is this process's only. */
static bool find_name(const char *path, char name[static FOB_PATH_MAX])
{
    char *real = realpath(path, NULL);
    bool is_found =
        real != NULL && fob_text_copy(name, FOB_PATH_MAX, real) == FOB_OK;

    free(real);
    return is_found;
}

static enum fob_status refuse_mode(const struct trust *trust, const char *what)
{
    const char *bits = is_secret(trust) ? "go=" : "go-w";
    char name[FOB_PATH_MAX];

    fob_error_set(trust->error, refusal(trust), "others may %s %s", what,
                  trust->path);
    if (trust->info.st_uid == geteuid() && find_name(trust->path, name))
        fob_error_hint(trust->error, "chmod %s %s", bits, name);
    else
        fob_error_hint(trust->error,
                       "name a file of your own that only you may read");
    return trust->error->status;
}

static const char without_sudo[] =
    "run it as that user, without sudo; or sudo without -E, for root's own";

static void word_owner(const char *path, uid_t owner, enum fob_status status,
                       struct fob_error *error)
{
    fob_error_set(error, status,
                  "%s belongs to someone else (user %u, this is "
                  "user %u)",
                  path, (unsigned)owner, (unsigned)geteuid());
}

static enum fob_status refuse_owner(const struct trust *trust)
{
    word_owner(trust->path, trust->info.st_uid, refusal(trust), trust->error);
    fob_error_advise(trust->error,
                     geteuid() == 0 ? without_sudo : "name a file of your own");
    return trust->error->status;
}

enum fob_status fob_file_refuse_owner(const char *path, uid_t owner,
                                      struct fob_error *error)
{
    word_owner(path, owner, FOB_E_FAILED, error);
    fob_error_advise(error, geteuid() == 0
                                ? without_sudo
                                : "set FOB_HOME to a folder of your own");
    return FOB_E_FAILED;
}

/* Whether a folder on the way to it lets only its owner, us or root, pass. */
static bool is_hidden(const char *path)
{
    char name[FOB_PATH_MAX];
    struct stat folder;
    char *slash;

    if (!find_name(path, name))
        return false;
    while ((slash = strrchr(name, '/')) != NULL && slash != name) {
        *slash = '\0';
        if (stat(name, &folder) == 0 &&
            (folder.st_uid == geteuid() || folder.st_uid == 0) &&
            (folder.st_mode & (S_IXGRP | S_IXOTH)) == 0)
            return true;
    }
    return false;
}

static bool may_be_read(const struct trust *trust)
{
    bool is_ours = trust->info.st_uid == geteuid();
    mode_t readers = is_ours ? S_IRGRP | S_IROTH : S_IROTH;

    return is_secret(trust) && (trust->info.st_mode & readers) != 0 &&
           !(trust->wanted == FOB_FILE_UNREACHED && is_hidden(trust->path));
}

static bool may_be_written(const struct trust *trust)
{
    mode_t writers = S_IWGRP | S_IWOTH;

    if (trust->wanted == FOB_FILE_COMMANDS && trust->info.st_gid == getegid())
        writers = S_IWOTH;
    return (trust->info.st_mode & writers) != 0;
}

enum fob_status fob_file_check_trust(int fd, const char *path,
                                     enum fob_file_trust wanted,
                                     struct fob_error *error)
{
    struct trust trust = {.path = path, .wanted = wanted, .error = error};

    if (wanted == FOB_FILE_ANYBODYS)
        return FOB_OK;
    if (fstat(fd, &trust.info) != 0)
        return fob_error_errno(error, FOB_E_IO, "cannot look at %s", path);
    if (is_exempt(fd, &trust.info))
        return FOB_OK;
    if (trust.info.st_uid != geteuid() && trust.info.st_uid != 0)
        return refuse_owner(&trust);
    if (may_be_written(&trust))
        return refuse_mode(&trust, "write");
    return may_be_read(&trust) ? refuse_mode(&trust, "read") : FOB_OK;
}
