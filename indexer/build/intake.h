/* intake.h - reads all documents of a build and has them inverted.
 *
 * Afterwards there is everything that segments are made of: ids, lengths,
 * compressed text and sorted runs of postings.
 */
#ifndef QUERN_BUILD_INTAKE_H
#define QUERN_BUILD_INTAKE_H

#include "common/segment/documents/documents_writer.h"
#include "common/segment/manifest.h"
#include "indexer/build/build.h"
#include "indexer/build/id_table.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/pipeline.h"
#include "indexer/build/skip_count.h"
#include "indexer/build/source_modes.h"

typedef struct Intake {
    const BuildOptions *options; /* borrowed */
    const Analyzer *analyzer;    /* borrowed */
    const IndexFolder *folder;   /* borrowed */
    CorpusListener listener;
    Corpus *corpus;
    IdTable ids;
    Spool lengths; /* of each document: varint length, varint positions of
                      its title */
    StoredText stored;
    WorkerOptions worker;
    Pipeline *pipeline;
    SkipCount skips;
    SourceModes modes; /* of what was opened */
    uint64_t text_bytes;
} Intake;

/* Checks the inputs; reads nothing. Borrows everything. */
NODISCARD Status intake_open(const BuildOptions *options,
                             const Analyzer *analyzer, Intake *out,
                             Error *error);

/* Reads all documents except the files of the index itself; temporary files go
 * to its folder. */
NODISCARD Status intake_read(Intake *intake, const IndexFolder *folder,
                             Error *error);

void intake_release(Intake *intake);

/* segment_set.c: writes the segments of an index.  With several segments, each
 * gets the same number of documents, to within 16 so that stored frames stay
 * whole; with fewer than 16 documents per segment, to within one. The average
 * length and with it bounds are of the whole index; the skip log is in the
 * first segment. */

/* Writes the files, and adds their names, segments and counts to the manifest,
 * whose arena holds the names, and to the report. */
NODISCARD Status write_segments(Intake *intake, Manifest *manifest,
                                BuildReport *report, Error *error);

#endif
