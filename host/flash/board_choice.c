/* SPDX-License-Identifier: MIT */
#include "host/flash/board_choice.h"

#include "host/flash/boards.h"

#include <stdio.h>
#include <string.h>

enum { PLACES_MAX = 200 /* of a text that names several */ };

static const char recovery[] = "hold BOOTSEL while plugging the board in, then "
                               "run the command again";

/* --- words ----------------------------------------------------------------*/

static const char *kind_of(const struct usb_device *device)
{
    return boards_is_loader(device) ? "boot loader" : "token";
}

static bool is_board(const struct usb_device *device)
{
    return boards_is_loader(device) || boards_is_token(device);
}

static enum fob_status word_several(const struct boards *boards,
                                    struct fob_error *error)
{
    char places[PLACES_MAX] = "";
    size_t len = 0;

    for (size_t i = 0; i < boards->count; i++) {
        const struct usb_device *device = &boards->devices[i];
        size_t room = sizeof(places) - len;
        int more;

        if (!is_board(device))
            continue;
        more = snprintf(places + len, room, "%s%s (%s)", len > 0 ? ", " : "",
                        device->place, kind_of(device));
        if (more < 0 || (size_t)more >= room)
            places[len] = '\0';
        else
            len += (size_t)more;
    }
    fob_error_set(error, FOB_E_AMBIGUOUS, "several boards are plugged in: %s",
                  places);
    fob_error_hint(error, "name one with --bus, or unplug the others");
    return FOB_E_AMBIGUOUS;
}

static enum fob_status word_none(const struct boards *boards,
                                 struct fob_error *error)
{
    for (size_t i = 0; i < boards->count; i++) {
        if (!boards_is_other_loader(&boards->devices[i]))
            continue;
        fob_error_set(error, FOB_E_UNSUPPORTED,
                      "the board in its boot loader has an RP2350, and this "
                      "firmware is for the RP2040");
        fob_error_hint(error, "plug in a board with an RP2040");
        return FOB_E_UNSUPPORTED;
    }
    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  "no token runs, and no board is in its boot loader");
    fob_error_advise(error, recovery);
    return FOB_E_TOKEN_ABSENT;
}

/* A board in its boot loader does not tell whose it is: perhaps the token is
 * there since a run that was cut off. */
static enum fob_status word_missing(const struct boards *boards,
                                    const char *serial, struct fob_error *error)
{
    const struct usb_device *loader = NULL;

    for (size_t i = 0; loader == NULL && i < boards->count; i++)
        if (boards_is_loader(&boards->devices[i]))
            loader = &boards->devices[i];
    if (loader != NULL) {
        fob_error_set(error, FOB_E_TOKEN_ABSENT,
                      "token %s does not run, but a board is in its boot "
                      "loader at %s",
                      serial, loader->place);
        fob_error_hint(error, "if that is it, name it with --bus %s",
                       loader->place);
    } else {
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "token %s is not there",
                      serial);
        fob_error_hint(error, "plug it in, with BOOTSEL held if it does not "
                              "run");
    }
    return FOB_E_TOKEN_ABSENT;
}

static enum fob_status word_mute(enum usb_fault fault, const char *place,
                                 struct fob_error *error)
{
    if (fault == USB_DENIED)
        return boards_word_denied(place, error);
    fob_error_set(error, FOB_E_IO, "the token at %s does not tell its serial",
                  place);
    fob_error_advise(error, recovery);
    return FOB_E_IO;
}

/* --- choosing -------------------------------------------------------------*/

static enum fob_status take_board(const struct usb *usb,
                                  const struct usb_device *device,
                                  struct board_choice *choice,
                                  struct fob_error *error)
{
    enum usb_fault fault;

    memcpy(choice->place, device->place, sizeof(choice->place));
    if (boards_is_loader(device))
        return FOB_OK;
    fault = boards_read_serial(usb, device->place, choice->serial);
    if (fault == USB_OK && choice->serial[0] != '\0')
        return FOB_OK;
    return word_mute(fault, device->place, error);
}

static enum fob_status choose_place(const struct usb *usb,
                                    const struct boards *boards,
                                    const char *place,
                                    struct board_choice *choice,
                                    struct fob_error *error)
{
    const struct usb_device *found = boards_find(boards, place);

    if (found != NULL && is_board(found))
        return take_board(usb, found, choice, error);
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "no token and no board in its boot loader is at %s", place);
    fob_error_hint(error, "leave --bus out to see where there is one");
    return FOB_E_NOT_FOUND;
}

static enum fob_status choose_serial(const struct usb *usb,
                                     const struct boards *boards,
                                     const char *serial,
                                     struct board_choice *choice,
                                     struct fob_error *error)
{
    for (size_t i = 0; i < boards->count; i++) {
        const struct usb_device *device = &boards->devices[i];
        enum fob_status status;

        if (!boards_is_token(device))
            continue;
        status = take_board(usb, device, choice, error);
        if (status != FOB_OK || strcmp(choice->serial, serial) == 0)
            return status;
    }
    return word_missing(boards, serial, error);
}

static enum fob_status choose_only(const struct usb *usb,
                                   const struct boards *boards,
                                   struct board_choice *choice,
                                   struct fob_error *error)
{
    const struct usb_device *found = NULL;

    for (size_t i = 0; i < boards->count; i++) {
        if (!is_board(&boards->devices[i]))
            continue;
        if (found != NULL)
            return word_several(boards, error);
        found = &boards->devices[i];
    }
    return found != NULL ? take_board(usb, found, choice, error)
                         : word_none(boards, error);
}

enum fob_status board_choice_make(const struct usb *usb,
                                  const struct board_options *options,
                                  struct board_choice *choice,
                                  struct fob_error *error)
{
    struct boards boards;
    enum fob_status status = boards_look(usb, &boards, error);

    *choice = (struct board_choice){0};
    if (status != FOB_OK)
        return status;
    if (options->place != NULL)
        status = choose_place(usb, &boards, options->place, choice, error);
    else if (options->serial != NULL)
        status = choose_serial(usb, &boards, options->serial, choice, error);
    else
        status = choose_only(usb, &boards, choice, error);
    if (status != FOB_OK)
        *choice = (struct board_choice){0};
    return status;
}
