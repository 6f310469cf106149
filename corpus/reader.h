/* reader.h - what each format's reader looks like; private to corpus/.
 *
 * A reader takes one source from its first byte to its last. It hands out
 * documents as they stand (corpus.c makes them clean UTF-8 and gives an id to
 * those without), tells of what it skips, and fails only where it cannot go on.
 */
#ifndef QUERN_CORPUS_READER_H
#define QUERN_CORPUS_READER_H

#include "corpus/corpus.h"

#include "common/base/buf.h"
#include "common/input/stream.h"

/* One file, or standard input, while it is read. */
typedef struct Source {
    const char *name; /* as given, or joined by the walk; borrowed */
    Stream *stream;
    const CorpusOptions *options;
    const CorpusListener *listener;
    Buf *announced; /* what was said last, of all sources */
    bool in_folder; /* found by walking a folder */
    uint64_t max_record_bytes;
} Source;

/* Tells the listener of a record left out. */
void source_skipped(const Source *source, uint64_t line, uint64_t offset,
                    const char *reason);

/* The same for one with more than max_record_bytes. */
void source_skipped_long(const Source *source, const StreamRecord *record);

/* Tells how the source is read, if that differs from what was said last. */
void source_announce(const Source *source, const char *what);

typedef struct ReaderKind {
    CorpusFormat format;
    NODISCARD Status (*open)(const Source *source, void **self, Error *error);
    /* *out is all zero on entry; an empty id stands for SOURCE:LINE. */
    NODISCARD Status (*next)(void *self, Document *out, bool *found,
                             Error *error);
    void (*close)(void *self); /* NULL is fine */
} ReaderKind;

extern const ReaderKind TEXT_FILE_READER, JSONL_READER, TSV_READER, CSV_READER,
    TREC_READER;

#endif
