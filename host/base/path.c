/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"

#include "host/base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where each thing is: under FOB_HOME, or in the folder named by an XDG
 * variable (XDG Base Directory Specification 0.8), or in its default. */
static const struct {
    const char *home;     /* below $FOB_HOME */
    const char *variable; /* folder */
    const char *fallback; /* below $HOME when that is unset */
    const char *name;     /* below either */
} places[] = {
    [FOB_PATH_VAULT] = {"vault", "XDG_DATA_HOME", ".local/share", "fob/vault"},
    [FOB_PATH_VAULT_BACKUP] = {"vault.previous", "XDG_DATA_HOME",
                               ".local/share", "fob/vault.previous"},
    [FOB_PATH_SETTINGS] = {"settings", "XDG_CONFIG_HOME", ".config",
                           "fob/settings"},
    [FOB_PATH_STATE] = {"state", "XDG_STATE_HOME", ".local/state", "fob"},
    /* Beside the vault, so that whoever finds the one finds the other. */
    [FOB_PATH_SOCKET] = {"run/agent.sock", "XDG_DATA_HOME", ".local/share",
                         "fob/run/agent.sock"},
    [FOB_PATH_REMOTE] = {"run/remote.sock", "XDG_DATA_HOME", ".local/share",
                         "fob/run/remote.sock"},
};

static enum fob_status path_too_long(struct fob_error *error)
{
    fob_error_set(error, FOB_E_FAILED, "a path is longer than %d bytes",
                  FOB_PATH_MAX - 1);
    fob_error_hint(error, "set FOB_HOME to a short absolute path");
    return FOB_E_FAILED;
}

static enum fob_status path_join(const char *folder, const char *name,
                                 char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    if (fob_text_format(path, FOB_PATH_MAX, "%s/%s", folder, name) != FOB_OK)
        return path_too_long(error);
    return FOB_OK;
}

/* The specification tells to ignore a relative path in its variables. */
static const char *path_variable(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] == '/' ? value : NULL;
}

static enum fob_status path_below_home(const char *below, const char *name,
                                       char path[static FOB_PATH_MAX],
                                       struct fob_error *error)
{
    const char *home = path_variable("HOME");
    char folder[FOB_PATH_MAX];

    if (home == NULL) {
        fob_error_set(error, FOB_E_FAILED, "HOME is not %s",
                      getenv("HOME") == NULL ? "set" : "an absolute path");
        fob_error_hint(error, "set HOME, or FOB_HOME to a folder for fob");
        return FOB_E_FAILED;
    }
    /* What is below it is fob's to make; a home is not. */
    if (access(home, F_OK) != 0) {
        fob_error_set(error, FOB_E_FAILED, "HOME is %s, which is not there",
                      home);
        fob_error_hint(error, "set HOME, or FOB_HOME to a folder for fob");
        return FOB_E_FAILED;
    }
    if (path_join(home, below, folder, error) != FOB_OK)
        return error->status;
    return path_join(folder, name, path, error);
}

enum fob_status fob_path_get(enum fob_path which,
                             char path[static FOB_PATH_MAX],
                             struct fob_error *error)
{
    const char *home = getenv("FOB_HOME");
    const char *folder = path_variable(places[which].variable);
    char absolute[FOB_PATH_MAX];

    path[0] = '\0';
    if (home != NULL && home[0]) {
        if (fob_path_absolute(home, absolute, error) != FOB_OK)
            return error->status;
        return path_join(absolute, places[which].home, path, error);
    }
    if (folder != NULL)
        return path_join(folder, places[which].name, path, error);
    return path_below_home(places[which].fallback, places[which].name, path,
                           error);
}

static bool has_fob_home(void)
{
    const char *home = getenv("FOB_HOME");

    return home != NULL && home[0] != '\0';
}

bool fob_path_runtime(unsigned number, char folder[static FOB_PATH_MAX])
{
    const char *variable = path_variable("XDG_RUNTIME_DIR");
    char usual[FOB_PATH_MAX];

    folder[0] = '\0';
    if (has_fob_home() ||
        fob_text_format(usual, sizeof(usual), "/run/user/%u/fob",
                        (unsigned)geteuid()) != FOB_OK)
        return false;
    if (variable != NULL &&
        fob_text_format(folder, FOB_PATH_MAX, "%s/fob", variable) != FOB_OK)
        return false;
    if (number == 0)
        return variable != NULL;
    if (number != 1 || (variable != NULL && strcmp(folder, usual) == 0))
        return false;
    return fob_text_copy(folder, FOB_PATH_MAX, usual) == FOB_OK;
}

/* The two runtime folders, the vault's, and the state folder's. */
bool fob_path_agent(unsigned number, char path[static FOB_PATH_MAX])
{
    enum { RUNTIMES = 2, VAULT = RUNTIMES, STATE };
    char folder[FOB_PATH_MAX];
    struct fob_error ignored;

    path[0] = '\0';
    if (number == VAULT)
        return fob_path_get(FOB_PATH_SOCKET, path, &ignored) == FOB_OK;
    if (number < RUNTIMES)
        return fob_path_runtime(number, folder) &&
               path_join(folder, "agent.sock", path, &ignored) == FOB_OK;
    return number == STATE && !has_fob_home() &&
           fob_path_get(FOB_PATH_STATE, folder, &ignored) == FOB_OK &&
           path_join(folder, "run/agent.sock", path, &ignored) == FOB_OK;
}

static enum fob_status path_own_folder(char folder[static FOB_PATH_MAX],
                                       struct fob_error *error)
{
    ssize_t len = readlink("/proc/self/exe", folder, FOB_PATH_MAX - 1);

    if (len <= 0)
        return fob_error_errno(error, FOB_E_FAILED, "cannot find own program");
    folder[len] = '\0';
    *strrchr(folder, '/') = '\0';
    return FOB_OK;
}

enum fob_status fob_path_program(const char *name,
                                 char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    static const char *const folders[] = {"", "/../libexec/fob"};
    char own[FOB_PATH_MAX];

    path[0] = '\0';
    if (path_own_folder(own, error) != FOB_OK)
        return error->status;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        if (fob_text_format(path, FOB_PATH_MAX, "%s%s/%s", own, folders[i],
                            name) != FOB_OK)
            return path_too_long(error);
        if (access(path, X_OK) == 0)
            return FOB_OK;
    }
    path[0] = '\0';
    fob_error_set(error, FOB_E_FAILED, "the program %s is not installed", name);
    fob_error_hint(error, "install fob again: make install");
    return FOB_E_FAILED;
}

enum fob_status fob_path_absolute(const char *path,
                                  char absolute[static FOB_PATH_MAX],
                                  struct fob_error *error)
{
    char folder[FOB_PATH_MAX];

    absolute[0] = '\0';
    if (path[0] == '/') {
        if (fob_text_copy(absolute, FOB_PATH_MAX, path) != FOB_OK)
            return path_too_long(error);
        return FOB_OK;
    }
    if (getcwd(folder, sizeof(folder)) == NULL) {
        if (errno == ERANGE)
            return path_too_long(error);
        return fob_error_errno(error, FOB_E_FAILED,
                               "cannot find the working folder");
    }
    return path_join(folder, path, absolute, error);
}
