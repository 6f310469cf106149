/* removals_test.c - tests common/segment/removals. */
#include "common/segment/removals/removals_writer.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

#include <stdlib.h>

enum { DOCUMENTS = 3000, TERMS = 5000, PAIRS = 700 };

static Error error;
static uint8_t header[SEGMENT_HEADER_BYTES];

static Segment segment_sample(uint32_t documents)
{
    put_u64le(header + SEGMENT_CHECKSUM_OFFSET, UINT64_C(0xfedcba9876543210));
    Segment segment = {.document_count = documents,
                       .nonempty_count = documents,
                       .token_count = UINT64_C(1000) * documents,
                       .term_count = TERMS,
                       .pair_count = PAIRS};
    segment.file.bytes = span_of(header, sizeof header);
    return segment;
}

/* A random file and what it says. */
typedef struct Sample {
    Scratch scratch;
    FolderHandle folder;
    Segment segment;
    uint64_t live[DOCUMENTS / 64 + 1];
    uint32_t removed;
    TermRemoval terms[TERMS];
    uint32_t pairs[PAIRS];
    char name[REMOVALS_NAME_BYTES];
    uint64_t bytes;
} Sample;

static void draw(Sample *sample, Random *random, uint32_t documents,
                 uint32_t one_in)
{
    for (uint32_t i = 0; i < documents; i++) {
        /* One stays, one goes. */
        bool live = i == 0 || (i != 1 && random_below(random, 4) != 0);
        sample->removed += !live;
        if (live) sample->live[i / 64] |= UINT64_C(1) << (i % 64);
    }
    for (uint32_t i = 0; i < TERMS; i++) {
        if (random_below(random, one_in)) continue;
        uint32_t df = 1 + (uint32_t)random_below(random, sample->removed);
        sample->terms[i] = (TermRemoval){df, df + random_below(random, 300)};
    }
    for (uint32_t i = 0; i < PAIRS; i++) {
        if (random_below(random, one_in)) continue;
        sample->pairs[i] = 1 + (uint32_t)random_below(random, sample->removed);
    }
}

static void write_sample(Sample *sample)
{
    RemovalsWriter writer;
    removals_writer_init(&writer, &sample->segment);
    for (uint32_t i = 0; i < TERMS; i++) {
        if (sample->terms[i].df)
            removals_writer_put_term(&writer, i, sample->terms[i]);
    }
    for (uint32_t i = 0; i < PAIRS; i++) {
        if (sample->pairs[i])
            removals_writer_put_pair(&writer, i, sample->pairs[i]);
    }
    RemovedDocuments removed = {sample->live, sample->removed,
                                UINT64_C(999) * sample->removed};
    Status status = removals_writer_finish(
        &writer, &removed, &sample->folder, (FileAccess){0644, getgid()},
        sample->name, &sample->bytes, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    removals_writer_release(&writer);
}

static Sample *sample_new(uint64_t seed, uint32_t documents, uint32_t one_in)
{
    Sample *sample = calloc(1, sizeof *sample);
    Random random = {seed};
    sample->scratch = scratch_new();
    ck_assert_int_eq(
        folder_open(sample->scratch.path, true, &sample->folder, &error), OK);
    sample->segment = segment_sample(documents);
    draw(sample, &random, documents, one_in);
    write_sample(sample);
    return sample;
}

static void sample_free(Sample *sample)
{
    folder_close(&sample->folder);
    scratch_remove(&sample->scratch);
    free(sample);
}

static Status open_sample(const Sample *sample, Removals **out)
{
    return removals_open_in(&sample->folder, sample->name, &sample->segment,
                            out, &error);
}

static void check_terms(const Sample *sample, const Removals *removals)
{
    RemovalWalk walk;
    bool found;
    removal_walk_terms(&walk, removals, 0);
    for (uint32_t i = 0; i < TERMS; i++) {
        TermRemoval one;
        ck_assert_int_eq(
            removals_of_term(removals, i, UINT32_MAX, &one, &error), OK);
        ck_assert_uint_eq(one.df, sample->terms[i].df);
        ck_assert_uint_eq(one.tf, sample->terms[i].tf);
        if (!one.df) continue;
        ck_assert_int_eq(removal_walk_next(&walk, &found, &error), OK);
        ck_assert(found && walk.number == i && walk.removal.df == one.df &&
                  walk.removal.tf == one.tf);
    }
    ck_assert_int_eq(removal_walk_next(&walk, &found, &error), OK);
    ck_assert(!found);
}

START_TEST(what_was_written_is_read_back)
{
    static const uint32_t documents[] = {2, 63, 64, 65, 511, 512, 513, 3000};
    static const uint32_t one_in[] = {1, 3, 50, 100000};
    Sample *sample = sample_new((uint64_t)_i, documents[_i % 8],
                                one_in[_i / 8]);
    Removals *removals;
    ck_assert_msg(open_sample(sample, &removals) == OK, "%s", error.message);
    ck_assert_uint_eq(removals->removed_count, sample->removed);
    ck_assert_uint_eq(removals->file.bytes.size, sample->bytes);
    ck_assert_uint_eq((uintptr_t)removals->live % 64, 0);
    for (uint32_t i = 0; i < sample->segment.document_count; i++) {
        ck_assert_int_eq(removals_is_live(removals, i),
                         sample->live[i / 64] >> (i % 64) & 1);
    }
    check_terms(sample, removals);
    for (uint32_t i = 0; i < PAIRS; i++) {
        uint32_t df;
        ck_assert_int_eq(removals_of_pair(removals, i, UINT32_MAX, &df, &error),
                         OK);
        ck_assert_uint_eq(df, sample->pairs[i]);
    }
    removals_close(removals);
    sample_free(sample);
}
END_TEST

START_TEST(a_walk_begins_at_any_number)
{
    Sample *sample = sample_new(5, 300, 7);
    Removals *removals;
    ck_assert_int_eq(open_sample(sample, &removals), OK);
    for (uint32_t from = 0; from < TERMS; from += 3) {
        RemovalWalk walk;
        bool found;
        uint32_t next = from;
        while (next < TERMS && !sample->terms[next].df) next++;
        removal_walk_terms(&walk, removals, from);
        ck_assert_int_eq(removal_walk_next(&walk, &found, &error), OK);
        ck_assert_int_eq(found, next < TERMS);
        if (found) ck_assert_uint_eq(walk.number, next);
    }
    removals_close(removals);
    sample_free(sample);
}
END_TEST

START_TEST(without_removals_nothing_is_corrected)
{
    TermRemoval removal;
    uint32_t df;
    ck_assert_int_eq(removals_of_term(NULL, 7, 3, &removal, &error), OK);
    ck_assert_uint_eq(removal.df + removal.tf, 0);
    ck_assert_int_eq(removals_of_pair(NULL, 7, 3, &df, &error), OK);
    ck_assert_uint_eq(df, 0);
    ck_assert(removals_is_live(NULL, 4711));
    removals_close(NULL);
}
END_TEST

START_TEST(more_removed_than_there_is_of_a_term_is_refused)
{
    Sample *sample = sample_new(6, 300, 1);
    Removals *removals;
    TermRemoval removal;
    ck_assert_int_eq(open_sample(sample, &removals), OK);
    uint32_t df = sample->terms[100].df;
    ck_assert_int_eq(removals_of_term(removals, 100, df, &removal, &error), OK);
    ck_assert_int_eq(removals_of_term(removals, 100, df - 1, &removal, &error),
                     ERR_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, "corrections of terms"));
    removals_close(removals);
    sample_free(sample);
}
END_TEST

/* The file with some bytes changed; `sums`: with right checksums. */
static Status open_changed(Sample *sample, Span bytes, bool sums)
{
    Buf copy = {0};
    buf_put_span(&copy, bytes);
    if (sums) {
        put_u64le(copy.data + REMOVALS_HEADER_CONTENT_CHECKSUM,
                  hash_bytes(copy.data + REMOVALS_HEADER_BYTES,
                             copy.size - REMOVALS_HEADER_BYTES));
        put_u64le(copy.data + REMOVALS_CHECKSUM_OFFSET,
                  hash_bytes(copy.data, REMOVALS_CHECKSUM_OFFSET));
    }
    scratch_write(&sample->scratch, sample->name, buf_span(&copy));
    buf_release(&copy);
    Removals *removals;
    Status status = open_sample(sample, &removals);
    bool found = status == OK;
    RemovalWalk walk;
    removal_walk_terms(&walk, removals, 0);
    while (status == OK && found)
        status = removal_walk_next(&walk, &found, &error);
    found = status == OK;
    removal_walk_pairs(&walk, removals, 0);
    while (status == OK && found)
        status = removal_walk_next(&walk, &found, &error);
    removals_close(removals);
    return status;
}

static void read_sample(const Sample *sample, Buf *out)
{
    Status status = folder_read_file(&sample->folder, sample->name, 1 << 24,
                                     out, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

START_TEST(any_changed_byte_is_found)
{
    Sample *sample = sample_new(7, 100, 400);
    Buf bytes = {0};
    read_sample(sample, &bytes);
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.data[i] ^= 16;
        Status status = open_changed(sample, buf_span(&bytes), false);
        ck_assert_msg(status == ERR_CORRUPT || status == ERR_UNSUPPORTED,
                      "byte %zu", i);
        bytes.data[i] ^= 16;
    }
    for (size_t i = 0; i < bytes.size; i += 7) {
        Status status = open_changed(sample, span_of(bytes.data, i), false);
        ck_assert_int_eq(status, ERR_CORRUPT);
    }
    buf_release(&bytes);
    sample_free(sample);
}
END_TEST

/* Whoever can write a file can write its checksums. What is read then must be
 * refused or be within the file; the address sanitizer watches. */
START_TEST(a_forged_file_is_refused_or_read_without_harm)
{
    Sample *sample = sample_new(8, 100, 40);
    Buf bytes = {0};
    Random random = {99};
    int refused = 0, total = 0;
    read_sample(sample, &bytes);
    for (size_t i = 0; i < bytes.size; i++) {
        for (int round = 0; round < 3; round++, total++) {
            uint8_t old = bytes.data[i];
            bytes.data[i] = round == 0   ? (uint8_t)(old ^ 1)
                            : round == 1 ? 0xff
                                         : (uint8_t)random_below(&random, 256);
            Status status = open_changed(sample, buf_span(&bytes), true);
            ck_assert(status == OK || error.message[0]);
            refused += status != OK;
            bytes.data[i] = old;
        }
    }
    ck_assert_int_gt(refused, total / 3);
    buf_release(&bytes);
    sample_free(sample);
}
END_TEST

START_TEST(the_removals_of_another_segment_are_refused)
{
    Sample *sample = sample_new(9, 100, 40);
    Removals *removals;
    header[SEGMENT_CHECKSUM_OFFSET] ^= 1;
    ck_assert_int_eq(open_sample(sample, &removals), ERR_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, "is of another segment"));
    header[SEGMENT_CHECKSUM_OFFSET] ^= 1;
    ck_assert_int_eq(open_sample(sample, &removals), OK);
    removals_close(removals);
    sample_free(sample);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("removals");
    TCase *tests = tcase_create("removals");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, what_was_written_is_read_back, 0, 32);
    tcase_add_test(tests, a_walk_begins_at_any_number);
    tcase_add_test(tests, without_removals_nothing_is_corrected);
    tcase_add_test(tests, more_removed_than_there_is_of_a_term_is_refused);
    tcase_add_test(tests, any_changed_byte_is_found);
    tcase_add_test(tests, a_forged_file_is_refused_or_read_without_harm);
    tcase_add_test(tests, the_removals_of_another_segment_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
