/* level_compare.c - compares the answers of all instruction sets. */
#include "bench/verify/level_compare.h"

#include "bench/verify/level_process.h"

#include <stdio.h>

/* One instruction set. */
typedef struct Level {
    LevelProcess process;
    HashStream *stream; /* of its digest */
    AnswerRecord record;
    char pruned[32], exhaustive[32]; /* names for differences */
} Level;

typedef struct Comparer {
    const LevelComparison *comparison;
    Certificate *certificate;
    Level levels[CPU_LEVELS];
    size_t count;
    Buf certified; /* bytes that the digest covers */
} Comparer;

/* The lowest first. NEON is of another architecture. */
static void choose_levels(Comparer *c)
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; level <= (int)best; level++) {
        if (level == CPU_NEON && best != CPU_NEON) continue;
        Level *one = &c->levels[c->count++];
        one->process.level = (CpuLevel)level;
        snprintf(one->pruned, sizeof one->pruned, "%s, pruned",
                 cpu_level_name((CpuLevel)level));
        snprintf(one->exhaustive, sizeof one->exhaustive, "%s, exhaustive",
                 cpu_level_name((CpuLevel)level));
    }
}

static Status start(Comparer *c, Error *error)
{
    Status status = OK;
    choose_levels(c);
    for (size_t i = 0; status == OK && i < c->count; i++) {
        Level *level = &c->levels[i];
        status = hash_stream_new(&level->stream, error);
        if (status != OK) break;
        status = level_process_start(&level->process, level->process.level,
                                     c->comparison->arguments, error);
    }
    return status;
}

static void stop(Comparer *c)
{
    for (size_t i = 0; i < c->count; i++) {
        level_process_stop(&c->levels[i].process);
        hash_stream_free(c->levels[i].stream);
    }
    buf_release(&c->certified);
}

static void report(Comparer *c, const AnswerDifference *difference)
{
    c->certificate->differences++;
    c->comparison->visit(c->comparison->self, difference);
}

static void report_hits(Comparer *c, AnswerDifference names,
                        const HitDifference *hits)
{
    if (!hits->rank) return;
    names.rank = hits->rank;
    names.first_hit = hits->first;
    names.second_hit = hits->second;
    report(c, &names);
}

static Status read_records(Comparer *c, const char *qid, Error *error)
{
    size_t depths = c->certificate->depths.count;
    for (size_t i = 0; i < c->count; i++) {
        LevelProcess *process = &c->levels[i].process;
        Status status = level_process_read(process, error);
        if (status != OK)
            return fail_again(error, "query %s: %s", qid, error->message);
        if (!answer_record_parse(buf_span(&process->record), depths,
                                 &c->levels[i].record)) {
            return fail(error, ERR_IO,
                        "query %s: the process with QUERN_CPU=%s sent invalid "
                        "answers",
                        qid, cpu_level_name(process->level));
        }
    }
    return OK;
}

/* Whether all levels answered alike: then a difference is reported once. */
static bool levels_agree(const Comparer *c, size_t depth)
{
    const RecordPart *base = &c->levels[0].record.parts[depth];
    for (size_t i = 1; i < c->count; i++) {
        const RecordPart *part = &c->levels[i].record.parts[depth];
        if (!span_equal(part->hits, base->hits) ||
            part->difference.rank != base->difference.rank)
            return false;
    }
    return true;
}

/* Pruned against exhaustive within each level, then each level against the
 * first. */
static void compare_depth(Comparer *c, const char *qid, size_t depth)
{
    const Level *base = &c->levels[0];
    AnswerDifference names = {.qid = qid,
                              .k = c->certificate->depths.items[depth],
                              .first = "pruned",
                              .second = "exhaustive"};
    if (levels_agree(c, depth)) {
        report_hits(c, names, &base->record.parts[depth].difference);
        return;
    }
    for (size_t i = 0; i < c->count; i++) {
        const Level *level = &c->levels[i];
        const RecordPart *part = &level->record.parts[depth];
        names.first = level->pruned;
        names.second = level->exhaustive;
        report_hits(c, names, &part->difference);
        HitDifference other = record_first_difference(
            part, &base->record.parts[depth]);
        names.second = base->pruned;
        report_hits(c, names, &other);
    }
}

static void report_counts(Comparer *c, AnswerDifference names, uint64_t first,
                          uint64_t second)
{
    if (first == second) return;
    names.first_count = first;
    names.second_count = second;
    report(c, &names);
}

static void compare_counts(Comparer *c, const char *qid)
{
    const Level *base = &c->levels[0];
    for (size_t i = 0; i < c->count; i++) {
        const Level *level = &c->levels[i];
        const AnswerRecord *record = &level->record;
        AnswerDifference names = {.qid = qid, .first = level->pruned};
        names.second = level->exhaustive;
        report_counts(c, names, record->count, record->exhaustive_count);
        names.second = base->pruned;
        report_counts(c, names, record->count, base->record.count);
    }
}

/* Adds an answer to the digests. Levels nearly always have the same hits, whose
 * ids are then looked up once. */
static Status certify(Comparer *c, const char *qid, size_t depth, Error *error)
{
    Certificate *certificate = c->certificate;
    const RecordPart *base = &c->levels[0].record.parts[depth];
    certificate->hits += base->hit_count;
    for (size_t i = 0; i < c->count; i++) {
        const RecordPart *part = &c->levels[i].record.parts[depth];
        if (i == 0 || !span_equal(part->hits, base->hits)) {
            buf_clear(&c->certified);
            Status status = put_certified_answer(
                &c->certified, c->comparison->index, qid,
                certificate->depths.items[depth], part, error);
            if (status == OK) {
                status = buf_check(&c->certified, "certifying", error);
            }
            if (status != OK) return status;
        }
        hash_stream_put(c->levels[i].stream, buf_span(&c->certified));
    }
    return OK;
}

static Status compare_query(Comparer *c, const char *qid, Error *error)
{
    Status status = read_records(c, qid, error);
    if (status != OK) return status;
    compare_counts(c, qid);
    for (size_t i = 0; status == OK && i < c->certificate->depths.count; i++) {
        compare_depth(c, qid, i);
        status = certify(c, qid, i, error);
    }
    return status;
}

static Status compare_all(Comparer *c, Error *error)
{
    const LevelComparison *comparison = c->comparison;
    Status status = OK;
    for (size_t i = 0; status == OK && i < comparison->queries->count; i++) {
        status = compare_query(c, comparison->queries->items[i].qid, error);
        comparison->progress(comparison->self, i + 1);
    }
    return status;
}

static void fill_certificate(const Comparer *c)
{
    Certificate *certificate = c->certificate;
    certificate->level_count = c->count;
    for (size_t i = 0; i < c->count; i++) {
        certificate->levels[i] = c->levels[i].process.level;
        certificate->digests[i] = hash_stream_end(c->levels[i].stream);
    }
}

Status levels_compare(const LevelComparison *comparison,
                      Certificate *certificate, Error *error)
{
    Comparer c = {.comparison = comparison, .certificate = certificate};
    Status status = start(&c, error);
    if (status == OK) status = compare_all(&c, error);
    if (status == OK) fill_certificate(&c);
    stop(&c);
    return status;
}
