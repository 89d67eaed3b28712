/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/completion_words.h"

#include <string.h>

/* The scripts know nothing: they pass the words typed so far to
 * `fob completion words` and offer what it prints; files when that is
 * nothing. */
static const char bash[] =
    "# bash completion for fob: eval \"$(fob completion bash)\"\n"
    "_fob() {\n"
    "    local cur words cword found i\n"
    "    words=(\"${COMP_WORDS[@]}\") cword=$COMP_CWORD\n"
    "    cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    if declare -F _get_comp_words_by_ref >/dev/null; then\n"
    "        _get_comp_words_by_ref -n : cur words cword\n"
    "    fi\n"
    "    mapfile -t found < <(fob completion words -- \\\n"
    "        \"${words[@]:1:cword}\" 2>/dev/null </dev/null)\n"
    "    COMPREPLY=()\n"
    "    for i in \"${found[@]}\"; do\n"
    "        COMPREPLY+=(\"$(printf %q \"$i\")\")\n"
    "    done\n"
    "    if declare -F __ltrim_colon_completions >/dev/null; then\n"
    "        __ltrim_colon_completions \"$cur\"\n"
    "    fi\n"
    "}\n"
    "complete -o default -F _fob fob\n";

static const char zsh[] =
    "#compdef fob\n"
    "# zsh completion for fob: eval \"$(fob completion zsh)\" after compinit,\n"
    "# or a file _fob in a folder of $fpath\n"
    "_fob() {\n"
    "    local -a found\n"
    "    found=(\"${(@f)$(fob completion words -- \\\n"
    "        \"${(@Q)words[2,CURRENT]}\" 2>/dev/null </dev/null)}\")\n"
    "    found=(\"${(@)found:#}\")\n"
    "    if (( $#found )); then\n"
    "        compadd -a found\n"
    "    else\n"
    "        _files\n"
    "    fi\n"
    "}\n"
    "if [[ $funcstack[1] = _fob ]]; then\n"
    "    _fob \"$@\"\n"
    "else\n"
    "    compdef _fob fob\n"
    "fi\n";

static const char fish[] =
    "# fish completion for fob: fob completion fish | source\n"
    "function __fob_words\n"
    "    set -l typed (commandline -opc)\n"
    "    set -l found (fob completion words -- $typed[2..-1] \\\n"
    "        (commandline -ct) 2>/dev/null </dev/null)\n"
    "    if set -q found[1]\n"
    "        printf '%s\\n' $found\n"
    "    else\n"
    "        __fish_complete_path (commandline -ct)\n"
    "    end\n"
    "end\n"
    "complete -c fob -f -a '(__fob_words)'\n";

static const struct {
    const char *shell;
    const char *script;
} scripts[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

static enum fob_status run_completion(struct command_call *call)
{
    const char *shell = call->operand[0];

    if (strcmp(shell, "words") == 0) {
        completion_put_words(call, call->operand + 1, call->operand_count - 1);
        return FOB_OK;
    }
    if (call->operand_count > 1)
        return command_usage(call, "too many operands");
    for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
        if (strcmp(shell, scripts[i].shell) == 0) {
            output_put_text(&call->output, scripts[i].script);
            return FOB_OK;
        }
    }
    return command_usage(call, "for bash, zsh or fish");
}

const struct command command_completion = {
    .name = "completion",
    .synopsis = "bash | zsh | fish | words [-- WORD ...]",
    .summary = "print a script that completes fob's commands in a shell",
    .examples = "eval \"$(fob completion bash)\"\n"
                "fob completion fish | source",
    .words = "bash zsh fish ",
    .operands_min = 1,
    .operands_max = COMMAND_ANY,
    .passes_words = true,
    .run = run_completion,
};
