#!/usr/bin/env python3
"""Writes generated/word_break_table.c: character classes and automata.

    python3 common/text/generate_word_break.py [/usr/share/unicode]

Needs Debian's unicode-data. The rules below are UAX #29 and UTS #51 as Lucene
10's StandardTokenizer reads them (its StandardTokenizerImpl.jflex): the longest
match of any rule is a word, and a character that begins no match is skipped.
Characters that Unicode got after 12.1 belong to no set, because Lucene's
grammar does not know them.

Two automata share one table of classes: `lucene`, and `folded` for the default
analyzer, which takes Katakana one by one (as all CJK) and breaks words at
U+202F NARROW NO-BREAK SPACE.
"""

import os
import re
import sys

UNICODE = (12, 1)
CODE_POINTS = 0x110000
BLOCK = 128  # code points a block of the two-stage table

# Older characters whose properties changed after 12.1, as they were: 24 not yet
# letters, ARMENIAN ABBREVIATION MARK and OLD CHINESE HOOK MARK of no set, and a
# block that was still reserved for pictographs.
NOT_YET_LETTERS = {
    *range(0x02E5, 0x02EC), 0x055A, 0x058A, *range(0xA708, 0xA717)}
ONCE_PICTOGRAPHS = set(range(0x1FB00, 0x1FC00))

OTHER, WORD, CJK = 0, 1, 2  # WordKind of word_break.h


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
    sets["Narrow_Space"] = {0x202F}

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


def make_rules(sets, folded):
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

    # WB5 to WB13b
    join_chars = chars("ExtendNumLet") - (chars("Narrow_Space") if folded else frozenset())
    join = seq(join_chars, extend)
    number = ex("Numeric")
    letter_chars = chars("ALetter", "Hebrew_Letter")
    letter = seq(letter_chars - (chars("Han") if folded else frozenset()), extend)
    hebrew = ex("Hebrew_Letter")
    katakana = ex("Katakana")
    inside_number = ex("MidNum", "MidNumLet", "Single_Quote")
    inside_word = ex("MidLetter", "MidNumLet", "Single_Quote")
    numbers = seq(number, many(seq(alt(many(join), inside_number), number)))
    letters = seq(letter, many(seq(alt(many(join), inside_word), letter)))
    hebrews = seq(hebrew, alt(ex("Single_Quote"), seq(ex("Double_Quote"), hebrew)))
    piece = some(alt(hebrews, numbers, letters))
    if not folded:
        piece = alt(piece, seq(katakana, many(seq(many(join), katakana))))
    words = seq(many(join), piece, many(seq(some(join), piece)), many(join))

    rules = [(WORD, emojis), (WORD, words), (WORD, some(ex("Complex")))]
    single = CJK if folded else WORD
    rules += [(single, ex("Han")), (single, ex("Hiragana"))]
    return rules + ([(CJK, katakana)] if folded else [])


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
    for name, folded in (("LUCENE", False), ("FOLDED", True)):
        rows, kinds = make_automaton(make_rules(members, folded), class_count)
        assert len(rows) < 256
        # Rows of 32, so that a state's row is a shift away.
        assert class_count <= 32
        steps = [to for row in rows for to in row + [0] * (32 - class_count)]
        out.append(c_array(f"static const uint8_t {name}_STEPS[]", steps))
        out.append(c_array(f"static const uint8_t {name}_KINDS[]", kinds))
        out.append(f"const WordRules WORD_RULES_{name} = {{{name}_STEPS, {name}_KINDS}};\n")
        print(f"{name}: {len(rows)} states, {class_count} classes")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generated/word_break_table.c")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(out))


if __name__ == "__main__":
    main()
