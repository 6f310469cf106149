/* corrections.h - what the counts of a segment lose with its removed documents.
 *
 * Found in one of two ways. For few documents their stored text is analysed
 * once more (correct_by_text): that costs as much as they are long. For many,
 * or without text, or if this program's analyzer makes other words of a text
 * than the one that made the index, all lists are read once
 * (correct_by_lists).
 */
#ifndef QUERN_UPDATE_CORRECTIONS_H
#define QUERN_UPDATE_CORRECTIONS_H

#include "common/segment/contents/contents.h"
#include "common/segment/removals/removals_writer.h"
#include "common/text/analyzer.h"
#include "indexer/update/removal_set.h"

/* Of a term or a pair; of a pair tf is 0. */
typedef struct Correction {
    uint32_t number, df;
    uint64_t tf;
} Correction;

/* Start with {0}. */
typedef struct Corrections {
    Buf terms, pairs; /* Corrections in ascending order of their numbers */
    uint32_t nonempty;
    uint64_t tokens;
} Corrections;

void corrections_release(Corrections *corrections);

static inline void correction_put(Buf *out, uint32_t number, uint32_t df,
                                  uint64_t tf)
{
    Correction correction = {number, df, tf};
    buf_put(out, &correction, sizeof correction);
}

/* The removed documents of one segment. */
typedef struct CorrectionJob {
    Segment *segment;
    const SegmentRemovals *removed;
    const Analyzer *analyzer;
    bool analyzer_agrees;     /* with the one that made the index */
    const Contents *contents; /* or NULL */
} CorrectionJob;

/* The corrections of the job's documents, whichever way. */
NODISCARD Status corrections_find(const CorrectionJob *job, Corrections *out,
                                  Error *error);

/* correct_by_text.c: *agrees is false if a list contradicts what was found in
 * a text; then `out` is not valid. */
NODISCARD Status correct_by_text(const CorrectionJob *job, Corrections *out,
                                 bool *agrees, Error *error);

/* correct_by_lists.c */
NODISCARD Status correct_by_lists(const CorrectionJob *job, Corrections *out,
                                  Error *error);

/* Writes the file of removed documents that replaces `old` (or NULL). */
NODISCARD Status corrections_write(const CorrectionJob *job,
                                   const Corrections *corrections,
                                   const Removals *old,
                                   const FolderHandle *folder,
                                   FileAccess access, Arena *arena,
                                   ManifestSegment *entry, Error *error);

#endif
