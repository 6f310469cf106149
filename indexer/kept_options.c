/* kept_options.c - a rebuild keeps the options of the index it replaces.
 *
 * MANIFEST has most of them, the section stored_index the names of the stored
 * fields. What the command line gives wins, and what contradicts it is not
 * kept: the stemmer of an index does not survive -a english. How files are read
 * (their format, their fields) is not recorded.
 */
#include "indexer/kept_options.h"

#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/segment/documents/index_fields.h"
#include "common/segment/index.h"
#include "indexer/folder_options.h"

#include <string.h>

/* A rebuild that is being set up. */
typedef struct Rebuild {
    KeptOptions *kept;
    const Manifest *old;
    const ParsedLine *line;
    BuildOptions *options;
    Buf names; /* of what is kept, as on a command line */
} Rebuild;

/* Whether the option that sets this member is on the command line. */
#define GIVEN(rebuild, member)                       \
    options_given(&INDEXER_PROGRAM, (rebuild)->line, \
                  offsetof(BuildSettings, member))

static bool has_own_stemmer(const char *analyzer)
{
    return !strcmp(analyzer, "english");
}

static bool takes_stemmer(const char *analyzer)
{
    return !strcmp(analyzer, "default") || !strcmp(analyzer, "standard");
}

static bool keeps_analyzer(const Rebuild *rebuild)
{
    const char *old = rebuild->old->analyzer.name;
    const AnalyzerOptions *given = &rebuild->options->analyzer;
    if (GIVEN(rebuild, analyzer)) return false;
    return !(given->stem && !takes_stemmer(old)) &&
           !(given->no_fold && has_own_stemmer(old));
}

static void keep_stop_words(Rebuild *rebuild)
{
    const AnalyzerOptions *old = &rebuild->old->analyzer;
    AnalyzerOptions *analyzer = &rebuild->options->analyzer;
    if (GIVEN(rebuild, stop_words) || !old->has_stop_words) return;
    analyzer->has_stop_words = true;
    analyzer->stop_words = old->stop_words;
    buf_put_text(&rebuild->names, " --stopwords ");
    if (old->stop_words.size == 0) {
        buf_put_text(&rebuild->names, "none");
        return;
    }
    uint64_t count = 1; /* one space between words */
    for (size_t i = 0; i < old->stop_words.size; i++)
        count += old->stop_words.data[i] == ' ';
    buf_put_text(&rebuild->names, "(");
    put_counted(&rebuild->names, count, "word");
    buf_put_text(&rebuild->names, ")");
}

/* Options of words belong to their analyzer. */
static void keep_words(Rebuild *rebuild)
{
    const AnalyzerOptions *old = &rebuild->old->analyzer;
    AnalyzerOptions *analyzer = &rebuild->options->analyzer;
    if (keeps_analyzer(rebuild)) {
        analyzer->name = old->name;
        if (strcmp(old->name, "default") != 0)
            buf_printf(&rebuild->names, " --analyzer %s", old->name);
    }
    if (strcmp(analyzer->name, old->name) != 0) return;
    if (!GIVEN(rebuild, stem) && old->stem && !analyzer->no_fold) {
        analyzer->stem = old->stem;
        buf_printf(&rebuild->names, " --stem %s", old->stem);
    }
    keep_stop_words(rebuild);
    if (!GIVEN(rebuild, fold) && old->no_fold && !analyzer->stem) {
        analyzer->no_fold = true;
        buf_put_text(&rebuild->names, " --no-fold");
    }
}

static void keep_numbers(Rebuild *rebuild)
{
    const Manifest *old = rebuild->old;
    BuildOptions *options = rebuild->options;
    BuildOptions defaults = build_defaults();
    if (!GIVEN(rebuild, k1)) options->k1 = old->k1;
    if (!GIVEN(rebuild, b)) options->b = old->b;
    if (!GIVEN(rebuild, k1) && old->k1 != defaults.k1)
        buf_printf(&rebuild->names, " --k1 %g", (double)old->k1);
    if (!GIVEN(rebuild, b) && old->b != defaults.b)
        buf_printf(&rebuild->names, " --b %g", (double)old->b);
    if (!GIVEN(rebuild, segments) && old->segment_count > 1) {
        options->segments = (uint32_t)old->segment_count;
        buf_printf(&rebuild->names, " --segments %u", options->segments);
    }
}

/* Fields are stored with the text, so a given --store-field asks for both. */
static void keep_stored(Rebuild *rebuild)
{
    const Manifest *old = rebuild->old;
    BuildOptions *options = rebuild->options;
    bool has_fields = GIVEN(rebuild, store_fields);
    if (!GIVEN(rebuild, positions) && !old->has_positions) {
        options->has_positions = false;
        buf_put_text(&rebuild->names, " --no-positions");
    }
    if (!GIVEN(rebuild, store) && !has_fields && !old->has_stored) {
        options->has_stored = false;
        buf_put_text(&rebuild->names, " --no-store");
    }
}

static Status read_fields(Rebuild *rebuild, const Index *index, Error *error)
{
    CorpusOptions *corpus = &rebuild->options->corpus;
    const char **names;
    size_t count;
    Status status = index_stored_fields(index, &rebuild->kept->arena, &names,
                                        &count, error);
    if (status != OK || !count) return status;
    corpus->store_fields = names;
    corpus->store_field_count = count;
    for (size_t i = 0; i < count; i++) {
        buf_put_text(&rebuild->names, " --store-field ");
        put_plain_id(&rebuild->names, span_text(names[i]));
    }
    return OK;
}

static void keep_fields(Rebuild *rebuild)
{
    Index *index;
    Error reason;
    const char *folder = rebuild->options->output;
    if (!rebuild->options->has_stored || !rebuild->old->has_stored ||
        GIVEN(rebuild, store_fields))
        return;
    Status status = index_open(folder, &index, &reason);
    if (status == OK) status = read_fields(rebuild, index, &reason);
    if (status != OK)
        log_note("the stored fields of %s cannot be kept: %s", folder,
                 reason.message);
    index_close(index);
}

static void keep_all(Rebuild *rebuild)
{
    keep_words(rebuild);
    keep_numbers(rebuild);
    keep_stored(rebuild);
    keep_fields(rebuild);
    folder_options_keep(&INDEXER_PROGRAM, rebuild->line, &rebuild->old->folders,
                        &rebuild->options->corpus, &rebuild->names);
    const char *names = rebuild->names.size ? buf_text(&rebuild->names) : NULL;
    if (names)
        log_note("keeping options of the index that is replaced:%s", names);
    buf_release(&rebuild->names);
}

void kept_options_apply(KeptOptions *kept, const BuildSettings *settings,
                        const ParsedLine *line, BuildOptions *options)
{
    Error reason;
    const char *folder = options->output;
    if (!settings->force || !settings->keep_options || !index_is_there(folder))
        return;
    if (manifest_read(folder, &kept->old, &reason) != OK) {
        log_note("the options of %s cannot be kept: %s", folder,
                 reason.message);
        return;
    }
    Rebuild rebuild = {
        .kept = kept, .old = &kept->old, .line = line, .options = options};
    keep_all(&rebuild);
}

void kept_options_release(KeptOptions *kept)
{
    manifest_release(&kept->old);
    arena_release(&kept->arena);
}
