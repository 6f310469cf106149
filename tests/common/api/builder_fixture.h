/* builder_fixture.h - what tests of builders share. */
#ifndef QUERN_API_BUILDER_FIXTURE_H
#define QUERN_API_BUILDER_FIXTURE_H

#include "common/base/buf.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <quern/quern.h>

/* The folder of a test; a fixture makes and removes it. */
extern Scratch scratch;
void make_scratch(void);
void remove_scratch(void);

/* Fails the test with the message, unless the status is OK. */
#define MUST(call)                                               \
    do {                                                         \
        quern_status must_ = (call);                             \
        ck_assert_msg(must_ == QUERN_OK, "%s", failure.message); \
    } while (0)

/* Fails the test unless the call ends with the status and a message of one
 * line. */
#define FAILS(status_, call)                                                \
    do {                                                                    \
        failure.message[0] = 0;                                             \
        ck_assert_int_eq((call), (status_));                                \
        ck_assert_int_eq(failure.status, (status_));                        \
        ck_assert_uint_gt(strlen(failure.message), 5);                      \
        ck_assert_uint_lt(strlen(failure.message), sizeof failure.message); \
        ck_assert_ptr_null(strchr(failure.message, '\n'));                  \
    } while (0)

extern quern_error failure; /* of the last call */

/* A path in the scratch folder; valid for the next 7 calls. */
quern_string in_scratch(const char *name);

/* Options for small builds: one thread. */
quern_build_options small_options(void);

/* Options may be NULL. Fails the test if there is no builder. */
quern_builder *builder_in(const char *folder,
                          const quern_build_options *options);

quern_status add_text(quern_builder *builder, quern_string id,
                      quern_string text);

/* Documents first ... end - 1 of a corpus, each with an id, every third with a
 * title, of up to 120 words. */
void add_documents(quern_builder *builder, unsigned first, unsigned end);

/* The same documents as JSON lines in the scratch folder. */
quern_string write_documents(const char *name, unsigned first, unsigned end);

/* Finishes and frees; the test fails if the index does not pass every check. */
quern_build_report finish(quern_builder *builder, const char *folder);

/* The names of segments, which are hashes of their content; valid until the
 * next call. */
const char *segment_names(const char *folder);

/* How many entries a folder has; -1: it does not exist. */
int count_entries(const char *folder);

/* How many documents a query finds. */
uint64_t count_hits(const char *folder, const char *query);

#endif
