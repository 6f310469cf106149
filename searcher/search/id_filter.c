/* id_filter.c - limits a search to documents whose ids match globs.
 *
 * fnmatch(3) matches a glob against as many consecutive components of the id as
 * the glob has; which ones is decided here.
 */
#include "searcher/search/id_filter.h"

#include "common/base/arena.h"
#include "common/segment/documents/documents.h"

#include <fnmatch.h>
#include <stdlib.h>

enum { PADDING_BITS = 8 * 64 };

typedef struct Glob {
    const char *text; /* without the marks that the flags record */
    size_t slashes;   /* in text */
    bool excludes, from_start, folder;
} Glob;

struct IdFilter {
    Arena arena;
    Glob *globs;
    size_t glob_count;
    bool has_includes; /* some glob has no `!` */
    uint64_t **bits;   /* a segment each */
    uint64_t count;
};

static bool take_start(const char **text, const char *start)
{
    size_t size = strlen(start);
    if (strncmp(*text, start, size) != 0) return false;
    *text += size;
    return true;
}

/* Removes an ending, repeatedly; whether there was one. */
static bool drop_end(char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    bool dropped = false;
    while (size >= end_size && !strcmp(text + size - end_size, end)) {
        size -= end_size;
        text[size] = '\0';
        dropped = true;
    }
    return dropped;
}

static Status read_glob(const char *given, Arena *arena, Glob *out,
                        Error *error)
{
    const char *text = given;
    Glob glob = {.excludes = take_start(&text, "!")};
    glob.from_start = take_start(&text, "./");
    while (take_start(&text, "/")) glob.from_start = true;
    while (!glob.from_start && take_start(&text, "**/")) continue;
    char *kept = arena_alloc(arena, strlen(text) + 1);
    if (!kept) return fail_memory(error, "reading a glob");
    memcpy(kept, text, strlen(text) + 1);
    glob.folder = drop_end(kept, "/**");
    glob.folder |= drop_end(kept, "/");
    if (!*kept)
        return fail(error, ERR_USAGE,
                    "-g '%s': the glob matches no id; write it like '*.md', "
                    "'folder/' or '!drafts'",
                    given);
    for (const char *at = kept; (at = strchr(at, '/')); at++) glob.slashes++;
    glob.text = kept;
    *out = glob;
    return OK;
}

/* The end of as many components of the id as the glob has; NULL if there are
 * fewer. */
static char *components_end(char *id, const Glob *glob)
{
    char *end = strchr(id, '/');
    for (size_t i = 0; i < glob->slashes; i++) {
        if (!end) return NULL;
        end = strchr(end + 1, '/');
    }
    if (end) return end;
    return glob->folder ? NULL : id + strlen(id);
}

static bool fits_here(const Glob *glob, char *id)
{
    char *end = components_end(id, glob);
    if (!end) return false;
    char after = *end;
    *end = '\0';
    bool fits = fnmatch(glob->text, id, FNM_PATHNAME) == 0;
    *end = after;
    return fits;
}

static bool fits_glob(const Glob *glob, char *id)
{
    if (!strncmp(id, "./", 2)) id += 2;
    while (*id == '/') id++;
    for (;;) {
        if (fits_here(glob, id)) return true;
        id = glob->from_start ? NULL : strchr(id, '/');
        if (!id) return false;
        id++;
    }
}

static bool fits(const IdFilter *filter, char *id)
{
    bool wanted = !filter->has_includes;
    for (size_t i = 0; i < filter->glob_count; i++) {
        const Glob *glob = &filter->globs[i];
        if (!glob->excludes && wanted) continue;
        if (!fits_glob(glob, id)) continue;
        if (glob->excludes) return false;
        wanted = true;
    }
    return wanted;
}

static Status read_ids(IdFilter *filter, Segment *segment, uint64_t *bits,
                       Error *error)
{
    Buf id = {0};
    Status status = OK;
    for (uint32_t docid = 0; docid < segment->document_count; docid++) {
        buf_clear(&id);
        status = document_id(segment, docid, &id, error);
        if (status == OK && !buf_text(&id))
            status = fail_memory(error, "reading ids");
        if (status != OK) break;
        if (!fits(filter, (char *)id.data)) continue;
        bits[docid / 64] |= 1ull << (docid % 64);
        filter->count++;
    }
    buf_release(&id);
    return status;
}

static Status read_globs(IdFilter *filter, const char *const *globs,
                         size_t count, Error *error)
{
    filter->globs = arena_zeroed(&filter->arena, count, sizeof *filter->globs);
    if (!filter->globs) return fail_memory(error, "reading globs");
    filter->glob_count = count;
    Status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        Glob *glob = &filter->globs[i];
        status = read_glob(globs[i], &filter->arena, glob, error);
        filter->has_includes |= !glob->excludes;
    }
    return status;
}

static Status read_segments(IdFilter *filter, const Index *index, Error *error)
{
    size_t segments = index->manifest.segment_count;
    filter->bits = arena_zeroed(&filter->arena, segments + 1,
                                sizeof *filter->bits);
    if (!filter->bits) return fail_memory(error, "reading ids");
    Status status = OK;
    for (size_t i = 0; status == OK && i < segments; i++) {
        Segment *segment = index->segments[i];
        size_t bytes = (segment->document_count + PADDING_BITS) / 64 * 8 + 8;
        filter->bits[i] = arena_alloc_aligned(&filter->arena, bytes);
        if (!filter->bits[i]) return fail_memory(error, "reading ids");
        memset(filter->bits[i], 0, bytes);
        status = read_ids(filter, segment, filter->bits[i], error);
    }
    return status;
}

Status id_filter_new(const Index *index, const char *const *globs, size_t count,
                     IdFilter **out, Error *error)
{
    *out = NULL;
    if (count == 0) return OK;
    IdFilter *filter = calloc(1, sizeof *filter);
    if (!filter) return fail_memory(error, "reading globs");
    Status status = read_globs(filter, globs, count, error);
    if (status == OK) status = read_segments(filter, index, error);
    if (status == OK) {
        *out = filter;
    } else {
        id_filter_free(filter);
    }
    return status;
}

void id_filter_free(IdFilter *filter)
{
    if (!filter) return;
    arena_release(&filter->arena);
    free(filter);
}

const uint64_t *id_filter_bits(const IdFilter *filter, size_t segment_index)
{
    return filter->bits[segment_index];
}

uint64_t id_filter_count(const IdFilter *filter)
{
    return filter->count;
}
