/* known_pairs.c - the pairs of segments that become one. */
#include "indexer/build/known_pairs.h"

#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

void pair_list_release(PairList *list)
{
    free(list->docids);
    free(list->tfs);
    *list = (PairList){0};
}

bool pair_list_reserve(PairList *list, uint32_t count)
{
    if (count <= list->capacity - list->df) return true;
    size_t capacity = (size_t)list->df + count;
    if (capacity < 2 * (size_t)list->capacity)
        capacity = 2 * (size_t)list->capacity;
    if (capacity < 1024) capacity = 1024;
    if (capacity > UINT32_MAX) capacity = UINT32_MAX;
    uint32_t *docids = realloc(list->docids, capacity * sizeof *docids);
    if (docids) list->docids = docids;
    uint32_t *tfs = realloc(list->tfs, capacity * sizeof *tfs);
    if (tfs) list->tfs = tfs;
    if (!docids || !tfs) return false;
    list->capacity = (uint32_t)capacity;
    return true;
}

/* --- Words --- */

static Status read_terms(KnownPairs *known, Segment *merged,
                         const PairWord *words, Error *error)
{
    TermWalk walk = {0};
    Status status = OK;
    known->terms = arena_zeroed(&known->arena, (size_t)known->word_count + 1,
                                sizeof *known->terms);
    if (!known->terms) return fail_memory(error, "finding pairs");
    for (uint32_t i = 0; i < known->word_count && status == OK; i++) {
        Span term = {0};
        TermRecord record;
        bool found = false;
        status = term_walk_start_at(&walk, merged, words[i].ordinal, error);
        if (status == OK)
            status = term_walk_next(&walk, &term, &record, &found, error);
        known->terms[i] = arena_copy(&known->arena, term);
    }
    term_walk_release(&walk);
    if (status == OK && known->arena.status != OK)
        status = fail_memory(error, "finding pairs");
    return status;
}

/* Index of a term among the frequent words of a segment; false: it is none. */
static bool find_word(const Segment *segment, uint32_t ordinal, uint32_t *index)
{
    uint32_t low = 0, high = segment->pair_words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pairs_word(segment, middle) < ordinal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *index = low;
    return low < segment->pair_words && pairs_word(segment, low) == ordinal;
}

/* Which words are frequent in the source, and which of its words they are. */
static Status map_words(const KnownPairs *known, KnownSource *source,
                        Error *error)
{
    Segment *segment = source->source->segment;
    Status status = OK;
    for (uint32_t i = 0; i < segment->pair_words; i++)
        source->words[i] = NO_PAIR_WORD;
    if (segment->pair_words) status = pairs_verify(segment, error);
    for (uint32_t i = 0; i < known->word_count && status == OK; i++) {
        TermRecord record;
        uint32_t index;
        bool found;
        status = dictionary_find(segment, known->terms[i], &record, &found,
                                 error);
        if (status != OK || !found) continue;
        if (!find_word(segment, record.number, &index)) continue;
        source->words[index] = (uint16_t)i;
        source->known[i] = 1;
    }
    return status;
}

/* --- Walking --- */

static Status fail_order(const KnownSource *source, Error *error)
{
    return segment_fail(source->source->segment, SECTION_PAIRS, error,
                        "pair %u is not after the one before it",
                        source->pair.record.number);
}

/* The next pair of two words of the new segment. */
static Status step(KnownSource *source, Error *error)
{
    bool was_found = source->found;
    uint32_t before = source->code;
    for (;;) {
        Status status = pair_walk_next(&source->walk, &source->pair,
                                       &source->found, error);
        if (status != OK || !source->found) return status;
        Segment *segment = source->source->segment;
        if (source->pair.first >= segment->pair_words ||
            source->pair.second >= segment->pair_words)
            return fail_order(source, error);
        uint16_t first = source->words[source->pair.first];
        uint16_t second = source->words[source->pair.second];
        if (first == NO_PAIR_WORD || second == NO_PAIR_WORD) continue;
        source->code = pair_code(first, second);
        if (was_found && source->code <= before)
            return fail_order(source, error);
        return OK;
    }
}

static Status open_source(const KnownPairs *known, KnownSource *source,
                          const ListSource *from, Error *error)
{
    Segment *segment = from->segment;
    source->source = from;
    source->walk = (PairWalk){.segment = segment};
    source->words = malloc(((size_t)segment->pair_words + 1) *
                           sizeof *source->words);
    source->known = calloc((size_t)known->word_count + 1, 1);
    if (!source->words || !source->known)
        return fail_memory(error, "finding pairs");
    Status status = map_words(known, source, error);
    return status == OK && segment->pair_words ? step(source, error) : status;
}

Status known_pairs_open(KnownPairs *known, const ListSource *sources,
                        size_t count, Segment *merged, const PairWord *words,
                        uint32_t word_count, Error *error)
{
    known->word_count = word_count;
    known->source_count = count;
    known->sources = calloc(count, sizeof *known->sources);
    if (!known->sources) return fail_memory(error, "finding pairs");
    Status status = read_terms(known, merged, words, error);
    for (size_t i = 0; i < count && status == OK; i++)
        status = open_source(known, &known->sources[i], &sources[i], error);
    return status;
}

void known_pairs_release(KnownPairs *known)
{
    for (size_t i = 0; known->sources && i < known->source_count; i++) {
        free(known->sources[i].words);
        free(known->sources[i].known);
    }
    free(known->sources);
    arena_release(&known->arena);
    *known = (KnownPairs){0};
}

bool known_pairs_next(const KnownPairs *known, uint32_t *code)
{
    bool found = false;
    for (size_t i = 0; i < known->source_count; i++) {
        const KnownSource *source = &known->sources[i];
        if (!source->found || (found && source->code >= *code)) continue;
        *code = source->code;
        found = true;
    }
    return found;
}

/* --- Lists --- */

/* Appends a batch of postings with the docids that they get. */
static void append(const ListSource *source, const PostingsScan *scan,
                   PairList *out)
{
    uint32_t df = out->df;
    for (uint32_t i = 0; i < scan->count; i++) {
        uint32_t docid = scan->docids[i];
        if (source->docid_map) {
            if (!docid_map_keeps(source->docid_map, docid)) continue;
            docid = docid_map_new(source->docid_map, docid);
        }
        out->docids[df] = docid + source->first_docid;
        out->tfs[df++] = scan->tfs[i];
    }
    out->df = df;
}

static Status take_list(KnownSource *source, PairList *out, Error *error)
{
    Postings list;
    PostingsScan scan;
    Segment *segment = source->source->segment;
    Status status = postings_open(segment, &source->pair.record, &list, error);
    if (status != OK) return status;
    if (!pair_list_reserve(out, list.df))
        return fail_memory(error, "merging pairs");
    postings_scan_start(&scan, segment, &list);
    scan.norms = NULL; /* norm codes are not needed */
    while (postings_scan_next(&scan)) append(source->source, &scan, out);
    return OK;
}

Status known_pairs_take(KnownPairs *known, uint32_t code, PairList *out,
                        Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < known->source_count && status == OK; i++) {
        KnownSource *source = &known->sources[i];
        if (!source->found || source->code != code) continue;
        status = take_list(source, out, error);
        if (status == OK) status = step(source, error);
    }
    return status;
}
