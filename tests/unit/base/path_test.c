/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fob_error error;
static char path[FOB_PATH_MAX];

static bool is(enum fob_path which, const char *want)
{
    bool same =
        fob_path_get(which, path, &error) == FOB_OK && strcmp(path, want) == 0;

    if (!same)
        printf("# %s\n", path);
    return same;
}

static void clear(void)
{
    static const char *const names[] = {"FOB_HOME", "XDG_DATA_HOME",
                                        "XDG_CONFIG_HOME", "XDG_STATE_HOME",
                                        "XDG_RUNTIME_DIR"};

    for (size_t i = 0; i < 5; i++)
        unsetenv(names[i]);
    setenv("HOME", "/usr", 1);
}

static void below_fob_home(void)
{
    char folder[FOB_PATH_MAX], want[FOB_PATH_MAX + 16];

    clear();
    setenv("FOB_HOME", "/f", 1);
    setenv("XDG_DATA_HOME", "/x", 1);
    tap_ok(is(FOB_PATH_VAULT, "/f/vault") &&
               is(FOB_PATH_VAULT_BACKUP, "/f/vault.previous") &&
               is(FOB_PATH_SETTINGS, "/f/settings") &&
               is(FOB_PATH_STATE, "/f/state") &&
               is(FOB_PATH_SOCKET, "/f/run/agent.sock") &&
               is(FOB_PATH_REMOTE, "/f/run/remote.sock"),
           "FOB_HOME holds everything");
    setenv("FOB_HOME", "rel", 1);
    if (getcwd(folder, sizeof(folder)) == NULL)
        return;
    snprintf(want, sizeof(want), "%s/rel/vault", folder);
    tap_ok(is(FOB_PATH_VAULT, want), "a relative one is made absolute");
    setenv("FOB_HOME", "", 1);
    tap_ok(is(FOB_PATH_VAULT, "/x/fob/vault"), "an empty one is none");
}

static void below_xdg(void)
{
    clear();
    tap_ok(is(FOB_PATH_VAULT, "/usr/.local/share/fob/vault") &&
               is(FOB_PATH_SETTINGS, "/usr/.config/fob/settings") &&
               is(FOB_PATH_STATE, "/usr/.local/state/fob") &&
               is(FOB_PATH_SOCKET, "/usr/.local/share/fob/run/agent.sock") &&
               is(FOB_PATH_REMOTE, "/usr/.local/share/fob/run/remote.sock"),
           "the defaults are below HOME");
    setenv("XDG_CONFIG_HOME", "/c", 1);
    setenv("XDG_STATE_HOME", "/s", 1);
    setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    tap_ok(is(FOB_PATH_SETTINGS, "/c/fob/settings") &&
               is(FOB_PATH_STATE, "/s/fob") &&
               is(FOB_PATH_SOCKET, "/usr/.local/share/fob/run/agent.sock"),
           "XDG variables are followed, and a session's folder moves no agent");
    setenv("XDG_DATA_HOME", "/d", 1);
    tap_ok(is(FOB_PATH_VAULT, "/d/fob/vault") &&
               is(FOB_PATH_SOCKET, "/d/fob/run/agent.sock"),
           "another vault has another agent");
    unsetenv("XDG_DATA_HOME");
    setenv("XDG_STATE_HOME", "not/absolute", 1);
    tap_ok(is(FOB_PATH_STATE, "/usr/.local/state/fob"),
           "a relative one is not");
    setenv("HOME", "/nonexistent/fob", 1);
    tap_ok(fob_path_get(FOB_PATH_VAULT, path, &error) == FOB_E_FAILED &&
               strstr(error.text, "/nonexistent/fob") != NULL &&
               error.hint[0] && path[0] == '\0',
           "a HOME that is not there is told, and not made");
    unsetenv("HOME");
    tap_ok(fob_path_get(FOB_PATH_VAULT, path, &error) == FOB_E_FAILED &&
               error.hint[0] && path[0] == '\0',
           "without HOME the fault is told");
}

static bool is_agent(unsigned number, const char *want)
{
    bool is_place = fob_path_agent(number, path);

    if (want == NULL)
        return !is_place && path[0] == '\0';
    return is_place && strcmp(path, want) == 0;
}

static void finds_agents(void)
{
    char usual[FOB_PATH_MAX];

    clear();
    snprintf(usual, sizeof(usual), "/run/user/%u/fob/agent.sock",
             (unsigned)geteuid());
    tap_ok(is_agent(0, NULL) && is_agent(1, usual) &&
               is_agent(2, "/usr/.local/share/fob/run/agent.sock") &&
               is_agent(3, "/usr/.local/state/fob/run/agent.sock") &&
               is_agent(FOB_PATH_AGENTS, NULL),
           "an agent is looked for beside the vault, and where others were");
    setenv("XDG_RUNTIME_DIR", "/tmp/session", 1);
    tap_ok(is_agent(0, "/tmp/session/fob/agent.sock") && is_agent(1, usual),
           "in the session's folder, and in the usual one");
    usual[strlen(usual) - strlen("/fob/agent.sock")] = '\0';
    setenv("XDG_RUNTIME_DIR", usual, 1);
    tap_ok(!is_agent(0, NULL) && is_agent(1, NULL), "once when they are one");
    setenv("FOB_HOME", "/f", 1);
    tap_ok(is_agent(0, NULL) && is_agent(1, NULL) &&
               is_agent(2, "/f/run/agent.sock") && is_agent(3, NULL),
           "FOB_HOME has one place");
}

static void too_long(void)
{
    static char longer[FOB_PATH_MAX + 1];

    clear();
    memset(longer, 'a', FOB_PATH_MAX);
    longer[0] = '/';
    tap_ok(fob_path_absolute(longer, path, &error) == FOB_E_FAILED &&
               path[0] == '\0',
           "a path beyond the limit is refused");
    longer[FOB_PATH_MAX - 1] = '\0';
    tap_ok(fob_path_absolute(longer, path, &error) == FOB_OK &&
               strcmp(path, longer) == 0,
           "one at the limit is not");
    setenv("FOB_HOME", longer, 1);
    tap_ok(fob_path_get(FOB_PATH_VAULT, path, &error) == FOB_E_FAILED,
           "nor is a name added beyond it");
}

static void finds_programs(void)
{
    char sibling[FOB_PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (len <= 0)
        return;
    path[len] = '\0';
    snprintf(sibling, sizeof(sibling), "%s", strrchr(path, '/') + 1);
    tap_ok(fob_path_program(sibling, path, &error) == FOB_OK &&
               access(path, X_OK) == 0,
           "a program in the same folder is found");
    tap_ok(fob_path_program("fob-nothing", path, &error) == FOB_E_FAILED &&
               strstr(error.text, "fob-nothing") != NULL && path[0] == '\0',
           "one that is nowhere is named");
}

int main(void)
{
    below_fob_home();
    below_xdg();
    finds_agents();
    too_long();
    finds_programs();
    return tap_done();
}
