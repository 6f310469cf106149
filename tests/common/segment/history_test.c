/* history_test.c - tests the history of an index. */
#include "common/segment/history.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

static Publication publication_of(uint64_t generation)
{
    return (Publication){.generation = generation,
                         .time = "2026-11-29T12:00:00Z",
                         .verb = "add",
                         .added = 5,
                         .documents = 5 * generation,
                         .from = "a file\n.jsonl"};
}

static void add(History *history, const Publication *publication)
{
    Error error;
    ck_assert_int_eq(history_add(history, publication, &error), OK);
}

static void add_source(History *history, const char *source)
{
    Error error;
    ck_assert_int_eq(history_add_source(history, source, &error), OK);
}

START_TEST(a_history_reads_as_it_was_written)
{
    History history = {0}, read;
    Buf text = {0};
    Error error;
    Publication first = publication_of(1), second = publication_of(2);
    second.segment = "0123456789abcdef.segment";
    second.from = "";
    add_source(&history, "a file\n.jsonl");
    add_source(&history, "-");
    add(&history, &first);
    add(&history, &second);
    history_format(&history, &text);
    ck_assert_int_eq(history_parse(buf_span(&text), "h", &read, &error), OK);
    ck_assert_uint_eq(read.source_count, 2);
    ck_assert_str_eq(read.sources[0], "a file\n.jsonl");
    ck_assert_uint_eq(read.publication_count, 2);
    ck_assert_str_eq(read.publications[0].from, first.from);
    ck_assert_ptr_null(read.publications[0].segment);
    ck_assert_str_eq(read.publications[1].from, "");
    ck_assert_uint_eq(read.publications[1].documents, 10);
    ck_assert_ptr_eq(history_find(&read, second.segment),
                     &read.publications[1]);
    ck_assert_ptr_null(history_find(&read, "other"));
    Buf again = {0};
    history_format(&read, &again);
    ck_assert(span_equal(buf_span(&text), buf_span(&again)));
    buf_release(&again);
    buf_release(&text);
    history_release(&history);
    history_release(&read);
}
END_TEST

START_TEST(a_source_is_listed_once)
{
    History history = {0};
    char name[32];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 500; i++) {
            snprintf(name, sizeof name, "%d.jsonl", i);
            add_source(&history, name);
        }
    }
    ck_assert_uint_eq(history.source_count, 500);
    ck_assert_str_eq(history.sources[499], "499.jsonl");
    history_release(&history);
}
END_TEST

START_TEST(sources_beyond_the_limit_are_counted)
{
    History history = {0};
    Buf name = {0};
    for (int i = 0; i < 9; i++) {
        buf_clear(&name);
        buf_printf(&name, "%d", i);
        buf_put_zeros(&name, (1 << 20) - name.size);
        memset(name.data + 1, 'x', name.size - 1);
        add_source(&history, buf_text(&name));
    }
    ck_assert_uint_eq(history.source_count, 8);
    ck_assert_uint_eq(history.more_sources, 1);
    buf_release(&name);
    history_release(&history);
}
END_TEST

START_TEST(the_oldest_publications_are_forgotten)
{
    History history = {0}, read;
    Buf text = {0};
    Error error;
    for (uint64_t i = 1; i <= HISTORY_MAX_PUBLICATIONS + 30; i++) {
        Publication publication = publication_of(i);
        add(&history, &publication);
    }
    history_format(&history, &text);
    ck_assert_int_eq(history_parse(buf_span(&text), "h", &read, &error), OK);
    ck_assert_uint_eq(read.publication_count, HISTORY_MAX_PUBLICATIONS);
    ck_assert_uint_eq(read.forgotten, 30);
    ck_assert_uint_eq(read.publications[0].generation, 31);
    buf_release(&text);
    history_release(&history);
    history_release(&read);
}
END_TEST

/* Whatever the bytes are: a history, or an error with a message. */
START_TEST(damaged_histories_are_refused)
{
    History history = {0};
    Buf text = {0};
    Publication publication = publication_of(1);
    add_source(&history, "a");
    add(&history, &publication);
    history_format(&history, &text);
    for (size_t i = 0; i < text.size; i++) {
        History read;
        Error error;
        text.data[i] ^= 4;
        ck_assert_int_ne(history_parse(buf_span(&text), "h", &read, &error),
                         OK);
        ck_assert_ptr_nonnull(strstr(error.message, "h:"));
        text.data[i] ^= 4;
        ck_assert_int_ne(
            history_parse(span_of(text.data, i), "h", &read, &error), OK);
    }
    buf_release(&text);
    history_release(&history);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("history");
    tcase_add_test(cases, a_history_reads_as_it_was_written);
    tcase_add_test(cases, a_source_is_listed_once);
    tcase_add_test(cases, sources_beyond_the_limit_are_counted);
    tcase_add_test(cases, the_oldest_publications_are_forgotten);
    tcase_add_test(cases, damaged_histories_are_refused);
    Suite *suite = suite_create("history");
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
