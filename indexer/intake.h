/* intake.h - reads all documents of a build and has them worked on.
 *
 * Afterwards everything is at hand that segments are made of: ids, lengths,
 * packed text and sorted runs of postings.
 */
#ifndef QUERN_INDEXER_INTAKE_H
#define QUERN_INDEXER_INTAKE_H

#include "common/base/progress.h"
#include "indexer/build.h"
#include "indexer/documents_writer.h"
#include "indexer/id_table.h"
#include "indexer/index_folder.h"
#include "indexer/losses.h"
#include "indexer/pipeline.h"
#include "indexer/source_modes.h"

typedef struct Intake {
    const BuildOptions *options; /* borrowed */
    const Analyzer *analyzer;    /* borrowed */
    const IndexFolder *folder;   /* borrowed */
    CorpusListener listener;
    Corpus *corpus;
    IdTable ids;
    Spool lengths; /* of each document: varint tokens, varint positions of
                      its title */
    StoredText stored;
    WorkerOptions worker;
    Pipeline *pipeline;
    Losses losses;
    SourceModes modes; /* of what was opened */
    uint64_t text_bytes;
    Progress progress;
} Intake;

/* All inputs are there; nothing is read. Borrows everything. */
NODISCARD Status intake_open(const BuildOptions *options,
                             const Analyzer *analyzer, Intake *out,
                             Error *error);

/* Reads all documents but the files of the index itself; spills go to its
 * folder. */
NODISCARD Status intake_read(Intake *intake, const IndexFolder *folder,
                             Error *error);

void intake_release(Intake *intake);

#endif
