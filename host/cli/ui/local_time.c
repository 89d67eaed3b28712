/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/local_time.h"

#include "host/base/text.h"

#include <string.h>
#include <time.h>

void local_time_put(int64_t unix_s, char text[static LOCAL_TIME_CAP])
{
    time_t at = (time_t)unix_s;
    struct tm local;

    if (localtime_r(&at, &local) == NULL ||
        strftime(text, LOCAL_TIME_CAP, "%Y-%m-%d %H:%M %Z", &local) == 0)
        fob_text_time(unix_s, text);
}
