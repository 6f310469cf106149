/* over_pipe.c - an engine over the line protocol, asked all queries. */
#include "bench/measure/over_pipe.h"

#include "common/base/clock.h"
#include "common/base/plain_text.h"

#include <inttypes.h>
#include <stdio.h>

enum { QUOTED_BYTES = 60 };

static Status ask(OverPipe *self, const char *command, size_t i, Span *answer,
                  int64_t *ns, Error *error)
{
    buf_clear(&self->line);
    buf_put_text(&self->line, command);
    buf_put_byte(&self->line, '\t');
    const SetQuery *query = &self->queries->items[i];
    buf_put_span(&self->line, self->words_only ? query->words : query->text);
    buf_put_byte(&self->line, '\n');
    Status status = buf_check(&self->line, "asking an engine", error);
    if (status != OK) return status;
    return engine_ask(&self->process, buf_span(&self->line), answer, ns, error);
}

/* Without its line feed, and no more than fits a message. */
static int shown_size(Span line)
{
    enum { SHOWN_BYTES = 200 };
    return (int)(line.size - 1 < SHOWN_BYTES ? line.size - 1 : SHOWN_BYTES);
}

static Status refuse(const OverPipe *self, Span answer, const char *wanted,
                     Error *error)
{
    Buf shown = {0};
    Span line = buf_span(&self->line);
    if (answer.size > QUOTED_BYTES) answer.size = QUOTED_BYTES;
    put_visible(&shown, answer);
    const char *text = buf_text(&shown);
    Status status = fail(error, ERR_IO,
                         "engine '%s' answered '%s' instead of %s, asked: %.*s",
                         self->process.start.name, text ? text : "", wanted,
                         shown_size(line), (const char *)line.data);
    buf_release(&shown);
    return status;
}

static bool is_unsupported(Span answer)
{
    return span_equals_text(answer, "UNSUPPORTED");
}

static bool parse_count(Span answer, int64_t *count)
{
    enum { MAX_DIGITS = 18 };
    *count = 0;
    if (answer.size == 0 || answer.size > MAX_DIGITS) return false;
    for (size_t i = 0; i < answer.size; i++) {
        if (answer.data[i] < '0' || answer.data[i] > '9') return false;
        *count = 10 * *count + (answer.data[i] - '0');
    }
    return true;
}

Status over_pipe_count(OverPipe *self, size_t i, int64_t *count, Error *error)
{
    Span answer;
    int64_t ns;
    Status status = ask(self, "COUNT", i, &answer, &ns, error);
    *count = COUNT_UNSUPPORTED;
    if (status != OK || is_unsupported(answer)) return status;
    return parse_count(answer, count)
               ? OK
               : refuse(self, answer, "a number or UNSUPPORTED", error);
}

Status over_pipe_hits(OverPipe *self, size_t i, uint32_t k, Arena *arena,
                      HitList *out, Error *error)
{
    char command[24];
    Span answer;
    int64_t ns;
    snprintf(command, sizeof command, "HITS_%" PRIu32, k);
    Status status = ask(self, command, i, &answer, &ns, error);
    *out = (HitList){0};
    if (status != OK || hit_list_parse(answer, k, arena, out)) return status;
    if (arena->status != OK) return fail_memory(error, "keeping hits");
    return refuse(self, answer, "[[\"id\",score],...] with the best hits first",
                  error);
}

/* Checks an answer to a timed question, outside the timed region. */
static Status check_answer(OverPipe *self, const Workload *workload, size_t i,
                           Span answer, int64_t *ns, Error *error)
{
    if (is_unsupported(answer)) {
        *ns = 0;
        return OK;
    }
    if (workload->k) {
        return span_equals_text(answer, "1")
                   ? OK
                   : refuse(self, answer, "1 or UNSUPPORTED", error);
    }
    if (!self->counts) return OK; /* the null engine */
    int64_t count, before = self->counts[i];
    if (!parse_count(answer, &count))
        return refuse(self, answer, "a number or UNSUPPORTED", error);
    self->counts[i] = count;
    if (before >= 0 && before != count)
        return refuse(self, answer, "the number it answered before", error);
    return OK;
}

static Status ask_timed(OverPipe *self, const Workload *workload, size_t i,
                        int64_t *ns, Error *error)
{
    Span answer;
    Status status = ask(self, workload->name, i, &answer, ns, error);
    if (status == OK)
        status = check_answer(self, workload, i, answer, ns, error);
    if (status != OK) *ns = 0;
    return status;
}

Status over_pipe_pass(OverPipe *self, const Workload *workload, int64_t *ns,
                      Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < self->queries->count; i++)
        status = ask_timed(self, workload, i, &ns[i], error);
    return status;
}

Status over_pipe_open(OverPipe *self, const EngineStart *start,
                      const Workload *first, int64_t *start_ns, Error *error)
{
    int64_t ns;
    Status status = engine_start(&self->process, start, error);
    if (status == OK) status = ask_timed(self, first, 0, &ns, error);
    *start_ns = clock_ns() - self->process.started;
    if (status != OK) over_pipe_close(self);
    return status;
}

void over_pipe_close(OverPipe *self)
{
    engine_stop(&self->process);
    buf_release(&self->line);
    *self = (OverPipe){0};
}
