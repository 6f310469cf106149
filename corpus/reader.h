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
    bool *skipped;  /* set when a record is skipped */
    bool in_folder; /* found by walking a folder */
    uint64_t max_record_bytes;
} Source;

/* Tells a listener, where it wants to be told. */
NODISCARD Status listener_skipped(const CorpusListener *listener,
                                  const Place *place, const char *reason,
                                  Error *error);
NODISCARD Status listener_cut(const CorpusListener *listener,
                              const Place *place, const char *reason,
                              Error *error);

/* Why a folder is no input; NULL if it may be one. */
const char *listener_refuses(const CorpusListener *listener, const char *path);

/* Tells the listener of a record left out; what it returns. `reason` may be
 * the error's message. */
NODISCARD Status source_skipped(const Source *source,
                                const StreamRecord *record, const char *reason,
                                Error *error);

/* The same, where byte `at` of the record is what is wrong with it. */
NODISCARD Status source_skipped_at(const Source *source,
                                   const StreamRecord *record, size_t at,
                                   const char *reason, Error *error);

/* The same for one with more than max_record_bytes. */
NODISCARD Status source_skipped_long(const Source *source,
                                     const StreamRecord *record, Error *error);

/* The place of a record, or of the whole source. */
Place source_place(const Source *source, const StreamRecord *record);
Place source_whole(const Source *source);

/* Tells the listener of a document that comes, but not as it was. */
NODISCARD Status source_cut(const Source *source, const StreamRecord *record,
                            const char *reason, Error *error);

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
