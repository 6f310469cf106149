/* segment_builder.c - one segment from merged postings. */
#include "indexer/build/segment_builder.h"

#include <stdlib.h>

void segment_builder_init(SegmentBuilder *builder, const char *folder,
                          uint32_t first_docid, const DocumentNorms *norms,
                          const ListLimits *limits, bool has_positions,
                          size_t memory_limit)
{
    *builder = (SegmentBuilder){.first_docid = first_docid,
                                .norms = *norms,
                                .limits = *limits,
                                .has_positions = has_positions};
    size_t share = memory_limit / 9;
    dictionary_writer_init(&builder->dictionary, folder, share);
    bounds_writer_init(&builder->bounds, folder, share);
    postings_writer_init(&builder->postings, folder, 3 * share);
    positions_writer_init(&builder->positions, folder, 3 * share);
    champions_writer_init(&builder->champions, folder, share);
}

void segment_builder_release(SegmentBuilder *builder)
{
    dictionary_writer_release(&builder->dictionary);
    bounds_writer_release(&builder->bounds);
    postings_writer_release(&builder->postings);
    positions_writer_release(&builder->positions);
    champions_writer_release(&builder->champions);
    free(builder->docids);
    free(builder->tfs);
    free(builder->products);
    builder->docids = builder->tfs = NULL;
    builder->products = NULL;
}

static void *grown(void *old, size_t count, size_t size, Status *status)
{
    void *memory = realloc(old, count * size);
    if (!memory) *status = ERR_NO_MEMORY;
    return memory ? memory : old;
}

static bool make_room(SegmentBuilder *builder, uint32_t count)
{
    size_t wanted = (size_t)builder->df + count;
    if (wanted <= builder->capacity) return true;
    if (wanted < 2 * (size_t)builder->capacity) {
        wanted = 2 * (size_t)builder->capacity;
        if (wanted > builder->norms.count && builder->norms.count >= 1024)
            wanted = builder->norms.count;
    }
    if (wanted < 1024) wanted = 1024;
    Status *status = &builder->status;
    builder->docids = grown(builder->docids, wanted, sizeof(uint32_t), status);
    builder->tfs = grown(builder->tfs, wanted, sizeof(uint32_t), status);
    builder->products = grown(builder->products, wanted, sizeof(float), status);
    if (*status != OK) return false;
    builder->capacity = (uint32_t)wanted;
    return true;
}

void segment_builder_put(SegmentBuilder *builder, const PostingBatch *batch)
{
    if (builder->status != OK || !make_room(builder, batch->count)) return;
    uint32_t *docids = builder->docids + builder->df;
    for (uint32_t i = 0; i < batch->count; i++)
        docids[i] = batch->docids[i] - builder->first_docid;
    memcpy(builder->tfs + builder->df, batch->tfs,
           batch->count * sizeof *batch->tfs);
    builder->df += batch->count;
    builder->total_tf += batch->position_count;
    if (builder->has_positions)
        positions_writer_add(&builder->positions, batch);
}

void segment_builder_end_term(SegmentBuilder *builder, Span term)
{
    if (builder->df == 0 || builder->status != OK) return;
    TermFacts facts = {.df = builder->df, .total_tf = builder->total_tf};
    TermPostings list = {builder->docids, builder->tfs, builder->df};
    uint32_t document_count = builder->norms.count;
    facts.kind = posting_class(list.count, document_count, &builder->limits);
    if (!class_is_inline(facts.kind)) {
        posting_products(&list, &builder->norms, builder->products);
        find_strongest(builder->products, list.count, &facts);
        bounds_writer_put(&builder->bounds, &list, builder->products,
                          document_count, &builder->limits, &facts);
    }
    if (class_is_bitmap(facts.kind)) {
        champions_writer_put(
            &builder->champions, builder->dictionary.term_count, &list,
            &builder->norms, builder->products, builder->limits.champions);
    }
    postings_writer_put(&builder->postings, &list, &builder->norms,
                        builder->products, &facts);
    if (builder->has_positions)
        positions_writer_end_term(&builder->positions, &facts);
    dictionary_writer_put(&builder->dictionary, term, &facts);
    builder->posting_count += list.count;
    builder->df = 0;
    builder->total_tf = 0;
}

Status segment_builder_check(const SegmentBuilder *builder, Error *error)
{
    if (builder->status != OK) return fail_memory(error, "writing postings");
    Status status = postings_writer_check(&builder->postings, error);
    if (status == OK)
        status = champions_writer_check(&builder->champions, error);
    if (status == OK) status = bounds_writer_check(&builder->bounds, error);
    if (status == OK)
        status = positions_writer_check(&builder->positions, error);
    return status == OK ? spool_check(&builder->dictionary.terms, error)
                        : status;
}

static void put_section(SegmentWriter *out, SectionKind kind, Spool *spool)
{
    segment_writer_begin(out, kind);
    segment_writer_put_spool(out, spool, 0, spool_size(spool));
    segment_writer_end(out);
    spool_release(spool); /* its memory is wanted elsewhere */
}

Status segment_builder_write(SegmentBuilder *builder, SegmentWriter *out,
                             Error *error)
{
    Buf index = {0};
    Status status = segment_builder_check(builder, error);
    if (status == OK)
        status = dictionary_writer_finish(&builder->dictionary, &index, error);
    if (status == OK) {
        put_section(out, SECTION_TERMS, &builder->dictionary.terms);
        segment_writer_begin(out, SECTION_TERMS_INDEX);
        segment_writer_put(out, index.data, index.size);
        segment_writer_end(out);
        put_section(out, SECTION_POSTINGS, &builder->postings.postings);
        put_section(out, SECTION_BOUNDS, &builder->bounds.bounds);
    }
    if (status == OK && builder->has_positions)
        put_section(out, SECTION_POSITIONS, &builder->positions.positions);
    buf_release(&index);
    return status;
}
