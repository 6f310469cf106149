/* run_sidecar.c - --sidecar: how a run was made, in a file next to it. */
#include "searcher/run_sidecar.h"

#include "common/base/json_text.h"

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

Status run_output_start(RunOutput *output, const Settings *settings,
                        Error *error)
{
    *output = (RunOutput){0};
    if (!settings->sidecar) return OK;
    return hash_stream_new(&output->stream, error);
}

void run_output_release(RunOutput *output)
{
    hash_stream_free(output->stream);
    *output = (RunOutput){0};
}

void run_output_add(RunOutput *output, Span text)
{
    if (!output->stream) return;
    hash_stream_put(output->stream, text);
    for (size_t i = 0; i < text.size; i++)
        output->lines += text.data[i] == '\n';
}

/* The arguments without --sidecar itself: those that make the same run. */
static void put_arguments(Buf *out, const Settings *settings)
{
    buf_put_text(out, ",\"arguments\":[");
    bool first = true;
    for (int i = 1; i < settings->argument_count; i++) {
        const char *argument = settings->arguments[i];
        if (!strncmp(argument, "--sidecar", 9)) {
            i += argument[9] == 0; /* its value follows */
            continue;
        }
        if (!first) buf_put_byte(out, ',');
        put_json_string(out, span_text(argument));
        first = false;
    }
    buf_put_byte(out, ']');
}

static void put_hash_member(Buf *out, const char *name, Hash128 hash)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    buf_put_byte(out, '"');
    put_hash128(out, hash);
    buf_put_byte(out, '"');
}

static void put_index_members(Buf *out, const Index *index, Hash128 hash,
                              const Settings *settings)
{
    const Manifest *manifest = &index->manifest;
    const char *analyzer = manifest->analyzer.name;
    const char *stem = manifest->analyzer.stem;
    float k1 = isnan(settings->k1) ? manifest->k1 : (float)settings->k1;
    float b = isnan(settings->b) ? manifest->b : (float)settings->b;
    put_json_member(out, "index", span_text(index->folder));
    put_hash_member(out, "index_hash", hash);
    buf_printf(out, ",\"documents\":%" PRIu64, manifest->document_count);
    put_json_member(out, "analyzer",
                    span_text(analyzer ? analyzer : "default"));
    put_json_member(out, "stem", span_text(stem ? stem : ""));
    buf_printf(out, ",\"k1\":%.9g,\"b\":%.9g", (double)k1, (double)b);
}

static Status put_sidecar(Buf *out, const RunOutput *output, const Index *index,
                          const Settings *settings, Error *error)
{
    Hash128 hash;
    Status status = index_hash(index, &hash, error);
    if (status != OK) return status;
    buf_put_text(out, "{\"type\":\"sidecar\",\"format\":\"quern-run\","
                      "\"version\":1,\"quern\":\"" QUERN_VERSION "\"");
    put_arguments(out, settings);
    put_index_members(out, index, hash, settings);
    put_json_member(out, "queries_file", span_text(settings->topics));
    buf_printf(out, ",\"k\":%" PRIu64 ",\"lines\":%" PRIu64, settings->k,
               output->lines);
    put_hash_member(out, "run_hash", hash_stream_end(output->stream));
    buf_put_text(out, "}\n");
    return buf_check(out, "describing the run", error);
}

static Status write_file(const char *path, const Buf *text, Error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fail_errno(error, "%s: cannot create", path);
    bool written = file_write_all(fd, buf_span(text));
    Status status = written ? OK : fail_errno(error, "%s: cannot write", path);
    if (close(fd) && status == OK)
        status = fail_errno(error, "%s: cannot write", path);
    return status;
}

Status run_sidecar_write(const RunOutput *output, const Index *index,
                         const Settings *settings, Error *error)
{
    if (!settings->sidecar) return OK;
    Buf text = {0};
    Status status = put_sidecar(&text, output, index, settings, error);
    if (status == OK) status = write_file(settings->sidecar, &text, error);
    buf_release(&text);
    return status;
}
