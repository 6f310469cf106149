/* postings_writer.h - writes the section postings. */
#ifndef QUERN_POSTINGS_POSTINGS_WRITER_H
#define QUERN_POSTINGS_POSTINGS_WRITER_H

#include "common/base/spool.h"
#include "common/segment/term_facts.h"

typedef struct PostingsWriter {
    Spool postings; /* the section so far */
    bool is_pair;   /* lists of pairs: without norm codes */
    Buf directory, blocks, scratch;
} PostingsWriter;

void postings_writer_init(PostingsWriter *writer, const char *folder,
                          size_t memory_limit);
void postings_writer_release(PostingsWriter *writer);

/* Writes a list of the class facts->kind; `products` as of
 * bounds_writer.h. Fills in what the record needs. */
void postings_writer_put(PostingsWriter *writer, const TermPostings *postings,
                         const DocumentNorms *norms, const float *products,
                         TermFacts *facts);

NODISCARD Status postings_writer_check(const PostingsWriter *writer,
                                       Error *error);

#endif
