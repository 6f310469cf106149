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
    Index *index;        /* as it was at the last comparison; NULL: none yet */
    Index *built;        /* of the committed documents; NULL: not built yet */
    uint64_t steps, kills, killed[2]; /* before and after it published */
    Buf log;                          /* of what was done, for messages */
} WriterModel;

/* Draws a corpus and the options of an index; creates it. Fails the test, here
 * and below, if the writer does. */
void model_init(WriterModel *model, uint64_t seed);
void model_release(WriterModel *model); /* removes the folders, too */

/* Adds, updates, removes, commits, merges, drops what is not committed,
 * reopens, or does some of this in a process that is killed. */
void model_step(WriterModel *model);
void model_commit(WriterModel *model);

/* Builds an index of the committed documents, and compares the two: counts,
 * terms, suggestions, ids, stored text, answers to queries and their
 * explanations; and checks all of the index. */
void model_compare(WriterModel *model);

/* Merges all segments: the file has the name of a fresh build's, which is the
 * hash of its bytes. */
void model_merge(WriterModel *model);

/* The rest is for model_compare.c. */

/* A document of the model, as the writer takes it. */
typedef struct MadeDocument {
    char id[16], tag[16];
    DocumentField field;
    Document document;
} MadeDocument;

void model_make_document(const WriterModel *model, ModelDocument from,
                         MadeDocument *out);

/* Ends the test, with what was done. */
void model_fail(WriterModel *model, const char *what, const char *more);
void model_check_status(WriterModel *model, Status status, const Error *error,
                        const char *what);
void model_check_number(WriterModel *model, const char *what, uint64_t got,
                        uint64_t expected);

#endif
