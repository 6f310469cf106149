/* correct_by_lists.c - the terms and pairs of removed documents, from all lists
 * of their segment.
 *
 * The lengths of the documents follow from the sums of their tf, where no two
 * tokens share a position: then the sum of all tf is the number of tokens. If
 * not, they are in the file of contents; or the norm of a document leaves one
 * possible length; or its positions are counted (removed_lengths.c).
 */
#include "common/segment/pairs/pairs.h"
#include "common/segment/postings/postings_scan.h"
#include "indexer/update/corrections.h"
#include "indexer/update/removed_lengths.h"

#include <stdlib.h>

typedef struct ListCorrector {
    const CorrectionJob *job;
    RemovedRanks ranks;
    uint64_t *tf_sums;    /* owned: of each removed document */
    uint64_t posting_sum; /* of all tf of the segment */
    PostingsScan scan;
    Corrections *out;
} ListCorrector;

/* What the removed documents have of a list. */
static Status scan_list(ListCorrector *corrector, const TermRecord *record,
                        Buf *out, Error *error)
{
    PostingsScan *scan = &corrector->scan;
    Segment *segment = corrector->job->segment;
    Postings list;
    uint32_t df = 0;
    uint64_t tf = 0;
    Status status = postings_open(segment, record, &list, error);
    if (status != OK) return status;
    postings_scan_start(scan, segment, &list);
    scan->norms = NULL;
    while (postings_scan_next(scan)) {
        for (uint32_t i = 0; i < scan->count; i++) {
            uint32_t docid = scan->docids[i];
            if (!is_removed(&corrector->ranks, docid)) continue;
            df++;
            tf += scan->tfs[i];
            if (!record->is_pair)
                corrector->tf_sums[removed_rank(&corrector->ranks, docid)] +=
                    scan->tfs[i];
        }
    }
    if (df) correction_put(out, record->number, df, record->is_pair ? 0 : tf);
    return OK;
}

static Status scan_terms(ListCorrector *corrector, Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, corrector->job->segment, (Span){0},
                                    error);
    for (bool found = true; status == OK && found;) {
        Span term;
        TermRecord record;
        status = term_walk_next(&walk, &term, &record, &found, error);
        if (status != OK || !found) break;
        corrector->posting_sum += record.total_tf;
        status = scan_list(corrector, &record, &corrector->out->terms, error);
    }
    term_walk_release(&walk);
    return status;
}

static Status scan_pairs(ListCorrector *corrector, Error *error)
{
    Segment *segment = corrector->job->segment;
    if (!segment_has(segment, SECTION_PAIRS)) return OK;
    Status status = pairs_verify(segment, error);
    PairWalk walk = {.segment = segment};
    for (bool found = true; status == OK && found;) {
        Pair pair;
        status = pair_walk_next(&walk, &pair, &found, error);
        if (status != OK || !found) break;
        status = scan_list(corrector, &pair.record, &corrector->out->pairs,
                           error);
    }
    return status;
}

static Status sum_lengths(ListCorrector *corrector, Error *error)
{
    RemovedLengths lengths = {
        .segment = corrector->job->segment,
        .contents = corrector->job->contents,
        .ranks = &corrector->ranks,
        .tf_sums = corrector->tf_sums,
        .is_shared = corrector->posting_sum !=
                     corrector->job->segment->token_count};
    Status status = removed_lengths_find(&lengths, error);
    if (status != OK) return status;
    for (uint32_t i = 0; i < corrector->ranks.count; i++) {
        corrector->out->tokens += corrector->tf_sums[i];
        corrector->out->nonempty += corrector->tf_sums[i] > 0;
    }
    return OK;
}

Status correct_by_lists(const CorrectionJob *job, Corrections *out,
                        Error *error)
{
    ListCorrector corrector = {.job = job, .out = out};
    Status status = removed_ranks_init(&corrector.ranks, job->removed,
                                       job->segment->document_count, error);
    corrector.tf_sums = calloc((size_t)job->removed->count + 1,
                               sizeof *corrector.tf_sums);
    if (status == OK && !corrector.tf_sums)
        status = fail_memory(error, "removing documents");
    if (status == OK) status = scan_terms(&corrector, error);
    if (status == OK) status = scan_pairs(&corrector, error);
    if (status == OK) status = sum_lengths(&corrector, error);
    if (status == OK)
        status = buf_check(&out->terms, "removing documents", error);
    if (status == OK)
        status = buf_check(&out->pairs, "removing documents", error);
    removed_ranks_release(&corrector.ranks);
    free(corrector.tf_sums);
    return status;
}
