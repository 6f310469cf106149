/* check_damage.c - which terms a damaged part affects.
 *
 * Lists are written in the order of their terms; so the terms whose lists are
 * in a part are consecutive, and the first and the last describe them.
 */
#include "common/segment/check/segment_check_internal.h"

/* The terms whose lists lie in the bytes [start, end) of a section. */
typedef struct DamagedTerms {
    SectionKind kind;
    uint64_t start, end;
    Buf first, last; /* owned */
} DamagedTerms;

static void copy_term(Buf *to, Span term)
{
    buf_clear(to);
    buf_put_span(to, term);
}

/* Where the term's bytes in the section begin; false if it has none. */
static bool list_start(SectionKind kind, const TermRecord *record,
                       uint64_t *offset)
{
    *offset = kind == SECTION_POSTINGS    ? record->postings_offset
              : kind == SECTION_POSITIONS ? record->positions_offset
                                          : record->bounds_offset;
    if (kind == SECTION_POSTINGS) return !class_is_inline(record->kind);
    if (kind == SECTION_BOUNDS) return record->has_bounds;
    return record->has_positions && record->inline_positions.size == 0;
}

static void note_term(DamagedTerms *damage, Span term, const TermRecord *record)
{
    uint64_t offset;
    if (!list_start(damage->kind, record, &offset)) return;
    if (offset >= damage->end) return;
    if (offset <= damage->start || damage->first.size == 0) {
        copy_term(&damage->first, term);
    }
    copy_term(&damage->last, term);
}

static Status walk_damage(Segment *segment, DamagedTerms *damage, Error *error)
{
    TermWalk walk = {0};
    bool found = true;
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    while (status == OK && found) {
        Span term;
        TermRecord record;
        status = term_walk_next(&walk, &term, &record, &found, error);
        if (status == OK && found) note_term(damage, term, &record);
    }
    term_walk_release(&walk);
    return status;
}

void name_damaged_terms(Segment *segment, SectionKind kind, uint64_t start,
                        Error *error)
{
    enum { SHOWN_BYTES = 60 };
    if (kind != SECTION_POSTINGS && kind != SECTION_POSITIONS &&
        kind != SECTION_BOUNDS) {
        return;
    }
    DamagedTerms damage = {
        .kind = kind, .start = start, .end = start + CHECKSUM_PART_BYTES};
    Error plain = *error;
    Error walk_error; /* a damaged dictionary is reported by itself */
    if (walk_damage(segment, &damage, &walk_error) == OK && damage.first.size) {
        int first = (int)(damage.first.size < SHOWN_BYTES ? damage.first.size
                                                          : SHOWN_BYTES);
        int last = (int)(damage.last.size < SHOWN_BYTES ? damage.last.size
                                                        : SHOWN_BYTES);
        fail(error, ERR_CORRUPT, "%s (terms '%.*s' to '%.*s')", plain.message,
             first, (const char *)damage.first.data, last,
             (const char *)damage.last.data);
    }
    buf_release(&damage.first);
    buf_release(&damage.last);
}
