/* SPDX-License-Identifier: MIT */
/* Whether what is in the vault is anywhere else, as far as fob was asked to
 * put it there. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/state/backup_mark.h"
#include "host/base/text.h"
#include "host/vault/accounts.h"

#include <string.h>

struct count {
    size_t seeds;
    size_t later; /* of these, those that came after the backup */
    char name[FOB_ACCOUNT_NAME_MAX + 1]; /* of one such */
};

static bool count_seeds(const struct fob_vault_body *body, int64_t made_s,
                        struct count *count)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    size_t cursor = 0;

    *count = (struct count){0};
    if (account == NULL)
        return false;
    while (fob_accounts_next(body, &cursor, account)) {
        if (account->token[0] != '\0')
            continue;
        count->seeds++;
        if (account->created_s <= made_s)
            continue;
        count->later++;
        (void)!fob_text_copy(count->name, sizeof(count->name), account->name);
    }
    fob_secret_free(&room);
    return true;
}

static void tell_backup(struct doctor *doctor, int64_t made_s,
                        const struct count *count)
{
    char day[FOB_TEXT_TIME_LEN + 1];

    fob_text_time(made_s, day);
    day[strlen("2026-12-01")] = '\0';
    if (count->later == 0)
        doctor_report(doctor, DOCTOR_OK, "backup", "",
                      "every seed of the vault was there at the last backup, "
                      "on %s",
                      day);
    else
        doctor_report(doctor, DOCTOR_NOTE, "backup", "fob backup FILE",
                      "the last backup, of %s, lacks %zu of %zu seeds, %s "
                      "among them",
                      day, count->later, count->seeds, count->name);
}

void doctor_check_backup(struct doctor *doctor)
{
    int64_t made_s = 0;
    bool is_made = backup_mark_get(&made_s);
    struct count count;

    if (!doctor->is_open || !count_seeds(&doctor->body, made_s, &count) ||
        count.seeds == 0)
        return;
    if (is_made)
        tell_backup(doctor, made_s, &count);
    else
        doctor_report(doctor, DOCTOR_NOTE, "backup", "fob backup FILE",
                      "no backup is known of the vault, which has %zu %s",
                      count.seeds, count.seeds == 1 ? "seed" : "seeds");
}
