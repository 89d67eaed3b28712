/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/quote.h"

#include <string.h>

/* How a shell says it.  Every shell here takes single quotes literally but
 * for the characters in `special`, of which each has its `escape`. */
static const struct {
    const char *name;
    const char *set; /* before the name */
    const char *between;
    const char *after;
    const char *unset;
    const char *unset_after;
    const char *special;
    const char *escape[3];
} shells[] = {
    [SHELL_SH] = {"sh", "export ", "='", "'\n", "unset ", "\n", "'", {"'\\''"}},
    [SHELL_FISH] = {"fish",
                    "set -gx ",
                    " '",
                    "';\n",
                    "set -e ",
                    ";\n",
                    "'\\",
                    {"\\'", "\\\\"}},
    /* csh looks for history and ends of lines even there. */
    [SHELL_CSH] = {"csh",
                   "setenv ",
                   " '",
                   "';\n",
                   "unsetenv ",
                   ";\n",
                   "'!\n",
                   {"'\\''", "\\!", "\\\n"}},
    [SHELL_PWSH] = {"pwsh",
                    "$Env:",
                    " = '",
                    "'\n",
                    "Remove-Item -ErrorAction SilentlyContinue Env:",
                    "\n",
                    "'",
                    {"''"}},
};

bool quote_find_shell(const char *name, enum shell *shell)
{
    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
        if (strcmp(shells[i].name, name) == 0) {
            *shell = (enum shell)i;
            return true;
        }
    }
    return false;
}

/* PowerShell takes U+2018 to U+201B for single quotes, too (its tokenizer's
 * IsSingleQuote), and two of any of them in a row for the second. */
static bool is_pwsh_quote(const char *value, size_t len)
{
    return len >= 3 && memcmp(value, "\xe2\x80", 2) == 0 &&
           (unsigned char)value[2] >= 0x98 && (unsigned char)value[2] <= 0x9b;
}

static void put_value(struct output *output, enum shell shell,
                      const char *value, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (shell == SHELL_PWSH && is_pwsh_quote(value + i, len - i))
            output_put(output, value + i, 3);
        const char *at =
            value[i] ? strchr(shells[shell].special, value[i]) : NULL;

        if (at != NULL)
            output_put_text(output,
                            shells[shell].escape[at - shells[shell].special]);
        else
            output_put_char(output, value[i]);
    }
}

void quote_put_export(struct output *output, enum shell shell, const char *name,
                      const void *value, size_t len)
{
    output_put_text(output, shells[shell].set);
    output_put_text(output, name);
    output_put_text(output, shells[shell].between);
    put_value(output, shell, value, len);
    output_put_text(output, shells[shell].after);
}

void quote_put_failure(struct output *output, enum shell shell)
{
    output_put_text(output, shell == SHELL_PWSH
                                ? "Write-Error 'fob env failed'\n"
                                : "false;\n");
}

void quote_put_unset(struct output *output, enum shell shell, const char *name)
{
    output_put_text(output, shells[shell].unset);
    output_put_text(output, name);
    output_put_text(output, shells[shell].unset_after);
}
