/* id_filter.c - limits a search to documents whose ids match globs. */
#include "searcher/search/id_filter.h"

#include "common/base/arena.h"
#include "common/segment/documents/documents.h"
#include "searcher/search/glob.h"

#include <stdlib.h>

enum { PADDING_BITS = 8 * 64 };

_Static_assert(PADDING_BITS <= UINT32_MAX - MAX_DOCUMENTS, "no sum wraps");

typedef struct FilterGlob {
    Glob glob;
    bool excludes; /* with `!` */
} FilterGlob;

struct IdFilter {
    Arena arena;
    FilterGlob *globs;
    size_t glob_count;
    bool has_includes; /* some glob has no `!` */
    uint64_t **bits;   /* a segment each */
    uint64_t count;
};

static Status read_glob(const char *given, Arena *arena, FilterGlob *out,
                        Error *error)
{
    out->excludes = *given == '!';
    if (glob_read(given + out->excludes, arena, &out->glob)) return OK;
    if (arena->status != OK) return fail_memory(error, "reading a glob");
    return fail(error, ERR_USAGE,
                "glob '%s' matches no id; write it like '*.md', 'folder/' or "
                "'!drafts'",
                given);
}

static bool fits(const IdFilter *filter, Span id)
{
    bool wanted = !filter->has_includes;
    for (size_t i = 0; i < filter->glob_count; i++) {
        const FilterGlob *glob = &filter->globs[i];
        if (!glob->excludes && wanted) continue;
        if (!glob_fits(&glob->glob, id)) continue;
        if (glob->excludes) return false;
        wanted = true;
    }
    return wanted;
}

static Status read_ids(IdFilter *filter, Segment *segment,
                       const Removals *removals, uint64_t *bits, Error *error)
{
    Buf id = {0};
    Status status = OK;
    for (uint32_t docid = 0; docid < segment->document_count; docid++) {
        if (!removals_is_live(removals, docid)) continue;
        buf_clear(&id);
        status = document_id(segment, docid, &id, error);
        if (status == OK) status = buf_check(&id, "reading ids", error);
        if (status != OK) break;
        if (!fits(filter, buf_span(&id))) continue;
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
        FilterGlob *glob = &filter->globs[i];
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
        status = read_ids(filter, segment, index->removals[i], filter->bits[i],
                          error);
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
