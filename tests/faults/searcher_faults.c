/* searcher_faults.c - every call of searcher to the system fails in turn.
 *
 *   faults_searcher INDEX TOPICS
 *
 * Queries of every kind, alone and in a file, answered in every form, on an
 * index with stored text. What is answered must be the whole answer.
 */
#include "tests/faults/program_main.h"
#include "tests/faults/rounds.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_WORDS = 10 };

typedef struct Line {
    const char *name;
    const char *words[MAX_WORDS]; /* INDEX and TOPICS are replaced by paths */
} Line;

static const Line LINES[] = {
    {"words for people", {"--color", "always", "baba", "giba", "unique"}},
    {"a query of every kind",
     {"--json",
      "\"baba giba\"~9 +title:baba -sagi gi* deb~1 b*ba (often OR NOT x)^2"}},
    {"nothing found", {"nobabatoday"}},
    {"some documents", {"-g", "*7", "-g", "!doc-1*", "baba", "giba"}},
    {"no documents", {"-g", "nowhere/", "baba"}},
    {"lines", {"-k", "5", "--all", "baba", "giba"}},
    {"a file of queries", {"-f", "TOPICS", "--json", "-t", "3"}},
    {"a run", {"-f", "TOPICS", "--run", "--syntax", "--ties", "docno"}},
    {"counts", {"-f", "TOPICS", "--count"}},
    {"a document", {"--get", "doc-7"}},
    {"a score", {"--explain", "doc-7", "baba giba gi*"}},
    {"a plan", {"--show-query", "\"baba giba\" gi* deb~2"}},
    {"tokens", {"--analyze", "The quick brown fox"}},
};

typedef struct Call {
    int argc;
    const char *argv[MAX_WORDS + 4];
} Call;

static int run_call(void *self)
{
    const Call *call = self;
    return program_main(call->argc, (char **)(uintptr_t)call->argv);
}

static Call call_of(const Line *line, const char *index, const char *topics)
{
    Call call = {3, {"searcher", "-i", index}};
    for (int i = 0; i < MAX_WORDS && line->words[i]; i++) {
        bool is_topics = !strcmp(line->words[i], "TOPICS");
        call.argv[call.argc++] = is_topics ? topics : line->words[i];
    }
    return call;
}

int main(int argc, char **argv)
{
    Tally tally = {0};
    if (argc != 3) {
        fprintf(stderr, "usage: faults_searcher INDEX TOPICS\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        Call call = call_of(&LINES[i], argv[1], argv[2]);
        Trial trial = {LINES[i].name, run_call, &call, NULL};
        rounds_run(&trial, &tally);
    }
    printf("searcher: %llu points passed, %llu failed\n",
           (unsigned long long)(tally.points - tally.bad),
           (unsigned long long)tally.bad);
    return tally.bad ? 1 : 0;
}
