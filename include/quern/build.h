/* build.h - documents to an index.
 *
 * quern_builder_new claims a folder; then documents and paths are added in any
 * order; quern_builder_finish writes the index. Until that succeeds, an index
 * that was in the folder before is unchanged and can be searched. If anything
 * fails, or the builder is freed early, nothing else is left: no file, and no
 * folder that was made for it. What a process that was killed left is removed
 * by the next builder of the folder; segments of a first index without a
 * MANIFEST only with options->replace, as they may be of an index that lost it.
 *
 * The same documents and options give the same segments, byte for byte, whether
 * they come from memory or from files, and at any number of threads and amount
 * of memory.
 *
 * After a failure a builder can only be freed: every other function returns the
 * status and message of the first failure again. So a program may add
 * documents without looking at each status, and look at that of
 * quern_builder_finish. A bad document is no failure: it is skipped, counted,
 * reported and listed in the index, as a bad record of a file is, unless that
 * makes more than max_skipped.
 *
 * A builder is used by one thread at a time, not always the same one. It starts
 * threads of its own, in which all signals are blocked. Several builders may
 * work at once, in one process or several, each in a folder of its own. The
 * functions of a listener are called in the thread that called the builder, and
 * must not call the builder. A call from another thread or from the listener
 * while one is at work is QUERN_INVALID and has no effect.
 *
 * A process made by fork must not use the builder: every function returns
 * QUERN_INVALID there, and quern_builder_free does nothing. If the process that
 * made a builder ends without freeing it, the folder stays claimed until those
 * forked meanwhile have ended or called exec, too.
 *
 * Where a process may not write files of any size (RLIMIT_FSIZE), it should
 * ignore SIGXFSZ: then the builder fails with QUERN_IO.
 */
#ifndef QUERN_BUILD_H
#define QUERN_BUILD_H

#include <quern/analyzer.h>
#include <quern/stored.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- What a builder reports --- */

typedef enum quern_build_phase {
    QUERN_PHASE_READING = 0, /* until quern_builder_finish has all documents */
    QUERN_PHASE_WRITING = 1
} quern_build_phase;

/* Numbers never decrease, except the share. */
typedef struct quern_build_progress {
    quern_build_phase phase;
    uint64_t document_count; /* read so far */
    uint64_t text_bytes;     /* of their titles and texts */
    uint64_t term_count;     /* written so far; 0 while reading */
    double share;            /* read of the file that is being added, from 0 to
                                1; negative: unknown, not a file */
} quern_build_progress;

typedef enum quern_skip_kind {
    QUERN_SKIPPED = 0,  /* a record, file or document that was not indexed */
    QUERN_CHANGED = 1,  /* a document that was indexed with a change */
    QUERN_DUPLICATE = 2 /* a document that was dropped for another one with the
                           same id */
} quern_skip_kind;

typedef struct quern_skip {
    quern_skip_kind kind;
    quern_string source;   /* a path as it was given or found; "memory" for
                              quern_builder_add, "-" for standard input */
    uint64_t line, column; /* of the problem, from 1; 0: the whole source.
                              With "memory" the line is the number of the
                              document, from 1 */
    uint64_t offset;       /* of the record, in bytes of the unpacked source */
    quern_string reason;   /* "not a JSON object" */
    quern_advice advice;
} quern_skip;

/* Functions that get the reports; each may be NULL. All arguments are borrowed
 * during the call; strings are zero-terminated. A function must return: no
 * exception or longjmp may leave it. */
typedef struct quern_build_listener {
    size_t struct_size;
    void *self; /* the first argument of each */

    /* After every few hundred documents and terms, and at the end of each
     * phase. */
    void (*progress)(void *self, const quern_build_progress *progress);

    void (*skipped)(void *self, const quern_skip *skip);

    /* How a source is read, "jsonl: id = _id, text = title + text", when it
     * differs from the one before; or, with note->is_warning, something about
     * the index, which is then the source. */
    void (*noted)(void *self, quern_string source, const quern_note *note);

    /* Whether to stop: the builder fails with QUERN_CANCELLED. Asked when
     * progress is reported, and whenever something is skipped; not while one
     * large document is read, or while files are sorted and synced. */
    bool (*cancelled)(void *self);
} quern_build_listener;

#define QUERN_BUILD_LISTENER_INIT                                  \
    {                                                              \
        sizeof(quern_build_listener), NULL, NULL, NULL, NULL, NULL \
    }

/* --- A builder --- */

/* What becomes of a document whose id another one has already. */
typedef enum quern_on_duplicate {
    QUERN_DUPLICATE_FAILS = 0, /* QUERN_CONFLICT; the message names both */
    QUERN_KEEP_FIRST = 1,
    QUERN_KEEP_LAST = 2
} quern_on_duplicate;

/* Everything is copied by quern_builder_new. */
typedef struct quern_build_options {
    size_t struct_size;
    const quern_analyzer_options *analyzer; /* NULL: the default */
    float k1, b;       /* of BM25, k1 from 0 to 1,000, b from 0 to 1. Searches
                          may use others, but are fastest with these */
    bool replace;      /* an index in the folder; otherwise QUERN_CONFLICT */
    bool positions;    /* of words, for phrases and for words in titles */
    bool stored;       /* titles, texts and fields, for snippets */
    uint32_t segments; /* files that documents are divided among, from 1 to
                          1,024 */
    uint32_t threads;  /* at most 1,024; 0: one for each processor that the
                          process may use */
    uint64_t memory;   /* bytes, 1 MiB to 2^50; docs/limits.md says what comes
                          on top. 0: a quarter of the machine's */
    uint64_t max_document_bytes; /* documents and records with more bytes are
                                    skipped; from 1 to 1 GiB */
    uint64_t max_skipped;        /* the builder fails with QUERN_LIMIT when more
                                    documents and records are skipped */
    quern_on_duplicate on_duplicate;
    const quern_string *store_fields; /* names of fields to be stored: UTF-8
                                         without zero bytes, not empty, at most
                                         1,024 bytes, all different */
    size_t store_field_count;         /* at most 1,024; only with `stored` */
    const quern_build_listener *listener; /* NULL: none */
} quern_build_options;

#define QUERN_BUILD_OPTIONS_INIT                                             \
    {                                                                        \
        sizeof(quern_build_options), NULL, 0.9F, 0.4F, false, true, true, 1, \
            0, 0, UINT64_C(256) << 20, UINT64_MAX, QUERN_DUPLICATE_FAILS,    \
            NULL, 0, NULL                                                    \
    }

typedef struct quern_builder quern_builder;

/* Claims a folder for a new index and starts threads; *builder is owned by the
 * caller. The folder is a path, and made if it does not exist (its parent must
 * exist); a relative one is looked up now, so that the process may change its
 * current folder later.
 *
 * QUERN_CONFLICT if it has an index and options->replace is false, if another
 * builder or indexer is at work in it, or if it has files that are not of an
 * index. QUERN_INVALID for options out of range. The new index can be read by
 * every user that umask allows and that may read all sources; one that is
 * replaced keeps its mode. */
QUERN_API quern_status quern_builder_new(quern_string folder,
                                         const quern_build_options *options,
                                         quern_builder **builder,
                                         quern_error *error);

/* Ends the claim. Without a successful quern_builder_finish all that was added
 * is dropped. Does not call the listener. */
QUERN_API void quern_builder_free(quern_builder *builder);

/* A document in memory. */
typedef struct quern_document {
    size_t struct_size;
    quern_string id;    /* any bytes; unique in the index; without one the
                           document is skipped */
    quern_string title; /* may be empty, as may the text */
    quern_string text;
    const quern_stored_field *fields; /* of options->store_fields, each at most
                                         once */
    size_t field_count;
} quern_document;

#define QUERN_DOCUMENT_INIT                                              \
    {                                                                    \
        sizeof(quern_document), {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, 0 \
    }

/* Adds a document. What is needed of it is copied before this returns. Invalid
 * UTF-8 in title, text and fields becomes U+FFFD, which is reported as a
 * change; zero bytes are kept. A document with an empty id or more than
 * max_document_bytes is skipped.
 *
 * QUERN_INVALID for a field that is not in options->store_fields;
 * QUERN_CONFLICT for a duplicate id, if that fails; QUERN_LIMIT with more than
 * max_skipped documents skipped, or 2^32 - 4,096 added; QUERN_CANCELLED. What
 * fails in the threads meanwhile is reported by this or a later call. */
QUERN_API quern_status quern_builder_add(quern_builder *builder,
                                         const quern_document *document,
                                         quern_error *error);

/* --- Documents of files --- */

typedef enum quern_format {
    QUERN_FORMAT_DETECT = 0, /* from the content; in a folder each file is one
                                document. HTML and mail are skipped with a
                                reason: only the program indexer reads them */
    QUERN_FORMAT_TEXT = 1,   /* a file is one document, its path the id */
    QUERN_FORMAT_JSONL = 2,  /* an object on each line; also an array of objects
                                or one object */
    QUERN_FORMAT_TSV = 3,
    QUERN_FORMAT_CSV = 4,
    QUERN_FORMAT_TREC = 5,
    /* 6 and 7 are HTML and mail, which only the program indexer reads */
    QUERN_FORMAT_SMART = 8, /* .I .T .W: Cranfield, CACM */
    QUERN_FORMAT_WIKI = 9   /* <doc id title>: the output of WikiExtractor */
} quern_format;

/* Whether the first row of TSV or CSV is names of columns. */
typedef enum quern_header_row {
    QUERN_HEADER_DETECT = 0,
    QUERN_HEADER_YES = 1,
    QUERN_HEADER_NO = 2
} quern_header_row;

/* The title of a plain text file. */
typedef enum quern_title_from {
    QUERN_TITLE_NONE = 0,
    QUERN_TITLE_FILE_NAME = 1,
    QUERN_TITLE_FIRST_LINE = 2
} quern_title_from;

/* How files are read. Strings have no zero bytes and are borrowed during the
 * call. */
typedef struct quern_reader_options {
    size_t struct_size;
    quern_format format;
    /* Keys of JSON, columns of TSV and CSV, tags of TREC; empty: the usual
     * names are recognized. */
    quern_string id_field, title_field, text_field;
    quern_string columns; /* "id,text": names of the columns of TSV and CSV;
                             empty: detect */
    quern_header_row header;
    quern_title_from title_from;
    bool hidden;               /* also hidden files and folders in a folder */
    uint64_t max_file_bytes;   /* larger files of a folder are left out; 0: none
                                  is */
    quern_string exclude;      /* left out of a folder: patterns, each as a line
                                  of a .gitignore in that folder */
    quern_string git_excludes; /* path of the user's own file of patterns for
                                  all git repositories (core.excludesFile) */
    bool follow;               /* also what links in a folder lead to */
    bool no_ignore; /* also what .ignore and, in a git repository, .gitignore,
                       .git/info/exclude and git_excludes leave out */
} quern_reader_options;

#define QUERN_READER_OPTIONS_INIT                                          \
    {                                                                      \
        sizeof(quern_reader_options), QUERN_FORMAT_DETECT, {NULL, 0},      \
            {NULL, 0}, {NULL, 0}, {NULL, 0}, QUERN_HEADER_DETECT,          \
            QUERN_TITLE_NONE, false, 0, {NULL, 0}, {NULL, 0}, false, false \
    }

/* Adds the documents of a file or of all files in a folder, compressed with
 * gzip or zstd or not; "-" is standard input. The path has no zero bytes; a
 * relative one is looked up now. Bad records, and files of a folder that
 * cannot be read, are skipped and reported; a file that is damaged, or cannot
 * be read to its end, is read as far as possible, and its rest skipped and
 * reported. The index that is built is not indexed itself if it is in the
 * folder, nor is .git.
 *
 * QUERN_IO if the path does not exist or may not be read;
 * QUERN_INVALID if it is an index, if no record has a text, or for options that
 * are unknown or of no use for it; otherwise as quern_builder_add. */
QUERN_API quern_status
quern_builder_add_path(quern_builder *builder, quern_string path,
                       const quern_reader_options *options, quern_error *error);

/* --- The end --- */

typedef struct quern_build_report {
    uint64_t document_count;
    uint64_t nonempty_count; /* documents with at least one term */
    uint64_t token_count;    /* of all documents */
    uint64_t term_count;     /* different terms */
    uint64_t skipped_count, changed_count, duplicate_count;
    uint64_t text_bytes;  /* of titles and texts, uncompressed */
    uint64_t index_bytes; /* of the segments and their .contents files */
    uint32_t segment_count;
    uint32_t threads; /* that were at work, this one included */
    uint64_t memory;  /* that was to be used, bytes */
    double seconds;   /* since quern_builder_new */
} quern_build_report;

/* Writes the index and puts it in place; when this returns QUERN_OK, it is
 * durable. *report is borrowed until quern_builder_free; `report` may be NULL.
 * Afterwards the builder can only be freed.
 *
 * QUERN_INVALID if there is no document; QUERN_IO if the index cannot be
 * written, for example because the disk is full. If only the last step failed,
 * the message says that the new index is in place, but may be lost if the
 * machine fails now. */
QUERN_API quern_status quern_builder_finish(quern_builder *builder,
                                            const quern_build_report **report,
                                            quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
