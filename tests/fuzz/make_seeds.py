#!/usr/bin/env python3
"""make_seeds.py - rewrites the named seeds of the edits_* targets.

Each field of edit_fields.h incremented by one and inverted, and edits that were
accepted wrongly before. Seeds found by fuzzing are named by a hash and are not
changed.
"""
import os
import re
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
OPERATIONS = ["set", "add", "subtract", "flip", "invert", "copy", "swap"]

# name: edits, each (field, operation, segment, index, value)
LIES = {
    "block_ends_at_the_sentinel": [("LAST_DOCID", "set", 0, 1, 0xFFFFFFFF)],
    "block_ends_behind_the_last_document": [("LAST_DOCID", "set", 0, 1, 350)],
    "tf_near_two_to_the_31_in_one_posting": [("INLINE_TF", "set", 0, 3, 2**31 - 2)],
    "tf_near_two_to_the_31_in_a_short_list": [("EXTRA_TF", "set", 0, 3, 2**31 - 9)],
    "tf_near_two_to_the_31_in_a_bitmap": [("EXCEPTION_TF", "set", 0, 0, 2**31 - 1)],
    "tf_width_of_32_in_a_short_list": [("SHORT_WIDTH", "set", 0, 4, 32)],
    "docid_width_of_26_in_a_block": [("BLOCK_WIDTH", "set", 0, 3, 26)],
    "rank_too_high": [("RANK", "add", 0, 0, 64)],
    "bit_of_a_document_that_is_not_there": [("BITMAP_WORD", "set", 0, 7, 2**64 - 1)],
    "term_with_an_escape": [("KEY", "set", 0, 5, 0x1B)],
    "df_above_the_documents": [("DF", "set", 0, 0, 2**32 - 1)],
    "offset_that_wraps": [("POSTINGS_OFFSET", "set", 0, 3, 2**64 - 1)],
    "block_of_terms_at_the_end": [("TERMS_START", "set", 0, 1, 2**64 - 8)],
    "range_that_is_not_there": [("BOUNDS_PADDING", "set", 0, 0, 255)],
    "window_that_is_not_there": [("BOUNDS_PADDING", "set", 0, 70, 255)],
    "range_bound_lower_by_one": [("RANGE_BOUND", "subtract", 0, 2, 1)],
    "window_bound_lower_by_one": [("WINDOW_BOUND", "subtract", 0, 1, 1)],
    "block_bound_lower_by_one": [("BLOCK_BOUND", "subtract", 0, 1, 1)],
    "max_lower_by_one": [("MAX", "subtract", 0, 9, 1)],
    "kth_value_higher_by_one": [("KTH", "add", 0, 2, 1)],
    "champion_behind_the_last_document": [("CHAMPION_DOCID", "invert", 0, 0, 0)],
    "champions_swapped": [("CHAMPION_DOCID", "swap", 0, 0, 5)],
    "more_champions_than_there_may_be": [("CHAMPIONS_TERM_COUNT", "set", 0, 0, 1025)],
    "norm_of_an_empty_document": [("NORM", "set", 0, 3, 0)],
    "position_far_out": [("RUN_HEADER", "set", 0, 0, 2**16 - 1)],
    "group_of_positions_elsewhere": [("GROUP_START", "set", 0, 1, 2**32 - 1)],
    "title_that_never_ends": [("TITLE_END", "invert", 0, 4, 0)],
    "ids_out_of_order": [("ID_ORDER", "swap", 0, 3, 90)],
    "id_order_behind_the_last_document": [("ID_ORDER", "set", 0, 3, 2**32 - 1)],
    "id_with_an_escape": [("ID", "set", 0, 2, 0x1B)],
    "two_equal_ids": [("ID_SHARED", "set", 0, 1, 0), ("ID", "copy", 0, 2, 0)],
    "frame_claims_gigabytes": [("FRAME_CLAIM", "set", 0, 0, 2**33)],
    "frame_claims_almost_all_there_is": [("FRAME_CLAIM", "set", 0, 0, 2**64 - 3)],
    "text_that_is_not_utf8": [("STORED_TEXT", "set", 0, i, 0xFF) for i in range(0, 6)],
    "text_that_breaks_off_in_a_character": [("STORED_TEXT", "add", 0, i, 0xFFFFFFE2) for i in range(6)],
    "field_without_a_name": [("STORED_FIELD_NAME", "set", 0, 0, 9)],
    "skip_log_with_more_entries_than_bytes": [("SKIP_LOG_COUNT", "set", 0, 3, 2**60)],
    "fewer_documents_with_words_than_a_df": [
        ("HEADER_NUMBER", "subtract", 0, 3, 300), ("MANIFEST_NUMBER", "subtract", 0, 2, 300)],
    "as_many_documents_as_there_may_be": [("HEADER_NUMBER", "set", 0, 2, 2**32 - 64)],
    "sections_over_each_other": [("TABLE_LONG", "copy", 0, 6, 0)],
    "pair_of_another_word": [("PAIR_SECOND", "add", 0, 3, 1)],
    "pair_that_is_left_out": [("PAIR_START", "subtract", 0, 1, 1)],
    "word_with_pairs_that_is_not_frequent": [("PAIR_WORD", "add", 0, 2, 1)],
    "group_of_pairs_elsewhere": [("PAIR_GROUP", "set", 0, 1, 2**64 - 1)],
    "blocks_of_pairs_elsewhere": [("PAIR_BLOCKS_START", "set", 0, 0, 2**64 - 64)],
    "df_of_a_pair_above_the_documents": [("PAIR_DF", "set", 0, 0, 2**32 - 1)],
    "list_of_a_pair_at_the_end": [("PAIR_OFFSET", "set", 0, 0, 2**32 - 1)],
    "pairs_of_more_documents_than_there_are": [("HEADER_NUMBER", "set", 0, 14, 2**32 - 1)],
    "more_words_with_pairs_than_terms": [("HEADER_NUMBER", "set", 0, 13, 65535)],
    "manifest_with_an_escape": [("MANIFEST_TEXT", "set", 0, 2, 0x1B)],
    "segment_named_twice": [("MANIFEST_LINE", "add", 0, 16, 0)],
    "segment_in_place_of_another": [("MANIFEST_LINE", "copy", 0, 17, 16)],
    "segment_outside_of_the_folder": [("MANIFEST_TEXT", "set", 0, 11, ord("/"))],
}


def read_groups():
    """Fields and their groups, in the order of edit_fields.h."""
    with open(f"{HERE}/edit_fields.h") as file:
        text = file.read()
    groups = {}
    for group, body in re.findall(r"#define (\w+)_FIELDS\(FIELD\)((?:.*\\\n)*.*)", text):
        if group != "EDIT":
            groups[group.lower()] = re.findall(r"FIELD\((\w+)\)", body)
    return groups


def write_seed(group, name, numbers, edits):
    with open(f"{HERE}/seeds/edits_{group}/{name}", "wb") as file:
        for field, operation, segment, index, value in edits:
            file.write(struct.pack("<BBBBIQ", numbers[field], OPERATIONS.index(operation), segment, 0, index, value))


def main():
    groups = read_groups()
    fields = [field for group in groups.values() for field in group]
    numbers = {field: number for number, field in enumerate(fields)}
    home = {field: group for group, members in groups.items() for field in members}
    for group in groups:
        os.makedirs(f"{HERE}/seeds/edits_{group}", exist_ok=True)
    for field in fields:
        name = field.lower()
        write_seed(home[field], f"{name}_add", numbers, [(field, "add", 0, 1, 1)])
        write_seed(home[field], f"{name}_invert", numbers, [(field, "invert", 0, 1, 0)])
    for name, edits in LIES.items():
        write_seed(home[edits[0][0]], name, numbers, edits)


main()
