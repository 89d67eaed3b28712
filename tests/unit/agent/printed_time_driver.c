/* SPDX-License-Identifier: MIT */
/* For tests/vectors/printed_time_test.py: Expirations on stdin, one a line; on
 * stdout the Unix time of each, "none" or "no zone". */
#include "host/agent/profile/printed_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[256];
    int64_t unix_s;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        enum fob_status status;

        line[strcspn(line, "\n")] = '\0';
        status = printed_time_parse(line, &unix_s);
        if (status == FOB_OK)
            printf("%" PRId64 "\n", unix_s);
        else
            puts(status == FOB_E_TOO_SHORT ? "no zone" : "none");
    }
    return 0;
}
