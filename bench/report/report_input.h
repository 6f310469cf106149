/* report_input.h - the files that a report is made from. */
#ifndef QUERN_REPORT_REPORT_INPUT_H
#define QUERN_REPORT_REPORT_INPUT_H

#include "bench/results/results.h"

typedef enum CertificateKey {
    CERTIFICATE_HOLDS, /* "true" or "false" */
    CERTIFICATE_DATE,
    CERTIFICATE_INDEX,
    CERTIFICATE_INDEX_HASH,
    CERTIFICATE_QUERIES_FILE,
    CERTIFICATE_QUERIES_HASH,
    CERTIFICATE_QUERIES,
    CERTIFICATE_DEPTHS, /* one a line, and so the next two */
    CERTIFICATE_LEVELS,
    CERTIFICATE_DIGESTS,
    CERTIFICATE_HITS,
    CERTIFICATE_DIFFERENCES,
    CERTIFICATE_QUERN,
    CERTIFICATE_KEYS
} CertificateKey;

/* A file of bench run, or of bench verify --json. */
typedef struct ReportInput {
    const char *path; /* borrowed */
    bool is_certificate;
    Results results;                           /* of a run */
    const char *certificate[CERTIFICATE_KEYS]; /* "" if missing; the arena's */
    Arena arena;
} ReportInput;

/* ERR_USAGE names file and line of what is neither. The input is released by
 * the caller, also on failure. */
NODISCARD Status report_input_read(const char *path, ReportInput *out,
                                   Error *error);
/* The same from memory; `name` is its path in the page and in messages. */
NODISCARD Status report_input_parse(Span text, const char *name,
                                    ReportInput *out, Error *error);
void report_input_release(ReportInput *input);

#endif
