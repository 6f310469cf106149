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

/* How many bytes of documents a dictionary is trained on: with fewer there is
 * none. */
enum { STORED_SAMPLE_BYTES = 4 << 20 };

/* The content of the first frames, until there is enough. Start with {0}. */
typedef struct StoredSample {
    Buf content;
    Buf sizes; /* size_t of each frame */
} StoredSample;

static inline bool stored_sample_is_enough(const StoredSample *sample)
{
    return sample->content.size >= STORED_SAMPLE_BYTES;
}

/* Adds the next frame, unless there is enough. */
void stored_sample_add(StoredSample *sample, Span frame);

/* Leaves *dictionary empty where there is not enough to train on, or where it
 * would save too little. */
NODISCARD Status stored_sample_train(const StoredSample *sample,
                                     Buf *dictionary, Error *error);
void stored_sample_release(StoredSample *sample);

/* One thread's packer of stored text; the dictionary (or {0}) is copied. */
NODISCARD Status stored_packer_new(Span dictionary, ZipPacker **out,
                                   Error *error);

#endif
