/* segment_check.h - every checksum and every invariant of FORMAT.md.
 *
 * A check reads the whole segment. It continues after a problem where it can:
 * all damaged parts are named; if no part is damaged, terms with their lists,
 * ids and stored text are each checked up to the first problem.
 */
#ifndef QUERN_CHECK_SEGMENT_CHECK_H
#define QUERN_CHECK_SEGMENT_CHECK_H

#include "common/base/buf.h"
#include "common/segment/index.h"

enum { CHECK_REPORT_LINES = 100 }; /* of problems; more are only counted */

/* What has been checked, and the problems. Start with {0}. */
typedef struct CheckReport {
    uint64_t parts; /* whose checksums have been compared */
    uint64_t documents, terms, postings, tokens, stored_documents;
    uint64_t problem_count;
    Buf problems;             /* owned; a line for each of the first 100 */
    uint64_t max_document;    /* bytes of one held; 0: STORED_MAX_BYTES */
    uint64_t unchecked_count; /* documents that are larger */
    Buf unchecked;            /* owned; a line for each of the first 100 */
} CheckReport;

/* Adds to the report. OK whether or not there are problems: another status
 * means that the check could not be done. */
NODISCARD Status segment_check(Segment *segment, CheckReport *report,
                               Error *error);

/* Whether a file of an index has the name that it must have: the checksum of
 * its header, which is at `offset`, and the ending. */
NODISCARD Status check_file_name(const char *path, Span bytes, size_t offset,
                                 const char *name, const char *ending,
                                 Error *error);

/* Adds a problem for each segment whose file of removed documents has other
 * counts than its postings. The segments themselves have been checked. */
NODISCARD Status check_removals(const Index *index, CheckReport *report,
                                Error *error);

/* Adds a problem for each file of contents and for a history that is damaged,
 * or contradicts its segment. */
NODISCARD Status check_files(const Index *index, CheckReport *report,
                             Error *error);

/* Adds a problem for each id that live documents of two segments have. */
NODISCARD Status check_ids_differ(const Index *index, CheckReport *report,
                                  Error *error);

/* Adds a problem: error->message. */
void check_report_add(CheckReport *report, const Error *error);
void check_report_release(CheckReport *report);

#endif
