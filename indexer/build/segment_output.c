/* segment_output.c - writes the file of a segment, from its lists and its
 * documents. */
#include "indexer/build/segment_output.h"

static void note_lists(SegmentFacts *facts, const SegmentBuilder *builder)
{
    const Bm25 *bm25 = &builder->norms.bm25;
    facts->term_count = builder->dictionary.term_count;
    facts->posting_count = builder->posting_count;
    facts->limits = builder->limits;
    facts->k1 = bm25->k1;
    facts->b = bm25->b;
    facts->average_length = bm25->average_length;
}

static Status write_sections(SegmentOutput *output, SegmentBuilder *builder,
                             SegmentWriter *out, Error *error)
{
    SegmentFacts *facts = &output->facts;
    Status status = segment_builder_write(builder, out, error);
    note_lists(facts, builder);
    if (status == OK)
        status = output->write_documents(output->self, out, facts, error);
    if (status != OK) return status;
    champions_writer_write(&builder->champions, out);
    return pair_builder_write(&output->pairs, &builder->norms, out, facts,
                              error);
}

Status segment_output_write(SegmentOutput *output, SegmentBuilder *builder,
                            Error *error)
{
    SegmentWriter out;
    segment_writer_open(&out, &output->folder->place, output->folder->access);
    Status status = write_sections(output, builder, &out, error);
    if (status == OK)
        status = segment_writer_finish(&out, &output->facts, output->name,
                                       &output->bytes, error);
    memcpy(output->section_bytes, out.section_sizes,
           sizeof output->section_bytes);
    segment_writer_release(&out);
    return status;
}
