/* removals.h - which documents of a segment are removed, and what remains of
 * its counts.
 *
 * A segment never changes. What was removed from it is in a file next to it: a
 * bit for each document that is left, and for each term and pair of the removed
 * documents how many of them have it, so that a df can be corrected without
 * reading a list (FORMAT.md, HASH.removed):
 *
 *     header | live bits | corrections of terms | corrections of pairs
 *
 * Corrections are in the order of the numbers of their terms (pairs), in groups
 * of 64 that are found by binary search. All bytes are verified at opening; a
 * group is checked as it is decoded. Thread-safe after opening.
 */
#ifndef QUERN_REMOVALS_REMOVALS_H
#define QUERN_REMOVALS_REMOVALS_H

#include "common/segment/segment.h"

/* What is removed of one term; of a pair tf is 0. */
typedef struct TermRemoval {
    uint32_t df;
    uint64_t tf;
} TermRemoval;

/* Of the terms or of the pairs; inside the file. */
typedef struct RemovalTable {
    bool has_tf;           /* of the terms */
    uint32_t count;        /* of entries */
    uint32_t group_count;  /* of up to 64 entries */
    uint32_t number_limit; /* numbers are below it */
    const uint8_t *starts; /* u64 a group, and the end: offsets in `entries` */
    const uint8_t *firsts; /* u32: number of the first entry of each group */
    Span entries;
} RemovalTable;

typedef struct Removals {
    char *path;         /* owned, for messages */
    atomic_uint owners; /* removals_share */
    FileMap file;
    uint32_t document_count;   /* of the segment */
    uint32_t removed_count;    /* 1 ... document_count - 1 */
    uint32_t removed_nonempty; /* of these with at least one token */
    uint64_t removed_tokens;   /* the sum of their true lengths */
    /* A bit for each document, 1: it is live. Aligned to 64 bytes, and followed
     * by 1,024 zero bits at least. */
    const uint64_t *live;
    RemovalTable terms, pairs;
} Removals;

/* A file in a folder; if that is NULL, name is a path. ERR_CORRUPT if it is
 * damaged or of another segment. */
NODISCARD Status removals_open_in(const FolderHandle *folder, const char *name,
                                  const Segment *segment, Removals **out,
                                  Error *error);

/* One more owner. Thread-safe. */
Removals *removals_share(Removals *removals);

/* NULL is fine; the last owner closes the file. */
void removals_close(Removals *removals);

/* In all of these, `removals` NULL means that nothing is removed. */

static inline bool removals_is_live(const Removals *removals, uint32_t docid)
{
    return !removals || (removals->live[docid / 64] >> (docid % 64) & 1);
}

static inline const uint64_t *removals_live(const Removals *removals)
{
    return removals ? removals->live : NULL;
}

/* How many documents of the segment are live. */
static inline uint32_t removals_live_count(const Removals *removals,
                                           const Segment *segment)
{
    return segment->document_count - (removals ? removals->removed_count : 0);
}

/* What is removed of a term or of a pair, by its number; zeros if nothing is.
 * ERR_CORRUPT if that cannot be read, or is more than the `df` documents that
 * have it. */
NODISCARD Status removals_of_term(const Removals *removals, uint32_t number,
                                  uint32_t df, TermRemoval *out, Error *error);
NODISCARD Status removals_of_pair(const Removals *removals, uint32_t number,
                                  uint32_t df, uint32_t *out, Error *error);

/* Walks the corrections of terms or of pairs in the order of their numbers. */
typedef struct RemovalWalk {
    const Removals *removals;
    const RemovalTable *table;
    uint32_t from;           /* smaller numbers are passed over */
    uint32_t group;          /* the next to decode */
    uint32_t left;           /* entries of the current one */
    const uint8_t *at, *end; /* of the current one */
    bool is_first;           /* the next entry is the first of its group */
    uint32_t number;         /* of the current entry */
    TermRemoval removal;
} RemovalWalk;

/* To just before the first entry with a number >= `from`. */
void removal_walk_terms(RemovalWalk *walk, const Removals *removals,
                        uint32_t from);
void removal_walk_pairs(RemovalWalk *walk, const Removals *removals,
                        uint32_t from);

/* The next entry, in walk->number and walk->removal; *found false after the
 * last. */
NODISCARD Status removal_walk_next(RemovalWalk *walk, bool *found,
                                   Error *error);

#endif
