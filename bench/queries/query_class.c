/* query_class.c - the class of a query by its form. */
#include "bench/queries/query_class.h"

static bool has_pattern(const QueryNode *node)
{
    if (node->kind == QUERY_EXPANSION) return true;
    for (size_t i = 0; node->kind == QUERY_BOOLEAN && i < node->clause_count;
         i++) {
        if (has_pattern(node->clauses[i].node)) return true;
    }
    return false;
}

typedef struct ClauseCounts {
    size_t should, must, excluded;
    bool words_only;
} ClauseCounts;

static ClauseCounts count_clauses(const QueryNode *node)
{
    ClauseCounts counts = {.words_only = true};
    for (size_t i = 0; i < node->clause_count; i++) {
        const QueryClause *clause = &node->clauses[i];
        counts.should += clause->occur == OCCUR_SHOULD;
        counts.must += clause->occur == OCCUR_MUST;
        counts.excluded += clause->occur == OCCUR_NOT;
        counts.words_only &= clause->node->kind == QUERY_TERM;
    }
    return counts;
}

static const char *boolean_class(const QueryNode *node)
{
    ClauseCounts counts = count_clauses(node);
    if (!counts.words_only || node->min_match > 1) return "mixed";
    if (counts.excluded) return "negated";
    if (counts.must == 0) return "union";
    return counts.should == 0 ? "intersection" : "mixed";
}

const char *query_class(const Query *query)
{
    const QueryNode *root = query->root;
    if (has_pattern(root)) return "pattern";
    switch (root->kind) {
    case QUERY_TERM: return "term";
    case QUERY_PHRASE: return "phrase";
    case QUERY_BOOLEAN: return boolean_class(root);
    case QUERY_EXPANSION: return "pattern";
    case QUERY_NOTHING: break;
    }
    return "nothing";
}
