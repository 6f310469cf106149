"""make_mails.py - mails in all encodings, charsets and nestings, from a seed.

make_mails(count, seed) gives bytes of mails; nothing of the email package is used, so that it can judge them.
"""

import base64
import binascii
import random
import urllib.parse

ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyzäöüßéèñçø",
    "ascii": "abcdefghijklmnopqrstuvwxyz",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщьыэюя",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "polish": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "japanese": "日本語文字検索漢字東京大阪ひらがなカタカナ",
    "chinese": "中文检索北京上海邮件测试汉字",
    "taiwanese": "中文檢索北京上海郵件測試漢字",
    "korean": "한국어검색서울부산우편시험",
    "all": "aäżяω日中한😀é",
}
CHARSETS = {
    "utf-8": list(ALPHABETS), "UTF-8": list(ALPHABETS), "utf8": ["all"],
    "iso-8859-1": ["latin"], "ISO-8859-15": ["latin"], "windows-1252": ["latin"], "latin1": ["latin"],
    "us-ascii": ["ascii"], "iso-8859-2": ["polish"], "windows-1250": ["polish"],
    "iso-8859-5": ["cyrillic"], "koi8-r": ["cyrillic"], "windows-1251": ["cyrillic"],
    "iso-8859-7": ["greek"], "windows-1253": ["greek"],
    "shift_jis": ["japanese"], "euc-jp": ["japanese"], "iso-2022-jp": ["japanese"],
    "gb2312": ["chinese"], "gbk": ["chinese"], "gb18030": ["chinese", "all"], "big5": ["taiwanese"],
    "euc-kr": ["korean"],
}
PLAIN_TYPES = ["text/plain", "TEXT/PLAIN", "Text/Plain"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.boundaries = 0

    def pick(self, *values):
        return self.random.choice(values)

    def chance(self, share):
        return self.random.random() < share

    def charset(self):
        return self.random.choice(list(CHARSETS))

    def word(self, charset):
        letters = ALPHABETS[self.random.choice(CHARSETS[charset])]
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(2, 9)))

    def words(self, charset, least=1, most=12):
        return " ".join(self.word(charset) for _ in range(self.random.randint(least, most)))

    # Headers

    def encoded_word(self, text, charset):
        data = text.encode(charset)
        if self.chance(0.5):
            payload, letter = base64.b64encode(data).decode(), self.pick("b", "B")
        else:
            payload = "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else "_" if byte == 32 else f"={byte:02X}"
                              for byte in data)
            letter = self.pick("q", "Q")
        language = "*en" if self.chance(0.05) else ""
        return f"=?{charset}{language}?{letter}?{payload}?="

    def header_text(self, most=8):
        """A header's value as bytes: encoded words, ASCII, raw UTF-8."""
        kind = self.random.random()
        if kind < 0.25:
            return self.words("us-ascii", 1, most).encode()
        if kind < 0.35:
            return self.words("utf-8", 1, most).encode()
        if kind < 0.45 and most > 1:  # a character split between two words
            data = self.words("utf-8", 1, most).encode()
            middle = self.random.randint(0, len(data))
            parts = [base64.b64encode(piece).decode() for piece in (data[:middle], data[middle:])]
            return self.pick(b" ", b"\n ").join(f"=?utf-8?B?{part}?=".encode() for part in parts)
        pieces = []
        for _ in range(self.random.randint(1, 3)):
            charset = self.charset()
            pieces.append(self.encoded_word(self.words(charset, 1, 4), charset))
            if self.chance(0.4):
                pieces.append(self.words("us-ascii", 1, 3))
        return self.pick(" ", "\n ", "\n\t").join(pieces).encode()

    def address(self):
        name = self.header_text(2)
        user = f"{self.word('us-ascii')}@example.org".encode()
        return self.pick(user, name + b" <" + user + b">", b'"' + self.words("us-ascii", 1, 3).encode() + b'" <' + user + b">")

    def parameter(self, name, value):
        """name=value in one of the ways of RFC 2045, 2231 and 2047."""
        if value.isascii():
            if self.chance(0.3) and value.replace(".", "").isalnum():
                return f"{name}={value}"
            return f'{name}="{value}"'
        charset = "utf-8"
        quoted = urllib.parse.quote(value, safe="", encoding=charset)
        if self.chance(0.5):
            return f"{name}*={charset}''{quoted}"
        cut = quoted.find("%", len(quoted) // 2)
        cut = cut if cut > 0 else len(quoted)
        return f"{name}*0*={charset}''{quoted[:cut]};\n {name}*1*={quoted[cut:]}"

    # Bodies

    def encode_body(self, data):
        """(value of Content-Transfer-Encoding or None, bytes)"""
        kinds = ["base64", "quoted-printable", "Base64", "QUOTED-PRINTABLE"]
        if b"\0" not in data:
            kinds += ["8bit", "8bit", None] if not data.isascii() else ["7bit", None, None]
        if self.chance(0.03):
            kinds = ["x-uuencode"]
        kind = self.random.choice(kinds)
        lower = (kind or "").lower()
        if lower == "base64":
            return kind, base64.encodebytes(data)
        if lower == "quoted-printable":
            return kind, binascii.b2a_qp(data, istext=True)
        if lower == "x-uuencode":
            lines = [binascii.b2a_uu(data[at:at + 45]) for at in range(0, len(data), 45)]
            return kind, b"begin 644 text\n" + b"".join(lines) + b"`\nend\n"
        return kind, data

    def text(self, charset):
        lines = [self.words(charset) for _ in range(self.random.randint(1, 6))]
        if self.chance(0.1) and charset.lower() in ("utf-8", "us-ascii"):
            lines.insert(self.random.randint(0, len(lines)), "From here on, " + self.words(charset))
        if self.chance(0.1) and charset.lower() in ("utf-8", "us-ascii"):
            lines.append(">From " + self.words(charset))
        return "\n".join(lines) + self.pick("\n", "\n\n", "")

    def flowed(self, charset):
        lines = []
        for _ in range(self.random.randint(1, 8)):
            quotes = ">" * self.pick(0, 0, 0, 1, 2)
            lines.append(quotes + (" " if quotes else "") + self.words(charset) + self.pick("", " "))
        if self.chance(0.2):
            lines.append("-- ")
            lines.append(self.words(charset))
        return "\n".join(lines) + "\n"

    def leaf(self, kind, headers=()):
        """A part that has no parts: its headers and body, as bytes."""
        charset = self.charset()
        headers = list(headers)
        parameters = [f"charset={charset}", f'charset="{charset}"', f" charset = {charset}"][self.random.randint(0, 2)]
        if kind == "plain":
            kind = self.random.choice(PLAIN_TYPES)
            if self.chance(0.15):
                parameters += "; format=flowed" + self.pick("", "; delsp=yes")
                data = self.flowed(charset).encode(charset)
            else:
                data = self.text(charset).encode(charset)
            if self.chance(0.05):
                data = b" \n\n"
        elif kind == "text/html":
            data = (f"<html><head><title>{self.words(charset, 1, 3)}</title></head><body>" +
                    "".join(f"<p>{self.words(charset)}</p>\n" for _ in range(self.random.randint(1, 3))) +
                    "</body></html>").encode(charset)
        else:
            data = self.text(charset).encode(charset)
        transfer, body = self.encode_body(data)
        if charset != "iso-2022-jp" and self.chance(0.04):  # a charset that nobody knows
            charset = "x-no-such-charset"
            parameters = f"charset={charset}"
        if not (kind.lower() == "text/plain" and data.isascii() and "flowed" not in parameters and self.chance(0.3)):
            headers.append(f"Content-Type: {kind};{self.pick(' ', chr(10) + ' ', chr(10) + chr(9))}{parameters}".encode())
        if transfer:
            headers.append(f"Content-Transfer-Encoding: {transfer}".encode())
        self.random.shuffle(headers)
        return headers, body

    def attachment(self):
        name = self.word(self.pick("us-ascii", "utf-8")) + self.pick(".pdf", ".png", ".txt", ".csv")
        if name.endswith((".txt", ".csv")):
            kind = "text/plain" if name.endswith("txt") else "text/csv"
            disposition = f"Content-Disposition: attachment; {self.parameter('filename', name)}".encode()
            return self.leaf(kind, [disposition])
        kind = "application/pdf" if name.endswith("pdf") else "image/png"
        data = self.random.randbytes(self.random.randint(0, 300))
        headers = [b"Content-Transfer-Encoding: base64"]
        if self.chance(0.3):
            headers.append(f"Content-Type: {kind}; {self.parameter('name', name)}".encode())
        else:
            headers.append(f"Content-Type: {kind}".encode())
            headers.append(f"Content-Disposition: {self.pick('attachment', 'inline')}; "
                           f"{self.parameter('filename', name)}".encode())
        return headers, base64.encodebytes(data)

    def multipart(self, kind, parts):
        self.boundaries += 1
        boundary = self.pick("=_", "----=_Part_", "b'") + f"{self.boundaries}{self.word('us-ascii')}"
        if self.chance(0.2):
            boundary += self.pick(".x", "+y", " z", "=")
        headers = [f'Content-Type: {kind};\n boundary="{boundary}"'.encode()]
        body = self.pick(b"", b"This is a message in several parts.\n")
        for part_headers, part_body in parts:
            body += f"--{boundary}{self.pick('', '', '  ')}\n".encode()
            body += b"".join(line + b"\n" for line in part_headers) + b"\n" + part_body + b"\n"
        if not self.chance(0.05):
            body += f"--{boundary}--\n".encode() + self.pick(b"", b"", b"an epilogue\n")
        return headers, body

    def entity(self, depth):
        """Headers and body of anything."""
        kind = self.random.random()
        if depth == 0 or kind < 0.3:
            return self.leaf("plain") if self.chance(0.75) else self.leaf("text/html")
        if kind < 0.5:
            return self.multipart("multipart/alternative", [self.leaf("plain"), self.leaf("text/html")])
        if kind < 0.6:
            forms = [self.leaf("plain"), self.multipart("multipart/related", [self.leaf("text/html"), self.attachment()]),
                     self.leaf("text/calendar")]
            return self.multipart("multipart/alternative", forms[self.pick(0, 1):self.pick(2, 3)])
        if kind < 0.8:
            parts = [self.entity(depth - 1)]
            for _ in range(self.random.randint(1, 3)):
                parts.append(self.attachment() if self.chance(0.7) else self.entity(depth - 1))
            return self.multipart("multipart/mixed", parts)
        if kind < 0.9:
            return [b"Content-Type: message/rfc822"], self.message(depth - 1)
        if kind < 0.95:
            return self.multipart("multipart/digest", [([], self.message(depth - 1)) for _ in range(2)])
        return self.multipart("multipart/signed", [self.entity(depth - 1), (
            [b"Content-Type: application/pgp-signature; name=signature.asc"], b"-----BEGIN PGP SIGNATURE-----\n")])

    def message(self, depth):
        headers, body = self.entity(depth)
        fields = [b"From: " + self.address(), b"To: " + self.address() + (b", " + self.address() if self.chance(0.3) else b""),
                  b"Date: Thu, 1 Jan 2026 09:%02d:00 +0100" % self.random.randint(0, 59)]
        if self.chance(0.95):
            fields.append(self.pick(b"Subject: ", b"subject:", b"SUBJECT: ") + self.header_text())
        if self.chance(0.9):
            fields.append(b"Message-ID: <%d.%d@example.org>" % (self.random.getrandbits(40), self.random.getrandbits(20)))
        if self.chance(0.5):
            fields.append(b"Received: from a by b;\n\tThu, 1 Jan 2026 09:00:00 +0100")
        self.random.shuffle(fields)
        if headers and self.chance(0.8):
            fields.append(b"MIME-Version: 1.0")
        return b"".join(line + b"\n" for line in fields + headers) + b"\n" + body


def make_mails(count, seed):
    maker = Maker(seed)
    mails = []
    for _ in range(count):
        mail = maker.message(maker.pick(0, 1, 2, 3, 4))
        if maker.chance(0.3):
            mail = mail.replace(b"\n", b"\r\n")
        mails.append(mail)
    return mails
