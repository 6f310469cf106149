/* run_replay.h - makes a run again from its sidecar, and compares.
 *
 * The sidecar (searcher --sidecar, docs/json.md) is untrusted: only searcher is
 * started, with arguments that write no file.
 */
#ifndef QUERN_VERIFY_RUN_REPLAY_H
#define QUERN_VERIFY_RUN_REPLAY_H

#include "common/base/arena.h"
#include "common/base/hash.h"

/* A sidecar; everything is the arena's. */
typedef struct RunSidecar {
    const char **arguments; /* NULL ends */
    const char *index, *index_hash, *run_hash, *quern;
    Arena arena;
} RunSidecar;

/* ERR_USAGE names the file if it is not a sidecar. */
NODISCARD Status run_sidecar_read(const char *path, RunSidecar *out,
                                  Error *error);
/* The same from memory; `name` is for messages. */
NODISCARD Status run_sidecar_parse(Span text, const char *name, RunSidecar *out,
                                   Error *error);
void run_sidecar_release(RunSidecar *sidecar);

typedef struct RunReplay {
    char hash[33]; /* of what searcher printed now */
    uint64_t lines;
    bool is_same;       /* the hash is that of the sidecar */
    bool index_changed; /* the index is not the one that was searched */
    bool run_is_other;  /* the run file is not what the sidecar describes */
    uint64_t line;      /* of the run file, the first that differs; 0: none */
    Span was, is;       /* its text then and now; in `text` */
    Buf text;
} RunReplay;

/* Starts `searcher`, the path of the program. `run` is the path of the run, or
 * NULL. */
NODISCARD Status run_replay(const RunSidecar *sidecar, const char *searcher,
                            const char *run, RunReplay *out, Error *error);
void run_replay_release(RunReplay *replay);

#endif
