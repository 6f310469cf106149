/* corpus.h - inputs of any kind to documents, one at a time, in order.
 *
 * Inputs are taken in the order of the arguments; a folder is walked in the
 * byte order of names. Formats are detected from the content and reported. A
 * bad record is skipped: the listener gets its place and the reason, and
 * reading goes on. One thread at a time.
 */
#ifndef QUERN_CORPUS_CORPUS_H
#define QUERN_CORPUS_CORPUS_H

#include "corpus/document.h"
#include "corpus/left_out.h"

#include "common/base/status.h"
#include "common/input/encoding.h"

#include <stdbool.h>
#include <sys/stat.h>

typedef enum CorpusFormat {
    CORPUS_DETECT,
    CORPUS_TEXT,  /* a file is a document; files of folders, if not forced */
    CORPUS_JSONL, /* also a JSON array or one object */
    CORPUS_TSV,
    CORPUS_CSV,
    CORPUS_TREC,
    CORPUS_HTML, /* a file is a document, in folders too; read by extras */
    CORPUS_MAIL  /* a message is a document; likewise */
} CorpusFormat;

typedef enum TitleFrom { TITLE_NONE, TITLE_NAME, TITLE_FIRST_LINE } TitleFrom;
typedef enum HeaderRow { HEADER_DETECT, HEADER_YES, HEADER_NO } HeaderRow;

/* Readers that need libraries of their own (corpus/reader.h). */
typedef struct CorpusExtras CorpusExtras;

typedef struct CorpusOptions {
    CorpusFormat format;
    const char *id_field, *title_field, *text_field; /* NULL: detect */
    const char *const *store_fields;
    size_t store_field_count;
    const char *columns; /* "id,text": names of TSV and CSV columns, or NULL */
    HeaderRow header;
    TitleFrom title_from;       /* of plain text files */
    uint64_t max_record_bytes;  /* larger records are skipped */
    const Encoding *encoding;   /* of all text except mail; NULL: detect */
    const CorpusExtras *extras; /* borrowed; NULL: none */
    /* What of folders is taken; none of it holds for inputs that are files. */
    bool hidden;    /* hidden entries too */
    bool follow;    /* what links lead to, too */
    bool no_ignore; /* what .gitignore, .ignore and the like leave out, too */
    const char *const *excludes; /* left out: each as a line of a .gitignore in
                                    the folder that is the input */
    size_t exclude_count;
    const char *git_excludes; /* the user's own file of patterns for all
                                 repositories (core.excludesFile), or NULL */
    uint64_t max_file_bytes;  /* larger files are left out; 0: none */
} CorpusOptions;

/* Fields of records that may be id, title and text, by their names and sizes;
 * NULL: none, or named by the options. Borrowed during the call. */
typedef struct FieldSuggestion {
    const char *id, *title, *text;
} FieldSuggestion;

/* Gets reports while reading, in the thread that reads. Each function may be
 * NULL. */
typedef struct CorpusListener {
    void *self;
    /* A record or file left out; reason is a phrase, "not a JSON object". Not
     * OK ends the reading. */
    Status (*skipped)(void *self, const Place *place, const char *reason,
                      Advice advice, Error *error);
    /* A document that is not as it was in its source: something is missing or
     * replaced. */
    Status (*changed)(void *self, const Place *place, const char *reason,
                      Advice advice, Error *error);
    /* "jsonl: id = _id, text = title + text", once per source that differs. */
    void (*detected)(void *self, const char *source, const char *what,
                     Advice advice);
    /* Comes before an error about records without a text field. */
    void (*suggested)(void *self, const FieldSuggestion *fields);
    /* Why a folder cannot be an input, "an index, not text"; NULL if it can. */
    const char *(*refuses)(void *self, const char *folder);
    /* A source that is now read: facts are of the open file, pipe or device. */
    void (*opened)(void *self, const char *source, const struct stat *facts);
} CorpusListener;

typedef struct Corpus Corpus;

/* Checks that the inputs exist, can be read and are not refused; reads nothing
 * yet. Borrows all arguments until corpus_close. ERR_USAGE and ERR_IO name the
 * input. */
NODISCARD Status corpus_open(const CorpusOptions *options,
                             const char *const *inputs, size_t input_count,
                             const CorpusListener *listener, Corpus **out,
                             Error *error);

/* The next document; *found false after the last. An error ends the reading: a
 * bad record, a file that cannot be read or ends early (a truncated .gz) is
 * none, but skipped. */
NODISCARD Status corpus_next(Corpus *corpus, Document *out, bool *found,
                             Error *error);

/* Bytes read so far of the sources as they are on disk (compressed), and how
 * many there are in all or 0 if unknown (standard input, folders), for
 * progress. */
void corpus_progress(const Corpus *corpus, uint64_t *read_bytes,
                     uint64_t *total_bytes);

/* What walks of folders left out so far. */
LeftOut corpus_left_out(const Corpus *corpus);

void corpus_close(Corpus *corpus);

#endif
