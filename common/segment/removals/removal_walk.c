/* removal_walk.c - decodes corrections: one term's, or all in order. */
#include "common/base/varint.h"
#include "common/segment/removals/removal_layout.h"
#include "common/segment/removals/removals.h"

#include <inttypes.h>

static const RemovalTable empty_table;

static Status entry_fail(const RemovalWalk *walk, Error *error)
{
    return fail(error, ERR_CORRUPT,
                "%s: invalid group %u of the corrections of %s",
                walk->removals->path, walk->group - 1,
                walk->table->has_tf ? "terms" : "pairs");
}

static uint32_t group_first(const RemovalTable *table, uint32_t group)
{
    return get_u32le(table->firsts + 4 * (size_t)group);
}

/* The last group whose first number is not above this one; 0 if none is. */
static uint32_t find_group(const RemovalTable *table, uint32_t number)
{
    uint32_t low = 0, high = table->group_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (group_first(table, middle) <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void start_walk(RemovalWalk *walk, const Removals *removals,
                       const RemovalTable *table, uint32_t from)
{
    *walk = (RemovalWalk){.removals = removals, .table = table, .from = from};
    if (table->group_count) walk->group = find_group(table, from);
}

void removal_walk_terms(RemovalWalk *walk, const Removals *removals,
                        uint32_t from)
{
    start_walk(walk, removals, removals ? &removals->terms : &empty_table,
               from);
}

void removal_walk_pairs(RemovalWalk *walk, const Removals *removals,
                        uint32_t from)
{
    start_walk(walk, removals, removals ? &removals->pairs : &empty_table,
               from);
}

static void enter_group(RemovalWalk *walk)
{
    const RemovalTable *table = walk->table;
    uint32_t group = walk->group++;
    const uint8_t *starts = table->starts + 8 * (size_t)group;
    walk->at = table->entries.data + get_u64le(starts);
    walk->end = table->entries.data + get_u64le(starts + 8);
    walk->left = group + 1 < table->group_count
                     ? REMOVALS_GROUP_ENTRIES
                     : table->count - group * REMOVALS_GROUP_ENTRIES;
    walk->number = group_first(table, group);
    walk->is_first = true;
}

/* Entries are numbered upwards, below the first of the next group. */
static bool read_entry(RemovalWalk *walk)
{
    const RemovalTable *table = walk->table;
    uint64_t step = 0, df, more = 0;
    if (!walk->is_first && !varint_get(&walk->at, walk->end, &step))
        return false;
    if (!varint_get(&walk->at, walk->end, &df) || df >= UINT32_MAX)
        return false;
    if (table->has_tf && !varint_get(&walk->at, walk->end, &more)) return false;
    uint64_t limit = walk->group < table->group_count
                         ? group_first(table, walk->group)
                         : table->number_limit;
    if (!walk->is_first) {
        if (step >= limit - walk->number - 1) return false;
        walk->number += (uint32_t)step + 1;
    }
    df++;
    if (df > walk->removals->removed_nonempty) return false;
    if (more > walk->removals->removed_tokens - df) return false;
    walk->removal = (TermRemoval){(uint32_t)df, table->has_tf ? df + more : 0};
    walk->is_first = false;
    walk->left--;
    return walk->left > 0 || walk->at == walk->end;
}

Status removal_walk_next(RemovalWalk *walk, bool *found, Error *error)
{
    *found = false;
    do {
        if (walk->left == 0) {
            if (walk->group == walk->table->group_count) return OK;
            enter_group(walk);
        }
        if (!read_entry(walk)) return entry_fail(walk, error);
    } while (walk->number < walk->from);
    *found = true;
    return OK;
}

/* The entry with just this number. */
static Status find_entry(RemovalWalk *walk, uint32_t number, uint32_t df,
                         TermRemoval *out, Error *error)
{
    bool found;
    Status status = removal_walk_next(walk, &found, error);
    if (status != OK || !found || walk->number != number) return status;
    if (walk->removal.df > df) return entry_fail(walk, error);
    *out = walk->removal;
    return OK;
}

Status removals_of_term(const Removals *removals, uint32_t number, uint32_t df,
                        TermRemoval *out, Error *error)
{
    *out = (TermRemoval){0};
    if (!removals) return OK;
    RemovalWalk walk;
    removal_walk_terms(&walk, removals, number);
    return find_entry(&walk, number, df, out, error);
}

Status removals_of_pair(const Removals *removals, uint32_t number, uint32_t df,
                        uint32_t *out, Error *error)
{
    *out = 0;
    if (!removals) return OK;
    RemovalWalk walk;
    TermRemoval removal = {0};
    removal_walk_pairs(&walk, removals, number);
    Status status = find_entry(&walk, number, df, &removal, error);
    *out = removal.df;
    return status;
}
