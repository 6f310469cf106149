/* command_verify.c - pruned search equals exhaustive search. */
#include "bench/bench_commands.h"

#include "bench/verify/level_answers.h"
#include "bench/verify/level_compare.h"
#include "bench/verify_sidecar.h"
#include "common/base/file.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/program_output.h"
#include "common/program/progress.h"
#include "common/segment/documents/documents.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

typedef struct Settings {
    const char *index, *file, *depths, *sidecar;
    TopicOptions topics; /* how the file is read */
    bool plain, json;
} Settings;

static const Settings defaults = {0};

#define DEFAULT_DEPTHS "10,100,1000"
enum { PRINTED_DIFFERENCES = 20, DATE_BYTES = 32 };

#define AT(member) offsetof(Settings, member)

static const Option options[] = {
    {OPTION_TEXT, 'i', "index", "DIR", AT(index),
     .brief = "index to verify [$QUERN_INDEX, nearest .quern]",
     .complete = COMPLETE_FOLDER, .once = true},
    {OPTION_TEXT, 'f', "file", "FILE", AT(file),
     .brief = "read queries from FILE", .complete = COMPLETE_FILE,
     .once = true},
    {OPTION_TEXT, 0, "qid-field", "NAME", AT(topics.qid_field),
     .brief = "key, column or tag of the ids of queries [detect]",
     .once = true},
    {OPTION_TEXT, 0, "query-field", "NAME", AT(topics.query_field),
     .brief = "key, column or tag of the queries [detect]", .once = true},
    {OPTION_TEXT, 'k', "hits", "N,...", AT(depths),
     .brief = "compare the N best, for each N [" DEFAULT_DEPTHS "]",
     .once = true},
    {OPTION_FLAG, 0, "plain", NULL, AT(plain),
     .brief = "ignore operators: a query is a bag of words"},
    {OPTION_TEXT, 0, "sidecar", "FILE", AT(sidecar),
     .brief = "make the run of a sidecar again and compare",
     .detail = "FILE was written by searcher --run --sidecar FILE. Run it in "
               "the folder where the run was made, if paths are relative. With "
               "RUN, the file of the run, the first line that differs is "
               "printed.",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "print JSON lines; bench report shows them",
     .detail = "A line for each difference and one for the certificate "
               "(docs/bench-json.md)."},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] -i INDEX -f QUERIES",
                                     "--sidecar FILE [RUN]", NULL};

static const ProgramExample examples[] = {
    {"bench verify -i IX -f queries.tsv",
     "the 10, 100 and 1,000 best, on every instruction set"},
    {"bench verify -i IX -f queries.tsv --json >certificate.json && bench "
     "report results.json certificate.json -o report.html",
     "a page of results with the certificate"},
    {"searcher -i IX -f queries.tsv --run --sidecar run.json >run.txt && bench "
     "verify --sidecar run.json run.txt",
     "whether a run can be made again"},
    {0}};

static const ProgramChapter chapters[] = {
    {"What is compared",
     "bench starts itself once for each instruction set of this machine (or "
     "up to that of QUERN_CPU). Each answers all queries with pruning and "
     "without; documents, order, bits of the scores and numbers of matches "
     "must be equal. The certificate names the index (a hash over the names of "
     "its segments, which are checksums), the queries (a hash of the file) and "
     "the answers: a hash over query ids, k, document ids and bits of scores, "
     "the same on every machine."},
    {"Exit status", "0 if all answers are equal, 1 if not, 2 on error."},
    {0}};

/* What both commands work on. */
typedef struct Verification {
    const Settings *settings;
    Buf folder;
    Index *index;
    QuerySet queries;
    Depths depths;
    Progress progress;
    Buf out;
    uint64_t printed;
} Verification;

static Status open_inputs(Verification *v, Error *error)
{
    const Settings *settings = v->settings;
    bool found;
    Status status = depths_parse(settings->depths ? settings->depths
                                                  : DEFAULT_DEPTHS,
                                 &v->depths, error);
    if (status == OK) {
        status = index_discover(settings->index, "-i DIR", &v->folder, &found,
                                error);
    }
    const char *folder = status == OK ? buf_text(&v->folder) : NULL;
    if (folder) status = index_open(folder, &v->index, error);
    if (status == OK) {
        status = query_set_read(settings->file, &settings->topics, &v->queries,
                                error);
    }
    return status;
}

static void release(Verification *v)
{
    query_set_release(&v->queries);
    index_close(v->index);
    buf_release(&v->folder);
    buf_release(&v->out);
}

/* "document 'x' with score 1.25 (bits 3fa00000)" */
static void put_hit(Buf *out, const Index *index, RecordHit hit)
{
    Error ignored;
    uint32_t docid;
    size_t segment;
    float score;
    if (!hit.has_hit) {
        buf_put_text(out, "no more hits");
        return;
    }
    Buf id = {0};
    Segment *where = index_locate(index, hit.document, &docid, &segment);
    if (document_id(where, docid, &id, &ignored) != OK) buf_clear(&id);
    memcpy(&score, &hit.score_bits, sizeof score);
    buf_put_text(out, "document '");
    put_visible(out, buf_span(&id));
    buf_printf(out, "' with score %.9g (bits %08" PRIx32 ")", (double)score,
               hit.score_bits);
    buf_release(&id);
}

static void put_difference(Buf *out, const Index *index,
                           const AnswerDifference *difference)
{
    buf_put_text(out, "query ");
    put_visible(out, span_text(difference->qid));
    if (!difference->k) {
        buf_printf(out, ": %s: %" PRIu64 " matches; %s: %" PRIu64,
                   difference->first, difference->first_count,
                   difference->second, difference->second_count);
        return;
    }
    buf_printf(out, ", k = %u, rank %u: %s: ", difference->k, difference->rank,
               difference->first);
    put_hit(out, index, difference->first_hit);
    buf_printf(out, "; %s: ", difference->second);
    put_hit(out, index, difference->second_hit);
}

static void put_difference_json(Buf *out, const Index *index,
                                const AnswerDifference *difference)
{
    Buf message = {0};
    put_difference(&message, index, difference);
    buf_put_text(out, "{\"type\":\"difference\"");
    put_json_member(out, "qid", span_text(difference->qid));
    buf_printf(out, ",\"k\":%u,\"rank\":%u", difference->k, difference->rank);
    put_json_member(out, "first", span_text(difference->first));
    put_json_member(out, "second", span_text(difference->second));
    put_json_member(out, "message", buf_span(&message));
    buf_put_text(out, "}\n");
    buf_keep_failure(out, &message);
    buf_release(&message);
}

static void visit_difference(void *self, const AnswerDifference *difference)
{
    Verification *v = self;
    if (v->settings->json) {
        put_difference_json(&v->out, v->index, difference);
    } else if (v->printed++ < PRINTED_DIFFERENCES) {
        put_difference(&v->out, v->index, difference);
        buf_put_byte(&v->out, '\n');
    }
}

static void show_progress(void *self, size_t queries)
{
    Verification *v = self;
    progress_show(&v->progress, queries, 0,
                  (double)queries / (double)v->queries.count);
}

/* Adds an option with its value, if it has one. */
static void add_option(const char **arguments, size_t *count, const char *name,
                       const char *value)
{
    if (!value) return;
    arguments[(*count)++] = name;
    arguments[(*count)++] = value;
}

/* The arguments of the processes: the same inputs. */
static Status compare(Verification *v, Certificate *certificate, Error *error)
{
    const Settings *settings = v->settings;
    const char *depths = settings->depths ? settings->depths : DEFAULT_DEPTHS;
    const char *arguments[] = {
        "bench", LEVEL_COMMAND,  "-q", "-i",   buf_text(&v->folder),
        "-f",    settings->file, "-k", depths, NULL,
        NULL,    NULL,           NULL, NULL,   NULL};
    size_t count = 9;
    add_option(arguments, &count, "--qid-field", settings->topics.qid_field);
    add_option(arguments, &count, "--query-field",
               settings->topics.query_field);
    if (settings->plain) arguments[count] = "--plain";
    LevelComparison comparison = {
        .index = v->index,
        .queries = &v->queries,
        .arguments = (char *const *)(uintptr_t)arguments,
        .visit = visit_difference,
        .progress = show_progress,
        .self = v};
    progress_start(&v->progress, "verifying", "queries");
    Status status = levels_compare(&comparison, certificate, error);
    progress_end(&v->progress);
    return status;
}

static Status describe(Verification *v, Certificate *c, char *date,
                       Error *error)
{
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(date, DATE_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts);
    *c = (Certificate){.date = date,
                       .index = buf_text(&v->folder),
                       .documents = v->index->manifest.document_count,
                       .queries_file = v->settings->file,
                       .queries_hash = hash128_bytes(v->queries.bytes.data,
                                                     v->queries.bytes.size),
                       .queries = v->queries.count,
                       .plain = v->settings->plain,
                       .depths = v->depths};
    return index_hash(v->index, &c->index_hash, error);
}

static Status verify(Verification *v, BenchExit *code, Error *error)
{
    Certificate certificate;
    char date[DATE_BYTES];
    if (!strcmp(v->settings->file, "-")) {
        return fail(error, ERR_USAGE,
                    "verify reads its queries several times: save standard "
                    "input in a file");
    }
    Status status = open_inputs(v, error);
    if (status == OK) status = describe(v, &certificate, date, error);
    if (status == OK) {
        log_note("%s: %zu queries, %s", v->settings->file, v->queries.count,
                 v->queries.format);
        status = compare(v, &certificate, error);
    }
    if (status != OK) return status;
    if (!certificate_holds(&certificate)) *code = EXIT_DIFFERENCE;
    if (v->settings->json) {
        put_certificate_json(&v->out, &certificate);
    } else {
        if (v->printed > PRINTED_DIFFERENCES)
            buf_printf(&v->out, "and %" PRIu64 " more differences\n",
                       v->printed - PRINTED_DIFFERENCES);
        put_certificate(&v->out, &certificate);
    }
    return program_print(&v->out, stdout, error);
}

static Status check_replay(const Settings *settings, const ParsedLine *line,
                           Error *error)
{
    if (settings->index || settings->file || settings->depths ||
        settings->plain || settings->json || settings->topics.qid_field ||
        settings->topics.query_field) {
        return fail(error, ERR_USAGE,
                    "--sidecar names all that is needed; it cannot be used "
                    "with -i, -f, -k, --plain, --json, --qid-field and "
                    "--query-field");
    }
    if (line->operand_count > 1) {
        return fail(error, ERR_USAGE, "--sidecar compares one run, not %zu",
                    line->operand_count);
    }
    return OK;
}

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    Verification v = {.settings = given};
    if (v.settings->sidecar) {
        Status checked = check_replay(given, line, error);
        if (checked != OK) return checked;
        return verify_sidecar(v.settings->sidecar,
                              line->operand_count ? line->operands[0] : NULL,
                              code, error);
    }
    if (line->operand_count) {
        return fail(error, ERR_USAGE,
                    "verify takes no operands ('%s'); use -i INDEX -f QUERIES",
                    line->operands[0]);
    }
    if (!v.settings->file)
        return fail(error, ERR_USAGE, "verify needs queries: use -f FILE");
    Status status = verify(&v, code, error);
    release(&v);
    return status;
}

/* In the process of one instruction set. */
static Status run_level(void *given, const ParsedLine *line, BenchExit *code,
                        Error *error)
{
    (void)line, (void)code;
    Verification v = {.settings = given};
    if (isatty(STDOUT_FILENO)) {
        return fail(error, ERR_USAGE,
                    LEVEL_COMMAND " is started by verify; use verify");
    }
    Status status = open_inputs(&v, error);
    if (status == OK) {
        LevelTask task = {v.index, &v.queries, v.depths, v.settings->plain};
        status = level_answers_write(&task, STDOUT_FILENO, error);
    }
    release(&v);
    return status;
}

const BenchCommand COMMAND_VERIFY = {
    .program =
        {.name = "bench verify",
         .summary =
             "compare pruned with exhaustive search, on every instruction set",
         .usages = usages,
         .examples = examples,
         .options = options,
         .chapters = chapters,
         .operands = COMPLETE_NOTHING},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};

const BenchCommand COMMAND_VERIFY_LEVEL = {
    .program = {.name = "bench " LEVEL_COMMAND,
                .summary = "answer on one instruction set, for verify",
                .usages = usages,
                .options = options,
                .operands = COMPLETE_NOTHING},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run_level};
