/* report_fuzz.c - any bytes as a file of results or a certificate, made into a
 * page; and as the sidecar of a run.
 *
 * No text of theirs becomes markup that could load or run anything.
 */
#include "bench/report/report_page.h"
#include "bench/verify/run_replay.h"
#include "tests/fuzz/fuzz.h"

enum { MAX_QUERIES = 100, MAX_SAMPLES = 200 };

static bool has_text(Span text, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++)
        if (!memcmp(text.data + i, part, size)) return true;
    return false;
}

static void make_page(const ReportInput *input)
{
    static const char *const never[] = {"<script", "<img", "<link", "<iframe"};
    Buf page = {0};
    Error error;
    Status status = report_page_put(&page, input, 1, "bench report", &error);
    PROMISE(status == OK);
    for (size_t i = 0; i < 4; i++)
        PROMISE(!has_text(buf_span(&page), never[i]));
    buf_release(&page);
}

static void try_sidecar(Span bytes)
{
    RunSidecar sidecar;
    Error error;
    Status status = run_sidecar_parse(bytes, "fuzz", &sidecar, &error);
    PROMISE(status == OK || error.message[0]);
    for (size_t i = 0; status == OK && sidecar.arguments[i]; i++)
        PROMISE(strncmp(sidecar.arguments[i], "--sidecar", 9) != 0);
    run_sidecar_release(&sidecar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ReportInput input;
    Error error;
    Span bytes = span_of(data, size);
    try_sidecar(bytes);
    Status status = report_input_parse(bytes, "fuzz", &input, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK && input.results.queries.count < MAX_QUERIES &&
        input.results.samples.count < MAX_SAMPLES)
        make_page(&input);
    report_input_release(&input);
    return 0;
}
