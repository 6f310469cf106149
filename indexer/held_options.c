/* held_options.c - an index keeps the options that it was made with. */
#include "indexer/held_options.h"

#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/segment/documents/index_fields.h"
#include "indexer/folder_options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Whether the option that sets this member is on the command line. */
#define GIVEN(held, member)                      \
    options_given((held)->program, (held)->line, \
                  offsetof(BuildSettings, member))

/* Of an option that may be given several times; borrowed. */
typedef struct Values {
    const char *const *items;
    size_t count;
} Values;

static Status fail_other(const Index *index, const char *given,
                         const char *held, Error *error)
{
    return fail(error, ERR_USAGE,
                "%s contradicts the index %s, which has %s; leave it out, or "
                "index everything again with it and --force",
                given, index->folder, held);
}

static Status fail_bufs(const Index *index, Buf *given, Buf *held, Error *error)
{
    const char *a = buf_text(given), *b = buf_text(held);
    return a && b ? fail_other(index, a, b, error)
                  : fail_memory(error, "comparing options");
}

/* "--k1 1.2" and "--k1 0.9" */
static Status fail_text(const Index *index, const char *option,
                        const char *given, const char *held, Error *error)
{
    Buf first = {0}, second = {0};
    buf_printf(&first, "%s %s", option, given);
    buf_printf(&second, "%s %s", option, held);
    Status status = fail_bufs(index, &first, &second, error);
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

static Status fail_bytes(const Index *index, const char *option, uint64_t given,
                         uint64_t held, Error *error)
{
    char first[32], second[32];
    snprintf(first, sizeof first, "%" PRIu64, given);
    snprintf(second, sizeof second, "%" PRIu64, held);
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

static void put_options(Buf *out, const char *option, const Values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        buf_printf(out, "%s%s ", i ? " " : "", option);
        put_visible(out, span_text(values->items[i]));
    }
    if (values->count == 0) buf_printf(out, "no %s", option);
}

/* "--store-field a" and "--store-field b --store-field c" */
static Status fail_options(const Index *index, const char *option,
                           const Values *given, const Values *held,
                           Error *error)
{
    Buf first = {0}, second = {0};
    put_options(&first, option, given);
    put_options(&second, option, held);
    Status status = fail_bufs(index, &first, &second, error);
    buf_release(&first);
    buf_release(&second);
    return status;
}

static bool has_value(const Values *list, const char *value)
{
    size_t at = 0;
    while (at < list->count && strcmp(list->items[at], value) != 0) at++;
    return at < list->count;
}

/* Takes over the stored fields. */
static Status hold_fields(HeldOptions *given, const Index *index, Error *error)
{
    CorpusOptions *corpus = &given->build->corpus;
    const char **names;
    Values held = {0};
    Status status = index_stored_fields(index, &given->arena, &names,
                                        &held.count, error);
    if (status != OK) return status;
    held.items = names;
    for (size_t i = 0; i < corpus->store_field_count; i++) {
        Values field = {&corpus->store_fields[i], 1};
        if (!has_value(&held, *field.items))
            return fail_options(index, "--store-field", &field, &held, error);
    }
    corpus->store_fields = held.items;
    corpus->store_field_count = held.count;
    return OK;
}

static bool same_values(const Values *a, const Values *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i], b->items[i]) != 0) return false;
    return true;
}

static Status check_folders(const HeldOptions *given, const Index *index,
                            Error *error)
{
    const CorpusOptions *asked = &given->build->corpus;
    const ManifestFolders *held = &index->manifest.folders;
    Values excludes = {asked->excludes, asked->exclude_count};
    Values held_excludes = {held->excludes, held->exclude_count};
    if (GIVEN(given, excludes) && !same_values(&excludes, &held_excludes))
        return fail_options(index, "--exclude", &excludes, &held_excludes,
                            error);
    if (GIVEN(given, hidden) && asked->hidden != held->hidden)
        return fail_switch(index, "hidden", asked->hidden, error);
    if (GIVEN(given, follow) && asked->follow != held->follow)
        return fail_switch(index, "follow", asked->follow, error);
    if (GIVEN(given, ignore) && asked->no_ignore != held->no_ignore)
        return fail_switch(index, "ignore", !asked->no_ignore, error);
    if (GIVEN(given, max_filesize) &&
        asked->max_file_bytes != held->max_file_bytes)
        return fail_bytes(index, "--max-filesize", asked->max_file_bytes,
                          held->max_file_bytes, error);
    return OK;
}

static bool reads_folder(const BuildOptions *build)
{
    struct stat facts;
    for (size_t i = 0; i < build->input_count; i++)
        if (!stat(build->inputs[i], &facts) && S_ISDIR(facts.st_mode))
            return true;
    return false;
}

/* A note names what is not the default, since what it leaves out or takes may
 * be far back in time. */
static void hold_folders(HeldOptions *given, const Index *index)
{
    Buf names = {0};
    folder_options_keep(given->program, given->line, &index->manifest.folders,
                        &given->build->corpus, &names);
    const char *text = names.size ? buf_text(&names) : NULL;
    if (text && reads_folder(given->build))
        log_note("reading folders with the options of %s:%s", index->folder,
                 text);
    buf_release(&names);
}

Status held_options_apply(HeldOptions *given, const Index *index, Error *error)
{
    Status status = check_words(given, index, error);
    if (status == OK) status = check_form(given, index, error);
    if (status == OK) status = check_folders(given, index, error);
    if (status == OK) status = hold_fields(given, index, error);
    if (status == OK) hold_folders(given, index);
    return status;
}

void held_options_release(HeldOptions *given)
{
    arena_release(&given->arena);
}
