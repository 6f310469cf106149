/* segment_merge_test.c - a merged segment has the bytes of a build of its live
 * documents. */
#include "indexer/merge/segment_merge.h"

#include "common/segment/index.h"
#include "common/segment/removals/removals_writer.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

enum { MAX_DOCUMENTS_OF_TEST = 4000, MAX_PIECES = 8 };

/* A document of a random corpus. */
typedef struct TestDocument {
    char id[48], title[64], url[24];
    char *text;
    bool has_url, live;
} TestDocument;

static TestDocument documents[MAX_DOCUMENTS_OF_TEST];
static uint32_t document_count;

static const char *const fields[] = {"url", "lang"};

/* A word of the vocabulary; some have parts that share positions. */
static void put_word(Buf *out, Random *random, size_t vocabulary)
{
    size_t word = random_zipf(random, vocabulary);
    static const char *const forms[] = {"w%zu ", "wi-fi%zu ", "getWord%zuById ",
                                        "W%zu. "};
    size_t form = word % 37 == 5 ? 1 + word % 3 : 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buf_printf(out, forms[form], word);
#pragma GCC diagnostic pop
}

static size_t text_length(Random *random, size_t longest)
{
    if (random_chance(random, 0.03)) return 0;
    if (random_chance(random, 0.01)) return longest * 8;
    return random_below(random, longest);
}

static char *text_of(Buf *words)
{
    buf_put_byte(words, 0);
    return (char *)words->data;
}

static void make_document(TestDocument *out, Random *random, uint32_t number,
                          size_t longest)
{
    Buf text = {0};
    *out = (TestDocument){.live = true};
    snprintf(out->id, sizeof out->id, "%s%u\t\xc3\xa9%s",
             number % 7 ? "folder/name-" : "", number * 7919u,
             number % 3 ? "" : "/a long end of an id");
    if (random_chance(random, 0.3))
        snprintf(out->title, sizeof out->title, "title w%zu w%zu",
                 random_zipf(random, 50), random_zipf(random, 500));
    out->has_url = random_chance(random, 0.6);
    snprintf(out->url, sizeof out->url, "http://%u", number);
    for (size_t left = text_length(random, longest); left > 0; left--)
        put_word(&text, random, 3000);
    out->text = text_of(&text);
}

static void make_corpus(Random *random, uint32_t count, size_t longest)
{
    document_count = count;
    for (uint32_t i = 0; i < count; i++)
        make_document(&documents[i], random, i, longest);
}

static void free_corpus(void)
{
    for (uint32_t i = 0; i < document_count; i++) free(documents[i].text);
    document_count = 0;
}

static void add_document(Build *build, const TestDocument *from)
{
    Error error;
    DocumentField stored[2] = {{span_text("url"), span_text(from->url)},
                               {span_text("lang"), span_text("en")}};
    Document document = {.id = span_text(from->id),
                         .title = span_text(from->title),
                         .text = span_text(from->text),
                         .fields = stored,
                         .field_count = from->has_url ? 2 : 0};
    Status status = build_add(build, &document, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

/* Which documents are taken. */
typedef enum Taken { TAKE_ALL, TAKE_LIVE, TAKE_REMOVED } Taken;

static bool is_taken(const TestDocument *document, Taken taken)
{
    return taken == TAKE_ALL || document->live == (taken == TAKE_LIVE);
}

static uint32_t count_taken(uint32_t from, uint32_t to, Taken taken)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++)
        count += is_taken(&documents[i], taken);
    return count;
}

/* Builds an index of documents from ... to - 1. */
static void build_range(const BuildOptions *options, const char *folder,
                        uint32_t from, uint32_t to, Taken taken)
{
    BuildOptions own = *options;
    BuildReport report;
    Build *build;
    Error error;
    own.output = keep(scratch_path(&scratch, folder));
    own.replace = true;
    Status status = build_new(&own, &build, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    for (uint32_t i = from; i < to; i++) {
        if (is_taken(&documents[i], taken)) add_document(build, &documents[i]);
    }
    status = build_finish(build, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    build_free(build);
}

static Index *open_index(const char *folder)
{
    Index *index;
    Error error;
    Status status = index_open(scratch_path(&scratch, folder), &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return index;
}

/* --- Pieces: indexes that become the segments of one --- */

typedef struct Piece {
    Index *index;
    Removals *removals;
    Contents *contents;
    uint32_t from, to;
} Piece;

static Piece pieces[MAX_PIECES];
static size_t piece_count;

/* The counts of the removed documents of a piece. */
static RemovedDocuments count_removed(const BuildOptions *options,
                                      const Piece *piece)
{
    build_range(options, "removed", piece->from, piece->to, TAKE_REMOVED);
    Index *removed = open_index("removed");
    RemovedDocuments counts = {
        .nonempty = (uint32_t)removed->manifest.nonempty_count,
        .tokens = removed->manifest.token_count};
    index_close(removed);
    return counts;
}

/* Corrections are left out: merging does not need them. */
static void write_removals(const BuildOptions *options, Piece *piece)
{
    uint32_t count = piece->to - piece->from;
    uint64_t *live = calloc(count / 64 + 1, sizeof *live);
    RemovedDocuments removed = count_removed(options, piece);
    RemovalsWriter writer;
    FolderHandle folder;
    Error error;
    char name[REMOVALS_NAME_BYTES];
    uint64_t bytes;
    for (uint32_t i = 0; i < count; i++) {
        if (documents[piece->from + i].live)
            live[i / 64] |= UINT64_C(1) << (i % 64);
    }
    removed.live = live;
    ck_assert_int_eq(folder_open(piece->index->folder, true, &folder, &error),
                     OK);
    Segment *segment = piece->index->segments[0];
    removals_writer_init(&writer, segment);
    Status status = removals_writer_finish(&writer, &removed, &folder,
                                           (FileAccess){0600, getegid()}, name,
                                           &bytes, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    status = removals_open_in(&folder, name, segment, &piece->removals, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    removals_writer_release(&writer);
    folder_close(&folder);
    free(live);
}

static Contents *open_contents(const FolderHandle *folder,
                               const ManifestSegment *entry)
{
    Contents *contents = NULL;
    Error error;
    if (!entry->contents.name) return NULL;
    Status status = contents_open_in(folder, entry, &contents, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return contents;
}

static Contents *open_contents_of(const Index *index)
{
    FolderHandle folder;
    Error error;
    ck_assert_int_eq(folder_open(index->folder, true, &folder, &error), OK);
    Contents *contents = open_contents(&folder, &index->manifest.segments[0]);
    folder_close(&folder);
    return contents;
}

static void make_piece(const BuildOptions *options, uint32_t from, uint32_t to)
{
    static const char *const names[MAX_PIECES] = {"p0", "p1", "p2", "p3",
                                                  "p4", "p5", "p6", "p7"};
    Piece *piece = &pieces[piece_count];
    const char *name = names[piece_count++];
    build_range(options, name, from, to, TAKE_ALL);
    *piece = (Piece){.index = open_index(name), .from = from, .to = to};
    piece->contents = open_contents_of(piece->index);
    if (count_taken(from, to, TAKE_REMOVED)) write_removals(options, piece);
}

static const uint32_t min_dfs[] = {PAIRS_AUTO, PAIRS_NONE, 2, 40, 1000};

/* Cuts the corpus anywhere into at most `count` pieces. Their pairs may be
 * those of other words. */
static void make_pieces(const BuildOptions *options, Random *random,
                        size_t count)
{
    uint32_t from = 0;
    bool same = random_chance(random, 0.5);
    piece_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t to = document_count;
        if (i + 1 < count)
            to = (uint32_t)random_between(random, from, document_count);
        BuildOptions own = *options;
        if (!same) own.pairs_min_df = min_dfs[random_below(random, 5)];
        /* A piece without a live document is not kept in an index. */
        if (count_taken(from, to, TAKE_LIVE)) make_piece(&own, from, to);
        from = to;
    }
}

static void close_pieces(void)
{
    for (size_t i = 0; i < piece_count; i++) {
        removals_close(pieces[i].removals);
        contents_close(pieces[i].contents);
        index_close(pieces[i].index);
    }
}

/* --- Merging --- */

typedef struct Merged {
    IndexFolder folder;
    Arena arena;
    ManifestSegment entry;
} Merged;

static MergeOptions merge_options(const BuildOptions *options,
                                  const IndexFolder *folder, float average)
{
    return (MergeOptions){.folder = folder,
                          .memory = options->memory,
                          .limits = options->limits,
                          .pairs_min_df = options->pairs_min_df,
                          .k1 = options->k1,
                          .b = options->b,
                          .average_length = average};
}

static void claim(Merged *merged, const char *name)
{
    Error error;
    *merged = (Merged){0};
    Status status = index_folder_claim(keep(scratch_path(&scratch, name)),
                                       (ClaimOptions){.replace = true},
                                       &merged->folder, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

static void release(Merged *merged)
{
    index_folder_abandon(&merged->folder);
    index_folder_release(&merged->folder);
    arena_release(&merged->arena);
}

static void merge(Merged *merged, const BuildOptions *options,
                  const MergeSource *sources, size_t count, float average)
{
    Error error;
    MergeOptions merging = merge_options(options, &merged->folder, average);
    Status status = segments_merge(&merging, sources, count, &merged->arena,
                                   &merged->entry, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

/* Which section differs, for messages. */
static const char *difference(const Merged *merged, const Segment *expected)
{
    static char text[200];
    Segment *segment;
    Error error;
    if (segment_open_in(&merged->folder.place, merged->entry.name, &segment,
                        &error) != OK)
        return "the merged segment cannot be opened";
    snprintf(text, sizeof text, "header");
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        Span a = segment->sections[kind], b = expected->sections[kind];
        bool equal = a.size == b.size && (a.data != NULL) == (b.data != NULL) &&
                     (!a.data || span_equal(a, b));
        if (equal || kind == SECTION_CHECKSUMS) continue;
        snprintf(text, sizeof text, "section %s: %zu bytes instead of %zu",
                 section_name((SectionKind)kind), a.size, b.size);
        break;
    }
    segment_close(segment);
    return text;
}

static void check_equal(const Merged *merged, const Index *expected)
{
    const ManifestSegment *entry = &expected->manifest.segments[0];
    ck_assert_msg(!strcmp(merged->entry.name, entry->name), "%s",
                  difference(merged, expected->segments[0]));
    ck_assert_uint_eq(merged->entry.bytes, entry->bytes);
    ck_assert_uint_eq(merged->entry.documents, entry->documents);
    ck_assert_uint_eq(merged->entry.contents.bytes, entry->contents.bytes);
    if (entry->contents.name)
        ck_assert_str_eq(merged->entry.contents.name, entry->contents.name);
}

/* The pieces, merged, are the index of their live documents; also if some of
 * them are merged before. */
static void check_merge(const BuildOptions *options, Random *random)
{
    MergeSource sources[MAX_PIECES];
    Merged merged, part;
    Segment *early = NULL;
    Error error;
    build_range(options, "fresh", 0, document_count, TAKE_LIVE);
    Index *fresh = open_index("fresh");
    float average = fresh->segments[0]->average_length;
    for (size_t i = 0; i < piece_count; i++)
        sources[i] = (MergeSource){pieces[i].index->segments[0],
                                   pieces[i].removals, pieces[i].contents};
    claim(&merged, "merged");
    merge(&merged, options, sources, piece_count, average);
    check_equal(&merged, fresh);

    size_t first = random_below(random, piece_count);
    size_t count = random_between(random, 1, piece_count - first);
    claim(&part, "part");
    merge(&part, options, sources + first, count, 3.5f);
    ck_assert_int_eq(
        segment_open_in(&part.folder.place, part.entry.name, &early, &error),
        OK);
    Contents *contents = open_contents(&part.folder.place, &part.entry);
    sources[first] = (MergeSource){early, NULL, contents};
    memmove(sources + first + 1, sources + first + count,
            (piece_count - first - count) * sizeof *sources);
    merge(&merged, options, sources, piece_count - count + 1, average);
    check_equal(&merged, fresh);
    segment_close(early);
    contents_close(contents);
    release(&part);
    release(&merged);
    index_close(fresh);
}

static BuildOptions random_options(Random *random)
{
    static const char *const analyzers[] = {"default", "standard", "english",
                                            "whitespace"};
    BuildOptions options = options_for(NULL, "fresh");
    options.input_count = 0;
    options.has_positions = random_chance(random, 0.8);
    options.has_stored = random_chance(random, 0.5);
    options.pairs_min_df = min_dfs[random_below(random, 4)];
    options.analyzer.name = analyzers[random_below(random, 4)];
    options.memory = random_chance(random, 0.2) ? 1 << 20 : 64 << 20;
    if (random_chance(random, 0.5)) options.limits = default_limits;
    options.limits.pair_tokens = (uint32_t)random_below(random, 2) * 20000;
    if (random_chance(random, 0.7)) {
        options.corpus.store_fields = fields;
        options.corpus.store_field_count = 2;
    }
    return options;
}

/* Removes documents: none, some, most, or whole ranges. */
static void remove_documents(Random *random)
{
    static const double shares[] = {0, 0.02, 0.3, 0.9};
    double share = shares[random_below(random, 4)];
    for (uint32_t i = 0; i < document_count; i++)
        documents[i].live = !random_chance(random, share);
    if (random_chance(random, 0.3)) {
        uint32_t from = (uint32_t)random_below(random, document_count);
        uint32_t to = (uint32_t)random_between(random, from, document_count);
        for (uint32_t i = from; i < to; i++) documents[i].live = false;
    }
    documents[random_below(random, document_count)].live = true;
}

START_TEST(merged_segments_have_the_bytes_of_a_build)
{
    Random random = {(uint64_t)_i + 1};
    static const uint32_t counts[] = {20, 200, 700, 2500};
    uint32_t most = counts[random_below(&random, 4)];
    make_corpus(&random, 1 + (uint32_t)random_below(&random, most), 60);
    remove_documents(&random);
    BuildOptions options = random_options(&random);
    make_pieces(&options, &random, random_between(&random, 1, MAX_PIECES));
    check_merge(&options, &random);
    close_pieces();
    free_corpus();
}
END_TEST

/* Text of more than 4 MB has a dictionary, and frames that can be copied. */
START_TEST(stored_text_is_that_of_a_build)
{
    Random random = {(uint64_t)_i + 100};
    make_corpus(&random, 1400, 900);
    if (_i % 2) remove_documents(&random);
    BuildOptions options = options_for(NULL, "fresh");
    options.input_count = 0;
    options.pairs_min_df = PAIRS_NONE;
    piece_count = 0;
    uint32_t cut = _i < 2 ? 1280 : 1190 + (uint32_t)_i;
    make_piece(&options, 0, cut);
    if (count_taken(cut, document_count, TAKE_LIVE))
        make_piece(&options, cut, document_count);
    ck_assert(_i != 0 ||
              segment_has(pieces[0].index->segments[0], SECTION_STORED_INDEX));
    check_merge(&options, &random);
    close_pieces();
    free_corpus();
}
END_TEST

static Suite *segment_merge_suite(void)
{
    Suite *suite = suite_create("segment_merge");
    TCase *tests = tcase_create("segment_merge");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, merged_segments_have_the_bytes_of_a_build, 0,
                        60);
    tcase_add_loop_test(tests, stored_text_is_that_of_a_build, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return check_main(segment_merge_suite());
}
