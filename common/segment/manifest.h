/* manifest.h - the segments of an index, and how it was made.
 *
 * Human-readable text whose last line is a checksum (FORMAT.md). The manifest
 * owns its strings.
 */
#ifndef QUERN_SEGMENT_MANIFEST_H
#define QUERN_SEGMENT_MANIFEST_H

#include "common/base/arena.h"
#include "common/base/folder.h"
#include "common/segment/format.h"
#include "common/text/analyzer.h"

/* A file of the index that is not a segment. */
typedef struct ManifestFile {
    const char *name; /* NULL: there is none */
    uint64_t bytes;
} ManifestFile;

typedef struct ManifestSegment {
    const char *name;   /* of the file */
    uint64_t documents; /* in the file, removed ones included */
    uint64_t bytes;
    ManifestFile removed; /* which documents are removed, if any are */
    uint64_t removed_documents;
    ManifestFile contents; /* hashes of the documents, without stored text */
} ManifestSegment;

/* What of folders was read, as far as it differs from the default. */
typedef struct ManifestFolders {
    const char **excludes; /* patterns of what was left out */
    size_t exclude_count;
    bool hidden, follow, no_ignore;
    uint64_t max_file_bytes; /* 0: none */
} ManifestFolders;

typedef struct Manifest {
    uint64_t generation;
    const char *created; /* UTC, ISO 8601 */
    const char *version; /* of the program that wrote it */
    AnalyzerOptions analyzer;
    uint64_t rules; /* analyzer_rules at indexing */
    const char *data_versions;
    uint64_t probe; /* analyzer_probe at indexing */
    float k1, b;
    bool has_positions, has_stored;
    ManifestFolders folders;
    uint32_t pairs_min_df; /* D as asked for: PAIRS_AUTO, PAIRS_NONE or a df */
    const char **fields;   /* stored ones, if there are no segments */
    size_t field_count;
    uint64_t document_count, nonempty_count, token_count; /* live ones */
    const char **sources;
    size_t source_count;
    ManifestFile history; /* of the publications */
    uint64_t skipped_count;
    ManifestSegment *segments;
    size_t segment_count;
    Arena arena; /* holds the strings and arrays after manifest_read */
} Manifest;

/* Reads FOLDER/MANIFEST. ERR_IO if it does not exist, ERR_CORRUPT and
 * ERR_UNSUPPORTED name the line. */
NODISCARD Status manifest_read(const char *folder, Manifest *out, Error *error);
NODISCARD Status manifest_read_in(const FolderHandle *folder, Manifest *out,
                                  Error *error);
void manifest_release(Manifest *manifest);

/* A copy that owns everything. */
NODISCARD Status manifest_copy(const Manifest *manifest, Manifest *out,
                               Error *error);

/* Its text, including the checksum. */
void manifest_format(const Manifest *manifest, Buf *out);

/* Parses what manifest_format wrote; `name` is for messages. */
NODISCARD Status manifest_parse(Span text, const char *name, Manifest *out,
                                Error *error);

#endif
