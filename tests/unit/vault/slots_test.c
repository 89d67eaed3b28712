/* SPDX-License-Identifier: MIT */
/* Key slots: several ways in, each of them replaced and removed. */
#include "host/vault/slot.h"
#include "host/vault/slots.h"
#include "tests/unit/vault/scratch.h"

static struct fob_error error;

static struct fob_secret secret_of(const char *text)
{
    struct fob_secret secret = {NULL, 0, 0};

    scratch_must(fob_secret_copy(&secret, text, strlen(text)));
    return secret;
}

static struct fob_slot_opener opener_of(enum fob_slot_type type,
                                        const struct fob_secret *secret)
{
    return (struct fob_slot_opener){
        .type = type, .secret = secret, .cost = {14, 1, 1}};
}

static enum fob_status opens(const struct scratch *s,
                             const struct fob_slot_opener *opener)
{
    struct fob_vault vault;
    enum fob_status status =
        fob_vault_open(&vault, s->path, s->backup, opener, &error);

    if (status == FOB_OK)
        fob_vault_close(&vault);
    return status;
}

static void opens_by_each_slot(void)
{
    struct scratch s = scratch_make();
    struct fob_secret file = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_secret wrong = secret_of("0123456789abcdef0123456789abcdeF");
    struct fob_secret second = secret_of("battery staple");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_slot_opener by_wrong = opener_of(FOB_SLOT_KEY_FILE, &wrong);
    struct fob_slot_opener by_second = opener_of(FOB_SLOT_PASSPHRASE, &second);
    struct fob_vault vault;
    struct fob_vault_edit edit;
    size_t number = 9;

    scratch_must(scratch_create(&s, &vault));
    tap_ok(opens(&s, &by_file) == FOB_E_UNSUPPORTED,
           "a key file opens nothing where there is no slot for it");
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    tap_ok(fob_slots_add(&edit, &by_file, &error) == FOB_OK &&
               fob_slots_add(&edit, &by_second, &error) == FOB_OK,
           "a key file and a second passphrase are added");
    tap_ok(fob_slots_find(&edit, &by_second, &number, &error) == FOB_OK &&
               number == 2,
           "a slot is found by what opens it");
    scratch_must(fob_vault_commit(&edit, &error));
    fob_vault_end(&edit);
    tap_ok(opens(&s, &s.opener) == FOB_OK, "the first passphrase opens");
    tap_ok(opens(&s, &by_second) == FOB_OK, "the second does");
    tap_ok(opens(&s, &by_file) == FOB_OK, "the key file does");
    tap_ok(opens(&s, &by_wrong) == FOB_E_WRONG_KEY &&
               strstr(error.text, "key file") != NULL,
           "another key file does not, and is named");
    by_second.secret = &file;
    tap_ok(opens(&s, &by_second) == FOB_E_WRONG_KEY &&
               strstr(error.text, "passphrase") != NULL && error.hint[0],
           "a wrong passphrase does not, and is told from damage");
    fob_vault_close(&vault);
    fob_secret_free(&file);
    fob_secret_free(&wrong);
    fob_secret_free(&second);
    scratch_remove(&s);
}

static void changes_passphrase(void)
{
    struct scratch s = scratch_make();
    struct fob_secret fresh = secret_of("another one");
    struct fob_slot_opener by_fresh = opener_of(FOB_SLOT_PASSPHRASE, &fresh);
    struct fob_vault vault;
    struct fob_vault_edit edit;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(scratch_add(&vault, "kept"));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    tap_ok(fob_slots_replace(&edit, 1, &by_fresh, &error) == FOB_E_NOT_FOUND,
           "a slot that is not there is not replaced");
    tap_ok(fob_slots_replace(&edit, 0, &by_fresh, &error) == FOB_OK &&
               fob_vault_commit(&edit, &error) == FOB_OK,
           "a passphrase is replaced");
    fob_vault_end(&edit);
    tap_ok(opens(&s, &s.opener) == FOB_E_WRONG_KEY, "the old one is void");
    tap_ok(opens(&s, &by_fresh) == FOB_OK && scratch_count(&vault) == 1,
           "the new one opens, and the contents are the same");
    fob_vault_close(&vault);
    fob_secret_free(&fresh);
    scratch_remove(&s);
}

static void keeps_a_way_in(void)
{
    struct scratch s = scratch_make();
    struct fob_secret file = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault;
    struct fob_vault_edit edit;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    tap_ok(fob_slots_remove(&edit, 0, &error) == FOB_E_USAGE && error.hint[0],
           "the last slot stays");
    scratch_must(fob_slots_add(&edit, &by_file, &error));
    edit.header.slots.slot[1].type = FOB_SLOT_TPM2;
    tap_ok(fob_slots_remove(&edit, 0, &error) == FOB_E_USAGE,
           "so does the last that this fob can open");
    edit.header.slots.slot[1].type = FOB_SLOT_KEY_FILE;
    tap_ok(fob_slots_remove(&edit, 5, &error) == FOB_E_NOT_FOUND,
           "a slot that is not there is not removed");
    tap_ok(fob_slots_remove(&edit, 0, &error) == FOB_OK &&
               fob_vault_commit(&edit, &error) == FOB_OK,
           "one of two goes");
    fob_vault_end(&edit);
    tap_ok(opens(&s, &by_file) == FOB_OK, "the other opens");
    tap_ok(opens(&s, &s.opener) == FOB_E_UNSUPPORTED, "that one no more");
    fob_vault_close(&vault);
    fob_secret_free(&file);
    scratch_remove(&s);
}

static void fills_up(void)
{
    struct scratch s = scratch_make();
    struct fob_secret file = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_vault_header header;
    int added = 1;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    while (fob_slots_add(&edit, &by_file, &error) == FOB_OK)
        added++;
    tap_ok(added == FOB_SLOTS_MAX && error.status == FOB_E_TOO_LONG,
           "there is room for eight slots");
    memset(edit.header.slots.slot[3].content, 0xab, FOB_SLOT_CONTENT_MAX);
    edit.header.slots.slot[3].content_len = FOB_SLOT_CONTENT_MAX;
    edit.header.slots.slot[3].type = 0xee;
    scratch_must(fob_vault_commit(&edit, &error));
    fob_vault_end(&edit);
    scratch_must(scratch_add(&vault, "one"));
    tap_ok(fob_vault_inspect(s.path, s.backup, &header, &error) == FOB_OK &&
               header.slots.slot[3].type == 0xee &&
               header.slots.slot[3].content_len == FOB_SLOT_CONTENT_MAX &&
               header.slots.slot[3].content[1023] == 0xab,
           "a slot of an unknown type is carried along");
    tap_ok(opens(&s, &by_file) == FOB_OK, "and the others open");
    tap_ok(strcmp(fob_slot_type_name(0xee), "unknown") == 0 &&
               strcmp(fob_slot_type_name(FOB_SLOT_TOKEN), "token") == 0,
           "types have names for people");
    fob_vault_close(&vault);
    fob_secret_free(&file);
    scratch_remove(&s);
}

static void refuses_weak_openers(void)
{
    struct scratch s = scratch_make();
    struct fob_secret empty = secret_of("");
    struct fob_secret small = secret_of("0123456789abcdef0123456789abcde");
    struct fob_slot_opener opener = opener_of(FOB_SLOT_PASSPHRASE, &empty);
    struct fob_vault vault;

    tap_ok(fob_vault_create(&vault, s.path, s.backup, &opener, &error) ==
               FOB_E_TOO_SHORT,
           "an empty passphrase makes no vault");
    opener = opener_of(FOB_SLOT_KEY_FILE, &small);
    tap_ok(fob_vault_create(&vault, s.path, s.backup, &opener, &error) ==
               FOB_E_TOO_SHORT,
           "nor does a key file of 31 bytes");
    opener = s.opener;
    opener.cost = (struct fob_slot_cost){13, 8, 1};
    tap_ok(fob_vault_create(&vault, s.path, s.backup, &opener, &error) ==
               FOB_E_USAGE,
           "nor does a cost below the floor");
    opener.cost = (struct fob_slot_cost){20, 9, 1};
    tap_ok(fob_vault_create(&vault, s.path, s.backup, &opener, &error) ==
               FOB_E_USAGE,
           "nor one above 1 GiB");
    tap_ok(access(s.path, F_OK) != 0, "and no file is left");
    fob_secret_free(&empty);
    fob_secret_free(&small);
    scratch_remove(&s);
}

/* A hostile file: its digests are right, its numbers are not. */
static void refuses_hostile_cost(void)
{
    static const uint8_t costs[][4] = {
        {13, 8, 1, 0},  {0, 8, 1, 0},  {24, 1, 1, 0}, {63, 255, 255, 0},
        {20, 9, 1, 0},  {17, 0, 1, 0}, {17, 8, 0, 0}, {17, 8, 17, 0},
        {255, 8, 1, 0}, {14, 1, 1, 1}};
    struct fob_secret passphrase = secret_of("correct horse");
    struct fob_slot_opener opener = opener_of(FOB_SLOT_PASSPHRASE, &passphrase);
    struct fob_secret key = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_secret out = {NULL, 0, 0};
    const uint8_t id[FOB_VAULT_ID_LEN] = {0};
    struct fob_slot slot;

    for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
        scratch_must(slot_make(&slot, id, &opener, &key, &error));
        memcpy(slot.content, costs[i], 4);
        tap_ok(slot_open(&slot, id, &opener, &out) == FOB_E_DAMAGED &&
                   out.data == NULL,
               "a slot with cost %d %d %d %d is refused unopened", costs[i][0],
               costs[i][1], costs[i][2], costs[i][3]);
    }
    scratch_must(slot_make(&slot, id, &opener, &key, &error));
    slot.content_len--;
    tap_ok(slot_open(&slot, id, &opener, &out) == FOB_E_DAMAGED,
           "and so is one of another length");
    slot.content_len++;
    slot.content[1] = 2;
    tap_ok(slot_open(&slot, id, &opener, &out) == FOB_E_WRONG_KEY,
           "another cost in range opens nothing");
    slot.content[1] = 1;
    tap_ok(slot_open(&slot, id, &opener, &out) == FOB_OK, "the true one opens");
    fob_secret_free(&out);
    fob_secret_free(&key);
    fob_secret_free(&passphrase);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    opens_by_each_slot();
    changes_passphrase();
    keeps_a_way_in();
    fills_up();
    refuses_weak_openers();
    refuses_hostile_cost();
    return tap_done();
}
