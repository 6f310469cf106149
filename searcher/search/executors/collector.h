/* collector.h - keeps the k best of the documents it is given.
 *
 * Order: score descending, then docid ascending. A document and its score are
 * one 64-bit key that sorts this way: the bits of the score (never negative, so
 * they sort as integers), then the docid inverted.
 *
 * Up to HEAP_LIMIT hits are kept in a min-heap, whose root is the worst. For
 * larger k, keys are appended to a buffer and counted in a histogram of their
 * scores; the lower edge of the bucket with the k-th best is the threshold, and
 * the buffer is cut to k keys when it is full. (With a heap alone, collecting
 * took 15-25% of a query for 1,000 hits.)
 */
#ifndef QUERN_EXECUTORS_COLLECTOR_H
#define QUERN_EXECUTORS_COLLECTOR_H

#include "common/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { HEAP_LIMIT = 64, COLLECTOR_BUCKETS = 4096 };

typedef struct Collector {
    uint64_t *keys; /* of the arena */
    uint32_t k;
    size_t count, capacity;
    float threshold; /* at most the k-th best score: what scores less can not be
                        among the k best */
    uint64_t worst;  /* only greater keys can be among the k best */
    bool knows_worst; /* `worst` is the k-th best key so far */
    /* histogram */
    uint32_t *buckets;
    float bucket_scale; /* buckets per unit of score */
    uint32_t cut;       /* index of the bucket with the threshold */
    uint64_t above_cut; /* keys in higher buckets */
    size_t next_exact;  /* count at which collector_be_exact is due */
} Collector;

/* k >= 1; no score is above `highest`; `primed` is a score that at least k
 * documents are known to reach, or 0. */
NODISCARD Status collector_init(Collector *collector, uint32_t k, float highest,
                                float primed, Arena *arena, Error *error);

static inline uint64_t collector_key(float score, uint32_t docid)
{
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    return (uint64_t)bits << 32 | (uint32_t)~docid;
}

static inline float key_score(uint64_t key)
{
    uint32_t bits = (uint32_t)(key >> 32);
    float score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

static inline uint32_t key_docid(uint64_t key)
{
    return (uint32_t)~key;
}

void collector_push_key(Collector *collector, uint64_t key);
void collector_find_worst(Collector *collector);

/* Offers a document; each at most once. */
static inline void collector_push(Collector *collector, float score,
                                  uint32_t docid)
{
    uint64_t key = collector_key(score, docid);
    if (key > collector->worst) collector_push_key(collector, key);
}

/* The minimum score with which a document from docid on can still be among the
 * k best: the threshold, or the next float where a tie would lose. */
static inline float collector_needed(const Collector *collector, uint32_t docid)
{
    /* A full heap knows its worst document. Scores are not negative, so the
     * next integer is the next float. */
    uint32_t bits = (uint32_t)(collector->worst >> 32);
    bits += collector->knows_worst && key_docid(collector->worst) < docid;
    float next;
    memcpy(&next, &bits, sizeof next);
    return collector->knows_worst ? next : collector->threshold;
}

/* Finds the k-th best key so far, where only its bucket may be known, if there
 * are enough new keys: documents with an equal score that come after it need
 * not be looked at. For executors that spend more time on a document than on
 * ten keys. */
static inline void collector_be_exact(Collector *collector)
{
    if (collector->buckets && collector->count >= collector->next_exact)
        collector_find_worst(collector);
}

/* Sorts the kept keys, at most k, best first. */
void collector_finish(Collector *collector);

#endif
