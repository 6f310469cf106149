/* pairs_writer.h - writes the sections pairs, pair_postings, pair_bounds and
 * pair_champions (FORMAT.md, pairs).
 *
 * Every list is encoded once and kept in spools; what is written are the lists
 * of all words in at least D documents. As no list's bytes depend on another's,
 * the size of the sections is known for each D before they are written.
 */
#ifndef QUERN_PAIRS_PAIRS_WRITER_H
#define QUERN_PAIRS_PAIRS_WRITER_H

#include "common/segment/pairs/pair_scan.h"
#include "common/segment/postings/bounds_writer.h"
#include "common/segment/postings/champions_writer.h"
#include "common/segment/postings/postings_writer.h"

/* What the pairs add to the sections whose rarer word has this df. */
typedef struct PairLevel {
    uint32_t df;
    uint32_t words; /* with this df */
    uint32_t pairs;
    uint64_t postings;
    uint64_t bytes; /* of records, lists, bounds and champions */
    uint32_t champion_lists;
    bool has_lists, has_bounds; /* in sections of their own */
} PairLevel;

typedef struct PairsWriter {
    const PairWord *words; /* borrowed; ordinals ascend */
    uint32_t word_count;
    DocumentNorms norms; /* borrows the codes */
    ListLimits limits;
    PostingsWriter lists[POSTINGS_BITMAP + 1]; /* by class; nothing inline */
    BoundsWriter bounds;
    ChampionsWriter champions;
    Spool pairs;       /* PairFacts of each */
    PairLevel *levels; /* owned: df ascends */
    uint32_t level_count;
    uint32_t pair_count;
    float *products; /* owned */
    uint32_t capacity;
    Status status;
} PairsWriter;

/* Borrows the words, of which there are at most PAIR_MAX_WORDS. Memory of
 * about memory_limit. */
NODISCARD Status pairs_writer_init(PairsWriter *writer, const char *folder,
                                   const PairWord *words, uint32_t word_count,
                                   const DocumentNorms *norms,
                                   const ListLimits *limits,
                                   size_t memory_limit, Error *error);
void pairs_writer_release(PairsWriter *writer); /* {0} is not fine */

/* The list of a pair of words, by their indexes. Pairs come in the order of
 * (first, second). A builder: failures are kept. */
void pairs_writer_put(PairsWriter *writer, uint32_t first, uint32_t second,
                      const TermPostings *postings);

NODISCARD Status pairs_writer_check(const PairsWriter *writer, Error *error);

/* The smallest df of a word. */
uint32_t pairs_writer_min_df(const PairsWriter *writer);

/* All levels of min_df or more; `df` is that. */
PairLevel pairs_writer_sum(const PairsWriter *writer, uint32_t min_df);

/* The bytes of all sections for this D. */
uint64_t pairs_writer_size(const PairsWriter *writer, uint32_t min_df);

/* The smallest df of a word for which that is at most `limit`; 0 if there is
 * none. */
uint32_t pairs_writer_fit(const PairsWriter *writer, uint64_t limit);

/* pair_sections.c: writes the sections for D; nothing if there is no pair.
 * Fills what the header says of pairs. */
NODISCARD Status pairs_writer_write(PairsWriter *writer, uint32_t min_df,
                                    SegmentWriter *out, SegmentFacts *facts,
                                    Error *error);

#endif
