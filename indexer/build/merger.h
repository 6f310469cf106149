/* merger.h - many sorted runs read as one.
 *
 * Terms come in byte order, each once; its postings ascend by docid, whichever
 * runs they lie in. So what is read does not depend on how the documents were
 * dealt out to threads or when memory was full.
 */
#ifndef QUERN_BUILD_MERGER_H
#define QUERN_BUILD_MERGER_H

#include "indexer/build/docid_map.h"
#include "indexer/build/run.h"

typedef struct Merger Merger;

/* Borrows the byte readers, each of one run, until merger_free. */
NODISCARD Status merger_new(ByteReader *runs, size_t reader_count,
                            bool has_positions, Merger **out, Error *error);
void merger_free(Merger *merger);

/* From now on leaves out the postings of dropped documents, and gives the
 * others their new docids; borrowed until merger_free. */
void merger_drop(Merger *merger, const DocidMap *docid_map);

/* *term lives until the next call. All postings of the term before must have
 * been taken. */
NODISCARD Status merger_next_term(Merger *merger, Span *term, bool *found,
                                  Error *error);

/* The next postings that were read with docids below `limit`: a full batch,
 * or fewer if there are no more below it (count 0: none). */
NODISCARD Status merger_next_postings(Merger *merger, uint64_t limit,
                                      PostingBatch *out, Error *error);

#endif
