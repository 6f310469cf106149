/* segment_damage_test.c - tests that damage is reported or harmless.
 *
 * First bytes are changed as a bad disk would: a checksum must be wrong, or
 * what is read must be unchanged. Then the checksums are recomputed after a
 * change: the content may then be anything, but no reader may leave its
 * section. Most useful under the address sanitizer.
 */
#include "common/base/hash.h"
#include "common/segment/check/segment_check.h"
#include "common/segment/documents/documents.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/champions.h"
#include "common/segment/postings/postings_scan.h"
#include "common/segment/skip_log/skip_log.h"
#include "tests/common/segment/model_segment.h"
#include "tests/support/check_main.h"
#include "tests/support/segment_mend.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Error error;

/* A segment file in memory, and where changed copies of it go. */
typedef struct Victim {
    Model model;
    Buf bytes;
    char path[64];
} Victim;

static void set_up_shape(Victim *victim, ModelShape shape)
{
    *victim = (Victim){.path = "/tmp/quern-damage-XXXXXX"};
    model_new(&victim->model, shape, 5);
    Status status = file_read(victim->model.path, SIZE_MAX, &victim->bytes,
                              &error);
    ck_assert_msg(status == OK, "%s", error.message);
    int fd = mkstemp(victim->path);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void set_up(Victim *victim)
{
    ModelShape shape = SMALL_SHAPE;
    shape.document_count = 200;
    shape.term_count = 60;
    set_up_shape(victim, shape);
}

static void tear_down(Victim *victim)
{
    unlink(victim->path);
    buf_release(&victim->bytes);
    model_free(&victim->model);
}

static void write_victim(const Victim *victim, size_t size)
{
    int fd = open(victim->path, O_WRONLY | O_TRUNC);
    ck_assert_int_ge(fd, 0);
    ssize_t written = write(fd, victim->bytes.data, size);
    ck_assert_int_eq(written, (ssize_t)size);
    close(fd);
}

/* The bytes of a section in the file, or of the header for kind 0. */
static Span pick_section(const Victim *victim, uint32_t kind)
{
    const uint8_t *file = victim->bytes.data;
    for (uint32_t i = 0; i < get_u32le(file + HEADER_SECTION_COUNT); i++) {
        const uint8_t *entry = file + SEGMENT_TABLE_OFFSET +
                               SEGMENT_TABLE_ENTRY_BYTES * (size_t)i;
        if (get_u32le(entry + ENTRY_KIND) != kind) continue;
        return span_of(file + get_u64le(entry + ENTRY_OFFSET),
                       get_u64le(entry + ENTRY_SIZE));
    }
    return span_of(file, SEGMENT_HEADER_BYTES);
}

static void hash_more(uint64_t *hash, const void *bytes, size_t size)
{
    *hash = *hash * 0x9e3779b97f4a7c15u + (size ? hash_bytes(bytes, size) : 1);
}

/* Reads the list and its positions; numbers into the hash. */
static Status read_list(Segment *segment, const TermRecord *record,
                        uint64_t *hash)
{
    Postings list;
    Status status = postings_open(segment, record, &list, &error);
    if (status != OK) return status;
    Positions positions;
    status = positions_open(segment, &list, &positions, &error);
    if (status != OK) return status;
    PostingsScan scan;
    postings_scan_start(&scan, segment, &list);
    uint32_t number = 0;
    while (postings_scan_next(&scan)) {
        hash_more(hash, scan.docids, 4 * scan.count);
        hash_more(hash, scan.tfs, 4 * scan.count);
        hash_more(hash, scan.codes, 4 * scan.count);
        for (uint32_t i = 0; i < scan.count; i++) {
            uint32_t out[64 + POSITIONS_ROOM];
            uint32_t count = positions_get(&positions, number++, out, 64);
            hash_more(hash, out, 4 * count);
            ck_assert_uint_lt(scan.docids[i], segment->document_count);
        }
    }
    if (list.range_bounds) {
        hash_more(hash, list.range_bounds, segment->range_count);
        hash_more(hash, list.window_bounds, segment->window_count);
    }
    Champions champions = champions_find(segment, &list);
    for (uint32_t i = 0; i < champions.count; i++) {
        Champion champion = champion_at(&champions, i);
        hash_more(hash, &champion, sizeof champion);
        ck_assert_uint_lt(champion.docid, segment->document_count);
    }
    return OK;
}

static Status read_terms(Segment *segment, uint64_t *hash)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, segment, (Span){0}, &error);
    while (status == OK) {
        Span term;
        TermRecord record, same;
        bool found;
        status = term_walk_next(&walk, &term, &record, &found, &error);
        if (status != OK || !found) break;
        hash_more(hash, term.data, term.size);
        hash_more(hash, &record.df, sizeof record.df);
        hash_more(hash, record.kth, sizeof record.kth);
        status = dictionary_find(segment, term, &same, &found, &error);
        if (status != OK) break;
        hash_more(hash, &found, sizeof found);
        status = read_list(segment, &record, hash);
    }
    term_walk_release(&walk);
    return status;
}

static Status read_documents(Segment *segment, StoredReader *reader,
                             uint64_t *hash)
{
    Buf id = {0};
    Status status = OK;
    for (uint32_t d = 0; status == OK && d < segment->document_count; d++) {
        uint32_t docid;
        bool found;
        StoredDocument document;
        buf_clear(&id);
        status = document_id(segment, d, &id, &error);
        if (status != OK) break;
        hash_more(hash, id.data, id.size);
        status = document_find(segment, buf_span(&id), &docid, &found, &error);
        if (status != OK) break;
        hash_more(hash, &docid, sizeof docid);
        status = stored_reader_get(reader, d, &document, &error);
        if (status != OK) break;
        hash_more(hash, document.title.data, document.title.size);
        hash_more(hash, document.text.data, document.text.size);
        for (size_t i = 0; i < document.field_count; i++) {
            Span value = document.fields[i].value;
            hash_more(hash, value.data, value.size);
        }
    }
    buf_release(&id);
    return status;
}

static Status read_skip_log(Segment *segment, uint64_t *hash)
{
    SkipLogWalk walk;
    SkipLogEntry entry;
    bool found = true;
    Status status = skip_log_walk_start(&walk, segment, &error);
    while (status == OK && found) {
        status = skip_log_walk_next(&walk, &entry, &found, &error);
        if (status != OK || !found) break;
        hash_more(hash, &entry.kind, sizeof entry.kind);
        hash_more(hash, &entry.line, sizeof entry.line);
        hash_more(hash, &entry.column, sizeof entry.column);
        hash_more(hash, &entry.offset, sizeof entry.offset);
        hash_more(hash, entry.source.data, entry.source.size);
        hash_more(hash, entry.reason.data, entry.reason.size);
    }
    skip_log_walk_release(&walk);
    return status;
}

/* Everything that readers can read, as one number; or the first failure. */
static Status read_segment(Segment *segment, uint64_t *hash)
{
    StoredReader *reader;
    const uint8_t *ends;
    uint32_t width;
    *hash = 0;
    Status status = read_terms(segment, hash);
    if (status != OK) return status;
    status = document_title_ends(segment, &ends, &width, &error);
    if (status != OK) return status;
    if (ends) hash_more(hash, ends, (size_t)segment->document_count * width);
    status = stored_reader_new(segment, &reader, &error);
    if (status != OK) return status;
    status = read_documents(segment, reader, hash);
    stored_reader_free(reader);
    return status == OK ? read_skip_log(segment, hash) : status;
}

static Status read_victim(const Victim *victim, uint64_t *hash)
{
    Segment *segment;
    *hash = 0;
    Status status = segment_open(victim->path, &segment, &error);
    if (status == OK) status = read_segment(segment, hash);
    if (status == OK || segment) segment_close(segment);
    return status;
}

/* The same change as bad luck makes it: refused by name, or harmless. */
static void assert_named_or_harmless(const Victim *victim, uint64_t whole,
                                     const char *what, size_t place)
{
    uint64_t hash;
    error.message[0] = '\0';
    Status status = read_victim(victim, &hash);
    if (status == OK) {
        ck_assert_msg(hash == whole, "%s %zu: other content", what, place);
        return;
    }
    ck_assert_msg(status == ERR_CORRUPT || status == ERR_UNSUPPORTED,
                  "%s %zu: status %d", what, place, (int)status);
    ck_assert_msg(strstr(error.message, victim->path) &&
                      (strstr(error.message, ": section ") ||
                       strstr(error.message, ": header: ")),
                  "%s %zu: no place in '%s'", what, place, error.message);
}

START_TEST(flipped_bits_are_named_or_harmless)
{
    Victim victim;
    set_up(&victim);
    uint64_t whole;
    write_victim(&victim, victim.bytes.size);
    ck_assert_int_eq(read_victim(&victim, &whole), OK);
    Random random = {1};
    int refused = 0;
    for (size_t i = 0; i < 2500; i++) {
        size_t place = i < SEGMENT_HEADER_BYTES
                           ? i
                           : random_below(&random, victim.bytes.size);
        uint8_t bit = (uint8_t)(1u << random_below(&random, 8));
        victim.bytes.data[place] ^= bit;
        write_victim(&victim, victim.bytes.size);
        assert_named_or_harmless(&victim, whole, "flip at", place);
        refused += error.message[0] != '\0';
        victim.bytes.data[place] ^= bit;
    }
    ck_assert_int_gt(refused, 2000); /* the rest is in zeros behind sections */
    tear_down(&victim);
}
END_TEST

START_TEST(truncated_files_are_refused)
{
    Victim victim;
    set_up(&victim);
    Random random = {2};
    for (int i = 0; i < 300; i++) {
        size_t size = i < 50 ? (size_t)i * 40
                             : random_below(&random, victim.bytes.size);
        uint64_t hash;
        write_victim(&victim, size);
        Status status = read_victim(&victim, &hash);
        ck_assert_msg(status == ERR_CORRUPT, "cut to %zu bytes", size);
        ck_assert_ptr_nonnull(strstr(error.message, victim.path));
    }
    tear_down(&victim);
}
END_TEST

/* Flips a bit of the byte; the check must see it. */
static void check_flip(Victim *victim, size_t place)
{
    victim->bytes.data[place] ^= 0x10;
    write_victim(victim, victim->bytes.size);
    Segment *segment;
    CheckReport report = {0};
    Status status = segment_open(victim->path, &segment, &error);
    if (status == OK) {
        status = segment_check(segment, &report, &error);
        ck_assert_int_eq(status, OK);
        ck_assert_msg(report.problem_count, "flip at %zu unseen", place);
        segment_close(segment);
    }
    check_report_release(&report);
    victim->bytes.data[place] ^= 0x10;
}

START_TEST(a_check_names_what_a_flip_has_hit)
{
    Victim victim;
    set_up(&victim);
    Random random = {3};
    for (int i = 0; i < 200; i++) {
        check_flip(&victim, random_below(&random, victim.bytes.size));
    }
    tear_down(&victim);
}
END_TEST

/* A small index has no bounds: the zeros after that empty section belong to no
 * section and were not checked. */
START_TEST(a_check_sees_every_byte_of_a_small_index)
{
    Victim victim;
    ModelShape shape = {3, 10, 16, 64, 128, true, true, false, ""};
    set_up_shape(&victim, shape);
    ck_assert_uint_eq(pick_section(&victim, SECTION_BOUNDS).size, 0);
    for (size_t place = 0; place < victim.bytes.size; place++) {
        check_flip(&victim, place);
    }
    tear_down(&victim);
}
END_TEST

/* The parts of so small a segment are its sections: all lists are hit. */
START_TEST(a_check_names_the_terms_of_a_damaged_part)
{
    Victim victim;
    set_up(&victim);
    Span postings = pick_section(&victim, SECTION_POSTINGS);
    victim.bytes.data[postings.data - victim.bytes.data + 1] ^= 1;
    write_victim(&victim, victim.bytes.size);
    Segment *segment;
    CheckReport report = {0};
    ck_assert_int_eq(segment_open(victim.path, &segment, &error), OK);
    ck_assert_int_eq(segment_check(segment, &report, &error), OK);
    ck_assert_uint_eq(report.problem_count, 1);
    const char *text = buf_text(&report.problems);
    ck_assert_ptr_nonnull(strstr(text, "section postings: wrong checksum"));
    ck_assert_ptr_nonnull(strstr(text, "(terms '"));
    check_report_release(&report);
    segment_close(segment);
    tear_down(&victim);
}
END_TEST

/* One to four bytes, changed in ways that hurt. */
static void change_bytes(uint8_t *bytes, size_t size, Random *random)
{
    static const uint8_t EVIL[] = {0, 1, 0x7f, 0x80, 0xff};
    size_t count = 1 + random_below(random, 4);
    size_t place = random_below(random, size);
    for (size_t i = 0; i < count; i++) {
        size_t at = random_chance(random, 0.5) ? place + i
                                               : random_below(random, size);
        if (at >= size) at = place;
        bytes[at] = random_chance(random, 0.5)
                        ? EVIL[random_below(random, sizeof EVIL)]
                        : (uint8_t)random_next(random);
    }
}

/* Sections in which a change can lead a reader astray, and the header. */
static const uint32_t TARGETS[] = {0,
                                   SECTION_TERMS,
                                   SECTION_TERMS,
                                   SECTION_TERMS_INDEX,
                                   SECTION_POSTINGS,
                                   SECTION_POSTINGS,
                                   SECTION_POSITIONS,
                                   SECTION_TITLE_ENDS,
                                   SECTION_IDS,
                                   SECTION_ID_ORDER,
                                   SECTION_STORED,
                                   SECTION_STORED_INDEX,
                                   SECTION_SKIP_LOG,
                                   SECTION_CHAMPIONS};

START_TEST(bad_content_with_good_checksums_does_no_harm)
{
    Victim victim;
    set_up(&victim);
    Buf original = {0};
    buf_put_span(&original, buf_span(&victim.bytes));
    Random random = {(uint64_t)_i + 100};
    int refused = 0;
    for (int i = 0; i < 400; i++) {
        memcpy(victim.bytes.data, original.data, original.size);
        Span target = pick_section(&victim, TARGETS[_i]);
        change_bytes(victim.bytes.data + (target.data - victim.bytes.data),
                     target.size, &random);
        segment_mend_checksums(victim.bytes.data, victim.bytes.size);
        write_victim(&victim, victim.bytes.size);
        uint64_t hash;
        refused += read_victim(&victim, &hash) != OK;
        Segment *segment;
        if (i % 8 || segment_open(victim.path, &segment, &error) != OK) {
            continue;
        }
        CheckReport report = {0};
        ck_assert_int_eq(segment_check(segment, &report, &error), OK);
        check_report_release(&report);
        segment_close(segment);
    }
    /* Of title ends, every number is possible. */
    if (TARGETS[_i] != SECTION_TITLE_ENDS) ck_assert_int_gt(refused, 10);
    buf_release(&original);
    tear_down(&victim);
}
END_TEST

static void copy_bits(uint8_t *bytes, size_t from, size_t to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t bit = bytes[(from + i) / 8] >> (from + i) % 8 & 1;
        uint8_t mask = (uint8_t)(1u << (to + i) % 8);
        bytes[(to + i) / 8] &= (uint8_t)~mask;
        if (bit) bytes[(to + i) / 8] |= mask;
    }
}

/* Makes the second champion of the first list the same as the first. */
static void repeat_champion(uint8_t *section)
{
    uint32_t lists = get_u32le(section + CHAMPIONS_COUNT);
    const uint8_t *entry = section + CHAMPIONS_HEADER_BYTES;
    uint32_t count = get_u32le(entry + CHAMPIONS_TERM_COUNT);
    uint8_t *list = section + CHAMPIONS_HEADER_BYTES +
                    CHAMPIONS_ENTRY_BYTES * (size_t)lists +
                    get_u64le(entry + CHAMPIONS_OFFSET);
    uint8_t *stream = list + CHAMPIONS_WIDTHS;
    for (int i = 0; i < 3; i++) {
        copy_bits(stream, 0, list[i], list[i]);
        stream += ((size_t)count * list[i] + 7) / 8;
    }
}

START_TEST(a_repeated_champion_is_refused)
{
    Victim victim;
    set_up(&victim);
    Span champions = pick_section(&victim, SECTION_CHAMPIONS);
    repeat_champion(victim.bytes.data + (champions.data - victim.bytes.data));
    segment_mend_checksums(victim.bytes.data, victim.bytes.size);
    write_victim(&victim, victim.bytes.size);
    uint64_t hash;
    ck_assert_int_eq(read_victim(&victim, &hash), ERR_CORRUPT);
    ck_assert_msg(strstr(error.message, "section champions"), "%s",
                  error.message);
    tear_down(&victim);
}
END_TEST

/* Values that no search needs to be right, so that no reader refuses them. */
static void put_prefix(Span index, uint8_t *bytes)
{
    (void)index;
    uint8_t *prefix = bytes + 8; /* after the only one of the top level */
    put_u64le(prefix, get_u64le(prefix) - 1);
}

static void put_title_zero(Span section, uint8_t *bytes)
{
    (void)section;
    bytes[3] = 1;
}

/* Gives a list to the term after its own, which is no bitmap. */
static void put_champion_term(Span champions, uint8_t *bytes)
{
    (void)champions;
    uint8_t *entry = bytes + CHAMPIONS_HEADER_BYTES + CHAMPIONS_TERM;
    uint32_t term = get_u32le(entry);
    while (get_u32le(entry + CHAMPIONS_ENTRY_BYTES) == term + 1) {
        entry += CHAMPIONS_ENTRY_BYTES;
        term++;
    }
    put_u32le(entry, term + 1);
}

static const struct {
    SectionKind kind;
    void (*change)(Span section, uint8_t *bytes);
    const char *problem;
} CONTRADICTIONS[] = {
    {SECTION_TERMS_INDEX, put_prefix, "the prefix of block"},
    {SECTION_TITLE_ENDS, put_title_zero, "reserved bytes after the width"},
    {SECTION_CHAMPIONS, put_champion_term, "whose list is not a bitmap"}};

START_TEST(a_check_finds_what_a_search_tolerates)
{
    Victim victim;
    Segment *segment;
    CheckReport report = {0};
    set_up(&victim);
    Span section = pick_section(&victim, CONTRADICTIONS[_i].kind);
    CONTRADICTIONS[_i].change(section, victim.bytes.data +
                                           (section.data - victim.bytes.data));
    segment_mend_checksums(victim.bytes.data, victim.bytes.size);
    write_victim(&victim, victim.bytes.size);
    ck_assert_int_eq(segment_open(victim.path, &segment, &error), OK);
    ck_assert_int_eq(segment_check(segment, &report, &error), OK);
    ck_assert_uint_eq(report.problem_count, 1);
    ck_assert_msg(
        strstr(buf_text(&report.problems), CONTRADICTIONS[_i].problem), "%s",
        buf_text(&report.problems));
    segment_close(segment);
    check_report_release(&report);
    tear_down(&victim);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("segment_damage");
    TCase *tests = tcase_create("segment_damage");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, flipped_bits_are_named_or_harmless);
    tcase_add_test(tests, truncated_files_are_refused);
    tcase_add_test(tests, a_check_names_what_a_flip_has_hit);
    tcase_add_test(tests, a_check_sees_every_byte_of_a_small_index);
    tcase_add_test(tests, a_check_names_the_terms_of_a_damaged_part);
    tcase_add_test(tests, a_repeated_champion_is_refused);
    tcase_add_loop_test(tests, a_check_finds_what_a_search_tolerates, 0,
                        sizeof CONTRADICTIONS / sizeof *CONTRADICTIONS);
    tcase_add_loop_test(tests, bad_content_with_good_checksums_does_no_harm, 0,
                        sizeof TARGETS / sizeof *TARGETS);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
