/* answer_record.h - the answers to one query, as a process of one instruction
 * set sends them to the process that compares.
 *
 * A record has a part for each depth k, then the counts. Pruned and exhaustive
 * search are compared where they run; the record says whether they differ. All
 * numbers are little-endian; each record is preceded by its size.
 */
#ifndef QUERN_VERIFY_ANSWER_RECORD_H
#define QUERN_VERIFY_ANSWER_RECORD_H

#include "common/base/buf.h"
#include "searcher/search/search.h"

enum { MAX_DEPTHS = 16 };

typedef struct Depths {
    uint32_t items[MAX_DEPTHS];
    size_t count;
} Depths;

/* Reads "10,100,1000". ERR_USAGE names what is not a number from 1 to a
 * million, or given twice. */
NODISCARD Status depths_parse(const char *text, Depths *out, Error *error);

/* A document and the bits of its score; `has_hit` false past the last one. */
typedef struct RecordHit {
    bool has_hit;
    uint64_t document;
    uint32_t score_bits;
} RecordHit;

/* The first rank, from 1, where two lists of hits differ; 0: nowhere. */
typedef struct HitDifference {
    uint32_t rank;
    RecordHit first, second;
} HitDifference;

HitDifference hits_first_difference(const Hit *first, size_t first_count,
                                    const Hit *second, size_t second_count);

void put_record_hits(Buf *out, const Hit *hits, size_t count,
                     const HitDifference *difference);

/* One depth of a record. `hits` is for record_hit. */
typedef struct RecordPart {
    Span hits;
    uint32_t hit_count;
    HitDifference difference; /* of pruned from exhaustive */
} RecordPart;

typedef struct AnswerRecord {
    RecordPart parts[MAX_DEPTHS];
    uint64_t count, exhaustive_count; /* of matches */
} AnswerRecord;

void put_record_counts(Buf *out, uint64_t count, uint64_t exhaustive_count);

/* False if the bytes are not a record with this many depths. */
bool answer_record_parse(Span bytes, size_t depths, AnswerRecord *out);

RecordHit record_hit(const RecordPart *part, uint32_t index);

/* The first rank where two processes have other hits. */
HitDifference record_first_difference(const RecordPart *first,
                                      const RecordPart *second);

#endif
