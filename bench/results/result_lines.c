/* result_lines.c - the table of the types of lines and their keys. */
#include "bench/results/result_lines_internal.h"

#include <stddef.h>

static const char *const ENGINE_KINDS[] = {"process", "pipe", "peer", "null",
                                           NULL};
static const char *const TABLES[] = {"minimum", "all", NULL};

/* clang-format off */
#define AT(member) offsetof(ResultManifest, member)
static const LineKey manifest_keys[] = {
    {"format", AT(format), KEY_TEXT, NULL},
    {"version", AT(version), KEY_INTEGER, NULL},
    {"date", AT(date), KEY_TEXT, NULL},
    {"command", AT(command), KEY_TEXT, NULL},
    {"quern", AT(quern), KEY_TEXT, NULL},
    {"commit", AT(commit), KEY_TEXT, NULL},
    {"compiler", AT(compiler), KEY_TEXT, NULL},
    {"flags", AT(flags), KEY_TEXT, NULL},
    {"machine", AT(machine), KEY_TEXT, NULL},
    {"cpu", AT(cpu), KEY_TEXT, NULL},
    {"cores", AT(cores), KEY_INTEGER, NULL},
    {"memory", AT(memory), KEY_INTEGER, NULL},
    {"kernel", AT(kernel), KEY_TEXT, NULL},
    {"governor", AT(governor), KEY_TEXT, NULL},
    {"load", AT(load), KEY_REAL, NULL},
    {"level", AT(level), KEY_TEXT, NULL},
    {"core", AT(core), KEY_INTEGER, NULL},
    {"clock", AT(clock), KEY_TEXT, NULL},
    {"resolution_ns", AT(resolution_ns), KEY_INTEGER, NULL},
    {"clock_cost_ns", AT(clock_cost_ns), KEY_REAL, NULL},
    {"timed", AT(timed), KEY_TEXT, NULL},
    {"timed_pipe", AT(timed_pipe), KEY_TEXT, NULL},
    {"warm_seconds", AT(warm_seconds), KEY_REAL, NULL},
    {"warm_limit_seconds", AT(warm_limit_seconds), KEY_REAL, NULL},
    {"warm_agreement", AT(warm_agreement), KEY_REAL, NULL},
    {"queries_file", AT(queries_file), KEY_TEXT, NULL},
    {"queries_hash", AT(queries_hash), KEY_TEXT, NULL},
    {"syntax", AT(syntax), KEY_FLAG, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultEngine, member)
static const LineKey engine_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"name", AT(name), KEY_TEXT, NULL},
    {"kind", AT(kind), KEY_CHOICE, ENGINE_KINDS},
    {"command", AT(command), KEY_TEXT, NULL},
    {"index", AT(index), KEY_TEXT, NULL},
    {"index_hash", AT(index_hash), KEY_TEXT, NULL},
    {"documents", AT(documents), KEY_INTEGER, NULL},
    {"bytes", AT(bytes), KEY_INTEGER, NULL},
    {"analyzer", AT(analyzer), KEY_TEXT, NULL},
    {"k1", AT(k1), KEY_REAL, NULL},
    {"b", AT(b), KEY_REAL, NULL},
    {"compiles", AT(compiles), KEY_FLAG, NULL},
    {"failure", AT(failure), KEY_TEXT, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultWorkload, member)
static const LineKey workload_keys[] = {
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"name", AT(name), KEY_TEXT, NULL},
    {"k", AT(k), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultQuery, member)
static const LineKey query_keys[] = {
    {"query", AT(query), KEY_INDEX, NULL},
    {"qid", AT(qid), KEY_TEXT, NULL},
    {"class", AT(class_name), KEY_TEXT, NULL},
    {"text", AT(text), KEY_TEXT, NULL},
    {"postings", AT(postings), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultLaunch, member)
static const LineKey launch_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"launch", AT(launch), KEY_INDEX, NULL},
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"order", AT(order), KEY_INTEGER, NULL},
    {"start_ns", AT(start_ns), KEY_INTEGER, NULL},
    {"warm_seconds", AT(warm_seconds), KEY_REAL, NULL},
    {"warm_passes", AT(warm_passes), KEY_INTEGER, NULL},
    {"settled", AT(settled), KEY_FLAG, NULL},
    {"calibration_ns", AT(calibration_ns), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultSamples, member)
static const LineKey samples_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"launch", AT(launch), KEY_INDEX, NULL},
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"pass", AT(pass), KEY_INDEX, NULL},
    {"ns", AT(ns), KEY_INTEGERS, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultCold, member)
static const LineKey cold_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"launch", AT(launch), KEY_INDEX, NULL},
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"method", AT(method), KEY_TEXT, NULL},
    {"resident", AT(resident), KEY_REAL, NULL},
    {"ns", AT(ns), KEY_INTEGERS, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultAnswers, member)
static const LineKey answers_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"counts", AT(counts), KEY_INTEGERS, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultHits, member)
static const LineKey hits_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"k", AT(k), KEY_INTEGER, NULL},
    {"compared", AT(compared), KEY_FLAG, NULL},
    {"digests", AT(digests), KEY_TEXTS, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultDifference, member)
static const LineKey difference_keys[] = {
    {"first", AT(first), KEY_INDEX, NULL},
    {"second", AT(second), KEY_INDEX, NULL},
    {"query", AT(query), KEY_INDEX, NULL},
    {"what", AT(what), KEY_TEXT, NULL},
    {"message", AT(message), KEY_TEXT, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultTrace, member)
static const LineKey trace_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"query", AT(query), KEY_INDEX, NULL},
    {"ns", AT(ns), KEY_INTEGER, NULL},
    {"plan", AT(plan), KEY_TEXT, NULL},
    {"counters", AT(counters), KEY_TEXTS, NULL},
    {"values", AT(values), KEY_INTEGERS, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultQuality, member)
static const LineKey quality_keys[] = {
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"measure", AT(measure), KEY_TEXT, NULL},
    {"mean", AT(mean), KEY_REAL, NULL},
    {"queries", AT(queries), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultRow, member)
static const LineKey row_keys[] = {
    {"table", AT(table), KEY_CHOICE, TABLES},
    {"engine", AT(engine), KEY_INDEX, NULL},
    {"workload", AT(workload), KEY_INDEX, NULL},
    {"class", AT(class_name), KEY_TEXT, NULL},
    {"figure", AT(figure), KEY_TEXT, NULL},
    {"value", AT(value), KEY_REAL, NULL},
    {"low", AT(low), KEY_REAL, NULL},
    {"high", AT(high), KEY_REAL, NULL},
    {"queries", AT(queries), KEY_INTEGER, NULL},
    {"samples", AT(samples), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define AT(member) offsetof(ResultEnd, member)
static const LineKey end_keys[] = {
    {"seconds", AT(seconds), KEY_REAL, NULL},
    {"partial", AT(partial), KEY_FLAG, NULL},
    {"differences", AT(differences), KEY_INTEGER, NULL},
    {0}};
#undef AT

#define LIST(member, record) offsetof(Results, member), sizeof(record)

const LineType LINE_TYPES[] = {
    {"manifest", manifest_keys, LIST(manifest, ResultManifest), true},
    {"engine", engine_keys, LIST(engines, ResultEngine), false},
    {"workload", workload_keys, LIST(workloads, ResultWorkload), false},
    {"query", query_keys, LIST(queries, ResultQuery), false},
    {"launch", launch_keys, LIST(launches, ResultLaunch), false},
    {"samples", samples_keys, LIST(samples, ResultSamples), false},
    {"cold", cold_keys, LIST(colds, ResultCold), false},
    {"answers", answers_keys, LIST(answers, ResultAnswers), false},
    {"hits", hits_keys, LIST(hits, ResultHits), false},
    {"difference", difference_keys, LIST(differences, ResultDifference), false},
    {"trace", trace_keys, LIST(traces, ResultTrace), false},
    {"quality", quality_keys, LIST(qualities, ResultQuality), false},
    {"row", row_keys, LIST(rows, ResultRow), false},
    {"end", end_keys, LIST(end, ResultEnd), true},
    {0}};
/* clang-format on */
