/* dump_record.h - records as a dump of an index has them; private to corpus/.
 *
 *     {"id": ..., "title": ..., "text": ..., "id_hex": ..., "fields": {...}}
 *
 * with these keys in this order, the last two optional. All fields are stored
 * again, whether the options name them or not, so that a dump that is indexed
 * loses nothing. id_hex are the bytes of an id that is not UTF-8.
 */
#ifndef QUERN_CORPUS_DUMP_RECORD_H
#define QUERN_CORPUS_DUMP_RECORD_H

#include "corpus/roles.h"

enum { DUMP_MAX_FIELDS = 1024, DUMP_BASE_MEMBERS = 3 };

/* Starts as {0}, with a source. */
typedef struct DumpRecord {
    const Source *source;
    JsonReader *json; /* of the fields, which are an object */
    Buf id;
    Buf fields; /* DocumentField[] */
    bool noted;
} DumpRecord;

/* Reads id_hex and fields of a record; *taken is false if it has none, or is
 * not like those of a dump. Then all of its members are roles', else the first
 * DUMP_BASE_MEMBERS. */
NODISCARD Status dump_record_read(DumpRecord *self, JsonObject record,
                                  bool *taken, Error *error);

/* Gives id and fields to the document of the record that was just read. */
void dump_record_apply(DumpRecord *self, Roles *roles, Document *out);

void dump_record_release(DumpRecord *self);

#endif
