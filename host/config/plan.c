/* SPDX-License-Identifier: MIT */
#include "host/config/plan.h"

#include "host/config/scan.h"

#include <string.h>

enum { PLAN_ROOM = 256 };

/* Writing the new text; the first fault sticks. */
struct plan_out {
    struct fob_secret *text;
    enum fob_status status;
};

static void plan_put(struct plan_out *out, struct slice part)
{
    if (out->status == FOB_OK && !slice_is_empty(&part))
        out->status = fob_secret_append(out->text, part.start,
                                        (size_t)(part.end - part.start));
}

static void plan_put_text(struct plan_out *out, const char *text)
{
    plan_put(out, (struct slice){text, text + strlen(text)});
}

static struct slice plan_line_end(const struct scan_line *line)
{
    struct slice end = {line->whole.end, line->whole.end};

    while (end.start > line->whole.start &&
           (end.start[-1] == '\n' || end.start[-1] == '\r'))
        end.start--;
    return end;
}

static void plan_put_quoted(struct plan_out *out, const char *name)
{
    plan_put_text(out, "\"");
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\')
            plan_put_text(out, "\\");
        plan_put(out, (struct slice){name, name + 1});
    }
    plan_put_text(out, "\"");
}

static void plan_put_header(struct plan_out *out, const struct fob_edit *edit)
{
    bool bare =
        edit->kind == FOB_CONFIG_BARE || strcmp(edit->profile, "default") == 0;

    plan_put_text(out, bare ? "[" : "[profile ");
    if (bare || change_is_plain(edit->profile, "-_.@+=,/:"))
        plan_put_text(out, edit->profile);
    else
        plan_put_quoted(out, edit->profile);
    plan_put_text(out, "]");
}

static void plan_put_setting(struct plan_out *out, const struct edit_plan *plan)
{
    plan_put(out, plan->indent);
    plan_put_text(out, plan->edit->key);
    plan_put_text(out, plan->edit->value[0] != '\0' ? " = " : " =");
    plan_put_text(out, plan->edit->value);
    plan_put(out, plan->line_end);
}

/* A key line with its value changed, spelling and spacing kept. */
static void plan_put_changed(struct plan_out *out, const struct edit_plan *plan,
                             const struct scan_line *line)
{
    bool spaced = line->name.end < line->value.start - 1;
    bool touches = line->value.start[-1] == '=' || line->value.start[-1] == ':';

    plan_put(out, (struct slice){line->whole.start, line->value.start});
    if (spaced && touches && plan->edit->value[0] != '\0')
        plan_put_text(out, " ");
    plan_put_text(out, plan->edit->value);
    plan_put(out, plan_line_end(line));
}

static void plan_put_new(struct plan_out *out, const struct edit_plan *plan,
                         const struct scan_line *line)
{
    struct slice end = plan_line_end(line);

    if (slice_is_empty(&end))
        plan_put(out, plan->line_end);
    plan_put_setting(out, plan);
}

/* A new section at the end, set off by a blank line. */
static void plan_put_section(struct plan_out *out, const struct edit_plan *plan,
                             const struct scan_line *last)
{
    struct slice end = plan_line_end(last);

    if (last->number > 0 && slice_is_empty(&end))
        plan_put(out, plan->line_end);
    if (last->number > 0 && last->kind != SCAN_BLANK)
        plan_put(out, plan->line_end);
    plan_put_header(out, plan->edit);
    plan_put(out, plan->line_end);
    if (plan->edit->action == FOB_EDIT_SET)
        plan_put_setting(out, plan);
}

static bool plan_is_taken(const struct edit_plan *plan, uint32_t number)
{
    for (size_t i = 0; i < CHANGE_KEYS_MAX; i++)
        if (plan->taken[i] == number)
            return true;
    return false;
}

/* Whether the line itself stays; what continues a key taken goes with it. */
static bool plan_stays(const struct edit_plan *plan,
                       const struct scan_line *line, bool *taking)
{
    if (line->kind == SCAN_KEY || line->kind == SCAN_HEADER)
        *taking = plan_is_taken(plan, line->number);
    if (line->kind == SCAN_HEADER)
        return !(plan->drop_header && line->number == plan->header);
    if (line->kind == SCAN_BLANK && line->number == plan->blank &&
        plan->drop_header && plan->edit->action == FOB_EDIT_REMOVE_SETUP)
        return false;
    return !(*taking && (line->kind == SCAN_KEY || line->kind == SCAN_MORE));
}

enum fob_status plan_write(const struct fob_secret *text,
                           const struct edit_plan *plan,
                           struct fob_secret *result)
{
    /* Most edits add less than this; growing later would cost a copy. */
    struct plan_out out = {result,
                           fob_secret_reserve(result, text->len + PLAN_ROOM)};
    bool changes = plan->edit->action == FOB_EDIT_SET;
    bool adds = changes || plan->edit->action == FOB_EDIT_ADD;
    bool taking = false;
    struct scan scan;
    struct scan_line line;
    struct scan_line last = {0};

    scan_start(&scan, text->len > 0 ? (const char *)text->data : "", text->len);
    for (scan_next(&scan, &line); line.kind != SCAN_END;
         scan_next(&scan, &line)) {
        if (plan_stays(plan, &line, &taking))
            plan_put(&out, line.whole);
        else if (changes && line.kind == SCAN_KEY)
            plan_put_changed(&out, plan, &line);
        if (changes && line.number == plan->after)
            plan_put_new(&out, plan, &line);
        last = line;
    }
    if (adds && plan->header == 0)
        plan_put_section(&out, plan, &last);
    return out.status;
}

/* A line above the new one has a say in how that one ends. */
static void plan_learn_end(struct edit_plan *plan, const struct scan_line *line)
{
    struct slice end = plan_line_end(line);

    if (!slice_is_empty(&end))
        plan->line_end = end;
}

/* Where a new key of the section goes: behind the last line of its last key,
 * indented like it; without a section: at the end. */
static void plan_place(struct edit_plan *plan, const struct fob_secret *text)
{
    bool inside = false;
    uint32_t blank = 0;
    struct scan scan;
    struct scan_line line;

    plan->line_end = (struct slice){"\n", &"\n"[1]};
    scan_start(&scan, text->len > 0 ? (const char *)text->data : "", text->len);
    for (scan_next(&scan, &line); line.kind != SCAN_END;
         scan_next(&scan, &line)) {
        if (line.kind == SCAN_HEADER)
            inside = line.number == plan->header;
        if (inside && line.kind == SCAN_HEADER)
            plan->blank = blank;
        blank = line.kind == SCAN_BLANK ? line.number : 0;
        if (line.number == 1 || plan->header == 0)
            plan_learn_end(plan, &line);
        if (!inside || line.kind == SCAN_BLANK || line.kind == SCAN_COMMENT)
            continue;
        plan_learn_end(plan, &line);
        plan->after = line.number;
        if (line.kind != SCAN_MORE)
            plan->indent = (struct slice){line.whole.start, line.text.start};
    }
}

struct edit_plan plan_make(const struct fob_config *before,
                           const struct fob_secret *text,
                           const struct fob_edit *edit)
{
    const struct change_keys keys = change_keys_of(edit);
    const struct fob_config_section *section =
        fob_config_find(before, FOB_SECTION_PROFILE, edit->profile);
    struct edit_plan plan = {.edit = edit};
    size_t taken = 0;

    for (size_t i = 0; section != NULL && keys.names[i] != NULL; i++) {
        const struct fob_config_entry *entry =
            fob_config_own(section, keys.names[i]);

        if (entry != NULL)
            plan.taken[taken++] = entry->line;
    }
    if (section != NULL)
        plan.header = section->line;
    /* Without its header an earlier section of the name would come back. */
    plan.drop_header = (edit->action == FOB_EDIT_REMOVE_KEYS ||
                        edit->action == FOB_EDIT_REMOVE_SETUP) &&
                       taken > 0 && taken == section->count &&
                       !section->is_again && !edit->keep_header;
    plan_place(&plan, text);
    if (taken > 0)
        plan.after = 0;
    return plan;
}
