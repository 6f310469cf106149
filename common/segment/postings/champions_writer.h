/* champions_writer.h - writes the section champions: the best postings of
 * frequent terms (FORMAT.md, champions). */
#ifndef QUERN_POSTINGS_CHAMPIONS_WRITER_H
#define QUERN_POSTINGS_CHAMPIONS_WRITER_H

#include "common/segment/segment_writer.h"

typedef struct ChampionsWriter {
    Spool lists; /* the lists so far */
    Buf terms;   /* the entries of their terms */
    /* Scratch for one list. */
    uint64_t keys[2 * MAX_CHAMPIONS];
    Buf list;
} ChampionsWriter;

void champions_writer_init(ChampionsWriter *writer, const char *folder,
                           size_t memory_limit);
void champions_writer_release(ChampionsWriter *writer);

/* Writes a list of `count` champions, 1 .. MAX_CHAMPIONS, if the term has at
 * least CHAMPIONS_SHARE times as many postings. Terms come in their order;
 * `products` as of bounds_writer.h. */
void champions_writer_put(ChampionsWriter *writer, uint32_t term,
                          const TermPostings *postings,
                          const DocumentNorms *norms, const float *products,
                          uint32_t count);

NODISCARD Status champions_writer_check(const ChampionsWriter *writer,
                                        Error *error);

/* Writes the section, if there is a list. */
void champions_writer_write(const ChampionsWriter *writer, SegmentWriter *out);

#endif
