/* required_words.c - the words that every match of a plan has, and the
 * documents that have all of them.
 */
#include "searcher/search/executors/required_words.h"

static void add_word(RequiredWords *self, Execution *x, const PlanTerm *term,
                     uint32_t cursor_index)
{
    RequiredWord word = {&term->lists[x->segment_index],
                         &x->cursors[cursor_index]};
    RequiredWord *words = self->words;
    size_t at = self->count++;
    for (; at && word.list->df < words[at - 1].list->df; at--) {
        words[at] = words[at - 1];
    }
    words[at] = word;
}

static void add_leaf(RequiredWords *self, Execution *x, const PlanNode *leaf)
{
    uint32_t cursor_index = leaf->first_cursor;
    if (leaf->kind == PLAN_TERM)
        add_word(self, x, leaf->terms[0], cursor_index);
    if (leaf->kind != PLAN_PHRASE) return;
    for (size_t i = 0; i < leaf->word_count; i++) {
        const PlanWord *word = &leaf->words[i];
        if (word->term_count == 1)
            add_word(self, x, word->terms[0], cursor_index);
        cursor_index += (uint32_t)word->term_count;
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
    return OK;
}

/* Keeps the docs that have all other words too; bitmaps first. */
static uint32_t keep_common(const RequiredWords *self, uint32_t *docs,
                            uint32_t count)
{
    for (int bitmaps = 1; bitmaps >= 0; bitmaps--) {
        for (size_t i = 1; count && i < self->count; i++) {
            const RequiredWord *word = &self->words[i];
            bool bitmap = word->list->kind == POSTINGS_BITMAP;
            if (bitmap != (bitmaps == 1)) continue;
            count = list_cursor_keep(word->cursor, docs, count);
        }
    }
    return count;
}

uint32_t required_words_blocks(const RequiredWords *words)
{
    const Postings *lead = words->words[0].list;
    return lead->kind == POSTINGS_INLINE ? 1 : lead->block_count;
}

uint32_t required_words_common(const RequiredWords *words, uint32_t block,
                               uint32_t *docs)
{
    const RequiredWord *lead = &words->words[0];
    uint32_t count = 1;
    if (lead->list->kind == POSTINGS_INLINE) {
        docs[0] = lead->list->docid;
    } else {
        list_cursor_load(lead->cursor, block);
        count = lead->cursor->view.count;
        memcpy(docs, lead->cursor->docs, count * sizeof *docs);
    }
    return keep_common(words, docs, count);
}
