/* results.h - the results of a run in memory: one struct for each type of line
 * of docs/bench-json.md, which explains their members.
 *
 * Start with `Results results = {0}`. Text and arrays belong to the arena of
 * the results; result_text copies into it. Not thread-safe.
 */
#ifndef QUERN_RESULTS_RESULTS_H
#define QUERN_RESULTS_RESULTS_H

#include "common/base/arena.h"
#include "common/base/buf.h"

typedef struct IntegerList {
    int64_t *items;
    size_t count;
} IntegerList;

typedef struct TextList {
    const char **items;
    size_t count;
} TextList;

typedef struct ResultManifest {
    const char *format;
    int64_t version;
    const char *date, *command, *quern, *commit, *compiler, *flags;
    const char *machine, *cpu;
    int64_t cores, memory;
    const char *kernel, *governor;
    double load;
    const char *level;
    int64_t core;
    const char *clock;
    int64_t resolution_ns;
    double clock_cost_ns;
    const char *timed, *timed_pipe;
    double warm_seconds, warm_limit_seconds, warm_agreement;
    const char *queries_file, *queries_hash;
    bool syntax;
} ResultManifest;

typedef enum EngineKind {
    ENGINE_PROCESS, /* Quern in this process */
    ENGINE_PIPE,    /* Quern as searcher --serve */
    ENGINE_PEER,    /* of --engine */
    ENGINE_NULL     /* answers at once: the cost of the pipe */
} EngineKind;

typedef struct ResultEngine {
    size_t engine;
    const char *name;
    EngineKind kind;
    const char *command, *index, *index_hash;
    int64_t documents, bytes;
    const char *analyzer;
    double k1, b; /* NaN: unknown */
    bool compiles;
    const char *failure; /* "": none */
} ResultEngine;

typedef struct ResultWorkload {
    size_t workload;
    const char *name; /* "TOP_10", "COUNT" */
    int64_t k;        /* 0: counts */
} ResultWorkload;

typedef struct ResultQuery {
    size_t query;
    const char *qid, *class_name, *text;
    int64_t postings;
} ResultQuery;

/* Launches of an engine; the reader refuses more, so that tables by launch and
 * query have a bounded size. */
enum { RESULT_MAX_LAUNCHES = 1000 };

typedef struct ResultLaunch {
    size_t engine, launch, workload;
    int64_t order, start_ns;
    double warm_seconds;
    int64_t warm_passes;
    bool settled;
    int64_t calibration_ns;
} ResultLaunch;

typedef struct ResultSamples {
    size_t engine, launch, workload, pass;
    IntegerList ns; /* by query; 0: not measured */
} ResultSamples;

typedef struct ResultCold {
    size_t engine, launch, workload;
    const char *method;
    double resident;
    IntegerList ns;
} ResultCold;

typedef struct ResultAnswers {
    size_t engine;
    IntegerList counts; /* by query; -1: not supported */
} ResultAnswers;

typedef struct ResultHits {
    size_t engine;
    int64_t k;
    bool compared;    /* false: its scores are of another formula */
    TextList digests; /* by query; "-": not supported */
} ResultHits;

typedef struct ResultDifference {
    size_t first, second; /* engines */
    size_t query;
    const char *what, *message;
} ResultDifference;

typedef struct ResultTrace {
    size_t engine, workload, query;
    int64_t ns;
    const char *plan;
    TextList counters;  /* their names ... */
    IntegerList values; /* ... and values */
} ResultTrace;

typedef struct ResultQuality {
    size_t engine;
    const char *measure;
    double mean;
    int64_t queries;
} ResultQuality;

typedef enum ResultTable { TABLE_MINIMUM, TABLE_ALL } ResultTable;

typedef struct ResultRow {
    ResultTable table;
    size_t engine, workload;
    const char *class_name; /* "all" or a class */
    const char *figure;     /* "p50" ... "p99.9", "max", "mean", "qps" */
    double value;           /* ns, or queries a second; NaN: too few samples */
    double low, high;       /* 95 % interval; NaN: none */
    int64_t queries, samples;
} ResultRow;

typedef struct ResultEnd {
    double seconds;
    bool partial;
    int64_t differences;
} ResultEnd;

/* An array of records of one type; items points to them, NULL if there are
 * none. Engines, workloads and queries lie at their number. */
typedef struct ResultList {
    void *items;
    size_t count, capacity;
} ResultList;

typedef struct Results {
    ResultManifest manifest;
    ResultList engines;     /* ResultEngine */
    ResultList workloads;   /* ResultWorkload */
    ResultList queries;     /* ResultQuery */
    ResultList launches;    /* ResultLaunch */
    ResultList samples;     /* ResultSamples */
    ResultList colds;       /* ResultCold */
    ResultList answers;     /* ResultAnswers */
    ResultList hits;        /* ResultHits */
    ResultList differences; /* ResultDifference */
    ResultList traces;      /* ResultTrace */
    ResultList qualities;   /* ResultQuality */
    ResultList rows;        /* ResultRow */
    ResultEnd end;
    Arena arena;
    Status status; /* the first failure of memory; see results_check */
} Results;

void results_release(Results *results);

/* OK, or ERR_NO_MEMORY if anything could not be added. */
NODISCARD Status results_check(const Results *results, Error *error);

/* Adds copies of a record; on failure, kept in status, nothing. */
void results_add_engine(Results *results, const ResultEngine *engine);
void results_add_workload(Results *results, const ResultWorkload *workload);
void results_add_query(Results *results, const ResultQuery *query);
void results_add_launch(Results *results, const ResultLaunch *launch);
void results_add_samples(Results *results, const ResultSamples *samples);
void results_add_cold(Results *results, const ResultCold *cold);
void results_add_answers(Results *results, const ResultAnswers *answers);
void results_add_hits(Results *results, const ResultHits *hits);
void results_add_difference(Results *results, const ResultDifference *one);
void results_add_trace(Results *results, const ResultTrace *trace);
void results_add_quality(Results *results, const ResultQuality *quality);
void results_add_row(Results *results, const ResultRow *row);

/* Appends a copy of `size` bytes to a list. */
void result_list_add(Results *results, ResultList *list, const void *record,
                     size_t size);

/* A copy in the arena; "" on failure, which is kept in status. */
const char *result_text(Results *results, Span text);

/* Zeros, or 0 of them on failure. */
IntegerList result_integers(Results *results, size_t count);
TextList result_texts(Results *results, size_t count); /* of "" */

static inline const ResultEngine *results_engine(const Results *results,
                                                 size_t engine)
{
    const ResultEngine *engines = results->engines.items;
    return &engines[engine];
}

static inline const ResultWorkload *results_workload(const Results *results,
                                                     size_t workload)
{
    const ResultWorkload *workloads = results->workloads.items;
    return &workloads[workload];
}

static inline const ResultQuery *results_query(const Results *results,
                                               size_t query)
{
    const ResultQuery *queries = results->queries.items;
    return &queries[query];
}

#endif
