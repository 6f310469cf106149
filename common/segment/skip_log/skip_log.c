/* skip_log.c - what was skipped, cut or dropped when an index was made. */
#include "common/segment/skip_log/skip_log.h"

#include "common/base/bytes.h"
#include "common/base/varint.h"

const char *ledger_kind_name(LedgerKind kind)
{
    static const char *const names[LEDGER_KINDS] = {"skipped", "changed",
                                                    "duplicate"};
    return names[kind];
}

static Status ledger_fail(const Segment *segment, Error *error,
                          const char *what)
{
    return segment_fail(segment, SECTION_LEDGER, error, "%s", what);
}

Status ledger_count(Segment *segment, LedgerCounts *counts, Error *error)
{
    if (!segment_has(segment, SECTION_LEDGER)) return OK;
    Status status = segment_verify(segment, SECTION_LEDGER, 0,
                                   LEDGER_HEADER_BYTES, error);
    if (status != OK) return status;
    const uint8_t *head = segment->sections[SECTION_LEDGER].data;
    for (int kind = 0; kind < LEDGER_KINDS; kind++)
        counts->of_kind[kind] += get_u64le(head + LEDGER_COUNTS + 8 * kind);
    counts->entries += get_u64le(head + LEDGER_ENTRY_COUNT);
    return OK;
}

Status ledger_walk_start(LedgerWalk *walk, Segment *segment, Error *error)
{
    *walk = (LedgerWalk){.segment = segment};
    if (!segment_has(segment, SECTION_LEDGER)) return OK;
    Span section = segment->sections[SECTION_LEDGER];
    LedgerCounts counts = {0};
    Status status = segment_verify(segment, SECTION_LEDGER, 0, section.size,
                                   error);
    if (status == OK) status = ledger_count(segment, &counts, error);
    if (status != OK) return status;
    walk->at = section.data + LEDGER_HEADER_BYTES;
    walk->end = section.data + section.size;
    walk->left = counts.entries;
    return OK;
}

void ledger_walk_release(LedgerWalk *walk)
{
    buf_release(&walk->source);
    buf_release(&walk->reason);
    *walk = (LedgerWalk){0};
}

/* Text that shares its beginning with what *text holds from before. */
static bool take_text(LedgerWalk *walk, Buf *text, size_t most)
{
    uint64_t shared, size;
    if (!varint_get(&walk->at, walk->end, &shared) ||
        !varint_get(&walk->at, walk->end, &size) || shared > text->size ||
        size > most - shared || size > (uint64_t)(walk->end - walk->at)) {
        return false;
    }
    text->size = (size_t)shared;
    buf_put(text, walk->at, (size_t)size);
    walk->at += size;
    return true;
}

static bool take_entry(LedgerWalk *walk, LedgerEntry *out)
{
    if (walk->at == walk->end) return false;
    uint8_t kind = *walk->at++;
    if (kind >= LEDGER_KINDS) return false;
    out->kind = (LedgerKind)kind;
    return take_text(walk, &walk->source, LEDGER_MAX_SOURCE) &&
           varint_get(&walk->at, walk->end, &out->line) &&
           varint_get(&walk->at, walk->end, &out->column) &&
           varint_get(&walk->at, walk->end, &out->offset) &&
           take_text(walk, &walk->reason, LEDGER_MAX_REASON);
}

Status ledger_walk_next(LedgerWalk *walk, LedgerEntry *out, bool *found,
                        Error *error)
{
    *out = (LedgerEntry){0};
    *found = walk->left > 0;
    if (!*found) {
        if (walk->at == walk->end) return OK;
        return ledger_fail(walk->segment, error, "bytes left over");
    }
    *found = false;
    if (!take_entry(walk, out))
        return ledger_fail(walk->segment, error, "an entry that cannot be");
    Status status = buf_check(&walk->source, "reading the ledger", error);
    if (status == OK)
        status = buf_check(&walk->reason, "reading the ledger", error);
    if (status != OK) return status;
    walk->left--;
    out->source = buf_span(&walk->source);
    out->reason = buf_span(&walk->reason);
    *found = true;
    return OK;
}
