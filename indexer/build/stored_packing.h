/* stored_packing.h - documents become frames of stored text: 16 by docid,
 * compressed with a dictionary of the first ones (FORMAT.md, stored).
 *
 * For documents that come one after the other as they are stored. A build packs
 * in its workers instead, by the same rules. One thread.
 */
#ifndef QUERN_BUILD_STORED_PACKING_H
#define QUERN_BUILD_STORED_PACKING_H

#include "common/segment/documents/documents_writer.h"
#include "common/segment/documents/stored_writer.h"

typedef struct StoredPacking {
    StoredText *out; /* borrowed: frames, sizes, dictionary */
    Buf content;     /* of the frame to come */
    uint32_t count;  /* its documents */
    StoredSample sample;
    ZipPacker *packer; /* NULL until the dictionary is known */
    Buf packed;        /* scratch */
} StoredPacking;

/* out->frames has been initialized; the rest is empty. */
void stored_packing_init(StoredPacking *packing, StoredText *out);
void stored_packing_release(StoredPacking *packing);

NODISCARD Status stored_packing_put(StoredPacking *packing, Span document,
                                    Error *error);

/* The next document begins a frame. */
NODISCARD Status stored_packing_end_frame(StoredPacking *packing, Error *error);

/* After the last document: ends its frame, and packs what was waiting for a
 * dictionary. */
NODISCARD Status stored_packing_finish(StoredPacking *packing, Error *error);

/* Whether frames that were packed with this dictionary, of 16 documents or of
 * the last, may be put as they are: no document is waiting, and the dictionary
 * is the same. */
bool stored_packing_takes(const StoredPacking *packing, Span dictionary);
NODISCARD Status stored_packing_put_frame(StoredPacking *packing, Span packed,
                                          Error *error);

/* Whether the content packs to these bytes here, as it does unless another
 * version of zstd packed it. */
NODISCARD Status stored_packing_agrees(StoredPacking *packing, Span content,
                                       Span packed, bool *agrees, Error *error);

#endif
