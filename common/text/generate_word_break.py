#!/usr/bin/env python3
"""Writes generated/word_break_table.c: character classes and automata.

    python3 common/text/generate_word_break.py [/usr/share/unicode]

Needs Debian's unicode-data. The rules below are UAX #29 and UTS #51 as Lucene
10's StandardTokenizer reads them (its StandardTokenizerImpl.jflex): the longest
match of any rule is a word, and a character that begins no match is skipped.
Characters that Unicode got after 12.1 belong to no set, because Lucene's
grammar does not know them.

Two automata share one table of classes: `lucene`, and `parts` for the default
analyzer, whose words are runs of letters and digits that nothing joins (except
the quotes inside of Hebrew abbreviations), and which takes one by one the
characters of scripts without spaces: Han and Kana, Hangul syllables, clusters
of Thai, Lao, Khmer, Myanmar.
"""

import os
import re
import sys

UNICODE = (12, 1)
CODE_POINTS = 0x110000
BLOCK = 128  # code points a block of the two-stage table
ROW = 64  # classes, 1 << WORD_BREAK_CLASS_BITS

# Older characters whose properties changed after 12.1, as they were: 24 not yet
# letters, ARMENIAN ABBREVIATION MARK and OLD CHINESE HOOK MARK of no set, and a
# block that was still reserved for pictographs.
NOT_YET_LETTERS = {
    *range(0x02E5, 0x02EC), 0x055A, 0x058A, *range(0xA708, 0xA717)}
ONCE_PICTOGRAPHS = set(range(0x1FB00, 0x1FC00))

OTHER, WORD, CJK = 0, 1, 2  # WordKind of word_break.h

# Bits of WORD_CLASS_TRAITS, as in word_break_table.h.
TRAITS = ("LETTER", "UPPER", "LOWER", "DIGIT", "RAISED", "APOSTROPHE", "HYPHEN", "MARK", "WORD")

RAISED = {0xB2, 0xB3, 0xB9, 0x2070, *range(0x2074, 0x207A)}
LOWERED = set(range(0x2080, 0x208A))
APOSTROPHES = {0x27, 0x2018, 0x2019, 0x2BB, 0x2BC, 0x5F3, 0xFF07}
# With the middle dots of Catalan, between letters.
HYPHENS = {0x2D, 0xB7, 0x58A, 0x5BE, 0x2010, 0x2011, 0x2027, 0xFE63, 0xFF0D}


# --- Unicode's files ----------------------------------------------------------

def read_property(folder, name):
    """A file of `0041..005A ; Value # comment` as {value: set of code points}."""
    sets = {}
    with open(os.path.join(folder, name), encoding="utf-8") as lines:
        for line in lines:
            match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([\w.]+)", line)
            if match:
                first, last, value = match.groups()
                span = range(int(first, 16), int(last or first, 16) + 1)
                sets.setdefault(value, set()).update(span)
    return sets


def read_sets(folder):
    """The sets of characters that the rules speak of."""
    age = read_property(folder, "DerivedAge.txt")
    known = set()
    for version, points in age.items():
        if tuple(map(int, version.split("."))) <= UNICODE:
            known |= points
    word = read_property(folder, "auxiliary/WordBreakProperty.txt")
    script = read_property(folder, "Scripts.txt")
    line = read_property(folder, "LineBreak.txt")
    emoji = read_property(folder, "emoji/emoji-data.txt")

    sets = {name: word[name] & known for name in (
        "ALetter", "Hebrew_Letter", "Numeric", "Katakana", "MidLetter", "MidNum",
        "MidNumLet", "Single_Quote", "Double_Quote", "ExtendNumLet",
        "Regional_Indicator", "ZWJ")}
    sets["Extend"] = (word["Extend"] | word["Format"] | word["ZWJ"]) & known
    sets["ALetter"] -= NOT_YET_LETTERS
    sets["MidLetter"] -= {0x055F}
    sets["Han"] = (script["Han"] & known) - {0x16FE2}
    sets["Hiragana"] = script["Hiragana"] & known
    sets["Complex"] = line["SA"] & known

    # For the default analyzer only.
    category = read_property(folder, "extracted/DerivedGeneralCategory.txt")
    syllable = read_property(folder, "auxiliary/GraphemeBreakProperty.txt")
    letters = sets["ALetter"] | sets["Hebrew_Letter"]
    sets["Upper"] = (category["Lu"] | category["Lt"]) & letters
    sets["Lower"] = category["Ll"] & letters
    sets["Hangul"] = script["Hangul"] & letters
    sets["Hangul_L"] = syllable["L"] & known
    sets["Hangul_V"] = syllable["V"] & known
    sets["Hangul_T"] = syllable["T"] & known
    sets["Hangul_LV"] = (syllable["LV"] | syllable["LVT"]) & known
    sets["Cluster_End"] = {0xE33, 0xEB3, 0x200B}  # SARA AM, ZERO WIDTH SPACE
    sets["Raised"], sets["Lowered"] = RAISED, LOWERED
    sets["Apostrophe"], sets["Hyphen"] = APOSTROPHES, HYPHENS
    sets["Arabic_Decimal"] = {0x66B}  # Numeric, but no digit
    sets["Hebrew_Quote"] = {0x22, 0x5F4}

    key_cap_base = set(map(ord, "0123456789#*"))
    no_emoji = (word["Regional_Indicator"] | key_cap_base | emoji["Emoji_Modifier"]
                | {0xA9, 0xAE, 0x2122, 0x3030, 0x303D})
    # Pictographs are reserved ahead of their Unicode version: no limit of age.
    sets["Emoji"] = (emoji["Extended_Pictographic"] | ONCE_PICTOGRAPHS
                     | ((emoji["Emoji"] & known) - no_emoji))
    sets["Modifier"] = emoji["Emoji_Modifier"] & known
    sets["Modifier_Base"] = emoji["Emoji_Modifier_Base"] & known
    sets["Key_Cap_Base"] = key_cap_base
    sets["Key_Cap"] = {0x20E3}
    sets["Text_Selector"] = {0xFE0E}
    sets["Emoji_Selector"] = {0xFE0F}
    sets["Tag"] = set(range(0xE0020, 0xE007F))
    sets["Tag_End"] = {0xE007F}
    return sets


def make_classes(sets):
    """Code points that are in the same sets share a class; 0 is in no set."""
    names = sorted(sets)
    keys = [0] * CODE_POINTS
    for bit, name in enumerate(names):
        for point in sets[name]:
            keys[point] |= 1 << bit
    numbers = {0: 0}
    classes = [numbers.setdefault(key, len(numbers)) for key in keys]
    members = {name: frozenset(number for key, number in numbers.items() if key >> bit & 1)
               for bit, name in enumerate(names)}
    return classes, members, len(numbers)


# --- Rules: nested tuples over sets of classes --------------------------------

def seq(*parts):
    return ("seq", parts)


def alt(*parts):
    return ("alt", parts)


def many(part):
    return ("many", part)


def some(part):
    return seq(part, many(part))


def maybe(part):
    return alt(part, seq())


def make_rules(sets, of_parts):
    """(kind, rule) pairs, the first winning among matches of equal length."""
    def chars(*names):
        return frozenset().union(*(sets[name] for name in names))

    extend = many(chars("Extend"))  # WB4: these belong to what they follow
    plain_extend = many(chars("Extend") - chars("Text_Selector", "Emoji_Selector"))

    def ex(*names):
        return seq(chars(*names), extend)

    # UTS #51, emoji sequences
    selector = maybe(chars("Emoji_Selector"))
    zwj = chars("ZWJ")
    emoji = alt(
        seq(many(zwj), chars("Emoji"), plain_extend, selector),
        seq(maybe(seq(many(zwj), chars("Modifier_Base"), plain_extend)),
            chars("Modifier"), plain_extend))
    key_cap = seq(chars("Key_Cap_Base"), plain_extend, selector,
                  chars("Key_Cap"), plain_extend)
    emojis = alt(
        seq(emoji, alt(many(seq(zwj, emoji)), seq(some(chars("Tag")), chars("Tag_End")))),
        key_cap,
        seq(ex("Regional_Indicator"), ex("Regional_Indicator")))

    hebrew = ex("Hebrew_Letter")
    katakana = ex("Katakana")
    if of_parts:
        letter = seq(part_letters(sets), extend)
        digit = seq(chars("Numeric", "Lowered") - chars("Arabic_Decimal"), extend)
        quoted = seq(hebrew, ex("Hebrew_Quote"), hebrew)
        words = some(alt(letter, digit, quoted))
        cluster = seq(chars("Complex") - chars("Cluster_End"),
                      many(chars("Extend", "Cluster_End")))
        return [(WORD, emojis), (WORD, words), (CJK, cluster),
                (CJK, seq(syllable(chars), extend)),
                (CJK, ex("Han")), (CJK, ex("Hiragana")), (CJK, katakana)]

    # WB5 to WB13b
    join = ex("ExtendNumLet")
    number = ex("Numeric")
    letter = ex("ALetter", "Hebrew_Letter")
    inside_number = ex("MidNum", "MidNumLet", "Single_Quote")
    inside_word = ex("MidLetter", "MidNumLet", "Single_Quote")
    numbers = seq(number, many(seq(alt(many(join), inside_number), number)))
    letters = seq(letter, many(seq(alt(many(join), inside_word), letter)))
    hebrews = seq(hebrew, alt(ex("Single_Quote"), seq(ex("Double_Quote"), hebrew)))
    piece = alt(some(alt(hebrews, numbers, letters)),
                seq(katakana, many(seq(many(join), katakana))))
    words = seq(many(join), piece, many(seq(some(join), piece)), many(join))
    return [(WORD, emojis), (WORD, words), (WORD, some(ex("Complex"))),
            (WORD, ex("Han")), (WORD, ex("Hiragana"))]


def part_letters(sets):
    """The letters of words with spaces around them."""
    return ((sets["ALetter"] | sets["Hebrew_Letter"])
            - sets["Han"] - sets["Hangul"] - sets["Apostrophe"])


def syllable(chars):
    """A Hangul syllable, composed or of conjoining jamo, or a jamo alone."""
    vowels, finals = many(chars("Hangul_V")), many(chars("Hangul_T"))
    jamo = chars("Hangul_L", "Hangul_V", "Hangul_T", "Hangul_LV")
    return alt(
        seq(some(chars("Hangul_L")), maybe(chars("Hangul_LV")), vowels, finals),
        seq(chars("Hangul_LV"), vowels, finals),
        seq(some(chars("Hangul_V")), finals),
        some(chars("Hangul_T")),
        chars("Hangul") - jamo)


def make_traits(sets, begins, class_count):
    """The bits of TRAITS of each class."""
    members = {
        "LETTER": part_letters(sets), "UPPER": sets["Upper"], "LOWER": sets["Lower"],
        "DIGIT": sets["Numeric"] - sets["Arabic_Decimal"], "RAISED": sets["Raised"],
        "APOSTROPHE": sets["Apostrophe"], "HYPHEN": sets["Hyphen"],
        "MARK": sets["Extend"], "WORD": begins}
    return [sum(1 << bit for bit, name in enumerate(TRAITS) if char in members[name])
            for char in range(class_count)]


# --- Rules to the smallest automaton ------------------------------------------

class Nfa:
    def __init__(self):
        self.steps, self.empty = [], []  # state: [(classes, state)], [state]

    def state(self):
        self.steps.append([])
        self.empty.append([])
        return len(self.steps) - 1

    def add(self, rule, start):
        """Wires `rule` from start; returns the state after it."""
        if isinstance(rule, frozenset):
            end = self.state()
            self.steps[start].append((rule, end))
            return end
        kind, parts = rule
        if kind == "seq":
            for part in parts:
                start = self.add(part, start)
            return start
        if kind == "alt":
            end = self.state()
            for part in parts:
                begin = self.state()
                self.empty[start].append(begin)
                self.empty[self.add(part, begin)].append(end)
            return end
        loop = self.state()  # many
        self.empty[start].append(loop)
        self.empty[self.add(parts, loop)].append(loop)
        end = self.state()
        self.empty[loop].append(end)
        return end

    def closure(self, states):
        seen, stack = set(states), list(states)
        while stack:
            for state in self.empty[stack.pop()]:
                if state not in seen:
                    seen.add(state)
                    stack.append(state)
        return frozenset(seen)


def make_automaton(rules, class_count):
    """(rows of next states, kind of each state); 0 is dead, 1 the start."""
    nfa = Nfa()
    start = nfa.state()
    ends = {}
    for kind, rule in rules:
        begin = nfa.state()
        nfa.empty[start].append(begin)
        ends.setdefault(nfa.add(rule, begin), kind)
    order = [frozenset(), nfa.closure({start})]
    number = {states: i for i, states in enumerate(order)}
    rows = []
    for states in order:  # grows as it goes
        row = []
        for char in range(class_count):
            reached = {to for state in states for chars, to in nfa.steps[state] if char in chars}
            reached = nfa.closure(reached)
            if reached not in number:
                number[reached] = len(order)
                order.append(reached)
            row.append(number[reached])
        rows.append(row)
    kinds = [next((ends[end] for end in sorted(ends) if end in states), OTHER)
             for states in order]
    return minimise(rows, kinds)


def minimise(rows, kinds):
    """Moore's algorithm: split states until equal ones behave alike."""
    group = list(kinds)
    while True:
        seen = {}
        keys = [(group[i], tuple(group[to] for to in rows[i])) for i in range(len(rows))]
        split = [seen.setdefault(key, len(seen)) for key in keys]
        if len(seen) == len(set(group)):
            break
        group = split
    first = {g: i for i, g in reversed(list(enumerate(split)))}
    return [[split[to] for to in rows[first[g]]] for g in sorted(first)], \
           [kinds[first[g]] for g in sorted(first)]


# --- C ------------------------------------------------------------------------

def c_array(declaration, values):
    lines, line = [], "   "
    for value in values:
        text = f" {value},"
        if len(line) + len(text) > 80:
            lines.append(line)
            line = "   "
        line += text
    lines.append(line)
    return "%s = {\n%s\n};\n" % (declaration, "\n".join(lines))


def two_stages(classes):
    blocks, index, data = {}, [], []
    for at in range(0, CODE_POINTS, BLOCK):
        block = tuple(classes[at:at + BLOCK])
        if block not in blocks:
            blocks[block] = len(blocks)
            data += block
        index.append(blocks[block])
    return index, data


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    classes, members, class_count = make_classes(read_sets(folder))
    index, data = two_stages(classes)
    out = [
        "/* word_break_table.c - made by generate_word_break.py; do not edit. */\n"
        '#include "common/text/word_break_table.h"\n\n/* clang-format off */\n',
        c_array("const uint8_t WORD_BREAK_BLOCKS[]", index),
        c_array("const uint8_t WORD_BREAK_CLASSES[]", data)]
    for name, of_parts in (("LUCENE", False), ("PARTS", True)):
        rows, kinds = make_automaton(make_rules(members, of_parts), class_count)
        assert len(rows) < 256
        # Rows of ROW, so that a state's row is a shift away.
        assert class_count <= ROW
        steps = [to for row in rows for to in row + [0] * (ROW - class_count)]
        out.append(c_array(f"static const uint8_t {name}_STEPS[]", steps))
        out.append(c_array(f"static const uint8_t {name}_KINDS[]", kinds))
        out.append(f"const WordRules WORD_RULES_{name} = {{{name}_STEPS, {name}_KINDS}};\n")
        print(f"{name}: {len(rows)} states, {class_count} classes")
    begins = {char for char in range(class_count) if rows[1][char]}  # of parts
    out.append(c_array("const uint16_t WORD_CLASS_TRAITS[]",
                       make_traits(members, begins, class_count)))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generated/word_break_table.c")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(out))


if __name__ == "__main__":
    main()
