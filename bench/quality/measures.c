/* measures.c - measures of ranking quality, as trec_eval computes them. */
#include "bench/quality/measures.h"

#include <math.h>
#include <strings.h>

enum { MAX_CUT = 1000000000 };

typedef struct MeasureName {
    const char *name;
    MeasureKind kind;
    bool may_cut, must_cut;
} MeasureName;

static const MeasureName NAMES[] = {
    {"AP", MEASURE_AP, false, false},
    {"nDCG", MEASURE_NDCG, true, true},
    {"P", MEASURE_PRECISION, true, true},
    {"R", MEASURE_RECALL, true, true},
    {"RR", MEASURE_RR, true, false},
    {"bpref", MEASURE_BPREF, false, false},
};

static const MeasureName *find_name(Span text)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (text.size == strlen(NAMES[i].name) &&
            !strncasecmp((const char *)text.data, NAMES[i].name, text.size))
            return &NAMES[i];
    }
    return NULL;
}

/* The k after '@'; 0 if it is not one. */
static uint32_t parse_cut(Span digits)
{
    uint64_t cut = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9') return 0;
        cut = 10 * cut + (uint64_t)(digits.data[i] - '0');
        if (cut > MAX_CUT) return 0;
    }
    return (uint32_t)cut;
}

static bool parse_measure(Span text, Measure *out)
{
    const uint8_t *at = text.size ? memchr(text.data, '@', text.size) : NULL;
    size_t size = at ? (size_t)(at - text.data) : text.size;
    const MeasureName *name = find_name(span_of(text.data, size));
    if (!name || (at ? !name->may_cut : name->must_cut)) return false;
    *out = (Measure){name->kind, 0};
    if (at) out->k = parse_cut(span_of(at + 1, text.size - size - 1));
    return !at || out->k;
}

static Status add_measure(MeasureList *list, Span text, Error *error)
{
    Measure measure;
    if (!parse_measure(text, &measure)) {
        return fail(error, ERR_USAGE,
                    "unknown measure '%.*s'; measures are AP, nDCG@k, P@k, "
                    "R@k, RR, RR@k and bpref",
                    SPAN_ARGS(text));
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == measure.kind &&
            list->items[i].k == measure.k)
            return fail(error, ERR_USAGE, "measure '%.*s' is given twice",
                        SPAN_ARGS(text));
    }
    if (list->count == MAX_MEASURES)
        return fail(error, ERR_LIMIT, "more than %d measures", MAX_MEASURES);
    list->items[list->count++] = measure;
    return OK;
}

Status measures_parse(const char *text, MeasureList *out, Error *error)
{
    *out = (MeasureList){0};
    for (;;) {
        size_t size = strcspn(text, ",");
        Status status = add_measure(out, span_of(text, size), error);
        if (status != OK) return status;
        if (!text[size]) return OK;
        text += size + 1;
    }
}

void put_measure(Buf *out, Measure measure)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (NAMES[i].kind == measure.kind) buf_put_text(out, NAMES[i].name);
    }
    if (measure.k) buf_printf(out, "@%u", measure.k);
}

static double average_precision(const JudgedRanking *ranking)
{
    double sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < ranking->count; i++) {
        if (ranking->relevance[i] <= 0) continue;
        found++;
        sum += (double)found / (double)(i + 1);
    }
    return sum / (double)ranking->relevant;
}

/* The discounted sum of the first k gains; not judged is no gain. */
static double gain_sum(const int32_t *relevance, size_t count, uint32_t k)
{
    double sum = 0;
    for (size_t i = 0; i < count && i < k; i++) {
        if (relevance[i] > 0) sum += relevance[i] / log2((double)(i + 2));
    }
    return sum;
}

static double relevant_among(const JudgedRanking *ranking, uint32_t k)
{
    size_t found = 0;
    for (size_t i = 0; i < ranking->count && i < k; i++)
        found += ranking->relevance[i] > 0;
    return (double)found;
}

static double reciprocal_rank(const JudgedRanking *ranking, uint32_t k)
{
    for (size_t i = 0; i < ranking->count && (!k || i < k); i++) {
        if (ranking->relevance[i] > 0) return 1.0 / (double)(i + 1);
    }
    return 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The quotient is a float, as in trec_eval. */
static double binary_preference(const JudgedRanking *ranking)
{
    size_t above = 0; /* judged not relevant, so far */
    double sum = 0;
    for (size_t i = 0; i < ranking->count; i++) {
        if (ranking->relevance[i] < 0) continue;
        if (ranking->relevance[i] == 0) {
            above++;
            continue;
        }
        sum += 1.0;
        if (!above) continue;
        float share = (float)smaller(above, ranking->relevant) /
                      (float)smaller(ranking->not_relevant, ranking->relevant);
        sum -= (double)share;
    }
    return sum / (double)ranking->relevant;
}

double measure_compute(Measure measure, const JudgedRanking *ranking)
{
    if (!ranking->relevant) return 0;
    switch (measure.kind) {
    case MEASURE_AP: return average_precision(ranking);
    case MEASURE_NDCG:
        return gain_sum(ranking->relevance, ranking->count, measure.k) /
               gain_sum(ranking->ideal, ranking->relevant, measure.k);
    case MEASURE_PRECISION:
        return relevant_among(ranking, measure.k) / measure.k;
    case MEASURE_RECALL:
        return relevant_among(ranking, measure.k) / (double)ranking->relevant;
    case MEASURE_RR: return reciprocal_rank(ranking, measure.k);
    case MEASURE_BPREF: return binary_preference(ranking);
    }
    return 0;
}
