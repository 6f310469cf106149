/* stored_writer.h - the text of documents, packed 16 at a time with zstd.
 *
 * Which documents share a frame depends on their docids alone, and the
 * dictionary on the first documents alone, so frames are the same for any
 * number of threads.
 */
#ifndef QUERN_DOCUMENTS_STORED_WRITER_H
#define QUERN_DOCUMENTS_STORED_WRITER_H

#include "common/base/buf.h"
#include "common/base/zip.h"

/* How many bytes of documents a dictionary is trained on. */
enum { STORED_SAMPLE_BYTES = 4 << 20 };

/* Trains on the content of frames, `sizes` of them one after the other in
 * `content`; leaves *dictionary empty where it saves too little. */
NODISCARD Status stored_train(Span content, const size_t *sizes, size_t count,
                              Buf *dictionary, Error *error);

/* One thread's packer of stored text; the dictionary (or {0}) is copied. */
NODISCARD Status stored_packer_new(Span dictionary, ZipPacker **out,
                                   Error *error);

#endif
