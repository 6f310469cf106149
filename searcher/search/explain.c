/* explain.c - explains a score, and describes the plan of a query. */
#include "common/base/plain_text.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/search_context.h"

static void indent(Buf *out, int depth)
{
    buf_printf(out, "%*s", 2 * depth, "");
}

static const char *field_name(QueryField field)
{
    return field == FIELD_TITLE ? "title:" : field == FIELD_TEXT ? "text:" : "";
}

/* The leaf in query syntax. */
static void put_leaf_name(const PlanNode *node, Buf *out)
{
    const QueryNode *query = node->query;
    buf_put_text(out, field_name(node->field));
    if (plan_is_phrase(node)) {
        buf_put_byte(out, '"');
        for (size_t i = 0; i < query->word_count; i++) {
            if (i) buf_put_byte(out, ' ');
            put_visible(out, query->words[i].term);
        }
        buf_put_byte(out, '"');
        if (node->slop) buf_printf(out, "~%u", node->slop);
    } else if (query->kind == QUERY_EXPANSION) {
        put_visible(out, query->term);
        buf_put_text(out, query_pattern_mark(query));
    } else {
        put_visible(out, node->terms[0]->text);
    }
}

static uint64_t leaf_df(const PlanNode *node)
{
    uint64_t df = 0;
    for (size_t i = 0; i < node->term_count; i++) {
        if (node->terms[i]->df > df) df = node->terms[i]->df;
    }
    return df;
}

/* The frequency from which the score of a leaf is computed. */
static float leaf_frequency(Execution *x, const PlanNode *node, uint32_t docid)
{
    if (plan_is_positional(node)) {
        return phrase_matcher_frequency(x->matchers[node->first_cursor], docid);
    }
    uint32_t tf = 0;
    for (size_t i = 0; i < node->term_count; i++) {
        ListCursor *cursor = &x->cursors[node->first_cursor + i];
        if (node->terms[i]->lists[x->segment_index].df &&
            list_cursor_find(cursor, docid)) {
            tf += list_cursor_tf(cursor);
        }
    }
    return (float)tf;
}

static void explain_leaf(Execution *x, const PlanNode *node, uint32_t docid,
                         float score, int depth, Buf *out)
{
    const Bm25 *bm25 = x->plan->bm25;
    float frequency = leaf_frequency(x, node, docid);
    float boost = node->query->boost;
    indent(out, depth);
    buf_printf(out, "%.9g  ", (double)score);
    put_leaf_name(node, out);
    buf_put_text(out, ", boost * idf * tf of:\n");
    indent(out, depth + 1);
    buf_printf(out, "%.9g  boost\n", (double)boost);
    indent(out, depth + 1);
    buf_printf(out, "%.9g  idf", (double)node->idf);
    if (plan_is_phrase(node)) {
        buf_put_text(out, ", sum over the words of the phrase\n");
    } else {
        buf_printf(out,
                   ", ln(1 + (N - df + 0.5) / (df + 0.5)) with df = %llu, "
                   "N = %llu\n",
                   (unsigned long long)leaf_df(node),
                   (unsigned long long)x->plan->index->manifest.nonempty_count);
    }
    float inverse = bm25->inverse[x->norms[docid]];
    indent(out, depth + 1);
    buf_printf(out,
               "%.9g  tf, f / (f + k1 * (1 - b + b * length / average)) with "
               "f = %.9g, k1 = %.9g, b = %.9g, length = %u (rounded to a "
               "byte), average = %.9g\n",
               (double)bm25_score_frequency(1.0f, frequency, inverse),
               (double)frequency, (double)bm25->k1, (double)bm25->b,
               norm_decode(x->norms[docid]), (double)bm25->average_length);
}

static void explain_node(Execution *x, const PlanNode *node, uint32_t docid,
                         int depth, Buf *out);

static void explain_clauses(Execution *x, PlanNode *const *nodes, size_t count,
                            uint32_t docid, int depth, Buf *out)
{
    for (size_t i = 0; i < count; i++) {
        explain_node(x, nodes[i], docid, depth, out);
    }
}

static void explain_node(Execution *x, const PlanNode *node, uint32_t docid,
                         int depth, Buf *out)
{
    float score;
    if (!score_document(x, node, docid, &score)) return;
    if (node->kind != PLAN_BOOLEAN) {
        explain_leaf(x, node, docid, score, depth, out);
        return;
    }
    indent(out, depth);
    buf_printf(out, "%.9g  sum of:\n", (double)score);
    explain_clauses(x, node->must, node->must_count, docid, depth + 1, out);
    explain_clauses(x, node->should, node->should_count, docid, depth + 1, out);
}

/* The first clause that matches the document or, if `wanted` is false, does
 * not; NULL if there is no such clause. */
static const PlanNode *find_clause(Execution *x, PlanNode *const *nodes,
                                   size_t count, uint32_t docid, bool wanted)
{
    for (size_t i = 0; i < count; i++) {
        float score;
        if (score_document(x, nodes[i], docid, &score) == wanted) {
            return nodes[i];
        }
    }
    return NULL;
}

/* The first leaf that makes a clause match. */
static const PlanNode *matching_leaf(Execution *x, const PlanNode *node,
                                     uint32_t docid)
{
    while (node && node->kind == PLAN_BOOLEAN) {
        node = node->must_count ? node->must[0]
                                : find_clause(x, node->should,
                                              node->should_count, docid, true);
    }
    return node;
}

static uint32_t count_matching(Execution *x, const PlanNode *node,
                               uint32_t docid)
{
    uint32_t count = 0;
    for (size_t i = 0; i < node->should_count; i++) {
        count += find_clause(x, &node->should[i], 1, docid, true) != NULL;
    }
    return count;
}

/* Names the excluded clause that matches; the caller knows that one does. */
static void put_excluded(Execution *x, const PlanNode *node, uint32_t docid,
                         Buf *out)
{
    const PlanNode *clause = find_clause(x, node->excluded,
                                         node->excluded_count, docid, true);
    const PlanNode *leaf = matching_leaf(x, clause, docid);
    if (!leaf) return;
    buf_put_text(out, leaf == clause ? "it contains '"
                                     : "it matches the group with '");
    put_leaf_name(leaf, out);
    buf_put_text(out, "', which is excluded");
}

/* Why a document does not match: the first reason that applies. */
static void put_reason(Execution *x, const PlanNode *node, uint32_t docid,
                       Buf *out)
{
    const PlanNode *clause = find_clause(x, node->must, node->must_count, docid,
                                         false);
    uint32_t matching = count_matching(x, node, docid);
    if (node->kind == PLAN_NOTHING) {
        buf_put_text(out, "no document can match");
    } else if (node->kind != PLAN_BOOLEAN) {
        buf_put_text(out, "it does not contain '");
        put_leaf_name(node, out);
        buf_put_byte(out, '\'');
    } else if (clause) {
        put_reason(x, clause, docid, out);
    } else if (matching < node->min_match && !matching) {
        buf_put_text(out, "it matches none of the alternatives");
    } else if (matching < node->min_match) {
        buf_printf(out, "it matches %u of the alternatives, %u are required",
                   matching, node->min_match);
    } else {
        put_excluded(x, node, docid, out);
    }
}

Status search_explain(SearchContext *context, const Query *query,
                      const SearchOptions *options, uint64_t document, Buf *out,
                      bool *matched, Error *error)
{
    *matched = false;
    Status status = context_plan(context, query, options, error);
    if (status != OK) return status;
    Execution *x = &context->execution;
    uint32_t docid;
    size_t segment_index;
    index_locate(context->index, document, &docid, &segment_index);
    status = context_enter(context, segment_index, error);
    if (status == OK) {
        float score;
        *matched = score_document(x, context->plan.root, docid, &score);
        if (*matched) explain_node(x, context->plan.root, docid, 0, out);
        if (!*matched) put_reason(x, context->plan.root, docid, out);
        status = buf_check(out, "explaining a score", error);
    }
    Error ignored;
    Status left = execution_leave(x, status == OK ? error : &ignored);
    return status == OK ? left : status;
}

enum { TERMS_LISTED = 8 };

/* ", 12 terms: quick 4, quiet 1": the most frequent ones first. */
static void put_terms(const PlanNode *node, Buf *out)
{
    size_t listed[TERMS_LISTED], count = 0;
    for (size_t i = 0; i < node->term_count; i++) {
        size_t at = count < TERMS_LISTED ? count++ : TERMS_LISTED;
        for (; at > 0 && node->terms[listed[at - 1]]->df < node->terms[i]->df;
             at--) {
            if (at < TERMS_LISTED) listed[at] = listed[at - 1];
        }
        if (at < TERMS_LISTED) listed[at] = i;
    }
    buf_printf(out, ", %zu terms", node->term_count);
    for (size_t i = 0; i < count; i++) {
        const PlanTerm *term = node->terms[listed[i]];
        buf_put_text(out, i ? ", " : ": ");
        put_visible(out, term->text);
        buf_printf(out, " %llu", (unsigned long long)term->df);
    }
    if (count < node->term_count) buf_put_text(out, ", ...");
}

static void describe_node(const PlanNode *node, const char *sign, int depth,
                          Buf *out)
{
    indent(out, depth);
    buf_put_text(out, sign);
    if (node->kind == PLAN_NOTHING) {
        buf_put_text(out, "nothing can match\n");
    } else if (node->kind != PLAN_BOOLEAN) {
        put_leaf_name(node, out);
        if (plan_is_phrase(node)) {
            buf_printf(out, "  weight %.9g\n", (double)node->weight);
        } else {
            buf_printf(out, "  df %llu, weight %.9g",
                       (unsigned long long)leaf_df(node), (double)node->weight);
            if (node->term_count > 1) put_terms(node, out);
            buf_put_byte(out, '\n');
        }
    } else {
        buf_printf(out, "group of %zu must, %zu should, %zu not",
                   node->must_count, node->should_count, node->excluded_count);
        if (node->min_match > 1) {
            buf_printf(out, ", at least %u should", node->min_match);
        }
        buf_put_byte(out, '\n');
        for (size_t i = 0; i < node->must_count; i++) {
            describe_node(node->must[i], "+", depth + 1, out);
        }
        for (size_t i = 0; i < node->should_count; i++) {
            describe_node(node->should[i], "", depth + 1, out);
        }
        for (size_t i = 0; i < node->excluded_count; i++) {
            describe_node(node->excluded[i], "-", depth + 1, out);
        }
    }
}

void search_describe_last(const SearchContext *context, Buf *out)
{
    describe_node(context->plan.root, "", 0, out);
}

Status search_describe(SearchContext *context, const Query *query,
                       const SearchOptions *options, Buf *out, Error *error)
{
    Status status = context_plan(context, query, options, error);
    if (status != OK) return status;
    search_describe_last(context, out);
    return buf_check(out, "describing a query", error);
}
