/* api_books.h - a small index of two segments with titles, stored fields and
 * odd ids, built in a scratch folder. */
#ifndef QUERN_API_API_BOOKS_H
#define QUERN_API_API_BOOKS_H

#include "indexer/build/build.h"
#include "tests/common/api/api_fixture.h"
#include "tests/support/files.h"

static const char BOOKS[] =
    "{\"id\":\"a/moby.txt\",\"title\":\"Moby Dick\",\"text\":\"Call me "
    "Ishmael. Some years ago, the white whale.\",\"year\":\"1851\"}\n"
    "{\"id\":\"a/emma.md\",\"title\":\"Emma\",\"text\":\"Emma Woodhouse, "
    "handsome, clever, and rich.\",\"year\":\"1815\",\"by\":\"Austen\"}\n"
    "{\"id\":\"b/whales.md\",\"title\":\"White whales\",\"text\":\"The "
    "whale is white, white as snow; whalers hunt the white whale.\"}\n"
    "{\"id\":\"b/empty\",\"text\":\"\"}\n"
    "{\"id\":\"caf\u00e9\\u0001\",\"text\":\"whale\\u0007 caf\u00e9\"}\n";

/* How an index of the books differs from the defaults. */
typedef struct BookOptions {
    uint32_t segments;
    bool no_positions, no_stored;
} BookOptions;

/* Builds it in `folder`. */
static inline void books_build(const Scratch *scratch, const char *folder,
                               BookOptions wanted)
{
    static const char *const fields[] = {"year", "by"};
    const char *source = scratch_write(scratch, "books.jsonl",
                                       span_text(BOOKS));
    Error failure;
    BuildReport report;
    BuildOptions options = build_defaults();
    options.segments = wanted.segments;
    options.has_positions = !wanted.no_positions;
    options.has_stored = !wanted.no_stored;
    options.corpus.store_fields = wanted.no_stored ? NULL : fields;
    options.corpus.store_field_count = wanted.no_stored ? 0 : 2;
    options.output = folder;
    options.replace = true;
    options.inputs = &source;
    options.input_count = 1;
    ck_assert_msg(index_build(&options, &report, &failure) == OK, "%s",
                  failure.message);
}

static inline ApiFixture books_open(const Scratch *scratch, BookOptions wanted)
{
    const char *folder = scratch_path(scratch, "books");
    books_build(scratch, folder, wanted);
    return api_fixture_open(folder);
}

#endif
