/* held_options.c - an index keeps the options that it was made with. */
#include "indexer/held_options.h"

#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/segment/documents/index_fields.h"
#include "common/text/stop_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Whether the option that sets this member is on the command line. */
#define GIVEN(held, member)                      \
    options_given((held)->program, (held)->line, \
                  offsetof(BuildSettings, member))

static Status fail_other(const Index *index, const char *given,
                         const char *held, Error *error)
{
    return fail(error, ERR_USAGE,
                "%s contradicts the index %s, which has %s; leave it out, or "
                "make another index",
                given, index->folder, held);
}

/* "--k1 1.2" and "--k1 0.9" */
static Status fail_text(const Index *index, const char *option,
                        const char *given, const char *held, Error *error)
{
    Buf first = {0}, second = {0};
    buf_printf(&first, "%s %s", option, given);
    buf_printf(&second, "%s %s", option, held);
    const char *a = buf_text(&first), *b = buf_text(&second);
    Status status = a && b ? fail_other(index, a, b, error)
                           : fail_memory(error, "comparing options");
    buf_release(&first);
    buf_release(&second);
    return status;
}

static Status fail_number(const Index *index, const char *option, float given,
                          float held, Error *error)
{
    char first[32], second[32];
    snprintf(first, sizeof first, "%g", (double)given);
    snprintf(second, sizeof second, "%g", (double)held);
    return fail_text(index, option, first, second, error);
}

static Status fail_switch(const Index *index, const char *name, bool given,
                          Error *error)
{
    char first[32], second[32];
    snprintf(first, sizeof first, "--%s%s", given ? "" : "no-", name);
    snprintf(second, sizeof second, "--%s%s", given ? "no-" : "", name);
    return fail_other(index, first, second, error);
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static Span next_word(Span *text)
{
    size_t start = 0;
    while (start < text->size && is_space(text->data[start])) start++;
    size_t end = start;
    while (end < text->size && !is_space(text->data[end])) end++;
    Span word = span_of(text->data + start, end - start);
    *text = span_of(text->data + end, text->size - end);
    return word;
}

/* The same words, whatever is between them. */
static bool same_words(Span a, Span b)
{
    for (;;) {
        Span first = next_word(&a), second = next_word(&b);
        if (!span_equal(first, second)) return false;
        if (first.size == 0) return true;
    }
}

static Status check_words(const HeldOptions *given, const Index *index,
                          Error *error)
{
    const AnalyzerOptions *asked = &given->build->analyzer;
    const AnalyzerOptions *held = &index->manifest.analyzer;
    const char *stem = asked->stem ? asked->stem : "none";
    const char *held_stem = held->stem ? held->stem : "none";
    if (GIVEN(given, analyzer) && strcmp(asked->name, held->name) != 0)
        return fail_text(index, "--analyzer", asked->name, held->name, error);
    if (GIVEN(given, stem) && strcmp(stem, held_stem) != 0)
        return fail_text(index, "--stem", stem, held_stem, error);
    if (GIVEN(given, fold) && asked->no_fold != held->no_fold)
        return fail_switch(index, "fold", !asked->no_fold, error);
    if (GIVEN(given, stop_words) &&
        (asked->has_stop_words != held->has_stop_words ||
         !same_words(asked->stop_words, held->stop_words)))
        return fail_other(index, "--stopwords", "other stop words", error);
    return OK;
}

static void put_pairs(char out[16], uint32_t min_df)
{
    if (min_df == PAIRS_AUTO || min_df == PAIRS_NONE) {
        strcpy(out, min_df == PAIRS_AUTO ? "auto" : "none");
    } else {
        snprintf(out, 16, "%" PRIu32, min_df);
    }
}

static Status check_form(const HeldOptions *given, const Index *index,
                         Error *error)
{
    const BuildOptions *asked = given->build;
    const Manifest *held = &index->manifest;
    if (GIVEN(given, k1) && asked->k1 != held->k1)
        return fail_number(index, "--k1", asked->k1, held->k1, error);
    if (GIVEN(given, b) && asked->b != held->b)
        return fail_number(index, "--b", asked->b, held->b, error);
    if (GIVEN(given, positions) && asked->has_positions != held->has_positions)
        return fail_switch(index, "positions", asked->has_positions, error);
    if (GIVEN(given, store) && asked->has_stored != held->has_stored)
        return fail_switch(index, "store", asked->has_stored, error);
    if (GIVEN(given, pairs) && asked->pairs_min_df != held->pairs_min_df) {
        char first[16], second[16];
        put_pairs(first, asked->pairs_min_df);
        put_pairs(second, held->pairs_min_df);
        return fail_text(index, "--pairs", first, second, error);
    }
    return OK;
}

static void put_names(Buf *out, const char **names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_put_text(out, i ? " --store-field " : "--store-field ");
        put_visible(out, span_text(names[i]));
    }
    if (count == 0) buf_put_text(out, "no stored fields");
}

static Status fail_fields(const Index *index, const char *given,
                          const char **names, size_t count, Error *error)
{
    Buf first = {0}, held = {0};
    buf_printf(&first, "--store-field %s", given);
    put_names(&held, names, count);
    const char *a = buf_text(&first), *b = buf_text(&held);
    Status status = a && b ? fail_other(index, a, b, error)
                           : fail_memory(error, "comparing options");
    buf_release(&first);
    buf_release(&held);
    return status;
}

static Status compare_fields(const CorpusOptions *corpus, const Index *index,
                             const char **names, size_t count, Error *error)
{
    for (size_t i = 0; i < corpus->store_field_count; i++) {
        const char *field = corpus->store_fields[i];
        size_t at = 0;
        while (at < count && strcmp(names[at], field) != 0) at++;
        if (at == count) return fail_fields(index, field, names, count, error);
    }
    return OK;
}

static Status check_fields(const HeldOptions *given, const Index *index,
                           Error *error)
{
    Arena arena = {0};
    const char **names;
    size_t count;
    if (!GIVEN(given, store_fields)) return OK;
    Status status = index_stored_fields(index, &arena, &names, &count, error);
    if (status == OK)
        status = compare_fields(&given->build->corpus, index, names, count,
                                error);
    arena_release(&arena);
    return status;
}

Status held_options_check(const HeldOptions *given, Index *index, Error *error)
{
    Status status = check_words(given, index, error);
    if (status == OK) status = check_form(given, index, error);
    return status == OK ? check_fields(given, index, error) : status;
}
