/* check_removals.c - corrections against the postings of the removed documents.
 */
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/pairs/pairs.h"
#include "common/segment/postings/postings_scan.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct RemovalsCheck {
    Segment *segment;
    const Removals *removals;
    RemovalWalk walk;
    bool has_entry;    /* the walk is at an entry */
    uint64_t tf_sum;   /* of the corrections of terms */
    uint64_t total_tf; /* of the lists */
} RemovalsCheck;

static Status corrections_fail(const RemovalsCheck *check, const char *what,
                               uint32_t number, Error *error)
{
    return fail(error, ERR_CORRUPT,
                "%s: the correction of %s %u is not that of the removed "
                "documents",
                check->removals->path, what, number);
}

/* What the removed documents have of a list. */
static TermRemoval count_removed(const RemovalsCheck *check,
                                 const Postings *list)
{
    TermRemoval removal = {0};
    PostingsScan scan;
    postings_scan_start(&scan, check->segment, list);
    while (postings_scan_next(&scan)) {
        for (uint32_t i = 0; i < scan.count; i++) {
            if (removals_is_live(check->removals, scan.docids[i])) continue;
            removal.df++;
            removal.tf += scan.tfs[i];
        }
    }
    return removal;
}

/* Compares the next correction with those of a list, whose numbers ascend. */
static Status compare(RemovalsCheck *check, const Postings *list, Error *error)
{
    const char *what = list->is_pair ? "pair" : "term";
    TermRemoval counted = count_removed(check, list);
    const RemovalWalk *walk = &check->walk;
    bool listed = check->has_entry && walk->number == list->number;
    if (listed != (counted.df > 0))
        return corrections_fail(check, what, list->number, error);
    if (!listed) return OK;
    if (walk->removal.df != counted.df ||
        (!list->is_pair && walk->removal.tf != counted.tf)) {
        return corrections_fail(check, what, list->number, error);
    }
    return removal_walk_next(&check->walk, &check->has_entry, error);
}

/* After all lists. */
static Status check_rest(const RemovalsCheck *check, const char *what,
                         Error *error)
{
    if (!check->has_entry) return OK;
    return corrections_fail(check, what, check->walk.number, error);
}

static Status compare_terms(RemovalsCheck *check, TermWalk *terms, Error *error)
{
    bool found;
    Span text;
    TermRecord record;
    removal_walk_terms(&check->walk, check->removals, 0);
    Status status = removal_walk_next(&check->walk, &check->has_entry, error);
    if (status == OK)
        status = term_walk_start(terms, check->segment, (Span){0}, error);
    while (status == OK) {
        Postings list;
        status = term_walk_next(terms, &text, &record, &found, error);
        if (status != OK || !found) break;
        if (check->has_entry && check->walk.number == record.number)
            check->tf_sum += check->walk.removal.tf;
        check->total_tf += record.total_tf;
        status = postings_open(check->segment, &record, &list, error);
        if (status == OK) status = compare(check, &list, error);
    }
    return status == OK ? check_rest(check, "term", error) : status;
}

static Status compare_pairs(RemovalsCheck *check, Error *error)
{
    removal_walk_pairs(&check->walk, check->removals, 0);
    Status status = removal_walk_next(&check->walk, &check->has_entry, error);
    if (status == OK && check->segment->pair_count)
        status = pairs_verify(check->segment, error);
    PairWalk pairs = {.segment = check->segment};
    while (status == OK && check->segment->pair_count) {
        Pair pair;
        Postings list;
        bool found;
        status = pair_walk_next(&pairs, &pair, &found, error);
        if (status != OK || !found) break;
        status = postings_open(check->segment, &pair.record, &list, error);
        if (status == OK) status = compare(check, &list, error);
    }
    return status == OK ? check_rest(check, "pair", error) : status;
}

/* Lengths are known as their codes allow, and exactly where no two tokens share
 * a position. */
static Status check_lengths(const RemovalsCheck *check, Error *error)
{
    const Removals *removals = check->removals;
    const uint8_t *norms = check->segment->sections[SECTION_NORMS].data;
    uint32_t nonempty = 0;
    uint64_t shortest = 0, longest = 0;
    for (uint32_t d = 0; d < removals->document_count; d++) {
        if (removals_is_live(removals, d)) continue;
        nonempty += norms[d] > 0;
        shortest += norm_decode(norms[d]);
        longest += norm_max_length(norms[d]);
    }
    bool exact = check->total_tf == check->segment->token_count;
    if (nonempty == removals->removed_nonempty &&
        removals->removed_tokens >= shortest &&
        removals->removed_tokens <= longest &&
        (exact ? removals->removed_tokens == check->tf_sum
               : removals->removed_tokens <= check->tf_sum)) {
        return OK;
    }
    return fail(error, ERR_CORRUPT,
                "%s: its totals are not those of the removed documents",
                removals->path);
}

/* Bytes that no rule gives a meaning. */
static Status check_reserved(const Removals *removals, Error *error)
{
    const uint8_t *header = removals->file.bytes.data;
    uint8_t other = 0;
    for (uint32_t i = 68; i < 72; i++) other |= header[i];
    for (uint32_t i = 96; i < REMOVALS_CHECKSUM_OFFSET; i++) other |= header[i];
    if (!other) return OK;
    return fail(error, ERR_CORRUPT, "%s: header: reserved bytes are not 0",
                removals->path);
}

static Status check_segment_removals(const Index *index, size_t i, Error *error)
{
    RemovalsCheck check = {.segment = index->segments[i],
                           .removals = index->removals[i]};
    TermWalk terms = {0};
    Status status = check_file_name(
        check.removals->path, check.removals->file.bytes,
        REMOVALS_CHECKSUM_OFFSET, index->manifest.segments[i].removed.name,
        ".removed", error);
    if (status == OK) status = check_reserved(check.removals, error);
    if (status == OK) status = compare_terms(&check, &terms, error);
    if (status == OK) status = check_lengths(&check, error);
    if (status == OK) status = compare_pairs(&check, error);
    term_walk_release(&terms);
    return status;
}

Status check_removals(const Index *index, CheckReport *report, Error *error)
{
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (!index->removals[i]) continue;
        Status status = check_segment_removals(index, i, error);
        if (status == ERR_CORRUPT) {
            check_report_add(report, error);
        } else if (status != OK) {
            return status;
        }
    }
    return OK;
}
