/* format.h - the numbers of FORMAT.md, in its order. */
#ifndef QUERN_SEGMENT_FORMAT_H
#define QUERN_SEGMENT_FORMAT_H

#include <stdint.h>

#define MANIFEST_MAGIC "quern " /* before its version */
#define SEGMENT_MAGIC "QUERNSEG"
#define REMOVALS_MAGIC "QUERNREM"

/* Documents of a segment, and of an index. Docids and counts of documents have
 * 32 bits; up to here one may be rounded up to a whole window of 4,096, or the
 * 512 documents of a rank be added, without leaving them. */
#define MAX_DOCUMENTS 4294963200u /* 2^32 - 4096 */

enum { MANIFEST_VERSION = 2, MANIFEST_OLDEST_VERSION = 1 };

enum {
    SEGMENT_VERSION = 2,
    SEGMENT_OLDEST_VERSION = 1, /* that can be upgraded */
    SEGMENT_HEADER_BYTES = 1280,
    SEGMENT_TABLE_OFFSET = 192,
    SEGMENT_TABLE_ENTRIES = 32,
    SEGMENT_TABLE_ENTRY_BYTES = 32,
    SEGMENT_CHECKSUM_OFFSET = 1272, /* of the header's own checksum */
    SECTION_ALIGNMENT = 64,
    SECTION_PADDING = 64, /* zero bytes after a section, at least */
    CHECKSUM_PART_BYTES = 65536
};

/* Header */
enum {
    HEADER_MAGIC = 0,
    HEADER_VERSION = 8,
    HEADER_HEADER_BYTES = 12,
    HEADER_REQUIRED_FEATURES = 16,
    HEADER_OPTIONAL_FEATURES = 24,
    HEADER_FILE_BYTES = 32,
    HEADER_DOCUMENT_COUNT = 40,
    HEADER_NONEMPTY_COUNT = 44,
    HEADER_TOKEN_COUNT = 48,
    HEADER_TERM_COUNT = 56,
    HEADER_SECTION_COUNT = 60,
    HEADER_POSTING_COUNT = 64,
    HEADER_CHECKSUMS_CHECKSUM = 72,
    HEADER_K1 = 80,
    HEADER_B = 84,
    HEADER_AVERAGE_LENGTH = 88,
    HEADER_BITMAP_SHARE = 92,
    HEADER_BOUNDS_SHARE = 96,
    HEADER_SHORT_LIMIT = 100,
    HEADER_PAIR_MIN_DF = 104,
    HEADER_PAIR_WORDS = 108,
    HEADER_PAIR_COUNT = 112,
    HEADER_PAIR_POSTINGS = 120,
    HEADER_NORM_CODES = 128
};

/* Section table entry */
enum {
    ENTRY_KIND = 0,
    ENTRY_OFFSET = 8,
    ENTRY_SIZE = 16,
    ENTRY_FIRST_CHECKSUM = 24
};

typedef enum SectionKind {
    SECTION_TERMS = 1,
    SECTION_TERMS_INDEX = 2,
    SECTION_POSTINGS = 3,
    SECTION_BOUNDS = 4,
    SECTION_POSITIONS = 5,
    SECTION_NORMS = 6,
    SECTION_TITLE_ENDS = 7,
    SECTION_IDS = 8,
    SECTION_ID_ORDER = 9,
    SECTION_STORED = 10,
    SECTION_STORED_INDEX = 11,
    SECTION_SKIP_LOG = 12,
    SECTION_CHAMPIONS = 15,
    SECTION_PAIRS = 16,
    SECTION_PAIR_POSTINGS = 17,
    SECTION_PAIR_BOUNDS = 18,
    SECTION_PAIR_CHAMPIONS = 19,
    SECTION_CHECKSUMS = 31,
    SECTION_KINDS = 32
} SectionKind;

/* terms */
enum {
    TERM_BLOCK_TERMS = 16,
    TERM_INDEX_STEP = 64, /* blocks between two prefixes of the top level */
    TERM_MAX_BYTES = 65535,
    TERM_PREFIX_BYTES = 8,
    INLINE_POSITIONS = 4 /* at most this many are kept in the record */
};

typedef enum PostingsClass {
    POSTINGS_INLINE,
    POSTINGS_SHORT,
    POSTINGS_BLOCKS,
    POSTINGS_BITMAP
} PostingsClass;

enum {
    RECORD_CLASS_MASK = 3,
    RECORD_HAS_BOUNDS = 4,
    RECORD_KTH_SHIFT = 3,
    RECORD_KTH_MASK = 3, /* after the shift */
    RECORD_HAS_POSITIONS = 32,
    RECORD_ZERO_BITS = 0xc0
};

/* postings */
enum {
    BLOCK_POSTINGS = 128,
    BLOCK_ALIGNMENT = 16,
    BLOCK_HEADER_BYTES = 12, /* without its u32 last docid */
    BLOCK_OFFSET = 0,
    BLOCK_DOC_BITS = 4,
    BLOCK_TF_BITS = 5,
    BLOCK_NORM_BITS = 6,
    BLOCK_NORM_MIN = 7,
    BLOCK_BOUND = 8,
    BITMAP_ALIGNMENT = 64,
    BITMAP_RANK_DOCUMENTS = 512,
    BITMAP_EXCEPTION_BYTES = 8,
    DEFAULT_BITMAP_SHARE = 16,
    DEFAULT_BOUNDS_SHARE = 64,
    DEFAULT_SHORT_LIMIT = 128
};

/* bounds */
enum {
    RANGE_DOCUMENTS = 64,
    WINDOW_DOCUMENTS = 4096,
    WINDOW_RANGES = 64,
    BOUNDS_ALIGNMENT = 64,
    KTH_LEVELS = 3
};

/* champions */
enum {
    CHAMPIONS_HEADER_BYTES = 8,
    CHAMPIONS_COUNT = 0,
    CHAMPIONS_ZERO = 4,
    CHAMPIONS_ENTRY_BYTES = 16,
    CHAMPIONS_TERM = 0,
    CHAMPIONS_TERM_COUNT = 4,
    CHAMPIONS_OFFSET = 8,
    CHAMPIONS_WIDTHS = 4, /* bytes of widths before a list's streams */
    MAX_CHAMPIONS = 1024,
    CHAMPIONS_SHARE = 8 /* a list needs this many postings for each champion */
};

/* pairs: D when it is not chosen by a number */
#define PAIRS_AUTO 0u
#define PAIRS_NONE UINT32_MAX

enum {
    PAIRS_HEADER_BYTES = 8,
    PAIRS_BLOCKS_START = 0,
    PAIR_GROUP_PAIRS = 16,
    PAIR_MAX_WORDS = 65535,
    DEFAULT_PAIR_TOKENS = 1 << 20,
    PAIR_TF_ONE = 32 /* bit of a record: every tf is 1 */
};

/* positions */
enum {
    POSITION_ALIGNMENT = 4, /* unit of group offsets */
    RUN_POSTINGS = 32,      /* of a run; a group has up to 4 runs */
    RUN_HEADER_BYTES = 2,
    RUN_START_BYTES = 2, /* of each run but the first of a group */
    RUN_START_LIMIT = 65535,
    RUN_WIDTH_BITS = 5, /* low_bits, then high_bits, in a run's header */
    RUN_RAW_WIDTH = 26, /* as low_bits: 32 */
    RUN_MAX_EXCEPTIONS = 63,
    POSITION_LIMIT = INT32_MAX /* positions are below it */
};

/* title_ends, ids, stored */
enum {
    TITLE_ENDS_HEADER_BYTES = 8,
    ID_GROUP_IDS = 16,
    STORED_BLOCK_DOCUMENTS = 16,
    STORED_INDEX_HEADER_BYTES = 16,
    STORED_MAX_FIELDS = 1 << 20 /* of a document */
};

/* skip log */
typedef enum SkipLogKind {
    SKIP_LOG_SKIPPED,
    SKIP_LOG_CHANGED,
    SKIP_LOG_DUPLICATE,
    SKIP_LOG_KINDS
} SkipLogKind;

enum {
    SKIP_LOG_HEADER_BYTES = 32,
    SKIP_LOG_COUNTS = 0, /* u64 for each kind */
    SKIP_LOG_ENTRY_COUNT = 24,
    SKIP_LOG_MAX_SOURCE = 65535,
    SKIP_LOG_MAX_REASON = 1023
};

/* history */
#define HISTORY_FIRST_LINE "quern-history 1"
#define HISTORY_SUFFIX ".history"
#define HISTORY_TEMPORARY_NAME "history.tmp"

/* contents */
#define CONTENTS_MAGIC "QUERNCON"
#define CONTENTS_SUFFIX ".contents"
#define CONTENTS_TEMPORARY_NAME "contents.tmp"

enum {
    CONTENTS_VERSION = 1,
    CONTENTS_HEADER_BYTES = 64,
    CONTENTS_VERSION_OFFSET = 8,
    CONTENTS_COUNT = 12,
    CONTENTS_SEGMENT = 16,
    CONTENTS_BODY_LOW = 24,
    CONTENTS_BODY_HIGH = 32,
    CONTENTS_CHECKSUM = 56,
    CONTENT_HASH_BYTES = 16,
    CONTENT_LENGTH_BYTES = 4
};

/* removals */
enum {
    REMOVALS_VERSION = 1,
    REMOVALS_HEADER_BYTES = 128,
    REMOVALS_LIVE_OFFSET = 128, /* a multiple of 64: used in place */
    REMOVALS_CHECKSUM_OFFSET = 120,
    REMOVALS_GROUP_ENTRIES = 64,
    REMOVALS_PADDING_WORDS = 16 /* at least, after the last document's */
};

enum {
    REMOVALS_HEADER_MAGIC = 0,
    REMOVALS_HEADER_VERSION = 8,
    REMOVALS_HEADER_HEADER_BYTES = 12,
    REMOVALS_HEADER_REQUIRED_FEATURES = 16,
    REMOVALS_HEADER_FILE_BYTES = 24,
    REMOVALS_HEADER_SEGMENT = 32,
    REMOVALS_HEADER_DOCUMENT_COUNT = 40,
    REMOVALS_HEADER_REMOVED_COUNT = 44,
    REMOVALS_HEADER_REMOVED_NONEMPTY = 48,
    REMOVALS_HEADER_TERM_COUNT = 52,
    REMOVALS_HEADER_REMOVED_TOKENS = 56,
    REMOVALS_HEADER_PAIR_COUNT = 64,
    REMOVALS_HEADER_TERM_BYTES = 72,
    REMOVALS_HEADER_PAIR_BYTES = 80,
    REMOVALS_HEADER_CONTENT_CHECKSUM = 88
};

_Static_assert(MAX_DOCUMENTS % WINDOW_DOCUMENTS == 0 &&
                   UINT32_MAX - MAX_DOCUMENTS >= WINDOW_DOCUMENTS - 1 &&
                   MAX_DOCUMENTS % BITMAP_RANK_DOCUMENTS == 0,
               "rounding a count of documents up stays in 32 bits");

/* The k of the k-th values, ascending. */
static const uint32_t kth_levels[KTH_LEVELS] = {10, 100, 1000};

#endif
