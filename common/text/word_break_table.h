/* word_break_table.h - the tables that generate_word_break.py writes. */
#ifndef QUERN_TEXT_WORD_BREAK_TABLE_H
#define QUERN_TEXT_WORD_BREAK_TABLE_H

#include "common/base/compiler.h"

#include <stdint.h>

enum { WORD_BREAK_BLOCK_BITS = 7, WORD_BREAK_CLASS_BITS = 6 };

/* Two stages: the block of a code point's upper bits, the class within. */
extern HIDDEN const uint8_t WORD_BREAK_BLOCKS[];
extern HIDDEN const uint8_t WORD_BREAK_CLASSES[];

/* The kind of a state of the automaton. */
enum { WORD_KIND_NONE, WORD_KIND_PLAIN, WORD_KIND_CJK };
enum { WORD_STATE_DEAD, WORD_STATE_START };

/* An automaton: the next state is steps[state << WORD_BREAK_CLASS_BITS | class]
 * and kinds[state] says whether the characters so far are a word. */
typedef struct WordRules {
    const uint8_t *steps;
    const uint8_t *kinds;
} WordRules;

extern HIDDEN const WordRules WORD_RULES_LUCENE;
extern HIDDEN const WordRules WORD_RULES_PARTS; /* of the default analyzer */

/* What the default analyzer asks of a character: bits of its class. */
enum {
    TRAIT_LETTER = 1, /* of scripts with spaces */
    TRAIT_UPPER = 2,  /* title case too */
    TRAIT_LOWER = 4,
    TRAIT_DIGIT = 8,
    TRAIT_RAISED = 16, /* a raised digit */
    TRAIT_APOSTROPHE = 32,
    TRAIT_HYPHEN = 64,
    TRAIT_MARK = 128, /* belongs to the character before it */
    TRAIT_WORD = 256  /* may begin a word of WORD_RULES_PARTS */
};
extern HIDDEN const uint16_t WORD_CLASS_TRAITS[];

static inline uint8_t word_break_class(uint32_t code_point)
{
    uint32_t block = WORD_BREAK_BLOCKS[code_point >> WORD_BREAK_BLOCK_BITS];
    uint32_t low = code_point & ((1u << WORD_BREAK_BLOCK_BITS) - 1);
    return WORD_BREAK_CLASSES[block << WORD_BREAK_BLOCK_BITS | low];
}

static inline uint32_t word_traits(uint32_t code_point)
{
    return WORD_CLASS_TRAITS[word_break_class(code_point)];
}

#endif
