/* segment_check_internal.h - shared by the files of the segment check. */
#ifndef QUERN_CHECK_SEGMENT_CHECK_INTERNAL_H
#define QUERN_CHECK_SEGMENT_CHECK_INTERNAL_H

#include "common/segment/check/segment_check.h"
#include "common/segment/dictionary/dictionary.h"
#include "common/segment/documents/documents.h"
#include "common/segment/postings/postings.h"
#include "common/segment/segment_internal.h"

/* What a posting adds to a score, for champions. */
typedef struct Strength {
    float product; /* tf * c */
    uint32_t docid, tf;
} Strength;

/* A check under way. Each step below returns ERR_CORRUPT for the first thing
 * that is wrong with its subject. */
typedef struct SegmentCheck {
    Segment *segment;
    Bm25 bm25;                 /* as the segment's bounds were made */
    uint32_t *tf_sums;         /* of each document, over all lists */
    const uint8_t *title_ends; /* or NULL */
    uint32_t title_end_width;
    uint64_t posting_count, tf_sum;
    uint64_t champion_lists;      /* of bitmaps */
    uint64_t pair_champion_lists; /* likewise of pairs */
    /* Scratch for one list. */
    Buf products;  /* float: tf * c of each posting */
    Buf strengths; /* Strength of each, if the term has champions */
} SegmentCheck;

/* Zeros where FORMAT.md says zeros, outside of sections. */
NODISCARD Status check_layout(const Segment *segment, Error *error);

/* Adds to the message about a damaged part, which begins at `start` of its
 * section, from which term to which the lists in it are. */
void name_damaged_terms(Segment *segment, SectionKind kind, uint64_t start,
                        Error *error);

/* Order of terms, the arrays above them, and their lists; fills tf_sums. */
NODISCARD Status check_terms(SegmentCheck *check, Error *error);

/* One list, as the record of the term says it is. */
NODISCARD Status check_list(SegmentCheck *check, Span term,
                            const TermRecord *record, Error *error);

/* The documents of a pair as the positions say. */
typedef struct PairDocuments {
    const uint32_t *docids, *tfs;
    uint32_t count;
} PairDocuments;

/* The list of a pair, as its record says it is, and against its documents. */
NODISCARD Status check_pair_list(SegmentCheck *check, const TermRecord *record,
                                 const PairDocuments *documents, Error *error);

/* After all terms: the pairs, if there are any. Where a document has too many
 * positions, they are added to the report as unchecked. */
NODISCARD Status check_pairs(SegmentCheck *check, CheckReport *report,
                             Error *error);

/* The tables of the section champions or pair_champions: entries ascend below
 * `limit`. */
NODISCARD Status check_champion_table(const Segment *segment, SectionKind kind,
                                      uint32_t limit, Error *error);

/* The champions of a term, if it has any, against check->strengths. */
NODISCARD Status check_champions(SegmentCheck *check, const Postings *list,
                                 Error *error);

/* After all terms: no list of champions is another term's. */
NODISCARD Status check_champion_lists(const SegmentCheck *check, Error *error);

/* Norms against the sums of tf, and the totals of the header. */
NODISCARD Status check_totals(const SegmentCheck *check, Error *error);

NODISCARD Status check_ids(Segment *segment, Error *error);

/* Documents larger than the report's limit are added to it as unchecked. */
NODISCARD Status check_stored(Segment *segment, CheckReport *report,
                              Error *error);

/* Adds a document that was not checked: error->message. */
void check_report_add_unchecked(CheckReport *report, const Error *error);
NODISCARD Status check_skip_log(Segment *segment, Error *error);

#endif
