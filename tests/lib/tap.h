/* SPDX-License-Identifier: MIT */
/*
 * A test program in one header: TAP on stdout, on a PC or on bare ARM.
 *
 *     int main(void) { tap_ok(1 + 1 == 2, "adds"); return tap_done(); }
 */
#ifndef FOB_TESTS_LIB_TAP_H
#define FOB_TESTS_LIB_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int tap_points;
static int tap_failed;

/* One point; returns `good`, so that a test can stop at a broken premise. */
#define tap_ok(good, ...) tap_point((good), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 4, 5), unused)) static bool
tap_point(bool good, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    printf("%sok %d - ", good ? "" : "not ", ++tap_points);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    if (!good) {
        tap_failed++;
        printf("# at %s:%d\n", file, line);
    }
    return good;
}

/* Equal bytes; both are shown in hex when they differ. */
#define tap_bytes(got, want, len, ...)                                         \
    tap_same((got), (want), (len), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((unused)) static void tap_hex(const char *name, const void *data,
                                            size_t len)
{
    const uint8_t *byte = data;

    printf("# %s ", name);
    for (size_t i = 0; i < len; i++)
        printf("%02x", byte[i]);
    printf("\n");
}

__attribute__((unused)) static bool tap_same(const void *got, const void *want,
                                             size_t len, const char *file,
                                             int line, const char *what)
{
    bool good = len == 0 || memcmp(got, want, len) == 0;

    tap_point(good, file, line, "%s", what);
    if (!good) {
        tap_hex("got ", got, len);
        tap_hex("want", want, len);
    }
    return good;
}

/* Print the plan; the value for main to return. */
__attribute__((unused)) static int tap_done(void)
{
    printf("1..%d\n", tap_points);
    fflush(stdout);
    return tap_failed ? 1 : 0;
}

#endif
