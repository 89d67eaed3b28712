/* SPDX-License-Identifier: MIT */
/* What a command of fob is, and one call of it. */
#ifndef FOB_HOST_CLI_CALL_COMMAND_H
#define FOB_HOST_CLI_CALL_COMMAND_H

#include "host/base/error.h"
#include "host/cli/call/limits.h"
#include "host/cli/ui/output.h"
#include "host/cli/ui/ui.h"
#include "host/client/client.h"

#include <limits.h>

enum {
    COMMAND_OPTIONS_MAX = 24,
    COMMAND_ANY = INT_MAX,      /* operands without an upper limit */
    COMMAND_OPTIONAL = 0x100,   /* of a verb: one more, or not */
    COMMAND_OF_PROFILE = 0x200, /* of a verb: and PROFILE */
};

struct command_option {
    const char *name;  /* without the dashes */
    const char *value; /* what it takes, such as "FILE"; NULL: nothing */
    const char *help;
};

struct command_call;

/* Of commands such as `fob keys list`. */
struct command_verb {
    const char *name;
    int operands; /* after the verb, PROFILE not counted; or'ed with the two */
    enum fob_status (*run)(struct command_call *call);
};

/* Options that several commands take: see common.h. */
enum command_common {
    COMMON_PROFILE,     /* of those whose operand is COMMAND_PROFILE */
    COMMON_REGION,      /* of has_region */
    COMMON_TRUST_CLOCK, /* of calls_aws */
    COMMON_COUNT,
};

/* What a value may be, by the name that the help has for it. */
struct command_choice {
    const char *value; /* such as "FORM" */
    const char *words; /* a space after each */
};

/* What the operand is, after the verb if there are any: completion goes by
 * it.  PROFILE may also be given as --profile, or left out; it is no operand
 * when the command runs, but call->profile. */
enum command_operand {
    COMMAND_OTHER, /* files, if anything */
    COMMAND_ACCOUNT,
    COMMAND_PROFILE,
};

/* All that is known of it: reading a command line, help and completion go by
 * this. */
struct command {
    const char *name;
    const char *synopsis;                 /* what follows the name */
    const char *summary;                  /* one line, no full stop */
    const char *examples;                 /* a line each, which a shell takes */
    const struct command_option *options; /* a NULL name ends; may be NULL */
    const struct command_choice *choices; /* a NULL value ends; may be NULL */
    const struct command_verb *verbs;     /* a NULL name ends; may be NULL */
    const char *words;                    /* of operand 0, a space after each */
    enum command_operand operand;
    bool calls_aws;  /* signs, or makes codes for, what AWS is sent: also takes
                        --trust-clock */
    bool has_region; /* gets a session: also takes --region */
    bool is_prefix;  /* what follows PROFILE, if anything, is a command line of
                        its own, whose options are not ours */
    bool passes_words; /* operands but the first are another program's: they
                          may be empty */
    int operands_min;  /* PROFILE not counted */
    int operands_max;
    /* Fills call->output, or sets call->error and returns its status.  NULL:
     * the verbs do. */
    enum fob_status (*run)(struct command_call *call);
    /* Fills call->output for a reader who must see that the command failed, of
     * whatever; NULL: there is none. */
    void (*fail)(struct command_call *call);
};

struct command_call {
    const struct command *const *commands; /* all of them, NULL-ended */
    const struct command *command;
    /* By an option's index: its value, "" for one without, NULL: absent. */
    const char *option[COMMAND_OPTIONS_MAX];
    const char *common[COMMON_COUNT]; /* the same, by enum command_common */
    const char *profile;              /* that the line names; NULL: none */
    char **operand;                   /* ends with NULL */
    int operand_count;
    int operands_ahead; /* of "--"; -1 when there was none */
    struct ui ui;
    struct limits limits;     /* the caller's */
    struct fob_client client; /* see agent_call.h */
    struct fob_message request;
    struct fob_message reply;
    struct output output; /* stdout, written when the command succeeded */
    struct fob_error error;
    bool has_read_code;        /* of stdin: code_input.h */
    bool is_unattended;        /* nobody is asked, no file is read for it */
    const char *password_file; /* answers for a foreign file's password */
    int exit_status;           /* when not the status's own */
};

/* The command of a name in a list that NULL ends, or NULL. */
const struct command *command_find(const struct command *const *commands,
                                   const char *name);

/* Do what call->command does, or what its verb in operand 0 does, which finds
 * its own operands from call->operand[1] on. */
FOB_MUST_CHECK enum fob_status command_perform(struct command_call *call);
FOB_MUST_CHECK enum fob_status command_run_verb(struct command_call *call);

/* A fault of the command line, pointing at the command's help. */
__attribute__((format(printf, 2, 3))) enum fob_status
command_usage(struct command_call *call, const char *format, ...);

/* Append the reply's field `tag`, called `what` when it is missing. */
FOB_MUST_CHECK enum fob_status command_put_field(struct command_call *call,
                                                 enum fob_tag tag,
                                                 const char *what);

#endif
