/* rounds.c - one program, many rounds: in each another call fails. */
#include "tests/faults/rounds.h"

#include "tests/support/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_NONE = 1, EXIT_BAD = 2 };

/* How many points of a kind are tried. */
enum { SHORT_ROUNDS = 12, SANITIZED_ROUNDS = 6 };

typedef struct Round {
    FaultKind kind;
    uint64_t number;
    bool lasting;
} Round;

static void complain(const Trial *trial, const Round *round, const Child *child,
                     const char *what)
{
    fprintf(stderr, "%s, %s %" PRIu64 "%s: %s (status %d, signal %d)\n%.*s\n",
            trial->name, FAULT_NAMES[round->kind], round->number,
            round->lasting ? " and all after it" : "", what, child->code,
            child->signal, (int)child->err.size,
            child->err.data ? (const char *)child->err.data : "");
}

/* Where two answers differ. */
static void show_difference(const Buf *seen, const Buf *whole)
{
    enum { AROUND = 60 };
    size_t at = 0;
    while (at < seen->size && at < whole->size &&
           seen->data[at] == whole->data[at]) {
        at++;
    }
    size_t from = at < AROUND ? 0 : at - AROUND;
    const Buf *both[] = {whole, seen};
    for (int i = 0; i < 2; i++) {
        size_t size = both[i]->size - from;
        if (size > 2 * AROUND) size = 2 * AROUND;
        fprintf(stderr, "%s: %.*s\n", i ? "seen" : "whole", (int)size,
                size ? (const char *)both[i]->data + from : "");
    }
}

/* What is wrong with how the round ended, or NULL. */
static const char *judge(const Child *child, const Child *whole)
{
    if (child->signal) return "it crashed or hung";
    if (child->code == EXIT_BAD) {
        return child->err.size ? NULL : "it failed without a word";
    }
    if (child->code != whole->code) return "another status";
    if (!span_equal(buf_span(&child->out), buf_span(&whole->out))) {
        return "another answer, and no error";
    }
    return NULL;
}

static int run_with_faults(void *self)
{
    const Trial *trial = self;
    fault_start();
    int code = trial->run(trial->self);
    fault_stop();
    return code;
}

static void run_planned(const Trial *trial, const Round *round, Child *child)
{
    fault_plan(round->kind, round->number, round->lasting);
    child_run(child, run_with_faults, (void *)(uintptr_t)trial);
    child_blank_times(child);
}

static void run_round(const Trial *trial, const Round *round,
                      const Child *whole, Child *child, Tally *tally)
{
    run_planned(trial, round, child);
    tally->points += fault_met();
    const char *wrong = judge(child, whole);
    bool succeeded = child->code == whole->code;
    if (trial->check && !trial->check(trial->self, succeeded) && !wrong) {
        wrong = "the world is not as it should be";
    }
    if (wrong) complain(trial, round, child, wrong);
    if (wrong && child->code == whole->code)
        show_difference(&child->out, &whole->out);
    tally->bad += wrong != NULL;
}

/* One call in this many fails. */
static uint64_t step_of(uint64_t calls)
{
    if (getenv("QUERN_LONG")) return 1;
    bool is_slow = getenv("QUERN_SANITIZED") != NULL;
    return calls / (is_slow ? SANITIZED_ROUNDS : SHORT_ROUNDS) + 1;
}

static void run_kind(const Trial *trial, FaultKind kind, Child *child,
                     Tally *tally)
{
    Child whole = {0};
    Round round = {.kind = kind};
    uint64_t bad = tally->bad;
    run_planned(trial, &round, &whole);
    uint64_t calls = fault_calls();
    if (whole.code < 0 || whole.code > EXIT_NONE ||
        (trial->check && !trial->check(trial->self, true))) {
        complain(trial, &round, &whole, "it fails when nothing fails");
        tally->bad++;
    }
    uint64_t step = step_of(calls);
    for (uint64_t number = 1; tally->bad == bad && number <= calls;
         number += step) {
        round.number = number;
        for (int lasting = 0; lasting < 2; lasting++) {
            round.lasting = lasting;
            run_round(trial, &round, &whole, child, tally);
        }
    }
    child_release(&whole);
}

void rounds_run(const Trial *trial, Tally *tally)
{
    Child child = {0};
    uint64_t before = tally->points;
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        run_kind(trial, (FaultKind)kind, &child, tally);
    }
    printf("%s: %" PRIu64 " points\n", trial->name, tally->points - before);
    fflush(stdout);
    child_release(&child);
}
