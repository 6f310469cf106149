/* reader.h - what each format's reader looks like; for corpus/ and readers/.
 *
 * A reader takes one source from its first byte to its last. It hands out
 * documents as they are (corpus.c makes them clean UTF-8 and gives an id to
 * those without), reports what it skips, and fails only where it cannot go on.
 */
#ifndef QUERN_CORPUS_READER_H
#define QUERN_CORPUS_READER_H

#include "corpus/corpus.h"

#include "common/base/buf.h"
#include "common/base/compiler.h"
#include "common/input/stream.h"

/* One file, or standard input, while it is read. */
typedef struct Source {
    const char *name; /* as given, or joined by the walk; borrowed */
    CorpusFormat format;
    Stream *stream;
    const CorpusOptions *options;
    const CorpusListener *listener;
    Buf *announced;     /* the last report of all sources */
    bool *skipped;      /* set when a record is skipped */
    bool *misses_field; /* set when the error is about a field that no record
                           has */
    uint64_t *unread;   /* attachments, of all sources */
    bool in_folder;     /* found by walking a folder */
    uint64_t max_record_bytes;
} Source;

/* Report to a listener, if it wants the report. */
NODISCARD Status listener_skipped(const CorpusListener *listener,
                                  const Place *place, const char *reason,
                                  Advice advice, Error *error);
NODISCARD Status listener_changed(const CorpusListener *listener,
                                  const Place *place, const char *reason,
                                  Advice advice, Error *error);
void listener_note(const CorpusListener *listener, const char *source,
                   const char *what, Advice advice);

/* Why a folder cannot be an input; NULL if it can. */
const char *listener_refuses(const CorpusListener *listener, const char *path);

/* Reports a record left out; returns what the listener returns. `reason` may be
 * the error's message. */
NODISCARD Status source_skipped(const Source *source,
                                const StreamRecord *record, const char *reason,
                                Error *error);

/* The same with what would help. */
NODISCARD Status source_skipped_advising(const Source *source,
                                         const StreamRecord *record,
                                         const char *reason, Advice advice,
                                         Error *error);

/* The same, where byte `at` of the record is wrong. */
NODISCARD Status source_skipped_at(const Source *source,
                                   const StreamRecord *record, size_t at,
                                   const char *reason, Error *error);

/* The same for one with more than max_record_bytes. */
NODISCARD Status source_skipped_large(const Source *source,
                                      const StreamRecord *record, Error *error);

/* The place of a record, or of the whole source. */
Place source_place(const Source *source, const StreamRecord *record);
Place source_whole(const Source *source);

/* Reports a document that is not as it was in its source. */
NODISCARD Status source_changed(const Source *source,
                                const StreamRecord *record, const char *reason,
                                Error *error);

/* Reports how the source is read, if that differs from the last report. */
void source_announce(const Source *source, const char *what, Advice advice);

/* source_encoding.c: how the bytes of a source become UTF-8. First this, before
 * the format is detected; not for mail, whose parts have encodings. */
NODISCARD Status source_begin_encoding(const Source *source, Error *error);

/* Then this, with the beginning of the text: what is not UTF-8 may be
 * converted, and must then be looked at again. Readers of whole documents call
 * it with all of the text, for other formats corpus.c does. */
NODISCARD Status source_settle_encoding(const Source *source, Span text,
                                        bool is_whole, Error *error);

typedef struct ReaderKind {
    CorpusFormat format;
    NODISCARD Status (*open)(const Source *source, void **self, Error *error);
    /* *out is all zero on entry; an empty id means SOURCE:LINE. */
    NODISCARD Status (*next)(void *self, Document *out, bool *found,
                             Error *error);
    void (*close)(void *self); /* NULL is fine */
} ReaderKind;

extern HIDDEN const ReaderKind TEXT_FILE_READER, JSONL_READER, TSV_READER,
    CSV_READER, TREC_READER, SMART_READER, WIKI_READER;

/* text_file.c: whether the bytes at the beginning of a source are of a kind
 * that is skipped, unless the options ask for text. */
bool text_file_is_binary(Span start);

/* Takes the place of a reader that is not there: skips the source and reports
 * what would read it. */
extern HIDDEN const ReaderKind ABSENT_READER;

/* A format that is read with a library which not every user of the corpus
 * needs. */
typedef struct ExtraReader {
    CorpusFormat format;
    const ReaderKind *kind; /* NULL: built without the library */
    const char *package;    /* Debian's name of the library */
} ExtraReader;

/* What a program adds to the corpus; libquern has none of it. */
struct CorpusExtras {
    const ExtraReader *readers;
    size_t reader_count;
    /* The likely encoding of bytes that are not UTF-8, a static label that
     * encoding_find knows, or NULL; NULL itself if there is no such library. */
    const char *(*guess_encoding)(Span bytes);
};

/* format_detect.c: the format of a source by its first bytes. */

enum { DETECT_PEEK_BYTES = 64 * 1024 };

/* `start` is the beginning of the source, the whole of it if it is shorter
 * than DETECT_PEEK_BYTES; the name's ending decides only between texts and
 * tables. A source that is one document (`whole`) is never read as a table, so
 * only its name is looked at: its bytes would take longer than all the rest.
 * Never CORPUS_DETECT. */
CorpusFormat format_detect(Span start, const char *name, bool whole,
                           const CorpusOptions *options);

/* Whether an object, or a list of objects, begins. */
bool format_looks_like_json(Span start);

/* smart.c: whether a document begins, .I with its id, and a section of it. */
bool smart_begins(Span start);

#endif
