/* in_process.c - Quern in this process, asked directly. */
#include "bench/measure/in_process.h"

#include "common/segment/dictionary/dictionary.h"
#include "common/segment/documents/documents.h"

#include <math.h>

Status in_process_open(InProcess *self, const char *folder,
                       const QuerySet *queries, bool plain, Error *error)
{
    *self = (InProcess){.queries = queries,
                        .parse_options = {.plain = plain},
                        .options = {.k1 = NAN,
                                    .b = NAN,
                                    .max_expansions = DEFAULT_MAX_EXPANSIONS}};
    Status status = index_open(folder, &self->index, error);
    if (status == OK) {
        status = query_parser_new(self->index->analyzer, &self->parser, error);
    }
    if (status == OK)
        status = search_context_new(self->index, &self->context, error);
    if (status != OK) in_process_close(self);
    return status;
}

void in_process_close(InProcess *self)
{
    query_parser_free(self->parser);
    search_context_free(self->context);
    arena_release(&self->arena);
    if (self->index) index_close(self->index);
    *self = (InProcess){0};
}

static void set_depth(InProcess *self, uint32_t k)
{
    uint64_t documents = self->index->manifest.document_count;
    self->options.k = k < documents ? k : (uint32_t)documents;
    self->options.count = k == 0;
}

void in_process_choose(InProcess *self, const Workload *workload)
{
    set_depth(self, workload->k);
}

Status in_process_ask(void *asked, size_t i, Error *error)
{
    InProcess *self = asked;
    arena_reset(&self->arena);
    Status status = query_parse(self->parser, self->queries->items[i].text,
                                &self->parse_options, &self->arena,
                                &self->query, error);
    if (status != OK) return status;
    return search_run(self->context, &self->query, &self->options,
                      &self->result, error);
}

static Status put_id(const Index *index, uint64_t document, Arena *arena,
                     Span *id, Error *error)
{
    uint32_t docid;
    size_t segment_index;
    Buf text = {0};
    Segment *segment = index_locate(index, document, &docid, &segment_index);
    Status status = document_id(segment, docid, &text, error);
    *id = status == OK ? arena_copy(arena, buf_span(&text)) : (Span){0};
    buf_release(&text);
    return status;
}

Status in_process_hits(InProcess *self, size_t i, uint32_t k, Arena *arena,
                       HitList *out, Error *error)
{
    *out = (HitList){.is_supported = true};
    set_depth(self, k);
    Status status = in_process_ask(self, i, error);
    if (status != OK) return status;
    uint32_t count = self->result.hit_count;
    out->hits = arena_zeroed(arena, count + 1, sizeof *out->hits);
    for (uint32_t hit = 0; status == OK && out->hits && hit < count; hit++) {
        AnsweredHit *to = &out->hits[out->count++];
        to->score = (double)self->result.hits[hit].score;
        status = put_id(self->index, self->result.hits[hit].document, arena,
                        &to->id, error);
    }
    if (status == OK && arena->status != OK)
        status = fail_memory(error, "keeping hits");
    return status;
}

typedef struct PostingSum {
    Index *index;
    uint64_t postings;
} PostingSum;

static void add_term(void *self, const SearchTerm *term)
{
    PostingSum *sum = self;
    for (size_t i = 0; i < sum->index->manifest.segment_count; i++) {
        TermRecord record;
        bool found;
        Error error;
        Status status = dictionary_find(sum->index->segments[i], term->text,
                                        &record, &found, &error);
        if (status == OK && found) sum->postings += record.df;
    }
}

uint64_t in_process_postings(InProcess *self)
{
    PostingSum sum = {.index = self->index};
    search_terms(self->context, add_term, &sum);
    return sum.postings;
}
