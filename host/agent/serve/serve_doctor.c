/* SPDX-License-Identifier: MIT */
/* The request behind `fob doctor`. */
#include "host/agent/doctor/doctor.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

static const char *const levels[] = {
    [DOCTOR_OK] = "ok", [DOCTOR_NOTE] = "note", [DOCTOR_PROBLEM] = "problem"};

static void put_finding(struct fob_request *request,
                        const struct doctor_finding *finding)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, finding->check);
    fob_message_put_text(&record, FOB_TAG_RESULT, levels[finding->level]);
    fob_message_put_text(&record, FOB_TAG_TEXT, finding->text);
    if (finding->hint[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_HINT, finding->hint);
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
}

enum fob_status serve_doctor(struct fob_request *request)
{
    struct doctor doctor = {.request = request,
                            .put = put_finding,
                            .is_online =
                                field_read_flag(request, FOB_TAG_ONLINE)};
    enum fob_status status = field_read_profile(request, doctor.only);

    if (status != FOB_OK)
        return status;
    doctor_run(&doctor);
    if (doctor.missed != FOB_OK)
        fob_message_put_number(&request->reply, FOB_TAG_STATUS,
                               (uint64_t)doctor.missed);
    return FOB_OK;
}
