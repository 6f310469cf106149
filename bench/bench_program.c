/* bench_program.c - the help of bench itself. */
#include "bench/bench_commands.h"

static const Option options[] = {{.kind = OPTION_END}};

static const char *const usages[] = {
    "run [OPTIONS] -i INDEX -f QUERIES",    "eval [OPTIONS] RUN QRELS",
    "verify [OPTIONS] -i INDEX -f QUERIES", "compare [OPTIONS] RESULTS...",
    "report [OPTIONS] RESULTS... -o FILE",  NULL};

static const ProgramExample examples[] = {
    {"bench run -i IX -f queries.tsv", "how fast are my queries?"},
    {"bench run -i OLD -i NEW -f queries.tsv -o both.json && "
     "bench compare both.json",
     "is the new index slower?"},
    {"bench run -i IX -f queries.tsv --engine lucene='lucene/serve DIR'",
     "am I faster than Lucene, and do we answer the same?"},
    {"bench run -i IX -f queries.tsv --qrels qrels.txt",
     "how good is the ranking, and at what cost?"},
    {"echo 'a slow query' | bench run -i IX -f -",
     "why is this query slow? (also: searcher --trace)"},
    {"bench eval run.txt qrels.txt", "the quality of a run"},
    {"bench verify -i IX -f queries.tsv",
     "pruned search equals exhaustive search, on every instruction set"},
    {"bench report results.json -o report.html", "a page with charts"},
    {0}};

static const ProgramChapter chapters[] = {
    {"Exit status",
     "  0    done\n"
     "  1    a difference: answers differ, verify failed, or compare found a\n"
     "       change above --fail-above\n"
     "  2    something failed\n"
     "  130  interrupted; what was measured is kept"},
    {0}};

static const Program *const programs[] = {
    &COMMAND_RUN.program,     &COMMAND_EVAL.program,   &COMMAND_VERIFY.program,
    &COMMAND_COMPARE.program, &COMMAND_REPORT.program, NULL};

const Program BENCH_PROGRAM = {
    .name = "bench",
    .summary = "measure the latency, quality and equal answers of search "
               "engines",
    .usages = usages,
    .examples = examples,
    .options = options,
    .chapters = chapters,
    .commands = programs,
    .operands = COMPLETE_NOTHING};
