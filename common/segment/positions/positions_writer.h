/* positions_writer.h - writes the section positions. */
#ifndef QUERN_POSITIONS_POSITIONS_WRITER_H
#define QUERN_POSITIONS_POSITIONS_WRITER_H

#include "common/base/spool.h"
#include "common/segment/postings/posting_batch.h"
#include "common/segment/term_facts.h"

typedef struct PositionsWriter {
    Spool positions; /* the section so far */
    /* The first group of the current term is kept until it is known whether
     * more follow: short lists are packed differently. A large one is packed at
     * once, into `groups`. */
    uint32_t *first; /* owned */
    size_t first_count, first_capacity;
    bool first_is_packed;
    size_t first_packed_bytes; /* without the zeros after it */
    uint32_t first_tfs[BLOCK_POSTINGS], first_df;
    uint32_t group_count; /* of the current term, the first included */
    Buf directory, groups;
    /* Groups of the current term that come before `groups`: its directory,
     * which is before them all, is complete only at its end. */
    Spool aside;
    size_t aside_limit; /* bytes of memory */
    Status status;
} PositionsWriter;

void positions_writer_init(PositionsWriter *writer, const char *folder,
                           size_t memory_limit);
void positions_writer_release(PositionsWriter *writer);

/* The next postings of a term: 128, or fewer at its end. */
void positions_writer_add(PositionsWriter *writer, const PostingBatch *batch);

/* Ends the term, whose class, df and total tf are known by now. */
void positions_writer_end_term(PositionsWriter *writer, TermFacts *facts);

NODISCARD Status positions_writer_check(const PositionsWriter *writer,
                                        Error *error);

#endif
