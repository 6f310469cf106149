/* required_words.c - the words that every match of a plan has, and the
 * documents that have all of them.
 */
#include "searcher/search/executors/required_words.h"

/* By df, ascending; then in the order of the query. */
static bool is_before(const RequiredWord *a, const RequiredWord *b)
{
    if (a->list->df != b->list->df) return a->list->df < b->list->df;
    return a->cursor < b->cursor;
}

static void sift_down(RequiredWord *heap, size_t count, size_t at)
{
    RequiredWord word = heap[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        child += child + 1 < count && is_before(&heap[child], &heap[child + 1]);
        if (!is_before(&word, &heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = word;
}

/* Heapsort (Williams 1964), because qsort may allocate. */
static void sort_words(RequiredWord *words, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) sift_down(words, count, i);
    for (size_t left = count; left-- > 1;) {
        RequiredWord last = words[0];
        words[0] = words[left];
        words[left] = last;
        sift_down(words, left, 0);
    }
}

static void add_word(RequiredWords *self, Execution *x, const PlanNode *leaf,
                     const PlanTerm *term, uint32_t cursor_index)
{
    self->words[self->count++] = (RequiredWord){
        leaf, &term->lists[x->segment_index], &x->cursors[cursor_index]};
}

static void add_leaf(RequiredWords *self, Execution *x, const PlanNode *leaf)
{
    if (leaf->kind == PLAN_TERM) {
        add_word(self, x, leaf, leaf->terms[0], leaf->first_cursor);
    }
    if (leaf->kind != PLAN_PHRASE) return;
    for (size_t i = 0; i < leaf->part_count; i++) {
        const PlanPart *part = &leaf->parts[i];
        if (part->term_count == 1)
            add_word(self, x, leaf, part->terms[0], part->first_cursor);
    }
}

Status required_words_take(Execution *execution, RequiredWords *out,
                           Error *error)
{
    Execution *x = execution;
    const PlanNode *root = x->plan->root;
    *out = (RequiredWords){0};
    out->words = arena_alloc(x->arena,
                             x->plan->cursor_count * sizeof *out->words);
    if (!out->words) return fail_memory(error, "searching");
    if (root->kind != PLAN_BOOLEAN) add_leaf(out, x, root);
    for (size_t i = 0; i < root->must_count; i++) {
        add_leaf(out, x, root->must[i]);
    }
    sort_words(out->words, out->count);
    return OK;
}

/* Keeps the docs that have all other words too; bitmaps first. */
static uint32_t keep_common(const RequiredWords *self, uint32_t *docs,
                            uint32_t count)
{
    for (int bitmaps = 1; bitmaps >= 0; bitmaps--) {
        for (size_t i = 1; count && i < self->count; i++) {
            const RequiredWord *word = &self->words[i];
            bool bitmap = postings_is_bitmap(word->list);
            if (bitmap != (bitmaps == 1)) continue;
            count = list_cursor_keep(word->cursor, docs, count);
        }
    }
    return count;
}

uint32_t required_words_blocks(const RequiredWords *words)
{
    return postings_block_count(words->words[0].list);
}

uint32_t required_words_common(const RequiredWords *words, uint32_t block,
                               uint32_t *docs)
{
    const RequiredWord *lead = &words->words[0];
    uint32_t count = 1;
    if (postings_is_inline(lead->list)) {
        docs[0] = lead->list->docid;
    } else {
        list_cursor_load(lead->cursor, block);
        count = lead->cursor->view.count;
        memcpy(docs, lead->cursor->docs, count * sizeof *docs);
    }
    return keep_common(words, docs, count);
}
