/* intake.h - takes the documents of a build and has them inverted.
 *
 * Documents come one by one, from memory or from inputs; full batches go to the
 * pipeline. After intake_finish there is everything that segments are made of:
 * ids, lengths, compressed text and sorted runs of postings.
 */
#ifndef QUERN_BUILD_INTAKE_H
#define QUERN_BUILD_INTAKE_H

#include "common/segment/documents/documents_writer.h"
#include "common/segment/manifest.h"
#include "indexer/build/build.h"
#include "indexer/build/field_names.h"
#include "indexer/build/id_table.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/memory_source.h"
#include "indexer/build/pipeline.h"
#include "indexer/build/skip_count.h"
#include "indexer/build/source_modes.h"

/* The first documents, on which the dictionary of stored text is trained: their
 * batches wait for it, as compressed text must not depend on threads. */
typedef struct Sample {
    bool complete;       /* or not needed */
    Batch *first, *last; /* borrowed from the pipeline */
    StoredSample frames;
} Sample;

/* Asked before each document, in their order, whether it is taken; it may drop
 * one that was taken before. */
typedef Status IntakeGate(void *self, const Document *document, bool *taken,
                          Error *error);

typedef struct Intake {
    const BuildOptions *options; /* borrowed */
    const IndexFolder *folder;   /* borrowed */
    CorpusListener listener;
    Corpus *corpus; /* while inputs are read */
    MemorySource memory;
    IdTable ids;
    Spool lengths; /* of each document: varint length, varint positions of
                      its title */
    StoredText stored;
    FieldNames names; /* of stored.names */
    Spool contents;   /* without stored text: Hash128 of each document */
    WorkerOptions worker;
    Pipeline *pipeline;
    Batch *batch; /* the one that is filled, borrowed from the pipeline */
    Sample sample;
    IntakeGate *gate; /* or NULL */
    void *gate_self;
    SkipCount skips;
    SourceModes modes;   /* of what was opened */
    LeftOut left_out;    /* of folders */
    uint64_t text_bytes; /* of titles and texts, whether kept or not */
} Intake;

/* Borrows everything. `intake` must not move afterwards; intake_release is due
 * from here on. */
void intake_init(Intake *intake, const BuildOptions *options,
                 const IndexFolder *folder);

/* From the next document on. */
void intake_set_gate(Intake *intake, IntakeGate *gate, void *self);

/* Starts the threads. The folder is claimed: temporary files go there. Borrows
 * the analyzer. */
NODISCARD Status intake_start(Intake *intake, const Analyzer *analyzer,
                              Error *error);

/* Adds a document as readers hand it out, copying what is needed of it. After a
 * failure only intake_release is possible, here and below. */
NODISCARD Status intake_add(Intake *intake, const Document *document,
                            Error *error);

/* Adds a document from memory, see memory_source.h. */
NODISCARD Status intake_add_memory(Intake *intake, const Document *document,
                                   Error *error);

/* Adds all documents of the inputs except the files of the index itself. */
NODISCARD Status intake_read(Intake *intake, const CorpusOptions *options,
                             const char *const *inputs, size_t input_count,
                             Error *error);

/* Waits until all documents are inverted. */
NODISCARD Status intake_finish(Intake *intake, Error *error);

/* Reports where the mode that an index keeps allows more than its sources. */
void intake_warn_kept_mode(const Intake *intake);

void intake_report_progress(const Intake *intake, bool ended);

void intake_release(Intake *intake);

/* segment_set.c: writes the segments of an index.  With several segments, each
 * gets the same number of documents, to within 16 so that stored frames stay
 * whole; with fewer than 16 documents per segment, to within one. The average
 * length and with it bounds are of the whole index; the skip log is in the
 * first segment. */

/* Writes the files, and adds their names, segments and counts to the manifest,
 * after those that it has, and to the report. The manifest's arena holds the
 * names. At least one document was not dropped. */
NODISCARD Status write_segments(Intake *intake, Manifest *manifest,
                                BuildReport *report, Error *error);

#endif
