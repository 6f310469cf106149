/* check_fuzz.c - checking an index with invalid content terminates, with or
 * without a problem.
 *
 * The input is described in patched_index.h.
 */
#include "common/segment/check/segment_check.h"
#include "common/segment/index.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/patched_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error error;
    Index *index;
    CheckReport report = {0};
    Status status = index_open(patched_index(data, size), &index, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK) {
        status = segment_check(index->segments[0], &report, &error);
        PROMISE(status == OK || status == ERR_NO_MEMORY);
        PROMISE(!report.problem_count == !report.problems.size);
    }
    check_report_release(&report);
    index_close(index);
    return 0;
}
