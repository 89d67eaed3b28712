/* SPDX-License-Identifier: MIT */
#include "host/agent/doctor/doctor.h"

#include <stdarg.h>
#include <stdio.h>

static void put_finding(struct doctor *doctor,
                        const struct doctor_finding *finding)
{
    doctor->found |= finding->level != DOCTOR_OK;
    doctor->put(doctor->request, finding);
}

void doctor_report(struct doctor *doctor, enum doctor_level level,
                   const char *check, const char *hint, const char *format, ...)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    const struct doctor_finding finding = {check, level, text, hint};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    put_finding(doctor, &finding);
}

void doctor_report_error(struct doctor *doctor, const char *check,
                         const struct fob_error *error)
{
    const struct doctor_finding finding = {check, DOCTOR_PROBLEM, error->text,
                                           error->hint};

    put_finding(doctor, &finding);
}

void doctor_report_missed(struct doctor *doctor, const char *what,
                          const char *about)
{
    struct fob_error *error = &doctor->request->error;

    if (doctor->missed == FOB_OK)
        doctor->missed = error->status;
    doctor_report(doctor, DOCTOR_NOTE, "online", error->hint,
                  "%s of %s was not looked at: %.300s", what, about,
                  error->text);
    fob_error_clear(error);
}
