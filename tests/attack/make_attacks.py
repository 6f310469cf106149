#!/usr/bin/env python3
"""make_attacks.py INDEXER - makes the invalid indexes of this folder.

Needs xxhash and zstandard from PyPI, which is why its output is committed.
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile

import zstandard

from segment_file import Ix, Terms, rvi, vi

HERE = os.path.dirname(os.path.abspath(__file__))
indexer = os.path.abspath(sys.argv[1])
scratch = tempfile.mkdtemp()


def build(name, documents, *options):
    source = os.path.join(scratch, name + ".jsonl")
    with open(source, "w") as out:
        for document in documents:
            out.write(json.dumps(document) + "\n")
    index = os.path.join(scratch, name)
    subprocess.run([indexer, "-q", os.path.basename(source), "-o", index, *options], check=True, cwd=scratch)
    return Ix(index)


def write(index, name, **options):
    for i, line in enumerate(index.lines):
        if line.startswith(b"created "):
            index.lines[i] = b"created 2026-11-29T00:00:00Z"
    index.write(os.path.join(HERE, name), **options)


def change_record(segment, term, change):
    """Replaces the record of a term by change(record)."""
    terms = Terms(segment)
    block, place = terms.find(term)
    terms.blocks[block][2][place] = change(terms.blocks[block][2][place])
    terms.put(segment)


few = [{"id": "d%d" % i, "text": "fox " * (i + 1) + "hound%d" % i} for i in range(3)]
wide = [{"id": "d%d" % i, "text": ("y " if i % 2 else "") + ("rare" if i % 68 == 0 and i < 8908 else "x")} for i in range(9000)]
many = [{"id": "d%03d" % i, "text": "often w%d" % (i % 7) + " often" * (20 if i == 5 else 0)} for i in range(200)]


def block_sentinel():
    """The first block of a list ends at 0xFFFFFFFF; the docids of the second one begin at 0 again."""
    index = build("wide", wide, "--no-positions", "--no-store")
    postings = index.segs[0].s["postings"]
    postings += bytes(-len(postings) % 16)
    offset = len(postings)
    postings += struct.pack("<2I", 2**32 - 1, 2)
    postings += struct.pack("<I5B3x", 0, 32, 0, 8, 0, 255) + struct.pack("<I5B3x", 640, 0, 0, 8, 0, 255)
    postings += bytes(127 * 4) + struct.pack("<I", 2**32 - 128) + b"\1\2" * 64 + b"\1\2\1"
    change_record(index.segs[0], b"rare", lambda record: record[:1] + vi(131) + vi(0) + vi(offset) + record[5:])
    write(index, "block-sentinel")


def bounds_padding():
    index = build("padding", many, "--no-store")
    bounds = index.segs[0].s["bounds"]
    assert bounds[4] == 0
    bounds[4] = 1  # there are four ranges
    write(index, "bounds-padding")


def nonempty_below_df():
    index = build("wide2", wide, "--no-positions", "--no-store")
    index.segs[0].set32(44, 255)
    write(index, "nonempty-below-df")


def tf_above_length():
    """A lone posting of 2 billion occurrences in a document of two words."""
    index = build("inline", few, "--no-positions", "--no-store")

    def lie(record):
        docid, i = rvi(record, 1)
        return record[:1] + vi(docid) + vi(2**31 - 2)

    change_record(index.segs[0], b"hound1", lie)
    index.segs[0].set64(48, 2**31 + 10)
    write(index, "tf-inline")
    # The same in a short list: three values of 32 bits.
    index = build("short", few, "--no-positions", "--no-store")
    segment = index.segs[0]

    def widen(record):
        return record[:-4] + bytes([record[-4], 32, record[-2], record[-1]])

    terms = Terms(segment)
    block, place = terms.find(b"fox")
    record = terms.blocks[block][2][place]
    df, i = rvi(record, 1)
    doc_bits, tf_bits, norm_bits = record[-4], record[-3], record[-2]
    size = [(df * bits + 7) // 8 for bits in (doc_bits, tf_bits, norm_bits)]
    old = bytes(segment.s["postings"][: sum(size)])
    segment.s["postings"] = bytearray(old[: size[0]] + struct.pack("<3I", 0, 2**31 - 10, 1) + old[size[0] + size[1] :])
    change_record(segment, b"fox", widen)
    segment.set64(48, 2**31 + 10)
    write(index, "tf-short")


def bounds_lowered():
    """A range says less than its best posting has: hits would be missed."""
    index = build("many", many, "--no-store")
    bounds = index.segs[0].s["bounds"]
    bounds[0] -= 1
    bounds[64] = max(bounds[:4])
    write(index, "bounds-lowered")


def bound_zero():
    """A range with the best hit of "often w5" says that it has no posting of often."""
    index = build("zero", many, "--no-store")
    bounds = index.segs[0].s["bounds"]
    bounds[0] = 0
    bounds[64] = max(bounds[:4])
    write(index, "bound-zero")


def window_lowered():
    index = build("many2", many, "--no-store")
    index.segs[0].s["bounds"][64] -= 1
    write(index, "window-lowered")


def exception_tf():
    """The exception of a bitmap says two billion."""
    index = build("many3", many, "--no-store")
    postings = index.segs[0].s["postings"]
    entry = postings.find(struct.pack("<II", 5, 21))
    assert entry >= 0
    struct.pack_into("<I", postings, entry + 4, 2**31 - 1)
    write(index, "tf-exception")


def frame_of_gigabytes():
    """A frame states a gigabyte and ends after a few bytes of it."""
    index = build("frame", few)
    segment = index.segs[0]
    body = b"".join(struct.pack("<I", 100 << 3 | (i == 400))[:3] + bytes(100) for i in range(401))
    frame = b"\x28\xb5\x2f\xfd" + bytes([0x80, 0x58]) + struct.pack("<I", 1 << 30) + body
    segment.s["stored"] = bytearray(frame)
    struct.pack_into("<Q", segment.s["stored_index"], 24, len(frame))
    write(index, "frame-of-a-gigabyte")


def text_not_utf8():
    index = build("text", [{"id": "d0", "title": "T", "text": "fox and hound"}])
    segment = index.segs[0]
    title, text = b"\xf0\x9f fox \xff", b"fox \xe2\x82 hound \xc3 " + b"\x80" * 40 + b" fox \xf0\x9f\x92"
    content = vi(len(title)) + title + vi(len(text)) + text + vi(0)
    frame = zstandard.ZstdCompressor(level=3).compress(content)
    segment.s["stored"] = bytearray(frame)
    struct.pack_into("<Q", segment.s["stored_index"], 24, len(frame))
    write(index, "text-not-utf8")


def segment_twice():
    index = build("twice", few, "--no-store")
    write(index, "segment-twice", totals=False, repeat=2)


def equal_ids():
    """Two segments with the same ids, so each document is there twice."""
    one, other = build("one", few, "--no-store"), build("other", few[::-1], "--no-store")
    one.segs += other.segs
    write(one, "equal-ids")


def kth_above_max():
    index = build("many4", many, "--no-store")

    def lie(record):
        i = 1
        for _ in range(2 + 3):  # df, extra, three offsets
            _, i = rvi(record, i)
        record = bytearray(record)
        struct.pack_into("<H", record, i, 100)
        return bytes(record)

    change_record(index.segs[0], b"often", lie)
    write(index, "kth-above-max")


def positions_without_bytes():
    """A posting of two billion positions of no bits each."""
    documents = [{"id": "d%d" % i, "text": "fox fox fox fox fox fox"} for i in range(2)]
    index = build("positions", documents, "--no-store", "--pairs", "none")
    segment = index.segs[0]
    tf = 2**31 - 1
    segment.s["norms"] = bytearray(b"\xff\xff")
    segment.s["positions"] = bytearray(2)  # the header of a run with values of 0 bits
    segment.s["postings"] = bytearray(struct.pack("<2I", tf - 1, tf - 1))

    def lie(record):
        return record[:1] + vi(2) + vi(2 * tf - 2) + vi(0) + vi(0) + record[-6:-4] + bytes([0, 32, 0, 255])

    change_record(segment, b"fox", lie)
    segment.set64(48, 2 * tf)
    segment.header[128:160] = bytes(31) + b"\x80"
    write(index, "positions-without-bytes")


for make in (block_sentinel, bounds_padding, nonempty_below_df, tf_above_length, bounds_lowered, bound_zero, window_lowered,
             exception_tf, frame_of_gigabytes, text_not_utf8, segment_twice, equal_ids, kth_above_max,
             positions_without_bytes):
    make()
shutil.rmtree(scratch)
