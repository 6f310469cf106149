/* topics_fuzz.c - any bytes as a file of queries, in any format.
 *
 * The first byte chooses format, field, and whether options name fields.
 */
#include "common/base/utf8_clean.h"
#include "searcher/topics/topics.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    Topics topics = {0};
    Error error;
    TopicOptions options = {
        .format = (TopicFormat)(data[0] % 16 % (TOPICS_QUESTIONS + 1)),
        .field = (TopicField)(data[0] / 16 % (TOPIC_TITLE_DESC + 1)),
        .qid_field = data[0] & 64 ? "key" : NULL,
        .query_field = data[0] & 128 ? "ask" : NULL};
    Status status = topics_parse(span_of(data + 1, size - 1), "fuzz", &options,
                                 &topics, &error);
    PROMISE(status == OK || error.message[0]);
    for (size_t i = 0; status == OK && i < topics.count; i++) {
        const Topic *topic = &topics.items[i];
        PROMISE(topic->qid.size > 0 && topic->line > 0);
        PROMISE(utf8_is_clean(topic->text));
        PROMISE(topic->text.data[topic->text.size] == 0);
        PROMISE(topic->qid.data[topic->qid.size] == 0);
    }
    topics_release(&topics);
    return 0;
}
