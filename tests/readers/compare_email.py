#!/usr/bin/env python3
"""compare_email.py PROGRAMS [COUNT [SEED]] - mails read by indexer equal Python's email package.

Makes COUNT mails (make_mails.py), indexes them as files, as a Maildir and as an mbox, and compares titles, texts (their
words) and stored fields with what the email package finds by the same rules (docs/formats.md), which are written once
more here. Prints each difference; ends with 'N passed, N failed'.
"""

import email
import email.header
import email.policy
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make_mails import make_mails  # noqa: E402

NO_CHARSET = ("", "us-ascii", "ascii", "unknown-8bit")
# The names that the web has for supersets.
SUPERSETS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030",
             "euc-kr": "cp949", "big5": "big5hkscs"}


def guess_text(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def to_text(data, charset):
    charset = (charset or "").strip().lower()
    if charset in NO_CHARSET or charset == "x-no-such-charset":
        return guess_text(data)
    return data.decode(SUPERSETS.get(charset, charset), "replace")


def header_text(value):
    """The text of a header, which the package gives with its line ends and 8-bit bytes as surrogates."""
    if value is None:
        return ""
    value = re.sub(r"\r?\n", "", value).strip(" \t").encode("utf-8", "surrogateescape").decode("latin-1")
    text, run, run_charset = "", b"", None
    # Not all at once: decode_header takes some 8-bit bytes for line ends.
    pieces = re.split(r"(=\?[^?\s]+\?[BbQq]\?.*?\?=)", value)
    for i, piece in enumerate(pieces):
        if i % 2 == 0 and not piece.strip() and 0 < i < len(pieces) - 1:
            continue  # between two words
        data, charset = email.header.decode_header(piece)[0] if i % 2 else (piece.encode("latin-1"), None)
        charset = charset.split("*")[0] if charset else charset
        if run and charset != run_charset:
            text, run = text + to_text(run, run_charset), b""
        run, run_charset = run + data, charset
    return text + to_text(run, run_charset)


class Visible(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.in_title = "", False

    def handle_starttag(self, tag, attrs):
        self.in_title |= tag == "title"
        self.text += "\n"

    def handle_endtag(self, tag):
        self.in_title &= tag != "title"
        self.text += "\n"

    def handle_data(self, data):
        if not self.in_title:
            self.text += data


def visible_text(text):
    parser = Visible()
    parser.feed(text)
    parser.close()
    return parser.text


def unflow(text, deletes_space):
    out, before = "", None
    for line in re.split(r"\r?\n", text[:-1] if text.endswith("\n") else text):
        quotes = len(line) - len(line.lstrip(">"))
        line = line[quotes:]
        line = line[1:] if line.startswith(" ") else line
        signature = line == "-- "
        if before is None or before != quotes or signature:
            out += "\n" + ">" * quotes + (" " if quotes else "")
        goes_on = line.endswith(" ") and not signature
        before = quotes if goes_on else None
        out += line[:-1] if goes_on and deletes_space else line
    return out


def body_of(part):
    if part.is_multipart():
        return b""
    data = part.get_payload(decode=True) or b""
    return data


def kind_of(part):
    kind = part.get_content_type()
    if kind.startswith("text/"):
        return kind
    # A multipart in which no boundary came is text.
    return "text/plain" if kind.startswith("multipart/") and not part.is_multipart() else kind


def is_attachment(part):
    return part.get_content_disposition() == "attachment"


def leaves(part):
    """The parts without parts, not of mails inside."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        return
    if part.is_multipart():
        for inner in part.get_payload():
            yield from leaves(inner)
    else:
        yield part


def preferred(part):
    kinds = [kind_of(leaf) for leaf in leaves(part) if not is_attachment(leaf)
             and not (kind_of(leaf) == "text/plain" and not body_of(leaf).strip())]
    for kind in ("text/plain", "text/html"):
        if kind in kinds:
            return kind
    return "any"


RANK = {"text/plain": 0, "text/html": 1}


def put_parts(part, chosen, out, unread):
    kind = kind_of(part)
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        out.append(header_text(dict_get(inner, "subject")))
        put_parts(inner, [], out, unread)
    elif part.is_multipart():
        inside = chosen + [preferred(part)] if kind == "multipart/alternative" else chosen
        for inner in part.get_payload():
            put_parts(inner, inside, out, unread)
    elif kind.startswith("text/"):
        if not is_attachment(part) and any(RANK.get(one, 2) < RANK.get(kind, 2) for one in chosen):
            return
        text = to_text(body_of(part), part.get_param("charset") or "")
        if kind == "text/html":
            text = visible_text(text)
        elif kind == "text/plain" and part.get_param("format", "").lower() == "flowed":
            text = unflow(text, part.get_param("delsp", "").lower() == "yes")
        out.append(text)
    elif kind != "application/pgp-signature":
        name = part.get_filename()
        unread.append(name if name else kind)


def read_by_package(mail):
    message = email.message_from_bytes(mail, policy=email.policy.compat32)
    out, unread = [], []
    put_parts(message, [], out, unread)
    fields = {name: header_text(value) for name in ("from", "to", "date", "message-id")
              if (value := message._headers and dict_get(message, name)) is not None}
    if "message-id" in fields:
        fields["message-id"] = fields["message-id"].strip("<>")
    return {"title": header_text(dict_get(message, "subject")), "text": "\n".join(out), "fields": fields, "unread": unread}


def dict_get(message, name):
    """The first value of a header, not decoded."""
    for key, value in message._headers:
        if key.lower() == name:
            return value
    return None


def words(text):
    return text.split()


def run(programs, *arguments):
    result = subprocess.run([os.path.join(programs, "indexer"), *arguments], stdin=subprocess.DEVNULL,
                            capture_output=True, timeout=600)
    if result.returncode:
        sys.exit(f"indexer {' '.join(arguments)}: {result.stderr.decode(errors='replace')}")
    return result.stdout


def read_by_indexer(programs, source, folder):
    """Document by id, and the names of attachments that were not read by place."""
    index = os.path.join(folder, "index")
    run(programs, "-q", source, "-o", index, "--force")
    documents, unread = {}, {}
    for line in run(programs, "dump", index).splitlines():
        row = json.loads(line)
        documents[row["id"]] = row
    for line in run(programs, "skipped", index).decode().splitlines():
        place, _, _, reason = line.split("\t", 3)
        names = re.search(r"not read: ([^;]*)", reason)
        unread[place] = names[1].split(", ") if names else []
    return documents, unread


def write_mbox(path, mails):
    with open(path, "wb") as out:
        for mail in mails:
            out.write(b"From ada@example.org Thu Jan  1 09:00:00 2026\n")
            out.write(re.sub(rb"(?m)^(>*From )", rb">\1", mail))
            out.write(b"\n" if mail.endswith(b"\n") else b"\n\n")


def compare(name, document, expected):
    if document is None:
        return [f"{name}: not indexed"]
    wrong = []
    for key in ("title", "text"):
        got, want = words(document.get(key, "")), words(expected[key])
        if got != want:
            at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
            wrong.append(f"{name}: {key}: word {at + 1}: got {got[at:at + 5]}, expected {want[at:at + 5]}")
    fields = {key: value for key, value in document.items() if key not in ("id", "title", "text")}
    fields = fields.get("fields", fields)
    for key in set(fields) | set(expected["fields"]):
        if words(fields.get(key, "")) != words(expected["fields"].get(key, "")):
            wrong.append(f"{name}: {key}: got {fields.get(key)!r}, expected {expected['fields'].get(key)!r}")
    return wrong


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    programs = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    mails = make_mails(count, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        eml, maildir, mbox = (os.path.join(folder, name) for name in ("eml", "maildir", "mails.mbox"))
        for part in (eml, maildir + "/cur", maildir + "/new", maildir + "/tmp"):
            os.makedirs(part)
        for i, mail in enumerate(mails):
            Path(eml, f"{i}.eml").write_bytes(mail)
            Path(maildir, "cur" if i % 2 else "new", f"{i}:2,S").write_bytes(mail)
        write_mbox(mbox, mails)
        forms = {"eml": (eml, lambda i: f"{eml}/{i}.eml"), "mbox": (mbox, lambda i: f"{mbox}:{i + 1}"),
                 "maildir": (maildir, lambda i: f"{maildir}/{'cur' if i % 2 else 'new'}/{i}:2,S")}
        for form, (source, id_of) in forms.items():
            documents, unread = read_by_indexer(programs, source, folder)
            if len(documents) != count:
                print(f"{form}: {len(documents)} documents, expected {count}")
                failed += 1
            for i, mail in enumerate(mails):
                expected = read_by_package(mail)
                wrong = compare(f"{form} {i}", documents.get(id_of(i)), expected)
                if form != "mbox" and unread.get(id_of(i), []) != expected["unread"]:
                    wrong.append(f"{form} {i}: not read: {unread.get(id_of(i))}, expected {expected['unread']}")
                passed, failed = passed + (not wrong), failed + bool(wrong)
                for line in wrong:
                    print(line)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
