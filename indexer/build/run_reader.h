/* run_reader.h - numbers and bytes taken in order from where they were put.
 *
 * A Feed reads forward through a buffer of its own, which a source fills: a
 * part of a spool, or an inverter that tells its terms (inverter.h). So a
 * sorted run reads the same from a file as straight from memory. The first
 * failure is kept; afterwards numbers are 0 and bytes are missing, and the
 * caller asks feed_check where it would otherwise trust what it read.
 */
#ifndef QUERN_BUILD_RUN_READER_H
#define QUERN_BUILD_RUN_READER_H

#include "common/base/spool.h"
#include "common/base/varint.h"

/* Puts up to `room` bytes at out; *size 0 at the end. */
typedef Status FeedFill(void *self, uint8_t *out, size_t room, size_t *size,
                        Error *error);

typedef struct Feed {
    const uint8_t *at, *end; /* what is left in the buffer */
    uint8_t *buffer;         /* owned */
    size_t capacity;
    FeedFill *fill;
    void *self; /* borrowed, of fill */
    bool over;  /* the source has no more */
    Status status;
    Error error;
} Feed;

enum { FEED_BUFFER_BYTES = 64 * 1024 };

void feed_init(Feed *feed, FeedFill *fill, void *self);
void feed_release(Feed *feed); /* {0} is fine */

/* Part of a spool, as a source for a feed. */
typedef struct SpoolSource {
    const Spool *spool;
    uint64_t offset, end;
} SpoolSource;

Status spool_source_fill(void *self, uint8_t *out, size_t room, size_t *size,
                         Error *error);

/* Moves what is left to the front and fills up behind it. */
void feed_refill(Feed *feed);

/* Whether there is anything left. */
bool feed_more(Feed *feed);

uint64_t feed_number_slow(Feed *feed);

static inline uint64_t feed_number(Feed *feed)
{
    if (LIKELY(feed->at < feed->end && *feed->at < 0x80)) return *feed->at++;
    return feed_number_slow(feed);
}

/* Appends `size` bytes to out. */
void feed_bytes(Feed *feed, size_t size, Buf *out);

/* OK, or what went wrong: also a source that ended too early. */
NODISCARD Status feed_check(const Feed *feed, Error *error);

#endif
