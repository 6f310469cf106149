/* certificate.h - what was compared, and a digest of the answers.
 *
 * The digest is XXH3-128 over all answers in the order of the queries, for each
 * depth k in the order given: the length of the qid (u32) and its bytes, k
 * (u32), the number of hits (u32), and for each hit the length of its id (u32),
 * its bytes, and the bits of its score (u32), all little-endian. It depends on
 * the index and the queries alone, not on the machine.
 */
#ifndef QUERN_VERIFY_CERTIFICATE_H
#define QUERN_VERIFY_CERTIFICATE_H

#include "bench/verify/answer_record.h"
#include "common/base/cpu.h"
#include "common/base/hash.h"

/* Strings are borrowed. */
typedef struct Certificate {
    const char *date; /* UTC: "2026-11-29T20:00:00Z" */
    const char *index;
    Hash128 index_hash;
    uint64_t documents;
    const char *queries_file;
    Hash128 queries_hash;
    uint64_t queries;
    bool plain;
    Depths depths;
    CpuLevel levels[CPU_LEVELS];
    Hash128 digests[CPU_LEVELS]; /* of each level */
    size_t level_count;
    uint64_t hits; /* of each level */
    uint64_t differences;
} Certificate;

/* Puts the bytes of one answer that the digest covers. */
NODISCARD Status put_certified_answer(Buf *out, const Index *index,
                                      const char *qid, uint32_t k,
                                      const RecordPart *part, Error *error);

/* Whether everything was equal: then it certifies. */
bool certificate_holds(const Certificate *certificate);

/* For people; and as a line of JSON (docs/bench-json.md). */
void put_certificate(Buf *out, const Certificate *certificate);
void put_certificate_json(Buf *out, const Certificate *certificate);

#endif
