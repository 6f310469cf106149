/* result_sections.h - the parts of a report that are not figures: whether the
 * answers agree, remarks, the machine, certificates.
 */
#ifndef QUERN_REPORT_RESULT_SECTIONS_H
#define QUERN_REPORT_RESULT_SECTIONS_H

#include "bench/report/report_input.h"

/* The first line of a run: whether all engines answered the same. */
void put_verdict(Buf *out, const Results *results);

/* What limits the figures: an incomplete run, engines that failed or did not
 * settle. */
void put_remarks(Buf *out, const Results *results);

/* The queries whose answers differ; writes nothing if all agree. */
void put_differences(Buf *out, const Results *results);

/* Machine, build and method. */
void put_manifest(Buf *out, const ResultManifest *manifest);

/* A certificate, and which of the runs it is about. */
void put_certified(Buf *out, const ReportInput *certificate,
                   const ReportInput *inputs, size_t count);

#endif
