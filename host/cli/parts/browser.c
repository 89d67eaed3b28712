/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/browser.h"

#include "host/base/text.h"
#include "host/cli/call/own_settings.h"
#include "host/cli/parts/browser_page.h"
#include "host/cli/parts/browser_run.h"
#include "src/percent.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BROWSERS_MAX = 1024 };

/* What is to be shown, as a command line may want it. */
struct target {
    const char *profile;
    const char *url;
    struct fob_secret profile_encoded;
    struct fob_secret url_encoded;
    char page[FOB_PATH_MAX];
};

static enum fob_status encode_text(const char *text, struct fob_secret *encoded)
{
    const size_t cap = 3 * strlen(text) + 1;
    struct fob_writer writer;

    if (fob_secret_alloc(encoded, cap) != FOB_OK)
        return FOB_E_NO_MEMORY;
    fob_writer_init(&writer, encoded->data, cap);
    fob_percent_put(&writer, text, "");
    encoded->len = writer.len;
    return writer.status;
}

static bool is_wsl(void)
{
    return getenv("WSL_DISTRO_NAME") != NULL || getenv("WSL_INTEROP") != NULL;
}

static bool has_screen(void)
{
    return getenv("DISPLAY") != NULL || getenv("WAYLAND_DISPLAY") != NULL;
}

/* Whether `line` opened it; a line that names no place for the page or the URL
 * has the page after its last word. */
static bool try_line(const char *line, const struct fob_setting_mark *marks,
                     uint32_t places, struct target *target)
{
    struct fob_setting_command command = {0};
    bool is_open = false;

    if (fob_setting_command_make(line, marks, &command) != FOB_OK)
        return false;
    if ((command.used & places) == 0)
        command.argv[command.count] = target->page;
    is_open = browser_run(command.argv, NULL, 0);
    fob_setting_command_free(&command);
    return is_open;
}

static bool try_setting(const char *line, struct target *target)
{
    const char *const values[FOB_SETTINGS_BROWSER_MARKS] = {
        [FOB_SETTINGS_BROWSER_PROFILE] = target->profile,
        [FOB_SETTINGS_BROWSER_PROFILE_ENCODED] =
            (const char *)target->profile_encoded.data,
        [FOB_SETTINGS_BROWSER_PAGE] = target->page,
        [FOB_SETTINGS_BROWSER_URL] = target->url,
        [FOB_SETTINGS_BROWSER_URL_ENCODED] =
            (const char *)target->url_encoded.data,
    };
    struct fob_setting_mark marks[FOB_SETTINGS_BROWSER_MARKS + 1];
    const uint32_t places = 1U << FOB_SETTINGS_BROWSER_PAGE |
                            1U << FOB_SETTINGS_BROWSER_URL |
                            1U << FOB_SETTINGS_BROWSER_URL_ENCODED;

    memcpy(marks, fob_settings_browser_marks, sizeof(marks));
    for (size_t i = 0; i < FOB_SETTINGS_BROWSER_MARKS; i++)
        marks[i].value = values[i];
    return try_line(line, marks, places, target);
}

/* As xdg-open and Python read it: colons between command lines, %s for what is
 * to be opened, %% for a percent sign. */
static bool try_variable(const char *variable, struct target *target)
{
    const struct fob_setting_mark marks[] = {
        {"%s", target->page}, {"%%", "%"}, {NULL, NULL}};
    char lines[BROWSERS_MAX], *rest = lines, *line;

    if (fob_text_copy(lines, sizeof(lines), variable) != FOB_OK)
        return false;
    while ((line = strsep(&rest, ":")) != NULL)
        if (try_line(line, marks, 1U, target))
            return true;
    return false;
}

/* Its standard input is no argument, and no file of this machine's. */
static bool try_powershell(const struct target *target)
{
    char program[] = "powershell.exe", profile[] = "-NoProfile",
         interactive[] = "-NonInteractive", command[] = "-Command",
         input[] = "-";
    char *const argv[] = {program, profile, interactive, command, input, NULL};
    struct output script = {0};
    bool is_open = false;

    if (strpbrk(target->url, "'\r\n") != NULL)
        return false;
    output_put_text(&script, "Start-Process '");
    output_put_text(&script, target->url);
    output_put_text(&script, "'\n");
    if (script.status == FOB_OK)
        is_open = browser_run(argv, script.data.data, script.data.len);
    output_free(&script);
    return is_open;
}

/* Under WSL an xdg-open is often there and leads nowhere. */
static bool try_system(struct target *target)
{
    static const struct fob_setting_mark none[] = {{NULL, NULL}};

    if (is_wsl() &&
        (try_line("wslview", none, 1U, target) || try_powershell(target)))
        return true;
    return has_screen() && try_line("xdg-open", none, 1U, target);
}

/* A browser of the settings stands alone: in another one somebody else may be
 * signed in.  In a terminal that an editor has on a far machine, $BROWSER opens
 * what it is given at home, where the page is not. */
static bool try_all(const struct fob_settings *settings, struct target *target)
{
    const char *variable = getenv("BROWSER");

    if (settings->browser[0] != '\0')
        return try_setting(settings->browser, target);
    if (variable != NULL && getenv("VSCODE_IPC_HOOK_CLI") == NULL &&
        try_variable(variable, target))
        return true;
    return try_system(target);
}

static enum fob_status open_target(const struct fob_settings *settings,
                                   struct target *target, bool *is_open,
                                   struct fob_error *error)
{
    enum fob_status status =
        browser_page_make(target->url, target->page, error);

    if (status != FOB_OK)
        return status;
    *is_open = try_all(settings, target);
    if (*is_open)
        browser_page_remove_later(target->page);
    else
        unlink(target->page);
    return FOB_OK;
}

enum fob_status browser_open(struct command_call *call, const char *url,
                             const char *profile, bool *is_open)
{
    struct target target = {.profile = profile, .url = url};
    struct fob_settings settings;
    struct fob_error *error = &call->error;
    enum fob_status status = own_settings_load(&settings, error);

    *is_open = false;
    if (status == FOB_OK &&
        (encode_text(url, &target.url_encoded) != FOB_OK ||
         encode_text(profile, &target.profile_encoded) != FOB_OK))
        status = fob_error_no_memory(error);
    if (status == FOB_OK)
        status = open_target(&settings, &target, is_open, error);
    fob_secret_free(&target.url_encoded);
    fob_secret_free(&target.profile_encoded);
    return status;
}
