/* SPDX-License-Identifier: MIT */
#include "host/flash/uf2.h"

#include "host/flash/layout.h"
#include "host/flash/little.h"

#include <string.h>

/* Where the words of a block stand. */
enum {
    AT_MAGIC = 0,
    AT_MAGIC_2 = 4,
    AT_FLAGS = 8,
    AT_ADDRESS = 12,
    AT_LEN = 16,
    AT_NUMBER = 20,
    AT_COUNT = 24,
    AT_FAMILY = 28,
    AT_DATA = 32,
    AT_MAGIC_END = 508,
};

enum {
    FLAG_NOT_FLASH = 0x0001,
    FLAG_CONTAINER = 0x1000,
    FLAG_FAMILY = 0x2000,
    PAGES_MAX = LAYOUT_FIRMWARE_MAX / LAYOUT_PAGE,
};

#define MAGIC UINT32_C(0x0a324655)
#define MAGIC_2 UINT32_C(0x9e5d5157)
#define MAGIC_END UINT32_C(0x0ab16f30)
#define FAMILY_RP2040 UINT32_C(0xe48bff56)

/* One pass over a file. */
struct pass {
    const uint8_t *block;
    uint32_t number; /* of this block */
    uint32_t count;  /* of all blocks */
    struct fob_secret *image;
    uint8_t is_written[PAGES_MAX]; /* by page */
    struct fob_error *error;
};

bool uf2_is(const void *data, size_t len)
{
    const uint8_t *bytes = data;

    return len >= 8 && little_get_u32(bytes + AT_MAGIC) == MAGIC &&
           little_get_u32(bytes + AT_MAGIC_2) == MAGIC_2;
}

static uint32_t get_word(const struct pass *pass, int at)
{
    return little_get_u32(pass->block + at);
}

static enum fob_status set_fault(struct pass *pass, enum fob_status status,
                                 const char *what)
{
    return fob_error_set(pass->error, status, "block %u of the UF2 file %s",
                         (unsigned)pass->number, what);
}

static enum fob_status check_frame(struct pass *pass)
{
    if (!uf2_is(pass->block, UF2_BLOCK_LEN) ||
        get_word(pass, AT_MAGIC_END) != MAGIC_END)
        return set_fault(pass, FOB_E_SYNTAX, "is damaged");
    if (get_word(pass, AT_NUMBER) != pass->number ||
        get_word(pass, AT_COUNT) != pass->count)
        return set_fault(pass, FOB_E_SYNTAX,
                         "is out of order, or others are missing");
    return FOB_OK;
}

/* Without a family id any chip's loader would take the file, ours as well. */
static enum fob_status check_chip(struct pass *pass)
{
    uint32_t flags = get_word(pass, AT_FLAGS);

    if (flags & (FLAG_NOT_FLASH | FLAG_CONTAINER))
        return set_fault(pass, FOB_E_UNSUPPORTED, "is not meant for flash");
    if (!(flags & FLAG_FAMILY))
        return set_fault(pass, FOB_E_UNSUPPORTED,
                         "does not say for which chip");
    if (get_word(pass, AT_FAMILY) != FAMILY_RP2040)
        return set_fault(pass, FOB_E_UNSUPPORTED,
                         "is for another chip than the RP2040");
    return FOB_OK;
}

static enum fob_status check_place(struct pass *pass, uint32_t *page)
{
    uint32_t at = get_word(pass, AT_ADDRESS) - LAYOUT_FLASH;

    if (get_word(pass, AT_LEN) != LAYOUT_PAGE)
        return set_fault(pass, FOB_E_SYNTAX, "does not hold 256 bytes");
    if (at % LAYOUT_PAGE != 0)
        return set_fault(pass, FOB_E_SYNTAX,
                         "does not start at a page of flash");
    *page = at / LAYOUT_PAGE;
    if (*page >= PAGES_MAX)
        return set_fault(pass, FOB_E_TOO_LONG,
                         "goes outside the flash that holds firmware");
    if (pass->is_written[*page])
        return set_fault(pass, FOB_E_SYNTAX,
                         "writes a page for the second time");
    return FOB_OK;
}

static enum fob_status take_block(struct pass *pass)
{
    enum fob_status status = check_frame(pass);
    uint32_t page = 0;
    size_t end;

    if (status == FOB_OK)
        status = check_chip(pass);
    if (status == FOB_OK)
        status = check_place(pass, &page);
    if (status != FOB_OK)
        return status;
    end = (size_t)(page + 1) * LAYOUT_PAGE;
    memcpy(pass->image->data + end - LAYOUT_PAGE, pass->block + AT_DATA,
           LAYOUT_PAGE);
    pass->is_written[page] = 1;
    if (end > pass->image->len)
        pass->image->len = end;
    return FOB_OK;
}

static enum fob_status check_size(size_t len, struct fob_error *error)
{
    if (len == 0 || len % UF2_BLOCK_LEN != 0)
        return fob_error_set(error, FOB_E_TOO_SHORT,
                             "the UF2 file ends within a block");
    if (len / UF2_BLOCK_LEN > PAGES_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the UF2 file is larger than the flash");
    return FOB_OK;
}

enum fob_status uf2_read(const void *data, size_t len, struct fob_secret *image,
                         struct fob_error *error)
{
    struct pass pass = {.image = image, .error = error};
    enum fob_status status = check_size(len, error);

    if (status != FOB_OK)
        return status;
    if (fob_secret_alloc(image, LAYOUT_FIRMWARE_MAX) != FOB_OK)
        return fob_error_no_memory(error);
    memset(image->data, 0xff, LAYOUT_FIRMWARE_MAX);
    pass.count = (uint32_t)(len / UF2_BLOCK_LEN);
    for (; status == FOB_OK && pass.number < pass.count; pass.number++) {
        pass.block = (const uint8_t *)data + pass.number * UF2_BLOCK_LEN;
        status = take_block(&pass);
    }
    if (status != FOB_OK)
        fob_secret_free(image);
    return status;
}
