/* SPDX-License-Identifier: MIT */
/* Key slots: several ways in, each of them replaced and removed. */
#include "host/base/monotonic.h"
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
    tap_ok(fob_slots_add(&edit, &by_file, &number, &error) == FOB_OK &&
               fob_slots_add(&edit, &by_second, &number, &error) == FOB_OK,
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
    size_t number;
    struct fob_secret file = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault;
    struct fob_vault_edit edit;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    tap_ok(fob_slots_remove(&edit, 0, &error) == FOB_E_USAGE && error.hint[0],
           "the last slot stays");
    scratch_must(fob_slots_add(&edit, &by_file, &number, &error));
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

/* A key file of its own for each. */
static enum fob_status add_key_file(struct fob_vault_edit *edit, int which,
                                    size_t *number)
{
    char text[40];
    struct fob_secret file;
    struct fob_slot_opener opener;
    enum fob_status status;

    snprintf(text, sizeof(text), "%032d", which);
    file = secret_of(text);
    opener = opener_of(FOB_SLOT_KEY_FILE, &file);
    status = fob_slots_add(edit, &opener, number, &error);
    fob_secret_free(&file);
    return status;
}

static void fills_up(void)
{
    struct scratch s = scratch_make();
    struct fob_secret file = secret_of("00000000000000000000000000000001");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_vault_header header;
    size_t number;
    int added = 1;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    while (add_key_file(&edit, added, &number) == FOB_OK)
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
    tap_ok(strcmp(fob_slot_type_word(FOB_SLOT_KEY_FILE), "key-file") == 0 &&
               strcmp(fob_slot_type_word(FOB_SLOT_TPM2), "tpm2") == 0 &&
               strcmp(fob_slot_type_word(0), "unknown") == 0,
           "and words for programs");
    fob_vault_close(&vault);
    fob_secret_free(&file);
    scratch_remove(&s);
}

static void keeps_numbers(void)
{
    struct scratch s = scratch_make();
    struct fob_secret file = secret_of("00000000000000000000000000000002");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_vault_header header;
    size_t number = 9;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    for (int i = 1; i <= 3; i++)
        scratch_must(add_key_file(&edit, i, &number));
    tap_ok(add_key_file(&edit, 2, &number) == FOB_E_EXISTS &&
               strstr(error.text, "slot 3") != NULL,
           "a key file that opens a slot gets no second one");
    scratch_must(fob_slots_remove(&edit, 1, &error));
    tap_ok(fob_slots_remove(&edit, 1, &error) == FOB_E_NOT_FOUND &&
               strstr(error.text, "slot 2") != NULL,
           "removing the same number again removes nothing");
    tap_ok(fob_slots_replace(&edit, 1, &by_file, &error) == FOB_E_NOT_FOUND,
           "nor is a slot that is gone replaced");
    scratch_must(fob_vault_commit(&edit, &error));
    fob_vault_end(&edit);
    scratch_must(scratch_add(&vault, "one"));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    tap_ok(fob_slots_find(&edit, &by_file, &number, &error) == FOB_OK &&
               number == 2 && fob_slots_count(&edit.header.slots) == 3,
           "the slots behind keep their numbers, on disk too");
    for (int i = 4; i <= 7; i++)
        scratch_must(add_key_file(&edit, i, &number));
    tap_ok(number == 7, "new ones get new numbers");
    tap_ok(add_key_file(&edit, 8, &number) == FOB_OK && number == 1,
           "until only one that was used is left");
    fob_vault_end(&edit);
    tap_ok(fob_vault_inspect(s.path, s.backup, &header, &error) == FOB_OK &&
               header.slots.count == 4 && fob_slots_count(&header.slots) == 3,
           "a place that is vacant counts as no slot");
    fob_vault_close(&vault);
    fob_secret_free(&file);
    scratch_remove(&s);
}

/* The backup, too, and what a killed writer left under its other name. */
static void shuts_out(void)
{
    struct scratch s = scratch_make();
    struct fob_secret fresh = secret_of("another one");
    struct fob_slot_opener by_fresh = opener_of(FOB_SLOT_PASSPHRASE, &fresh);
    struct fob_vault vault, old;
    struct fob_vault_edit edit;
    struct fob_vault_header header;
    char left[128];

    scratch_must(scratch_create(&s, &vault));
    scratch_must(scratch_add(&vault, "one"));
    snprintf(left, sizeof(left), "%s.new", s.backup);
    scratch_must(link(s.path, left) == 0 ? FOB_OK : FOB_E_IO);
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    scratch_must(fob_slots_replace(&edit, 0, &by_fresh, &error));
    scratch_must(fob_vault_commit(&edit, &error));
    fob_vault_end(&edit);
    tap_ok(fob_vault_open(&old, s.backup, s.backup, &s.opener, &error) ==
               FOB_E_WRONG_KEY,
           "a passphrase that was changed opens no backup");
    tap_ok(access(left, F_OK) != 0, "and what was left of one is gone");
    tap_ok(fob_vault_open(&old, s.backup, s.backup, &by_fresh, &error) ==
                   FOB_OK &&
               scratch_count(&old) == 1,
           "the new one does, and the contents are those before");
    fob_vault_close(&old);
    tap_ok(fob_vault_inspect(s.backup, s.backup, &header, &error) == FOB_OK &&
               header.generation == 2,
           "it is the generation before");
    scratch_must(scratch_add(&vault, "two"));
    tap_ok(fob_vault_open(&old, s.backup, s.backup, &s.opener, &error) ==
               FOB_E_WRONG_KEY,
           "nor does it after the next change");
    fob_vault_close(&vault);
    fob_secret_free(&fresh);
    scratch_remove(&s);
}

/* A proof is of the vault that is open, not of what is in its place. */
static void proves(void)
{
    struct scratch s = scratch_make(), other = scratch_make();
    struct fob_secret theirs = secret_of("known to them");
    struct fob_slot_opener by_theirs = opener_of(FOB_SLOT_PASSPHRASE, &theirs);
    struct fob_secret file = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_slot_opener by_file = opener_of(FOB_SLOT_KEY_FILE, &file);
    struct fob_vault vault, foreign;
    struct fob_vault_body body = {{NULL, 0, 0}};

    scratch_must(scratch_create(&s, &vault));
    tap_ok(fob_vault_prove(&vault, &s.opener, &body, &error) == FOB_OK &&
               body.records.len > 0,
           "what opens a slot is a proof");
    fob_vault_body_free(&body);
    tap_ok(fob_vault_prove(&vault, &by_theirs, &body, &error) ==
                   FOB_E_WRONG_KEY &&
               body.records.data == NULL,
           "what opens none is not");
    tap_ok(fob_vault_prove(&vault, &by_file, &body, &error) ==
               FOB_E_UNSUPPORTED,
           "nor is what there is no slot for");
    scratch_must(fob_vault_create(&foreign, other.path, other.backup,
                                  &by_theirs, &error));
    scratch_must(rename(other.path, s.path) == 0 ? FOB_OK : FOB_E_IO);
    tap_ok(fob_vault_prove(&vault, &by_theirs, &body, &error) ==
                   FOB_E_DAMAGED &&
               body.records.data == NULL,
           "another vault in its place proves nothing");
    fob_vault_close(&foreign);
    fob_vault_close(&vault);
    fob_secret_free(&theirs);
    fob_secret_free(&file);
    scratch_remove(&s);
    scratch_remove(&other);
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

/* Digests right, numbers in the format's range, and dear. */
static void bounds_cost(void)
{
    static const struct {
        uint8_t cost[3];
        uint8_t own; /* log2 N of the settings */
        bool is_tried;
    } cases[] = {{{18, 8, 1}, 0, true},     {{19, 8, 1}, 0, false},
                 {{17, 8, 3}, 0, false},    {{14, 8, 16}, 0, true},
                 {{14, 129, 1}, 0, false},  {{20, 8, 1}, 17, false},
                 {{14, 255, 16}, 17, false}};
    struct fob_secret passphrase = secret_of("correct horse");
    struct fob_slot_opener opener = opener_of(FOB_SLOT_PASSPHRASE, &passphrase);
    struct fob_secret key = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_secret out = {NULL, 0, 0};
    static struct fob_vault_header header;
    struct fob_slot *slot = &header.slots.slot[0];
    size_t number;

    header.slots.count = 1;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scratch_must(slot_make(slot, header.id, &opener, &key, &error));
        memcpy(slot->content, cases[i].cost, 3);
        opener.cost = (struct fob_slot_cost){cases[i].own, 8, 1};
        tap_ok(slot_open_any(&header, &opener, &out, &number, &error) ==
                   (cases[i].is_tried ? FOB_E_WRONG_KEY : FOB_E_TOO_LONG),
               "cost %d %d %d is %s", cases[i].cost[0], cases[i].cost[1],
               cases[i].cost[2], cases[i].is_tried ? "tried" : "refused");
        opener.cost = (struct fob_slot_cost){14, 1, 1};
    }
    tap_ok(strstr(error.text, "more work") != NULL &&
               strstr(error.hint, "scrypt_log2_n") != NULL,
           "what is refused is named, with the way out");
    opener.cost = (struct fob_slot_cost){19, 8, 1};
    scratch_must(slot_make(slot, header.id, &opener, &key, &error));
    tap_ok(slot_open_any(&header, &opener, &out, &number, &error) == FOB_OK,
           "whoever asks for as much in the settings pays it");
    fob_secret_free(&out);
    fob_secret_free(&key);
    fob_secret_free(&passphrase);
}

/* Seven decoys, each within its bound: two are paid for. */
static void bounds_tries(void)
{
    struct fob_secret passphrase = secret_of("correct horse");
    struct fob_slot_opener opener = opener_of(FOB_SLOT_PASSPHRASE, &passphrase);
    struct fob_secret key = secret_of("0123456789abcdef0123456789abcdef");
    struct fob_secret out = {NULL, 0, 0};
    static struct fob_vault_header header;
    struct fob_slot *slots = header.slots.slot;
    int64_t two_ms, all_ms;
    size_t number;

    header.slots.count = FOB_SLOTS_MAX;
    for (size_t i = 0; i < FOB_SLOTS_MAX; i++) {
        scratch_must(slot_make(&slots[i], header.id, &opener, &key, &error));
        if (i > 0)
            memcpy(slots[i].content, (uint8_t[]){14, 8, 16}, 3);
    }
    tap_ok(slot_open_any(&header, &opener, &out, &number, &error) == FOB_OK &&
               number == 0,
           "decoys do not hide a slot before them");
    fob_secret_free(&out);
    memcpy(slots[0].content, (uint8_t[]){14, 8, 16}, 3);
    header.slots.count = 2;
    two_ms = fob_monotonic_ms();
    (void)!slot_open_any(&header, &opener, &out, &number, &error);
    two_ms = fob_monotonic_ms() - two_ms;
    header.slots.count = FOB_SLOTS_MAX;
    all_ms = fob_monotonic_ms();
    tap_ok(slot_open_any(&header, &opener, &out, &number, &error) ==
               FOB_E_TOO_LONG,
           "more slots than a try pays for are named");
    all_ms = fob_monotonic_ms() - all_ms;
    tap_ok(all_ms < 3 * two_ms, "eight cost what two do (%d ms, %d ms)",
           (int)all_ms, (int)two_ms);
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
    keeps_numbers();
    shuts_out();
    proves();
    refuses_weak_openers();
    refuses_hostile_cost();
    bounds_cost();
    bounds_tries();
    return tap_done();
}
