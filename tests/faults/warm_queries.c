/* warm_queries.c - a query that has been asked before takes nothing of the
 * system: no memory and no call.
 *
 *   warm_queries INDEX
 *
 * Every form but phrases, whose positions need room that no plan foresees.
 */
#include "searcher/search_session.h"
#include "tests/support/fault.h"

#include <stdio.h>

static const char *const QUERIES[] = {
    "baba",
    "unique",
    "baba giba often",
    "+baba +giba",
    "+baba giba -often",
    "+baba giba often sagi",
    "(baba OR giba) +often",
    "+(baba giba) +(often sagi)",
    "+(+baba -giba)^2 (often sagi)^3 (unique (baba +giba)^2)^2",
    "(baba (giba (often (sagi (unique +baba)^2)^2)^2)^2)^2 +often",
    "-(baba giba) +(often sagi)^2 -(unique +often) (baba +sagi)^2",
    "baba^2 giba (often sagi)^0.5",
    "nobabatoday",
};

static const uint32_t DEPTHS[] = {0, 10, 100, 1000};

/* How often the query asks the system for something of one kind. */
static uint64_t calls_of(Session *session, const char *query, FaultKind kind)
{
    Error error;
    Status status = session_search(session, span_text(query), &error);
    fault_plan(kind, 0, false);
    fault_start();
    if (status == OK)
        status = session_search(session, span_text(query), &error);
    fault_stop();
    if (status == OK) return fault_calls();
    fprintf(stderr, "%s: %s\n", query, error.message);
    return 1;
}

static uint64_t ask_all(Session *session)
{
    uint64_t bad = 0;
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
        for (int kind = 0; kind < FAULT_KINDS; kind++) {
            uint64_t calls = calls_of(session, QUERIES[i], (FaultKind)kind);
            if (!calls) continue;
            fprintf(stderr, "%s: asked for %s %llu times\n", QUERIES[i],
                    FAULT_NAMES[kind], (unsigned long long)calls);
            bad++;
        }
    }
    return bad;
}

int main(int argc, char **argv)
{
    Error error;
    Index *index;
    uint64_t bad = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: warm_queries INDEX\n");
        return 2;
    }
    Status status = index_open(argv[1], &index, &error);
    for (size_t i = 0; status == OK && i < 2 * sizeof DEPTHS / sizeof *DEPTHS;
         i++) {
        Session session = {0};
        Settings settings;
        settings_init(&settings);
        settings.k = DEPTHS[i / 2];
        status = session_open(&session, index, &settings, i % 2 == 1, &error);
        if (status == OK) bad += ask_all(&session);
        session_close(&session);
    }
    if (status != OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    index_close(index);
    return bad ? 1 : 0;
}
