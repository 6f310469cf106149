/* manifest_fuzz.c - any text as a MANIFEST with a valid checksum: refused, or
 * writing what was read gives an equal MANIFEST. */
#include "common/base/hash.h"
#include "common/segment/manifest.h"
#include "tests/fuzz/fuzz.h"

#include <inttypes.h>

static void check_same(const Manifest *a, const Manifest *b)
{
    PROMISE(a->segment_count == b->segment_count);
    PROMISE(a->source_count == b->source_count);
    PROMISE(a->field_count == b->field_count);
    PROMISE(a->document_count == b->document_count);
    PROMISE(!strcmp(a->created, b->created));
    for (size_t i = 0; i < a->segment_count; i++) {
        PROMISE(!strcmp(a->segments[i].name, b->segments[i].name));
        PROMISE(!strchr(a->segments[i].name, '/'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Buf text = {0}, again = {0};
    Manifest manifest, same;
    Error error;
    buf_put(&text, data, size);
    uint64_t sum = hash_span(buf_span(&text));
    buf_printf(&text, "checksum %016" PRIx64 "\n", sum);
    Status status = manifest_parse(buf_span(&text), "fuzz", &manifest, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK) {
        manifest_format(&manifest, &again);
        PROMISE(manifest_parse(buf_span(&again), "again", &same, &error) == OK);
        check_same(&manifest, &same);
        manifest_release(&same);
        manifest_release(&manifest);
    }
    buf_release(&text);
    buf_release(&again);
    return 0;
}
