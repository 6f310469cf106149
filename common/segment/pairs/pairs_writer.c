/* pairs_writer.c - encodes the lists of pairs, and knows their size for each
 * D. */
#include "common/segment/pairs/pairs_writer.h"

#include "common/segment/pairs/pair_facts.h"
#include "common/segment/pairs/pair_tables.h"

#include <stdlib.h>

static int compare_df(const void *a, const void *b)
{
    uint32_t x = ((const PairLevel *)a)->df, y = ((const PairLevel *)b)->df;
    return (x > y) - (x < y);
}

/* One level for each df. */
static Status make_levels(PairsWriter *writer, Error *error)
{
    writer->levels = calloc((size_t)writer->word_count + 1,
                            sizeof *writer->levels);
    if (!writer->levels) return fail_memory(error, "writing pairs");
    PairLevel *levels = writer->levels;
    for (uint32_t i = 0; i < writer->word_count; i++) {
        levels[i] = (PairLevel){.df = writer->words[i].df, .words = 1};
    }
    qsort(levels, writer->word_count, sizeof *levels, compare_df);
    for (uint32_t i = 0; i < writer->word_count; i++) {
        uint32_t last = writer->level_count;
        if (last > 0 && levels[last - 1].df == levels[i].df) {
            levels[last - 1].words++;
        } else {
            levels[writer->level_count++] = levels[i];
        }
    }
    return OK;
}

Status pairs_writer_init(PairsWriter *writer, const char *folder,
                         const PairWord *words, uint32_t word_count,
                         const DocumentNorms *norms, const ListLimits *limits,
                         size_t memory_limit, Error *error)
{
    *writer = (PairsWriter){.words = words,
                            .word_count = word_count,
                            .norms = *norms,
                            .limits = *limits};
    size_t share = memory_limit / 8;
    for (int kind = 0; kind <= POSTINGS_BITMAP; kind++) {
        postings_writer_init(&writer->lists[kind], folder, share);
        writer->lists[kind].is_pair = true;
    }
    bounds_writer_init(&writer->bounds, folder, share);
    champions_writer_init(&writer->champions, folder, share);
    spool_init(&writer->pairs, folder, 2 * share);
    return make_levels(writer, error);
}

void pairs_writer_release(PairsWriter *writer)
{
    for (int kind = 0; kind <= POSTINGS_BITMAP; kind++)
        postings_writer_release(&writer->lists[kind]);
    bounds_writer_release(&writer->bounds);
    champions_writer_release(&writer->champions);
    spool_release(&writer->pairs);
    free(writer->levels);
    free(writer->products);
    writer->levels = NULL;
    writer->products = NULL;
}

static bool make_room(PairsWriter *writer, uint32_t count)
{
    if (count <= writer->capacity) return true;
    uint32_t capacity = count < UINT32_MAX / 2 ? 2 * count : count;
    float *products = realloc(writer->products, capacity * sizeof *products);
    if (!products) {
        writer->status = ERR_NO_MEMORY;
        return false;
    }
    writer->products = products;
    writer->capacity = capacity;
    return true;
}

static PairLevel *level_of(PairsWriter *writer, uint32_t df)
{
    PairLevel key = {.df = df};
    return bsearch(&key, writer->levels, writer->level_count,
                   sizeof *writer->levels, compare_df);
}

static uint64_t total_of(const TermPostings *postings)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < postings->count; i++) total += postings->tfs[i];
    return total;
}

/* Encodes the list, and what belongs to it. */
static void encode(PairsWriter *writer, const TermPostings *postings,
                   PairFacts *pair)
{
    TermFacts *facts = &pair->facts;
    uint32_t documents = writer->norms.count;
    PostingsWriter *lists = &writer->lists[facts->kind];
    uint64_t champions = spool_size(&writer->champions.lists);
    pair->champions = (uint32_t)(writer->champions.terms.size /
                                 CHAMPIONS_ENTRY_BYTES);
    if (!class_is_inline(facts->kind)) {
        posting_products(postings, &writer->norms, writer->products);
        find_strongest(writer->products, postings->count, facts);
    }
    if (pair_has_bounds(postings->count, documents, &writer->limits)) {
        bounds_writer_put(&writer->bounds, postings, writer->products,
                          documents, &writer->limits, facts);
    }
    if (class_is_bitmap(facts->kind)) {
        champions_writer_put(&writer->champions, writer->pair_count, postings,
                             &writer->norms, writer->products,
                             writer->limits.champions);
    }
    postings_writer_put(lists, postings, &writer->norms, writer->products,
                        facts);
    spool_align(&lists->postings, pair_alignment(facts->kind));
    pair->list_bytes = spool_size(&lists->postings) - facts->postings_offset;
    pair->champion_bytes = (uint32_t)(spool_size(&writer->champions.lists) -
                                      champions);
    if (class_is_inline(facts->kind)) pair->list_bytes = 0;
}

/* Adds a pair to the sums of its level. */
static void add_to_level(PairsWriter *writer, const PairFacts *pair)
{
    uint32_t a = writer->words[pair->first].df;
    uint32_t b = writer->words[pair->second].df;
    PairLevel *level = level_of(writer, a < b ? a : b);
    level->pairs++;
    level->postings += pair->facts.df;
    level->bytes += pair_record_bytes(pair);
    if (!class_is_short(pair->facts.kind)) level->bytes += pair->list_bytes;
    level->has_lists |= class_has_groups(pair->facts.kind);
    level->has_bounds |= pair->facts.has_bounds;
    if (pair->facts.has_bounds)
        level->bytes += pair_bounds_bytes(writer->norms.count);
    if (!pair->champion_bytes) return;
    level->champion_lists++;
    level->bytes += CHAMPIONS_ENTRY_BYTES + pair->champion_bytes;
}

void pairs_writer_put(PairsWriter *writer, uint32_t first, uint32_t second,
                      const TermPostings *postings)
{
    if (writer->status != OK || !make_room(writer, postings->count)) return;
    PairFacts pair;
    memset(&pair, 0, sizeof pair); /* its padding goes to a file */
    pair.first = (uint16_t)first;
    pair.second = (uint16_t)second;
    pair.facts.df = postings->count;
    pair.facts.total_tf = total_of(postings);
    pair.facts.kind = posting_class(postings->count, writer->norms.count,
                                    &writer->limits);
    encode(writer, postings, &pair);
    add_to_level(writer, &pair);
    spool_put(&writer->pairs, &pair, sizeof pair);
    writer->pair_count++;
}

Status pairs_writer_check(const PairsWriter *writer, Error *error)
{
    if (writer->status != OK) return fail_memory(error, "writing pairs");
    Status status = OK;
    for (int kind = 0; status == OK && kind <= POSTINGS_BITMAP; kind++)
        status = postings_writer_check(&writer->lists[kind], error);
    if (status == OK) status = bounds_writer_check(&writer->bounds, error);
    if (status == OK)
        status = champions_writer_check(&writer->champions, error);
    return status == OK ? spool_check(&writer->pairs, error) : status;
}

/* --- D --- */

static void add_level(PairLevel *sum, const PairLevel *level)
{
    sum->words += level->words;
    sum->pairs += level->pairs;
    sum->postings += level->postings;
    sum->bytes += level->bytes;
    sum->champion_lists += level->champion_lists;
    sum->has_lists |= level->has_lists;
    sum->has_bounds |= level->has_bounds;
}

PairLevel pairs_writer_sum(const PairsWriter *writer, uint32_t min_df)
{
    PairLevel sum = {.df = min_df};
    for (uint32_t i = writer->level_count; i-- > 0;) {
        if (writer->levels[i].df < min_df) break;
        add_level(&sum, &writer->levels[i]);
    }
    return sum;
}

static uint64_t size_of(const PairLevel *sum)
{
    if (sum->words == 0) return 0;
    uint64_t size = pair_tables_size(sum->words, sum->pairs) + sum->bytes;
    return size + (sum->champion_lists ? CHAMPIONS_HEADER_BYTES : 0);
}

uint32_t pairs_writer_min_df(const PairsWriter *writer)
{
    return writer->level_count ? writer->levels[0].df : 0;
}

uint64_t pairs_writer_size(const PairsWriter *writer, uint32_t min_df)
{
    PairLevel sum = pairs_writer_sum(writer, min_df);
    return size_of(&sum);
}

uint32_t pairs_writer_fit(const PairsWriter *writer, uint64_t limit)
{
    PairLevel sum = {0};
    for (uint32_t i = writer->level_count; i-- > 0;) {
        add_level(&sum, &writer->levels[i]);
        if (size_of(&sum) > limit) break;
        sum.df = writer->levels[i].df;
    }
    return sum.df;
}
