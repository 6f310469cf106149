/* pair_builder.c - the pairs of adjacent words of a segment.
 *
 * Occurrences of all pairs of words in at least `floor` documents are found
 * (pair_scan.h), sorted (pair_sorter.h) and encoded (pairs_writer.h); where
 * segments are merged, most of them are in the lists of these (known_pairs.h),
 * and only the others are found (pair_gaps.h). For a
 * budget the floor is estimated from a sample of the documents; where the
 * budget would allow for a smaller one, all is done again with that. So the
 * estimate decides about time only.
 */
#include "indexer/build/pair_builder.h"

#include "common/segment/pairs/pair_scan.h"
#include "common/segment/pairs/pairs_writer.h"
#include "indexer/build/known_pairs.h"
#include "indexer/build/pair_gaps.h"
#include "indexer/build/pair_sorter.h"

#include <stdlib.h>

enum {
    BUDGET_PERCENT = 15,
    SAMPLE_SHARE = 32,          /* of the documents */
    SAMPLE_DOCUMENTS = 1 << 12, /* at least */
    POSTING_BYTES = 2,          /* of a pair, estimated */
    MARGIN_PERCENT = 125,       /* of the budget, wanted at the floor */
    LOWERED_SHARE = 2,          /* of the floor, where it was too high */
    /* Positions of rare words in a segment that is merged: more are found with
     * all others. */
    MAX_GAPS_SHARE = 8 * 16, /* of the memory */
    MIN_GAPS = 1 << 20,
    /* Where D of a merged segment is, from those of its sources. */
    KNOWN_FLOOR_PERCENT = 85
};

typedef struct PairBuilder {
    const PairOptions *options;
    const DocumentNorms *norms;
    const SegmentFacts *facts;
    Segment *segment;
    PairWord *words; /* of those that may have pairs; ordinals ascend */
    uint32_t word_count;
    uint32_t min_df; /* the smallest of theirs */
    PairsWriter writer;
    bool has_writer;
    KnownPairs known;   /* of the sources, or nothing */
    bool has_gaps_only; /* the sorter has what the sources do not */
    /* The pair under way. */
    uint32_t code;
    PairList found, listed, both; /* in positions, in lists of sources */
    Status status;
    Error error;
} PairBuilder;

/* --- From sorted occurrences to lists --- */

static void keep_failure(PairBuilder *builder, Status status)
{
    if (builder->status == OK) builder->status = status;
}

static void fail_list(PairBuilder *builder)
{
    keep_failure(builder, fail_memory(&builder->error, "writing pairs"));
}

static void put_list(PairBuilder *builder, uint32_t code, const PairList *list)
{
    TermPostings postings = {list->docids, list->tfs, list->df};
    if (list->df == 0 || builder->status != OK) return;
    pairs_writer_put(&builder->writer, code >> 16, code & UINT16_MAX,
                     &postings);
}

/* Of a document, only one of the two lists has the pair. */
static void put_both(PairBuilder *builder, uint32_t code)
{
    const PairList *a = &builder->found, *b = &builder->listed;
    PairList *out = &builder->both;
    uint32_t i = 0, j = 0;
    out->df = 0;
    if (!pair_list_reserve(out, a->df + b->df)) {
        fail_list(builder);
        return;
    }
    while (i < a->df || j < b->df) {
        bool first = j == b->df || (i < a->df && a->docids[i] < b->docids[j]);
        const PairList *from = first ? a : b;
        uint32_t at = first ? i++ : j++;
        out->docids[out->df] = from->docids[at];
        out->tfs[out->df++] = from->tfs[at];
    }
    put_list(builder, code, out);
}

/* Takes the lists that the sources have of this pair. */
static void take_listed(PairBuilder *builder, uint32_t code)
{
    builder->listed.df = 0;
    if (builder->status != OK) return;
    keep_failure(builder, known_pairs_take(&builder->known, code,
                                           &builder->listed, &builder->error));
}

/* Puts all pairs before `code` that only the sources have; code_end: all. */
static void put_listed(PairBuilder *builder, uint64_t code_end)
{
    uint32_t code;
    while (builder->status == OK && known_pairs_next(&builder->known, &code) &&
           code < code_end) {
        take_listed(builder, code);
        put_list(builder, code, &builder->listed);
    }
}

static void end_list(PairBuilder *builder)
{
    uint32_t code, known;
    if (builder->found.df == 0) return;
    code = builder->code;
    if (builder->has_gaps_only) put_listed(builder, code);
    if (builder->has_gaps_only && known_pairs_next(&builder->known, &known) &&
        known == code) {
        take_listed(builder, code);
        put_both(builder, code);
    } else {
        put_list(builder, code, &builder->found);
    }
    builder->found.df = 0;
}

static void take_occurrence(void *self, uint32_t code, uint32_t docid)
{
    PairBuilder *builder = self;
    PairList *list = &builder->found;
    if (code != builder->code) {
        end_list(builder);
        builder->code = code;
    }
    if (list->df && list->docids[list->df - 1] == docid) {
        list->tfs[list->df - 1]++;
        return;
    }
    if (builder->status != OK) return;
    if (!pair_list_reserve(list, 1)) {
        fail_list(builder);
        return;
    }
    list->docids[list->df] = docid;
    list->tfs[list->df++] = 1;
}

static Status put_occurrences(void *self, uint32_t docid, const uint32_t *codes,
                              size_t count, Error *error)
{
    return pair_sorter_put(self, docid, codes, count, error);
}

static Status find_all(PairBuilder *builder, PairSorter *sorter, Error *error)
{
    PairScan scan = {.segment = builder->segment,
                     .words = builder->words,
                     .word_count = builder->word_count,
                     .end_docid = builder->facts->document_count,
                     .memory = builder->options->memory / 4,
                     .put = put_occurrences,
                     .self = sorter};
    Status status = pair_scan_run(&scan, error);
    file_map_unload(&builder->segment->file);
    return status;
}

/* Finds what the sources have no lists of; *found false if that is too much. */
static Status find_gaps(PairBuilder *builder, PairSorter *sorter, bool *found,
                        Error *error)
{
    const PairOptions *options = builder->options;
    KnownPairs *known = &builder->known;
    size_t limit = options->memory / MAX_GAPS_SHARE;
    bool too_many = false;
    if (limit < MIN_GAPS) limit = MIN_GAPS;
    known_pairs_release(known);
    Status status = known_pairs_open(
        known, options->sources, options->source_count, builder->segment,
        builder->words, builder->word_count, error);
    for (size_t i = 0; i < options->source_count && status == OK && !too_many;
         i++) {
        status = pair_gaps_find(known, i, limit, sorter, &too_many, error);
        file_map_unload(&options->sources[i].segment->file);
    }
    *found = status == OK && !too_many;
    return status;
}

static Status fill_sorter(PairBuilder *builder, PairSorter *sorter,
                          Error *error)
{
    const PairOptions *options = builder->options;
    Status status = OK;
    builder->has_gaps_only = false;
    if (options->source_count)
        status = find_gaps(builder, sorter, &builder->has_gaps_only, error);
    if (status != OK || builder->has_gaps_only) return status;
    pair_sorter_release(sorter);
    pair_sorter_init(sorter, options->folder, options->memory / 2);
    return find_all(builder, sorter, error);
}

static Status find_pairs(PairBuilder *builder, PairSorter *sorter, Error *error)
{
    builder->found.df = 0;
    Status status = fill_sorter(builder, sorter, error);
    if (status == OK)
        status = pair_sorter_read(sorter, take_occurrence, builder, error);
    if (status != OK) return status;
    end_list(builder);
    if (builder->has_gaps_only) put_listed(builder, UINT64_MAX);
    if (builder->status != OK) {
        *error = builder->error;
        return builder->status;
    }
    return pairs_writer_check(&builder->writer, error);
}

/* Encodes the pairs of all words of the builder. */
static Status encode_pairs(PairBuilder *builder, Error *error)
{
    const PairOptions *options = builder->options;
    builder->has_writer = true;
    Status status = pairs_writer_init(
        &builder->writer, options->folder, builder->words, builder->word_count,
        builder->norms, &builder->facts->limits, options->memory / 4, error);
    PairSorter sorter;
    pair_sorter_init(&sorter, options->folder, options->memory / 2);
    if (status == OK) status = find_pairs(builder, &sorter, error);
    pair_sorter_release(&sorter);
    return status;
}

/* --- The budget --- */

/* FORMAT.md, pairs: what it is a part of. */
static uint64_t budget_of(const SegmentWriter *out)
{
    uint64_t bytes = 0;
    for (int kind = SECTION_TERMS; kind <= SECTION_POSITIONS; kind++)
        bytes += out->section_sizes[kind];
    return bytes / 100 * BUDGET_PERCENT + bytes % 100 * BUDGET_PERCENT / 100;
}

/* The postings of a sample, by the df of the rarer word. */
typedef struct Sample {
    const PairWord *words;
    uint64_t *postings; /* of each word as the rarer one */
} Sample;

static Status put_sample(void *self, uint32_t docid, const uint32_t *codes,
                         size_t count, Error *error)
{
    Sample *sample = self;
    (void)docid;
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t a = codes[i] >> 16, b = codes[i] & UINT16_MAX;
        sample->postings[sample->words[a].df < sample->words[b].df ? a : b]++;
    }
    return OK;
}

typedef struct Estimate {
    uint32_t df;
    uint64_t postings;
} Estimate;

static int compare_estimates(const void *a, const void *b)
{
    uint32_t x = ((const Estimate *)a)->df, y = ((const Estimate *)b)->df;
    return (x < y) - (x > y);
}

/* The greatest df at which the pairs of the sample exceed the budget. */
static Status floor_of(const PairBuilder *builder, const Sample *sample,
                       uint64_t limit, uint32_t *floor, Error *error)
{
    uint32_t count = builder->word_count;
    Estimate *estimates = malloc((count + 1) * sizeof *estimates);
    if (!estimates) return fail_memory(error, "finding pairs");
    for (uint32_t i = 0; i < count; i++) {
        estimates[i] = (Estimate){builder->words[i].df, sample->postings[i]};
    }
    qsort(estimates, count, sizeof *estimates, compare_estimates);
    uint64_t postings = 0;
    *floor = builder->min_df;
    for (uint32_t i = 0; i < count; i++) {
        postings += estimates[i].postings;
        if (postings * POSTING_BYTES <= limit) continue;
        *floor = estimates[i].df;
        break;
    }
    free(estimates);
    return OK;
}

/* Where to begin, from the first documents: the others may be alike. */
static Status estimate_floor(PairBuilder *builder, uint64_t budget,
                             uint32_t *floor, Error *error)
{
    uint32_t documents = builder->facts->document_count;
    uint32_t sampled = documents / SAMPLE_SHARE;
    if (sampled < SAMPLE_DOCUMENTS) sampled = SAMPLE_DOCUMENTS;
    if (sampled > documents) sampled = documents;
    Sample sample = {builder->words,
                     calloc((size_t)builder->word_count + 1, sizeof(uint64_t))};
    if (!sample.postings) return fail_memory(error, "finding pairs");
    PairScan scan = {.segment = builder->segment,
                     .words = builder->words,
                     .word_count = builder->word_count,
                     .end_docid = sampled,
                     .memory = builder->options->memory / 4,
                     .put = put_sample,
                     .self = &sample};
    Status status = pair_scan_run(&scan, error);
    if (status == OK) {
        uint64_t limit = budget / documents * sampled / 100 * MARGIN_PERCENT;
        status = floor_of(builder, &sample, limit, floor, error);
    }
    free(sample.postings);
    return status;
}

/* Leaves out the words in fewer documents. */
static void keep_words(PairBuilder *builder, const PairWord *words,
                       uint32_t count, uint32_t min_df)
{
    builder->word_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (words[i].df >= min_df)
            builder->words[builder->word_count++] = words[i];
    }
}

/* Where to begin, from D of the sources; 0: these do not tell. */
static uint32_t known_floor(const PairBuilder *builder)
{
    double sum = 0, documents = 0, all = builder->facts->document_count;
    for (size_t i = 0; i < builder->options->source_count; i++) {
        const Segment *segment = builder->options->sources[i].segment;
        if (!segment->pair_words) continue;
        sum += segment->pair_min_df;
        documents += segment->document_count;
    }
    if (documents < all / 2) return 0;
    return (uint32_t)(sum / documents * all / 100 * KNOWN_FLOOR_PERCENT) + 1;
}

static Status choose_floor(PairBuilder *builder, uint64_t budget,
                           uint32_t *floor, Error *error)
{
    uint32_t known = known_floor(builder);
    if (!known) return estimate_floor(builder, budget, floor, error);
    *floor = known > builder->min_df ? known : builder->min_df;
    return OK;
}

/* Whether a smaller floor may give a smaller D: all that was encoded fits the
 * budget, or nothing was. */
static bool is_floor_too_high(const PairBuilder *builder, uint32_t min_df)
{
    if (builder->word_count == 0) return true;
    return min_df && min_df <= pairs_writer_min_df(&builder->writer);
}

/* Finds D and encodes at least its pairs. */
static Status fit_pairs(PairBuilder *builder, const PairWord *words,
                        uint32_t count, uint64_t budget, uint32_t *min_df,
                        Error *error)
{
    uint32_t floor = builder->min_df;
    Status status = choose_floor(builder, budget, &floor, error);
    while (status == OK) {
        keep_words(builder, words, count, floor);
        status = encode_pairs(builder, error);
        if (status != OK) break;
        *min_df = pairs_writer_fit(&builder->writer, budget);
        if (floor == builder->min_df || !is_floor_too_high(builder, *min_df))
            break;
        pairs_writer_release(&builder->writer);
        builder->has_writer = false;
        floor /= LOWERED_SHARE;
        if (floor < builder->min_df) floor = builder->min_df;
    }
    return status;
}

/* --- All of it --- */

static Status build_pairs(PairBuilder *builder, const PairWord *words,
                          uint32_t count, SegmentWriter *out,
                          SegmentFacts *facts, Error *error)
{
    uint32_t min_df = builder->options->min_df;
    builder->words = malloc((count + 1) * sizeof *builder->words);
    if (!builder->words) return fail_memory(error, "writing pairs");
    keep_words(builder, words, count, 0);
    builder->min_df = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (words[i].df < builder->min_df) builder->min_df = words[i].df;
    }
    Status status;
    if (min_df == PAIRS_AUTO) {
        status = fit_pairs(builder, words, count, budget_of(out), &min_df,
                           error);
    } else {
        status = encode_pairs(builder, error);
        min_df = builder->min_df;
    }
    if (status == OK && min_df)
        status = pairs_writer_write(&builder->writer, min_df, out, facts,
                                    error);
    return status;
}

Status pair_builder_write(const PairOptions *options,
                          const DocumentNorms *norms, SegmentWriter *out,
                          SegmentFacts *facts, Error *error)
{
    if (options->min_df == PAIRS_NONE || !out->has_section[SECTION_POSITIONS])
        return OK;
    if (options->min_df == PAIRS_AUTO &&
        facts->token_count < facts->limits.pair_tokens)
        return OK;
    PairBuilder builder = {.options = options, .norms = norms, .facts = facts};
    Buf words = {0};
    Status status = segment_writer_view(out, facts, &builder.segment, error);
    if (status == OK) {
        uint32_t min_df = options->min_df == PAIRS_AUTO ? 1 : options->min_df;
        status = pair_words_find(builder.segment, min_df, &words, error);
    }
    uint32_t count = (uint32_t)(words.size / sizeof(PairWord));
    if (status == OK && count) {
        status = build_pairs(&builder, (const void *)words.data, count, out,
                             facts, error);
    }
    if (builder.has_writer) pairs_writer_release(&builder.writer);
    segment_close(builder.segment);
    free(builder.words);
    known_pairs_release(&builder.known);
    pair_list_release(&builder.found);
    pair_list_release(&builder.listed);
    pair_list_release(&builder.both);
    buf_release(&words);
    return status;
}
