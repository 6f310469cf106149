/* merge_lists.h - the lists of several segments become those of one, term by
 * term. */
#ifndef QUERN_MERGE_MERGE_LISTS_H
#define QUERN_MERGE_MERGE_LISTS_H

#include "indexer/build/build_listener.h"
#include "indexer/build/docid_map.h"
#include "indexer/build/segment_builder.h"

/* Puts the lists of all terms with a live document into the builder. Documents
 * keep their order. Of the mapped files about `memory` bytes are kept in
 * memory. */
NODISCARD Status lists_merge(const ListSource *sources, size_t count,
                             size_t memory, SegmentBuilder *builder,
                             const BuildListener *listener, Error *error);

#endif
