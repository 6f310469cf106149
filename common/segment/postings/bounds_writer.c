/* bounds_writer.c - writes the section bounds. */
#include "common/segment/postings/bounds_writer.h"

#include <stdlib.h>

void bounds_writer_init(BoundsWriter *writer, const char *folder,
                        size_t memory_limit)
{
    *writer = (BoundsWriter){0};
    spool_init(&writer->bounds, folder, memory_limit);
}

void bounds_writer_release(BoundsWriter *writer)
{
    spool_release(&writer->bounds);
    free(writer->ranges);
    buf_release(&writer->windows);
    writer->ranges = NULL;
}

void posting_products(const TermPostings *postings, const DocumentNorms *norms,
                      float *products)
{
    for (uint32_t i = 0; i < postings->count; i++) {
        uint8_t code = norms->codes[postings->docids[i]];
        products[i] = (float)postings->tfs[i] * norms->bm25.inverse[code];
    }
}

/* The k-th best values */

enum { STRONGEST = 1000, CANDIDATES = 2048 };

/* Moves those above the pivot (or, with `equal`, not below it) to the front;
 * returns how many. Without branches, which could not be predicted. */
static size_t partition(float *values, size_t count, float pivot, bool equal)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        float value = values[i];
        values[i] = values[kept];
        values[kept] = value;
        kept += value > pivot || (equal && value == pivot);
    }
    return kept;
}

/* Quickselect (Hoare 1961): afterwards the `k` greatest come first; returns the
 * smallest of them. Many products are equal, so each round separates those
 * equal to the pivot. */
static float select_greatest(float *values, size_t count, size_t k)
{
    for (;;) {
        float pivot = values[count / 2];
        size_t above = partition(values, count, pivot, false);
        if (k <= above) {
            count = above;
            continue;
        }
        size_t equal = partition(values + above, count - above, pivot, true);
        if (k <= above + equal) return pivot;
        values += above + equal;
        count -= above + equal;
        k -= above + equal;
    }
}

/* Keeps the greatest of all products in `best`, which has room for
 * CANDIDATES: products that cannot be among the 1,000 are left out at once, so
 * that a long list is read once. Returns how many are kept. */
static size_t gather_candidates(const float *products, uint32_t count,
                                float *best)
{
    float min = -1.0f;
    size_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (LIKELY(products[i] <= min)) continue;
        best[kept++] = products[i];
        if (kept < CANDIDATES) continue;
        min = select_greatest(best, kept, STRONGEST);
        kept = STRONGEST;
    }
    return kept;
}

float greatest_product(const float *products, uint32_t count)
{
    float max = 0;
    for (uint32_t i = 0; i < count; i++)
        max = products[i] > max ? products[i] : max;
    return max;
}

void find_strongest(const float *products, uint32_t count, TermFacts *facts)
{
    facts->max = bound_word(
        product_fraction(greatest_product(products, count)));
    facts->kth_count = kth_value_count(count);
    if (facts->kth_count == 0) return;
    float best[CANDIDATES];
    size_t kept = gather_candidates(products, count, best);
    for (uint32_t level = facts->kth_count; level-- > 0;) {
        uint32_t k = kth_levels[level];
        facts->kth[level] = kth_word(
            product_fraction(select_greatest(best, kept, k)));
        kept = k;
    }
}

/* Ranges and windows */

static void fill_ranges(const TermPostings *postings, const float *products,
                        float *ranges, uint32_t range_count)
{
    memset(ranges, 0, range_count * sizeof *ranges);
    for (uint32_t i = 0; i < postings->count; i++) {
        float *range = &ranges[postings->docids[i] / RANGE_DOCUMENTS];
        *range = products[i] > *range ? products[i] : *range;
    }
}

static void put_bounds(BoundsWriter *writer, uint32_t range_count)
{
    Buf *out = &writer->windows;
    Spool *bounds = &writer->bounds;
    uint8_t part[WINDOW_RANGES];
    buf_clear(out);
    for (uint32_t start = 0; start < range_count; start += WINDOW_RANGES) {
        uint32_t here = range_count - start;
        if (here > WINDOW_RANGES) here = WINDOW_RANGES;
        uint8_t max = 0;
        for (uint32_t i = 0; i < here; i++) {
            float product = writer->ranges[start + i];
            part[i] = range_bound(product);
            max = part[i] > max ? part[i] : max;
        }
        spool_put(bounds, part, here);
        buf_put_byte(out, max);
    }
    spool_align(bounds, BOUNDS_ALIGNMENT);
    spool_put_span(bounds, buf_span(out));
    spool_align(bounds, BOUNDS_ALIGNMENT);
    if (out->status != OK) writer->status = out->status;
}

void bounds_writer_put(BoundsWriter *writer, const TermPostings *postings,
                       const float *products, uint32_t document_count,
                       const ListLimits *limits, TermFacts *facts)
{
    facts->has_bounds = list_has_bounds(postings->count, document_count,
                                        limits);
    if (!facts->has_bounds || writer->status != OK) return;
    uint32_t range_count = (document_count - 1) / RANGE_DOCUMENTS + 1;
    if (!writer->ranges)
        writer->ranges = malloc(range_count * sizeof *writer->ranges);
    if (!writer->ranges) {
        writer->status = ERR_NO_MEMORY;
        return;
    }
    facts->bounds_offset = spool_size(&writer->bounds);
    fill_ranges(postings, products, writer->ranges, range_count);
    put_bounds(writer, range_count);
}

Status bounds_writer_check(const BoundsWriter *writer, Error *error)
{
    if (writer->status != OK) return fail_memory(error, "writing bounds");
    return spool_check(&writer->bounds, error);
}
