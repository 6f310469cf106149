/* manifest.h - which segments are live, and how the index was made.
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

typedef struct ManifestSegment {
    const char *name; /* of the file */
    uint64_t documents;
    uint64_t bytes;
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
    uint64_t document_count, nonempty_count, token_count;
    const char **sources;
    size_t source_count;
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

/* Its text, including the checksum. */
void manifest_format(const Manifest *manifest, Buf *out);

/* Parses what manifest_format wrote; `name` is for messages. */
NODISCARD Status manifest_parse(Span text, const char *name, Manifest *out,
                                Error *error);

#endif
