/* index.c - an index folder opened for reading: its segments as one.
 *
 * Without a lock: a writer never changes a file, it replaces MANIFEST and
 * then removes files that it no longer lists. If a listed file is gone, the
 * manifest that was read is old, and there is a newer one.
 */
#include "common/segment/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* How often a reader starts again because a writer replaced the index. */
enum { MAX_TRIES = 10 };

static void close_segments(Index *index)
{
    for (size_t i = 0; i < index->manifest.segment_count && index->segments;
         i++) {
        segment_close(index->segments[i]);
    }
    for (size_t i = 0; i < index->manifest.segment_count && index->removals;
         i++) {
        removals_close(index->removals[i]);
    }
    free(index->segments);
    free(index->removals);
    free(index->first_docids);
    index->segments = NULL;
    index->removals = NULL;
    index->first_docids = NULL;
    manifest_release(&index->manifest);
}

void index_close(Index *index)
{
    if (!index) return;
    close_segments(index);
    analyzer_free(index->analyzer);
    free(index->folder);
    free(index);
}

/* An index that is opened, next to one that was opened before. */
typedef struct Opening {
    const FolderHandle *folder;
    const Index *before; /* NULL: none */
    bool gone;           /* a file that is listed has been removed */
} Opening;

/* The segment of `before` with this name; NULL if it has none. */
static Segment *find_segment(const Index *before, const char *name)
{
    for (size_t i = 0; before && i < before->manifest.segment_count; i++) {
        if (!strcmp(before->manifest.segments[i].name, name))
            return before->segments[i];
    }
    return NULL;
}

static Removals *find_removals(const Index *before, const char *name)
{
    for (size_t i = 0; before && i < before->manifest.segment_count; i++) {
        const char *own = before->manifest.segments[i].removed.name;
        if (own && !strcmp(own, name)) return before->removals[i];
    }
    return NULL;
}

/* Opens segment `number`, or shares it with the index before. */
static Status open_segment(Index *index, Opening *opening, size_t number,
                           Error *error)
{
    const ManifestSegment *entry = &index->manifest.segments[number];
    const FolderHandle *folder = opening->folder;
    Segment *shared = find_segment(opening->before, entry->name);
    if (shared) index->segments[number] = segment_share(shared);
    Status status = shared ? OK
                           : segment_open_in(folder, entry->name,
                                             &index->segments[number], error);
    opening->gone = status == ERR_IO && !folder_has(folder, entry->name);
    if (status == OK) {
        const Segment *segment = index->segments[number];
        if (segment->document_count != entry->documents ||
            segment->file.bytes.size != entry->bytes ||
            segment_has(segment, SECTION_POSITIONS) !=
                index->manifest.has_positions ||
            segment_has(segment, SECTION_STORED) !=
                index->manifest.has_stored) {
            status = fail(error, ERR_CORRUPT,
                          "%s: does not match its entry in MANIFEST",
                          segment->path);
        }
    }
    return status;
}

/* The same of what is removed from it, if anything is. */
static Status open_removals(Index *index, Opening *opening, size_t number,
                            Error *error)
{
    const ManifestSegment *entry = &index->manifest.segments[number];
    const FolderHandle *folder = opening->folder;
    if (!entry->removed.name) return OK;
    Removals *shared = find_removals(opening->before, entry->removed.name);
    if (shared) index->removals[number] = removals_share(shared);
    Status status = shared ? OK
                           : removals_open_in(folder, entry->removed.name,
                                              index->segments[number],
                                              &index->removals[number], error);
    opening->gone = status == ERR_IO &&
                    !folder_has(folder, entry->removed.name);
    if (status != OK) return status;
    const Removals *removals = index->removals[number];
    if (removals->removed_count == entry->removed_documents &&
        removals->file.bytes.size == entry->removed.bytes) {
        return OK;
    }
    return fail(error, ERR_CORRUPT, "%s: does not match its entry in MANIFEST",
                removals->path);
}

/* The sums of the live documents of the segments are the manifest's. */
static Status check_totals(const Index *index, Error *error)
{
    uint64_t documents = 0, nonempty = 0, tokens = 0;
    bool overflow = false;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        const Segment *segment = index->segments[i];
        const Removals *removals = index->removals[i];
        uint64_t live_tokens = segment->token_count;
        documents += removals_live_count(removals, segment);
        nonempty += segment->nonempty_count;
        if (removals) {
            nonempty -= removals->removed_nonempty;
            live_tokens -= removals->removed_tokens;
        }
        overflow |= __builtin_add_overflow(tokens, live_tokens, &tokens);
    }
    if (!overflow && documents == index->manifest.document_count &&
        nonempty == index->manifest.nonempty_count &&
        tokens == index->manifest.token_count) {
        return OK;
    }
    return fail(error, ERR_CORRUPT,
                "%s/MANIFEST: its counts differ from those of its segments",
                index->folder);
}

static Status open_segments(Index *index, Opening *opening, Error *error)
{
    size_t count = index->manifest.segment_count;
    index->segments = calloc(count + 1, sizeof(Segment *));
    index->removals = calloc(count + 1, sizeof(Removals *));
    index->first_docids = calloc(count + 1, sizeof(uint64_t));
    if (!index->segments || !index->removals || !index->first_docids) {
        return fail_memory(error, "opening an index");
    }
    for (size_t i = 0; i < count; i++) {
        Status status = open_segment(index, opening, i, error);
        if (status == OK) status = open_removals(index, opening, i, error);
        if (status != OK) return status;
        index->first_docids[i + 1] = index->first_docids[i] +
                                     index->segments[i]->document_count;
    }
    return check_totals(index, error);
}

static ManifestStamp stamp_of(const char *folder)
{
    struct stat facts;
    Buf path = {0};
    buf_printf(&path, "%s/MANIFEST", folder);
    const char *text = buf_text(&path);
    bool there = text && !stat(text, &facts);
    buf_release(&path);
    return there ? (ManifestStamp){facts.st_dev, facts.st_ino, facts.st_size,
                                   facts.st_mtim}
                 : (ManifestStamp){0};
}

/* Manifest and segments; again if a writer replaced them meanwhile. */
static Status open_content(Index *index, Opening *opening, Error *error)
{
    const FolderHandle *folder = opening->folder;
    for (int tries = 1;; tries++) {
        uint64_t before = index->manifest.generation;
        opening->gone = false;
        close_segments(index);
        index->stamp = stamp_of(index->folder); /* or of an older one */
        Status status = manifest_read_in(folder, &index->manifest, error);
        if (status != OK) return status;
        if (tries > 1 && index->manifest.generation == before) {
            return fail(error, ERR_CORRUPT,
                        "%s: a file listed in MANIFEST is missing; index again",
                        index->folder);
        }
        status = open_segments(index, opening, error);
        if (!opening->gone || tries == MAX_TRIES) return status;
    }
}

static Status make_analyzer(Index *index, Error *error)
{
    Status status = analyzer_new(&index->manifest.analyzer, &index->analyzer,
                                 error);
    if (status != OK) return status;
    uint64_t probe;
    status = analyzer_probe(index->analyzer, &probe, error);
    index->rules_differ = index->manifest.rules !=
                          analyzer_rules(index->analyzer);
    index->analyzer_differs = !index->rules_differ &&
                              probe != index->manifest.probe;
    return status;
}

static bool begins_with(int fd, Span start)
{
    uint8_t bytes[16];
    ssize_t size = read(fd, bytes, start.size);
    return size == (ssize_t)start.size &&
           span_equal(span_of(bytes, start.size), start);
}

/* Whether there is a MANIFEST, beginning with these few bytes. */
static Status find_manifest(const char *folder, Span start, bool *found,
                            Error *error)
{
    *found = false;
    Buf path = {0};
    buf_printf(&path, "%s/MANIFEST", folder);
    const char *text = buf_text(&path);
    if (!text) return fail_memory(error, "opening an index");
    Status status = OK;
    int fd = open(text, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd >= 0) {
        *found = begins_with(fd, start);
        close(fd);
    } else if (errno == ELOOP) {
        FolderHandle handle = {.fd = -1, .path = folder};
        status = folder_fail_link(&handle, "MANIFEST", error);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        status = fail_errno(error, "cannot open '%s'", text);
    }
    buf_release(&path);
    return status;
}

Status index_find(const char *folder, bool *found, Error *error)
{
    return find_manifest(folder, (Span){0}, found, error);
}

static Status open_index(Index *index, const char *folder, const Index *before,
                         Error *error)
{
    index->folder = strdup(folder);
    if (!index->folder) return fail_memory(error, "opening an index");
    bool found;
    Status status = index_find(folder, &found, error);
    if (status != OK) return status;
    if (!found) {
        return fail(error, ERR_IO,
                    "no index at '%s': make one with 'indexer', or name "
                    "another",
                    folder);
    }
    FolderHandle handle;
    status = folder_open(folder, true, &handle, error);
    Opening opening = {.folder = &handle, .before = before};
    if (status == OK) status = open_content(index, &opening, error);
    folder_close(&handle);
    return status == OK ? make_analyzer(index, error) : status;
}

/* `before` is NULL or an older state of the same folder. */
static Status open_after(const Index *before, const char *folder, Index **out,
                         Error *error)
{
    *out = NULL;
    Index *index = calloc(1, sizeof *index);
    if (!index) return fail_memory(error, "opening an index");
    Status status = open_index(index, folder, before, error);
    if (status == OK) {
        *out = index;
    } else {
        index_close(index);
    }
    return status;
}

Status index_open(const char *folder, Index **out, Error *error)
{
    return open_after(NULL, folder, out, error);
}

bool index_has_news(const Index *index)
{
    ManifestStamp now = stamp_of(index->folder), then = index->stamp;
    return now.inode != then.inode || now.device != then.device ||
           now.size != then.size ||
           now.modified.tv_sec != then.modified.tv_sec ||
           now.modified.tv_nsec != then.modified.tv_nsec;
}

Status index_refresh(const Index *index, Index **out, Error *error)
{
    *out = NULL;
    if (!index_has_news(index)) return OK;
    return open_after(index, index->folder, out, error);
}

static Status open_draft(Index *index, const FolderHandle *folder, Error *error)
{
    Opening opening = {.folder = folder};
    index->folder = strdup(folder->path);
    if (!index->folder) return fail_memory(error, "opening an index");
    Status status = open_segments(index, &opening, error);
    return status == OK ? make_analyzer(index, error) : status;
}

Status index_open_draft(const FolderHandle *folder, Manifest *manifest,
                        Index **out, Error *error)
{
    *out = NULL;
    Index *index = calloc(1, sizeof *index);
    if (!index) {
        manifest_release(manifest);
        return fail_memory(error, "opening an index");
    }
    index->manifest = *manifest;
    *manifest = (Manifest){0};
    Status status = open_draft(index, folder, error);
    if (status == OK) {
        *out = index;
    } else {
        index_close(index);
    }
    return status;
}

bool index_is_there(const char *folder)
{
    bool found;
    Error ignored;
    Status status = find_manifest(folder, span_text("quern "), &found,
                                  &ignored);
    return status == OK && found;
}

Segment *index_locate(const Index *index, uint64_t global, uint32_t *docid,
                      size_t *segment_index)
{
    size_t low = 0, high = index->manifest.segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (index->first_docids[middle] <= global) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *docid = (uint32_t)(global - index->first_docids[low]);
    *segment_index = low;
    return index->segments[low];
}

bool index_has_removals(const Index *index)
{
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (index->removals[i]) return true;
    }
    return false;
}

Status index_hash(const Index *index, Hash128 *out, Error *error)
{
    Buf names = {0};
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        const ManifestSegment *segment = &index->manifest.segments[i];
        buf_printf(&names, "%s\n", segment->name);
        if (segment->removed.name)
            buf_printf(&names, "%s\n", segment->removed.name);
    }
    *out = hash128_bytes(names.data, names.size);
    Status status = buf_check(&names, "hashing the names of segments", error);
    buf_release(&names);
    return status;
}
