/* json_fuzz.c - any bytes as a JSON record: members or an error, never reads
 * past the end. */
#include "common/input/json.h"
#include "tests/fuzz/fuzz.h"

static size_t spans_add_up(JsonObject object)
{
    size_t sum = 0;
    for (size_t i = 0; i < object.count; i++) {
        const JsonMember *member = &object.members[i];
        /* Every byte must be readable. */
        for (size_t j = 0; j < member->key.size; j++) {
            sum += member->key.data[j];
        }
        for (size_t j = 0; j < member->value.size; j++) {
            sum += member->value.data[j];
        }
        PROMISE(json_find(object, member->key));
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static JsonReader *reader;
    Error error;
    JsonObject object;
    if (!reader) PROMISE(json_reader_new(&reader, &error) == OK);
    Status status = json_read(reader, span_of(data, size), &object, &error);
    PROMISE(status == OK || status == ERR_USAGE);
    if (status == OK) {
        PROMISE(spans_add_up(object) < SIZE_MAX);
    } else {
        PROMISE(error.message[0]);
    }
    return 0;
}
