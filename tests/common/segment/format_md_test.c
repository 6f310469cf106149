/* format_md_test.c - decodes the worked examples of FORMAT.md.
 *
 * Format and readers cannot drift apart: each fenced block `hex NAME` is given
 * to the readers; what they decode is printed and must be the text of the block
 * `text NAME` after it.
 */
#include "common/codec/block_codec.h"
#include "common/segment/pairs/pairs.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/champions.h"
#include "common/segment/postings/postings_scan.h"
#include "common/segment/score_bounds.h"
#include "common/segment/skip_log/skip_log.h"
#include "tests/support/check_main.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FORMAT_MD "common/segment/FORMAT.md"

enum { POSTINGS_BASE = 6400, POSITIONS_BASE = 1000, ROOM = 16384 };

static Error error;

/* The lines of the fenced block ```KIND NAME of FORMAT.md. */
static Span fenced_block(Buf *format, const char *kind, const char *name)
{
    char fence[64];
    snprintf(fence, sizeof fence, "\n```%s %s\n", kind, name);
    const char *start = strstr(buf_text(format), fence);
    ck_assert_msg(start != NULL, "no block %s %s in " FORMAT_MD, kind, name);
    start += strlen(fence);
    const char *end = strstr(start, "```\n");
    ck_assert_ptr_nonnull(end);
    return span_of(start, (size_t)(end - start));
}

/* `e3 83`, `00*60`; from `#` to the end of a line is comment. */
static void parse_hex(Span text, Buf *out)
{
    const char *at = (const char *)text.data;
    const char *end = at + text.size;
    while (at < end) {
        if (*at == '#') at = memchr(at, '\n', (size_t)(end - at));
        if (isspace((unsigned char)*at)) {
            at++;
            continue;
        }
        char *behind;
        unsigned long byte = strtoul(at, &behind, 16);
        ck_assert_msg(behind == at + 2, "not two digits: %.8s", at);
        unsigned long count = 1;
        if (*behind == '*') count = strtoul(behind + 1, &behind, 10);
        while (count-- > 0) buf_put_byte(out, (uint8_t)byte);
        at = behind;
    }
}

/* A segment of nothing but what an example needs; all of it verified. */
typedef struct ExampleSegment {
    Segment segment;
    uint8_t index[32], postings[ROOM], positions[ROOM], bounds[ROOM];
    uint8_t norms[10000];
    _Atomic uint64_t verified[8];
} ExampleSegment;

static ExampleSegment example;
static char example_path[] = FORMAT_MD;

static void init_example(Span terms)
{
    memset(&example, 0, sizeof example);
    memset(example.norms, 100, sizeof example.norms);
    for (int i = 0; i < 8; i++) example.verified[i] = UINT64_MAX;
    uint8_t prefix[8] = {0, 0, 0, 0, 'e', 'u', 'l', 'b'};
    memcpy(example.index, prefix, 8);
    memcpy(example.index + 8, prefix, 8);
    put_u64le(example.index + 16, 0);
    put_u64le(example.index + 24, terms.size);
    Segment *segment = &example.segment;
    *segment = (Segment){.path = example_path,
                         .document_count = 10000,
                         .nonempty_count = 10000,
                         .token_count = 1000000,
                         .term_count = 4,
                         .limits = default_limits,
                         .verified_parts = example.verified,
                         .verified_terms = example.verified + 4,
                         .verified_positions = example.verified + 5,
                         .verified_pairs = example.verified + 6};
    example.verified[4] = example.verified[5] = example.verified[6] = 0;
    segment->sections[SECTION_TERMS] = terms;
    segment->sections[SECTION_TERMS_INDEX] = span_of(example.index, 32);
    segment->sections[SECTION_POSTINGS] = span_of(example.postings, ROOM);
    segment->sections[SECTION_POSITIONS] = span_of(example.positions, ROOM);
    segment->sections[SECTION_BOUNDS] = span_of(example.bounds, ROOM);
    segment->sections[SECTION_NORMS] = span_of(example.norms, 10000);
}

static void print_stream(Buf *bytes, Buf *out)
{
    uint32_t values[16];
    codec_decode(bytes->data, 5, 5, 0, values);
    buf_printf(out, "width 5:");
    for (int i = 0; i < 5; i++) buf_printf(out, " %u", values[i]);
    buf_put_byte(out, '\n');
}

static void print_list_record(Buf *out, const TermRecord *record)
{
    buf_printf(out, ", max %u", record->max);
    for (int i = 0; i < record->kth_count; i++) {
        buf_printf(out, "%s %u", i ? "" : ", k-th", record->kth[i]);
    }
    if (record->kind == POSTINGS_SHORT) {
        buf_printf(out, ", widths %u %u %u, norm_min %u", record->doc_bits,
                   record->tf_bits, record->norm_bits, record->norm_min);
    }
    if (record->kind == POSTINGS_BITMAP) {
        buf_printf(out, ", tf_bits %u, exceptions %u", record->tf_bits,
                   record->exception_count);
    }
    buf_printf(out, ", postings %" PRIu64 ", positions %" PRIu64,
               record->postings_offset, record->positions_offset);
    if (record->has_bounds) {
        buf_printf(out, ", bounds %" PRIu64, record->bounds_offset);
    }
}

static void print_inline_record(Buf *out, const TermRecord *record)
{
    Postings list;
    Positions positions;
    uint32_t at[INLINE_POSITIONS];
    ck_assert_int_eq(postings_open(&example.segment, record, &list, &error),
                     OK);
    ck_assert_int_eq(
        positions_open(&example.segment, &list, &positions, &error), OK);
    buf_printf(out, ", docid %u, positions", record->docid);
    uint32_t count = positions_get(&positions, 0, at, INLINE_POSITIONS);
    for (uint32_t i = 0; i < count; i++) buf_printf(out, " %u", at[i]);
}

static void print_terms(Buf *bytes, Buf *out)
{
    init_example(buf_span(bytes));
    TermWalk walk = {0};
    Span term;
    TermRecord record;
    bool found;
    Status status = term_walk_start(&walk, &example.segment, (Span){0}, &error);
    for (;;) {
        if (status == OK) {
            status = term_walk_next(&walk, &term, &record, &found, &error);
        }
        ck_assert_msg(status == OK, "%s", error.message);
        if (!found) break;
        buf_printf(out, "%u %.*s: class %u, df %u, total tf %" PRIu64,
                   record.number, SPAN_ARGS(term), record.kind, record.df,
                   record.total_tf);
        if (record.kind == POSTINGS_INLINE) {
            print_inline_record(out, &record);
        } else {
            print_list_record(out, &record);
        }
        buf_put_byte(out, '\n');
        TermRecord same;
        status = dictionary_find(&example.segment, term, &same, &found, &error);
        ck_assert(status == OK && found && same.number == record.number);
    }
    term_walk_release(&walk);
}

/* Opens `blues`, whose list and positions are what two examples are about. */
static void open_blues(Buf *format, Buf *terms, Postings *list)
{
    TermRecord record;
    bool found;
    parse_hex(fenced_block(format, "hex", "terms"), terms);
    init_example(buf_span(terms));
    Status status = dictionary_find(&example.segment, span_text("blues"),
                                    &record, &found, &error);
    ck_assert(status == OK && found);
    Buf postings = {0}, positions = {0};
    parse_hex(fenced_block(format, "hex", "short"), &postings);
    parse_hex(fenced_block(format, "hex", "positions"), &positions);
    memcpy(example.postings + POSTINGS_BASE, postings.data, postings.size);
    memcpy(example.positions + POSITIONS_BASE, positions.data, positions.size);
    status = postings_open(&example.segment, &record, list, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    buf_release(&postings);
    buf_release(&positions);
}

static void print_short(Buf *format, Buf *out)
{
    Buf terms = {0};
    Postings list;
    PostingsScan scan;
    open_blues(format, &terms, &list);
    postings_scan_start(&scan, &example.segment, &list);
    while (postings_scan_next(&scan)) {
        for (uint32_t i = 0; i < scan.count; i++) {
            buf_printf(out, "docid %u, tf %u, norm code %u\n", scan.docids[i],
                       scan.tfs[i], scan.codes[i]);
        }
    }
    buf_release(&terms);
}

static void print_positions(Buf *format, Buf *out)
{
    Buf terms = {0};
    Postings list;
    Positions positions;
    open_blues(format, &terms, &list);
    Status status = positions_open(&example.segment, &list, &positions, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    for (uint32_t number = 0; number < list.df; number++) {
        uint32_t at[8 + POSITIONS_ROOM];
        uint32_t count = positions_get(&positions, number, at, 8);
        buf_printf(out, "posting %u:", number);
        for (uint32_t i = 0; i < count; i++) buf_printf(out, " %u", at[i]);
        buf_put_byte(out, '\n');
    }
    buf_release(&terms);
}

static void print_blocks(Buf *bytes, Buf *out)
{
    Postings list = {.kind = POSTINGS_BLOCKS,
                     .df = 150,
                     .block_count = 2,
                     .last_docids = bytes->data,
                     .headers = bytes->data + 8,
                     .data = bytes->data + bytes->size};
    for (uint32_t b = 0; b < list.block_count; b++) {
        Block block = postings_block(&list, b);
        buf_printf(out, "block %u: %u postings after %d up to %u, ", b,
                   block.count, (int32_t)block.before,
                   postings_last_docid(&list, b));
        buf_printf(out, "streams at %td %td %td, ", block.docs - list.data,
                   block.tfs - list.data, block.norms - list.data);
        buf_printf(out, "widths %u %u %u, norm_min %u, bound %u\n",
                   block.doc_bits, block.tf_bits, block.norm_bits,
                   block.norm_min, postings_block_bound(&list, b));
    }
}

static void print_bounds(Buf *bytes, Buf *out)
{
    static const uint32_t POSTINGS[][3] = {
        {64, 3, 57}, {70, 1, 10}, {199, 1, 57}}; /* docid, tf, norm code */
    Bm25 bm25;
    bm25_init_average(&bm25, 0.9f, 0.4f, 100);
    for (int i = 0; i < 3; i++) {
        const uint32_t *posting = POSTINGS[i];
        double part = bm25_fraction(posting[1], bm25.inverse[posting[2]]);
        buf_printf(out,
                   "document %u: x = %.6f, as a byte %u, as max %u, as k-th "
                   "%u\n",
                   posting[0], part, bound_byte(part), bound_word(part),
                   kth_word(part));
    }
    buf_printf(out, "ranges");
    for (int i = 0; i < 4; i++) buf_printf(out, " %u", bytes->data[i]);
    buf_printf(out, ", window %u\n", bytes->data[BOUNDS_ALIGNMENT]);
    ck_assert_uint_eq(bytes->size, 2 * BOUNDS_ALIGNMENT);
}

/* The bitmap that the champions of the example are from: theirs are the first
 * two postings and the last. */
typedef struct ChampionBitmap {
    uint64_t bits[160];
    uint32_t ranks[20];
    uint8_t tfs[12 + 64]; /* 24 values of 4 bits */
} ChampionBitmap;

static Postings champion_list(ChampionBitmap *bitmap, uint32_t term)
{
    enum { FILLERS = 21 };
    *bitmap = (ChampionBitmap){.tfs = {[0] = 0x14, [11] = 0x50}};
    bitmap->bits[64 / 64] |= 1ull << (64 % 64);
    bitmap->bits[700 / 64] |= 1ull << (700 % 64);
    for (uint32_t d = 1024; d < 1024 + FILLERS; d++) {
        bitmap->bits[d / 64] |= 1ull << (d % 64);
    }
    bitmap->bits[9001 / 64] |= 1ull << (9001 % 64);
    bitmap->ranks[1] = 1;
    for (int i = 2; i < 20; i++) bitmap->ranks[i] = i == 2 ? 2 : 2 + FILLERS;
    example.norms[64] = 49;
    example.norms[700] = 40;
    example.norms[9001] = 47;
    return (Postings){.kind = POSTINGS_BITMAP,
                      .number = term,
                      .df = 3 + FILLERS,
                      .bits = bitmap->bits,
                      .ranks = bitmap->ranks,
                      .tf_bits = 4,
                      .tf_stream = bitmap->tfs};
}

static void print_champions(Buf *bytes, Buf *out)
{
    enum { TERM = 3 };
    init_example((Span){0});
    example.segment.sections[SECTION_CHAMPIONS] = buf_span(bytes);
    example.segment.k1 = 0.9f;
    example.segment.b = 0.4f;
    example.segment.average_length = 100;
    ChampionBitmap bitmap;
    Postings list = champion_list(&bitmap, TERM);
    Status status = champions_validate(&example.segment, &list, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    Champions champions = champions_find(&example.segment, &list);
    buf_printf(out, "term %d: %u champions\n", TERM, champions.count);
    for (uint32_t i = 0; i < champions.count; i++) {
        Champion champion = champion_at(&champions, i);
        buf_printf(out, "docid %u, tf %u, norm code %u\n", champion.docid,
                   champion.tf, champion.code);
    }
    list.number--;
    ck_assert_uint_eq(champions_find(&example.segment, &list).count, 0);
}

static const char *presence_of(uint32_t first, uint32_t second)
{
    static const char *const names[] = {"unknown", "absent", "stored"};
    Postings list;
    PairPresence presence;
    Status status = pairs_find(&example.segment, first, second, &list,
                               &presence, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return names[presence];
}

static void print_pair_list(Buf *out, const TermRecord *record)
{
    Postings list;
    PostingsScan scan;
    Status status = postings_open(&example.segment, record, &list, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    postings_scan_start(&scan, &example.segment, &list);
    ck_assert(postings_scan_next(&scan));
    for (uint32_t i = 0; i < scan.count; i++) {
        buf_printf(out, "%sdocid %u, tf %u", i ? "; " : "", scan.docids[i],
                   scan.tfs[i]);
    }
}

static void print_pair(Buf *out, const Pair *pair)
{
    const TermRecord *record = &pair->record;
    buf_printf(out, "(%u, %u): class %u, df %u, total tf %" PRIu64 ", max %u",
               pairs_word(&example.segment, pair->first),
               pairs_word(&example.segment, pair->second), record->kind,
               record->df, record->total_tf, record->max);
    for (int i = 0; i < record->kth_count; i++)
        buf_printf(out, "%s %u", i ? "" : ", k-th", record->kth[i]);
    buf_put_text(out, ": ");
    if (record->kind == POSTINGS_BLOCKS) {
        buf_printf(out, "at %" PRIu64, record->postings_offset);
    } else {
        print_pair_list(out, record);
    }
    buf_put_byte(out, '\n');
}

static void print_pairs(Buf *bytes, Buf *out)
{
    init_example((Span){0});
    Segment *segment = &example.segment;
    segment->sections[SECTION_PAIRS] = buf_span(bytes);
    segment->sections[SECTION_PAIR_POSTINGS] = span_of(example.postings, ROOM);
    segment->pair_min_df = 1;
    segment->pair_words = 2;
    segment->pair_count = 3;
    PairWalk walk = {.segment = segment};
    Pair pair;
    bool found = true;
    Status status = pairs_verify(segment, &error);
    while (status == OK) {
        status = pair_walk_next(&walk, &pair, &found, &error);
        if (status != OK || !found) break;
        print_pair(out, &pair);
    }
    ck_assert_msg(status == OK, "%s", error.message);
    buf_printf(out, "(1, 1): %s; ", presence_of(1, 1));
    buf_printf(out, "(1, 2): %s\n", presence_of(1, 2));
    ck_assert_str_eq(presence_of(3, 1), "stored");
}

static void print_skip_log(Buf *bytes, Buf *out)
{
    init_example((Span){0});
    example.segment.sections[SECTION_SKIP_LOG] = buf_span(bytes);
    SkipLogCounts counts = {0};
    SkipLogWalk walk = {0};
    bool found = true;
    Status status = skip_log_count(&example.segment, &counts, &error);
    if (status == OK)
        status = skip_log_walk_start(&walk, &example.segment, &error);
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        buf_printf(out, "%" PRIu64 " %s, ", counts.of_kind[kind],
                   skip_log_kind_name((SkipLogKind)kind));
    buf_printf(out, "%" PRIu64 " entries\n", counts.entries);
    while (status == OK && found) {
        SkipLogEntry entry;
        status = skip_log_walk_next(&walk, &entry, &found, &error);
        if (status != OK || !found) break;
        buf_printf(out,
                   "%s %.*s, line %" PRIu64 ", column %" PRIu64
                   ", offset %" PRIu64 ": %.*s\n",
                   skip_log_kind_name(entry.kind), SPAN_ARGS(entry.source),
                   entry.line, entry.column, entry.offset,
                   SPAN_ARGS(entry.reason));
    }
    ck_assert_msg(status == OK, "%s", error.message);
    skip_log_walk_release(&walk);
}

static const char *const EXAMPLES[] = {"stream",    "terms",  "short",
                                       "positions", "blocks", "bounds",
                                       "champions", "pairs",  "skip_log"};

START_TEST(the_readers_decode_each_example_as_format_md_says)
{
    const char *name = EXAMPLES[_i];
    Buf format = {0}, bytes = {0}, out = {0};
    Status status = file_read(FORMAT_MD, 1 << 20, &format, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    parse_hex(fenced_block(&format, "hex", name), &bytes);
    buf_put_zeros(&bytes, SECTION_PADDING);
    bytes.size -= SECTION_PADDING;
    switch (_i) {
    case 0: print_stream(&bytes, &out); break;
    case 1: print_terms(&bytes, &out); break;
    case 2: print_short(&format, &out); break;
    case 3: print_positions(&format, &out); break;
    case 4: print_blocks(&bytes, &out); break;
    case 5: print_bounds(&bytes, &out); break;
    case 6: print_champions(&bytes, &out); break;
    case 7: print_pairs(&bytes, &out); break;
    default: print_skip_log(&bytes, &out);
    }
    Span expected = fenced_block(&format, "text", name);
    ck_assert_msg(span_equal(expected, buf_span(&out)),
                  "FORMAT.md says\n%.*s\nthe readers say\n%s",
                  SPAN_ARGS(expected), buf_text(&out));
    buf_release(&format);
    buf_release(&bytes);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("format_md");
    TCase *tests = tcase_create("format_md");
    tcase_add_loop_test(tests,
                        the_readers_decode_each_example_as_format_md_says, 0,
                        sizeof EXAMPLES / sizeof *EXAMPLES);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
