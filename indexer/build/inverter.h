/* inverter.h - tokens in, terms with their postings out, all in memory.
 *
 * One thread fills an inverter with the documents it is given, in the order
 * of docids. When the memory that it may use is full, it is read out as a
 * sorted run (run.h) and emptied. The first failure (no memory) is kept:
 * later tokens are dropped and inverter_check says so.
 */
#ifndef QUERN_BUILD_INVERTER_H
#define QUERN_BUILD_INVERTER_H

#include "common/base/byte_reader.h"
#include "common/text/analyzer.h"

typedef struct Inverter Inverter;

/* Without positions every position is taken as 0. */
NODISCARD Status inverter_new(bool has_positions, Inverter **out, Error *error);
void inverter_free(Inverter *inverter);

/* Adds tokens of a document, whose docid is at least that of any before; the
 * positions of one term ascend. `shift` is added to every position. */
void inverter_add(Inverter *inverter, uint32_t docid, const Token *tokens,
                  size_t count, uint32_t shift);

/* Bytes that its terms and postings take. */
size_t inverter_memory(const Inverter *inverter);
size_t inverter_term_count(const Inverter *inverter);
NODISCARD Status inverter_check(const Inverter *inverter, Error *error);

/* Forgets all terms, keeps the memory. */
void inverter_clear(Inverter *inverter);

/* Tells the content as the bytes of a run. The inverter must not change
 * meanwhile. */
typedef struct InverterSource InverterSource;

NODISCARD Status inverter_source_new(Inverter *inverter, InverterSource **out,
                                     Error *error);
void inverter_source_free(InverterSource *source);
Status inverter_source_fill(void *source, uint8_t *out, size_t room,
                            size_t *size, Error *error); /* a ByteReaderFill */

#endif
