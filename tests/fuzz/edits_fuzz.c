/* edits_fuzz.c - an index with edited values gives an error or a result, and
 * the right one if the check accepts the index.
 *
 * The input is described in edited_index.h, with fields of QUERN_FUZZ_FIELDS.
 * Each index is checked by every rule and searched in every way.
 */
#include "tests/fuzz/edited_answers.h"
#include "tests/fuzz/edited_index.h"
#include "tests/fuzz/fuzz.h"

static EditedIndex *edited;

static void remove_index(void)
{
    edited_index_free(edited);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Edit edits[MOST_EDITS];
    Buf problems = {0}, difference = {0};
    if (!edited) {
        edited = edited_index_new(&BASE_SHAPE);
        atexit(remove_index);
    }
    size_t count = edits_read(data, size, QUERN_FUZZ_FIELDS, edits);
    const char *folder = edited_index_write(edited, edits, count);
    bool is_good = index_is_good(folder, &problems);
    PROMISE(is_good || count > 0);
    index_answer(folder, is_good, &difference);
    if (difference.size) {
        edits_describe(edits, count, &difference);
        fprintf(stderr, "%s", buf_text(&difference));
    }
    PROMISE(!difference.size);
    buf_release(&problems);
    buf_release(&difference);
    return 0;
}
