/* search_trace.c - how a query was executed: plan, executors, counters, times.
 */
#include "searcher/search/search_trace.h"

#include "common/base/human.h"
#include "common/base/plain_text.h"

#include <inttypes.h>

/* A pattern may have a thousand terms. */
enum { PRINTED_LISTS = 20 };

Status search_trace_start(SearchTrace *trace, const Plan *plan, Arena *arena,
                          Error *error)
{
    *trace = (SearchTrace){0};
    size_t count = plan->index->manifest.segment_count;
    trace->segments = arena_zeroed(arena, count + 1, sizeof *trace->segments);
    for (size_t i = 0; trace->segments && i < count; i++) {
        trace->segments[i].lists = arena_zeroed(arena, plan->cursor_count + 1,
                                                sizeof(ListTrace));
    }
    return arena->status == OK ? OK : fail_memory(error, "tracing a query");
}

static const char *storage_of(const Postings *list)
{
    return postings_is_inline(list)       ? "one posting"
           : postings_is_bitmap(list)     ? "bitmap"
           : postings_has_directory(list) ? "blocks"
                                          : "one block";
}

static void add_list(SegmentTrace *segment, const PlanTerm *term,
                     const Postings *list, const ListCursor *cursor)
{
    bool has_blocks = !postings_is_inline(list) && !postings_is_bitmap(list);
    segment->lists[segment->list_count++] = (ListTrace){
        .text = term->text,
        .storage = storage_of(list),
        .df = list->df,
        .blocks = has_blocks ? list->block_count : 0,
        .decoded = has_blocks ? cursor->decoded : 0};
}

static void add_terms(SegmentTrace *segment, const Execution *x,
                      PlanTerm *const *terms, size_t count, uint32_t cursor)
{
    for (size_t i = 0; i < count; i++) {
        const Postings *list = &terms[i]->lists[x->segment_index];
        if (list->df)
            add_list(segment, terms[i], list, &x->cursors[cursor + i]);
    }
}

static void add_node(SegmentTrace *segment, const Execution *x,
                     const PlanNode *node);

static void add_nodes(SegmentTrace *segment, const Execution *x,
                      PlanNode *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) add_node(segment, x, nodes[i]);
}

/* Its words, then the pairs that are used. */
static void add_phrase(SegmentTrace *segment, const Execution *x,
                       const PlanNode *phrase)
{
    uint32_t cursor = phrase->first_cursor;
    for (size_t i = 0; i < phrase->word_count; i++) {
        const PlanWord *word = &phrase->words[i];
        add_terms(segment, x, word->terms, word->term_count, cursor);
        cursor += (uint32_t)word->term_count;
    }
    for (size_t i = 0; i < phrase->part_count; i++) {
        const PlanPart *part = &phrase->parts[i];
        if (part->is_pair)
            add_terms(segment, x, part->terms, 1, part->first_cursor);
    }
}

/* In the order of the cursors (execution_enter). */
static void add_node(SegmentTrace *segment, const Execution *x,
                     const PlanNode *node)
{
    if (node->kind == PLAN_PHRASE) add_phrase(segment, x, node);
    add_terms(segment, x, node->terms, node->term_count, node->first_cursor);
    add_nodes(segment, x, node->must, node->must_count);
    add_nodes(segment, x, node->should, node->should_count);
    add_nodes(segment, x, node->excluded, node->excluded_count);
}

void search_trace_left_out(SearchTrace *trace, const Segment *segment)
{
    SegmentTrace *out = &trace->segments[trace->segment_count++];
    *out = (SegmentTrace){
        .path = segment->path,
        .documents = segment->document_count,
        .ranked_by = "left out, no document can be among the best",
        .ranges = segment->range_count,
        .lists = out->lists};
}

void search_trace_restart(SearchTrace *trace)
{
    for (size_t i = 0; i < trace->segment_count; i++)
        trace->segments[i].list_count = 0;
    trace->segment_count = 0;
}

void search_trace_segment(SearchTrace *trace, const Execution *x, uint64_t ns)
{
    SegmentTrace *segment = &trace->segments[trace->segment_count++];
    const ExecutionCounters *counters = &x->counters;
    bool ranked = counters->ranked_by || !x->collector;
    segment->path = x->segment->path;
    segment->documents = x->segment->document_count;
    segment->ranked_by = ranked ? counters->ranked_by : counters->executor;
    segment->counted_by = ranked ? counters->executor : NULL;
    segment->ranges = x->segment->range_count;
    segment->ranges_scored = counters->ranges_scored;
    segment->documents_scored = counters->documents_scored;
    segment->ns = ns;
    add_node(segment, x, x->plan->root);
    trace->execute_ns += ns;
}

TraceTotals search_trace_totals(const SearchTrace *trace)
{
    TraceTotals totals = {0};
    for (size_t i = 0; i < trace->segment_count; i++) {
        const SegmentTrace *segment = &trace->segments[i];
        totals.ranges += segment->ranges;
        totals.ranges_scored += segment->ranges_scored;
        totals.documents_scored += segment->documents_scored;
        for (size_t j = 0; j < segment->list_count; j++) {
            totals.postings += segment->lists[j].df;
            totals.blocks += segment->lists[j].blocks;
            totals.blocks_decoded += segment->lists[j].decoded;
        }
    }
    return totals;
}

static void put_executors(Buf *out, const SegmentTrace *segment)
{
    if (segment->ranked_by) buf_put_text(out, segment->ranked_by);
    if (segment->ranked_by && segment->counted_by) buf_put_text(out, "; ");
    if (segment->counted_by) {
        if (segment->ranked_by) buf_put_text(out, "counted by: ");
        buf_put_text(out, segment->counted_by);
    }
}

static void put_list(Buf *out, const ListTrace *list)
{
    buf_put_text(out, "    ");
    put_visible(out, list->text);
    buf_put_text(out, "  ");
    put_counted(out, list->df, "posting");
    buf_printf(out, ", %s", list->storage);
    if (list->blocks) {
        buf_printf(out, ": %u of %u decoded", list->decoded, list->blocks);
    }
    buf_put_byte(out, '\n');
}

static void put_segment(Buf *out, const SegmentTrace *segment)
{
    const char *name = strrchr(segment->path, '/');
    buf_printf(out, "  %s: ", name ? name + 1 : segment->path);
    put_counted(out, segment->documents, "document");
    buf_put_text(out, "; ");
    put_executors(out, segment);
    buf_put_text(out, "\n    ");
    if (segment->ranges_scored) {
        put_count(out, segment->ranges_scored);
        buf_put_text(out, " of ");
        put_counted(out, segment->ranges, "range");
        buf_put_text(out, " and ");
    }
    put_counted(out, segment->documents_scored, "document");
    buf_put_text(out, " scored, in ");
    put_duration(out, (double)segment->ns * 1e-9);
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < segment->list_count; i++) {
        if (i == PRINTED_LISTS) {
            buf_printf(out, "    and %zu more lists\n",
                       segment->list_count - i);
            break;
        }
        put_list(out, &segment->lists[i]);
    }
}

void put_search_trace(Buf *out, const SearchTrace *trace)
{
    if (trace->first_threshold > 0.0f) {
        buf_printf(out,
                   "  %s before any posting is read: k documents reach "
                   "a score of %.9g\n",
                   trace->is_guessed ? "guessed" : "known",
                   (double)trace->first_threshold);
    }
    for (size_t i = 0; i < trace->segment_count; i++)
        put_segment(out, &trace->segments[i]);
}

/* Those of the first segment: the others rarely differ. */
static void put_executor_member(Buf *out, const SearchTrace *trace)
{
    buf_put_text(out, "\"executor\":\"");
    if (trace->segment_count) put_executors(out, &trace->segments[0]);
    buf_put_byte(out, '"');
}

void put_search_trace_members(Buf *out, const SearchTrace *trace)
{
    TraceTotals totals = search_trace_totals(trace);
    put_executor_member(out, trace);
    buf_printf(out,
               ",\"segments\":%zu,\"postings\":%" PRIu64 ",\"blocks\":%" PRIu64
               ",\"blocks_decoded\":%" PRIu64 ",\"ranges\":%" PRIu64
               ",\"ranges_scored\":%" PRIu64 ",\"documents_scored\":%" PRIu64,
               trace->segment_count, totals.postings, totals.blocks,
               totals.blocks_decoded, totals.ranges, totals.ranges_scored,
               totals.documents_scored);
    buf_printf(out,
               ",\"plan_ns\":%" PRIu64 ",\"execute_ns\":%" PRIu64
               ",\"rank_ns\":%" PRIu64,
               trace->plan_ns, trace->execute_ns, trace->rank_ns);
}
