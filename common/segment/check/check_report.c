/* check_report.c - the problems that a check has found. */
#include "common/base/plain_text.h"
#include "common/segment/check/segment_check_internal.h"

void check_report_add(CheckReport *report, const Error *error)
{
    if (report->problem_count++ < CHECK_REPORT_LINES) {
        put_visible(&report->problems, span_text(error->message));
        buf_put_byte(&report->problems, '\n');
    }
}

void check_report_add_unchecked(CheckReport *report, const Error *error)
{
    if (report->unchecked_count++ < CHECK_REPORT_LINES) {
        buf_put_text(&report->unchecked, error->message);
        buf_put_byte(&report->unchecked, '\n');
    }
}

void check_report_release(CheckReport *report)
{
    buf_release(&report->problems);
    buf_release(&report->unchecked);
    *report = (CheckReport){0};
}
