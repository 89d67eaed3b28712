/* SPDX-License-Identifier: MIT */
#include "host/config/settings.h"

#include "host/base/secret.h"
#include "tests/lib/tap.h"

#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/fob-settings-XXXXXX";
static struct fob_error error;

static enum fob_status load(const char *text, struct fob_settings *settings)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
    return fob_settings_load(path, settings, &error);
}

static bool is_default(const struct fob_settings *settings)
{
    struct fob_settings defaults;

    fob_settings_default(&defaults);
    return settings->lock_idle_s == defaults.lock_idle_s &&
           settings->lock_after_s == defaults.lock_after_s &&
           settings->scrypt_log2_n == defaults.scrypt_log2_n &&
           settings->clipboard_clear_s == defaults.clipboard_clear_s &&
           settings->key_file[0] == '\0' && settings->pinentry[0] == '\0' &&
           settings->browser[0] == '\0' && settings->remote_profiles.is_all &&
           settings->remote_accounts.is_all &&
           settings->remote_confirm == FOB_REMOTE_CONFIRM_NO &&
           !settings->has_remote_hotp && !settings->has_remote_commands &&
           strcmp(settings->remote_dialog, defaults.remote_dialog) == 0;
}

static void test_good(void)
{
    struct fob_settings settings;

    tap_ok(load("", &settings) == FOB_OK && is_default(&settings),
           "an empty file gives the defaults");
    tap_ok(load("[fob]\nlock_idle_s = 60\nLock_After_S: 0\n"
                "scrypt_log2_n = 20\nkey_file = /k y\npinentry = /p\n",
                &settings) == FOB_OK &&
               settings.lock_idle_s == 60 && settings.lock_after_s == 0 &&
               settings.scrypt_log2_n == 20 &&
               strcmp(settings.key_file, "/k y") == 0 &&
               strcmp(settings.pinentry, "/p") == 0,
           "every setting is read");
    tap_ok(load("[fob]\nbrowser = 'a b' {url} {} {A} -x {profile}\n"
                "clipboard_clear_s = 0\n",
                &settings) == FOB_OK &&
               strcmp(settings.browser, "'a b' {url} {} {A} -x {profile}") ==
                   0 &&
               settings.clipboard_clear_s == 0,
           "a command line is kept as it is");
    tap_ok(load("[fob]\nscrypt_log2_n = 14\n", &settings) == FOB_OK &&
               settings.scrypt_log2_n == 14,
           "the least cost is taken");
}

static void test_remote(void)
{
    struct fob_settings settings;

    tap_ok(load("[fob]\nremote_profiles = work, dev-*\n"
                "remote_accounts = 'my phone'\n  other\n"
                "remote_confirm = desktop\nremote_hotp = yes\n"
                "remote_commands = yes\nremote_dialog = /d\n",
                &settings) == FOB_OK &&
               fob_name_list_has(&settings.remote_profiles, "dev-1") &&
               !fob_name_list_has(&settings.remote_profiles, "prod") &&
               fob_name_list_has(&settings.remote_accounts, "my phone") &&
               fob_name_list_has(&settings.remote_accounts, "other") &&
               !fob_name_list_has(&settings.remote_accounts, "my") &&
               settings.remote_confirm == FOB_REMOTE_CONFIRM_DESKTOP &&
               settings.has_remote_hotp && settings.has_remote_commands &&
               strcmp(settings.remote_dialog, "/d") == 0,
           "what holds for far machines is read");
    tap_ok(load("[fob]\nremote_profiles =\nremote_accounts =\n", &settings) ==
                   FOB_OK &&
               !fob_name_list_has(&settings.remote_profiles, "work") &&
               !fob_name_list_has(&settings.remote_accounts, "work"),
           "an empty list allows nothing");
    tap_ok(load("[fob]\nremote_confirm = pinentry\npinentry = /p\n",
                &settings) == FOB_OK &&
               settings.remote_confirm == FOB_REMOTE_CONFIRM_PINENTRY,
           "a pinentry that is named later will do");
}

/* The second line is at fault in each. */
static void test_bad(void)
{
    static const char *const texts[] = {
        "[fob]\nscrypt_log2_n = 13\n",
        "[fob]\nscrypt_log2_n = 21\n",
        "[fob]\nlock_idle_s = -1\n",
        "[fob]\nlock_idle_s = 10 min\n",
        "[fob]\nlock_after_s =\n",
        "[fob]\nlock_after_s = 604801\n",
        "[fob]\nkey_file = key\n",
        "[fob]\nkey_file =\n  a = /b\n",
        "[fob]\npinentry = ~/p\n",
        "[fob]\npinentry = /p\n  /q\n",
        "[fob]\nbrowser =\n",
        "[fob]\nbrowser = ''\n",
        "[fob]\nbrowser = firefox '\n",
        "[fob]\nbrowser = firefox {urls}\n",
        "[fob]\nbrowser = firefox\n  {page}\n",
        "[fob]\nclipboard_clear_s = 3601\n",
        "[fob]\nremote_profiles = 'work\n",
        "[fob]\nremote_accounts = ''\n",
        "[fob]\nremote_profiles =\n  a = b\n",
        "[fob]\nremote_confirm = yes\n",
        "[fob]\nremote_confirm =\n",
        "[fob]\nremote_confirm = Terminal\n",
        "[fob]\nremote_confirm = pinentry\n",
        "[fob]\nremote_hotp = 1\n",
        "[fob]\nremote_commands = true\n",
        "[fob]\nremote_commands =\n",
        "[fob]\nremote_dialog = zenity\n",
        "[fob]\nremote_profile = work\n",
        "[fob]\nlock_idle = 60\n",
        "[fob]\nlock_idle_s\n",
        "[fob]\n[other]\nlock_idle_s = 60\n",
        "#\nlock_idle_s = 60\n",
    };
    struct fob_settings settings;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *bad = strchr(texts[i], '\n') + 1;
        bool good = load(texts[i], &settings) == FOB_E_SYNTAX &&
                    strstr(error.text, " line 2: ") != NULL &&
                    strncmp(error.text, path, strlen(path)) == 0 &&
                    is_default(&settings);

        tap_ok(good, "refused, with the line: %.*s", (int)strcspn(bad, "\n"),
               bad);
    }
}

static void test_long_path(void)
{
    struct fob_settings settings;
    char text[FOB_PATH_MAX + 64] = "[fob]\nkey_file = /";
    size_t len = strlen(text);

    memset(text + len, 'x', FOB_PATH_MAX - 1);
    tap_ok(load(text, &settings) == FOB_E_TOO_LONG && is_default(&settings),
           "a path that is too long is refused, not cut");
}

int main(void)
{
    int fd = mkstemp(path);
    struct fob_settings settings;

    if (fob_secret_start() != FOB_OK || fd < 0)
        return 1;
    close(fd);
    test_good();
    test_remote();
    test_bad();
    test_long_path();
    unlink(path);
    tap_ok(fob_settings_load(path, &settings, &error) == FOB_OK &&
               is_default(&settings),
           "a missing file gives the defaults");
    return tap_done();
}
