/* writer_model.h - an index that is changed at random, and the list of the
 * documents that it must have, in the order of their arrival.
 */
#ifndef QUERN_UPDATE_WRITER_MODEL_H
#define QUERN_UPDATE_WRITER_MODEL_H

#include "indexer/update/index_writer.h"
#include "tests/oracle/random_corpus.h"
#include "tests/support/files.h"

typedef struct ModelDocument {
    uint32_t number; /* its id is "d" and this number */
    uint32_t text;   /* a document of the corpus has its title and text */
    uint32_t tag;    /* the value of its stored field */
} ModelDocument;

typedef struct ModelList {
    ModelDocument *items; /* owned */
    size_t count, capacity;
} ModelList;

typedef struct WriterModel {
    Random random;
    uint64_t seed;
    Arena arena;
    RandomCorpus corpus;
    uint32_t id_count; /* different ids */
    Scratch scratch;
    char folder[96], fresh[96]; /* in it: the index, a fresh build */
    BuildOptions options;
    bool no_merge;
    IndexWriter *writer;
    ModelList live;      /* with what is not committed */
    ModelList committed; /* what the index must have */
    bool exists;         /* the index: something has been published */
    uint64_t steps;
    Buf log; /* of what was done, for messages */
} WriterModel;

/* Draws a corpus and the options of an index; creates it. Fails the test, here
 * and below, if the writer does. */
void model_init(WriterModel *model, uint64_t seed);
void model_release(WriterModel *model); /* removes the folders, too */

/* Adds, updates, removes, commits, drops what is not committed, reopens. */
void model_step(WriterModel *model);
void model_commit(WriterModel *model);

/* Builds an index of the committed documents, and compares the two: counts,
 * terms, ids, stored text, answers to queries. */
void model_compare(WriterModel *model);

/* Merges all segments: the file has the name of a fresh build's, which is the
 * hash of its bytes. */
void model_merge(WriterModel *model);

#endif
