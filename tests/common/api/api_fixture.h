/* api_fixture.h - the golden index opened by the API, for its tests. */
#ifndef QUERN_API_API_FIXTURE_H
#define QUERN_API_API_FIXTURE_H

#include <quern/quern.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define GOLDEN_INDEX "tests/golden/index"

static quern_error error;

/* Fails the test with the message of the error. */
#define ck_ok(call)                                                 \
    do {                                                            \
        quern_status ok_status = (call);                            \
        ck_assert_msg(ok_status == QUERN_OK, "%s: %s",              \
                      quern_status_name(ok_status), error.message); \
    } while (0)

/* The call fails with QUERN_INVALID and a message with these words. */
#define ck_invalid(call, words)                                   \
    do {                                                          \
        error.message[0] = 0;                                     \
        ck_assert_int_eq((call), QUERN_INVALID);                  \
        ck_assert_int_eq(error.status, QUERN_INVALID);            \
        ck_assert_msg(strstr(error.message, words) != NULL, "%s", \
                      error.message);                             \
    } while (0)

#define ck_string_eq(string, text)                                      \
    do {                                                                \
        quern_string got_string = (string);                             \
        ck_assert_msg(got_string.size == strlen(text) &&                \
                          !memcmp(got_string.data, text, strlen(text)), \
                      "'%.*s', not '%s'", (int)got_string.size,         \
                      got_string.data, text);                           \
    } while (0)

typedef struct ApiFixture {
    quern_index *index;
    quern_context *context;
    quern_query *query;
} ApiFixture;

static inline ApiFixture api_fixture_open(const char *folder)
{
    ApiFixture self = {0};
    ck_ok(quern_index_open(quern_text(folder), &self.index, &error));
    ck_ok(quern_context_new(self.index, &self.context, &error));
    ck_ok(quern_query_new(&self.query, &error));
    return self;
}

static inline void api_fixture_close(ApiFixture *self)
{
    quern_query_free(self->query);
    quern_context_free(self->context);
    quern_index_close(self->index);
    *self = (ApiFixture){0};
}

static inline void api_fixture_parse(ApiFixture *self, const char *text)
{
    ck_ok(quern_query_parse(self->query, self->context, quern_text(text), NULL,
                            &error));
}

/* Parses and searches. */
static inline const quern_search_result *
api_fixture_search(ApiFixture *self, const char *text,
                   const quern_search_options *options)
{
    const quern_search_result *result;
    api_fixture_parse(self, text);
    ck_ok(quern_search(self->context, self->query, options, &result, &error));
    return result;
}

#endif
