/* report_page.h - one page of results, without network and without script. */
#ifndef QUERN_REPORT_REPORT_PAGE_H
#define QUERN_REPORT_REPORT_PAGE_H

#include "bench/report/report_input.h"

/* page_style.c: the style sheet, in parts; NULL ends. */
extern const char *const PAGE_STYLE[];

/* Appends the page. `command` is how it was made, for "repeat this". */
NODISCARD Status report_page_put(Buf *out, const ReportInput *inputs,
                                 size_t count, const char *command,
                                 Error *error);

#endif
