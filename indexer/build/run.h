/* run.h - sorted terms with their postings, as bytes in order.
 *
 * A run is the contents of one inverter: each term, in byte order, as a varint
 * of its size and its bytes, then its occurrences as numbers (varints):
 *
 *   2 * d + 1   the next document, d = docid - docid before (-1 at first)
 *   2 * p       the next position in it: the first as it is, later ones as
 *               differences
 *   1           no more of this term
 *
 * It is written while tokens come, so that no count (a tf, a df) needs to be
 * known beforehand. The frequency of a term in a document is the number of its
 * positions, which are all 0 in an index without positions.
 */
#ifndef QUERN_BUILD_RUN_H
#define QUERN_BUILD_RUN_H

#include "common/base/byte_reader.h"
#include "common/segment/postings/posting_batch.h"

enum { RUN_END = 1 };

/* Reads a run. Start with run_reader_init on a reader of its bytes. */
typedef struct RunReader {
    ByteReader *bytes; /* borrowed */
    bool has_positions;
    Buf term;       /* the current one */
    uint32_t docid; /* of the posting to be read next */
    bool ended;     /* the current term has no more postings */
} RunReader;

void run_reader_init(RunReader *reader, ByteReader *bytes, bool has_positions);
void run_reader_release(RunReader *reader);

/* Goes to the next term and its first posting; false at the end of the run.
 * All postings of the term before must have been read. */
bool run_reader_next_term(RunReader *reader);

/* Appends postings with docids below `limit` to the batch until it is full,
 * and adjusts docid and ended. */
void run_reader_take(RunReader *reader, uint64_t limit, PostingBatch *batch);

/* The other way: a run from batches, as when runs are merged into one. */
typedef struct RunWriter {
    Spool *spool; /* borrowed */
    uint32_t last_docid;
} RunWriter;

void run_writer_term(RunWriter *writer, Span term);
void run_writer_put(RunWriter *writer, const PostingBatch *batch,
                    bool has_positions);
void run_writer_end_term(RunWriter *writer);

#endif
