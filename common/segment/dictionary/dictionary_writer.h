/* dictionary_writer.h - the sections terms and terms_index of a segment. */
#ifndef QUERN_DICTIONARY_DICTIONARY_WRITER_H
#define QUERN_DICTIONARY_DICTIONARY_WRITER_H

#include "common/base/spool.h"
#include "common/segment/term_facts.h"

typedef struct DictionaryWriter {
    Spool terms;  /* the section so far */
    Buf prefixes; /* u64 of each block's first term */
    Buf starts;   /* u64 of each block's start in the section */
    uint32_t term_count;
    /* The block that is being gathered. */
    TermFacts facts[TERM_BLOCK_TERMS];
    uint32_t pending;
    Buf keys, last_term;
    Buf block, record; /* scratch */
} DictionaryWriter;

void dictionary_writer_init(DictionaryWriter *writer, const char *folder,
                            size_t memory_limit);
void dictionary_writer_release(DictionaryWriter *writer);

/* Terms come in byte order, each once, with 1 .. 65,535 bytes. */
void dictionary_writer_put(DictionaryWriter *writer, Span term,
                           const TermFacts *facts);

/* Ends `terms` and appends the whole of terms_index to `index`. */
NODISCARD Status dictionary_writer_finish(DictionaryWriter *writer, Buf *index,
                                          Error *error);

#endif
