/* run_reader.c - numbers and bytes taken in order from where they were put. */
#include "indexer/build/run_reader.h"

#include <stdlib.h>

void feed_init(Feed *feed, FeedFill *fill, void *self)
{
    *feed = (Feed){.fill = fill, .self = self};
    feed->buffer = malloc(FEED_BUFFER_BYTES);
    feed->capacity = FEED_BUFFER_BYTES;
    feed->at = feed->end = feed->buffer;
    if (!feed->buffer) {
        feed->over = true;
        feed->status = fail_memory(&feed->error, "reading index data back");
    }
}

void feed_release(Feed *feed)
{
    free(feed->buffer);
    *feed = (Feed){0};
}

Status spool_source_fill(void *self, uint8_t *out, size_t room, size_t *size,
                         Error *error)
{
    SpoolSource *source = self;
    uint64_t left = source->end - source->offset;
    *size = left < room ? (size_t)left : room;
    Status status = spool_read(source->spool, source->offset, out, *size,
                               error);
    source->offset += *size;
    return status;
}

static void keep_failure(Feed *feed, Status status)
{
    if (feed->status == OK) feed->status = status;
    feed->over = true;
    feed->at = feed->end;
}

void feed_refill(Feed *feed)
{
    if (feed->over) return;
    size_t left = (size_t)(feed->end - feed->at);
    if (left) memmove(feed->buffer, feed->at, left);
    size_t size = 0;
    Error error;
    Status status = feed->fill(feed->self, feed->buffer + left,
                               feed->capacity - left, &size, &error);
    feed->at = feed->buffer;
    feed->end = feed->buffer + left + size;
    if (status != OK) {
        feed->error = error;
        keep_failure(feed, status);
    }
    if (size == 0) feed->over = true;
}

bool feed_more(Feed *feed)
{
    if (feed->at == feed->end) feed_refill(feed);
    return feed->at < feed->end;
}

/* What we wrote ourselves ended too early or makes no sense. */
static void keep_damage(Feed *feed)
{
    if (feed->status != OK) return;
    keep_failure(feed,
                 fail(&feed->error, ERR_IO, "temporary index data is damaged"));
}

uint64_t feed_number_slow(Feed *feed)
{
    /* Two bytes: mostly the difference of docids. */
    if (LIKELY(feed->end - feed->at >= 2 && feed->at[1] < 0x80)) {
        uint64_t low = feed->at[0] & 0x7f, high = feed->at[1];
        if (feed->at[0] < 0x80) {
            feed->at++;
            return low;
        }
        feed->at += 2;
        return high << 7 | low;
    }
    if (feed->end - feed->at < VARINT_MAX_BYTES) feed_refill(feed);
    uint64_t number = 0;
    if (!varint_get(&feed->at, feed->end, &number)) keep_damage(feed);
    return number;
}

void feed_bytes(Feed *feed, size_t size, Buf *out)
{
    while (size) {
        if (!feed_more(feed)) {
            keep_damage(feed);
            return;
        }
        size_t here = (size_t)(feed->end - feed->at);
        if (here > size) here = size;
        buf_put(out, feed->at, here);
        feed->at += here;
        size -= here;
    }
    if (out->status != OK && feed->status == OK) {
        keep_failure(feed, fail_memory(&feed->error, "reading index data"));
    }
}

Status feed_check(const Feed *feed, Error *error)
{
    if (feed->status != OK) *error = feed->error;
    return feed->status;
}
