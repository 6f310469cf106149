/* encoding.c - encodings of text and their names.
 *
 * The labels are those of https://encoding.spec.whatwg.org/#names-and-labels,
 * with `replacement` and `x-user-defined` left out. Where libc's table of a
 * name is smaller than the standard's, the larger relative is used.
 */
#include "common/input/encoding.h"

#include "common/base/near_miss.h"
#include "common/input/blank.h"

#include <string.h>

static const Encoding ENCODINGS[] = {
    {"UTF-8", ENCODING_UTF8, NULL,
     "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 "
     "x-unicode20utf8"},
    {"UTF-16LE", ENCODING_UTF16LE, NULL,
     "utf-16le utf-16 utf16 utf16le unicode unicodefeff csunicode "
     "iso-10646-ucs-2 ucs-2"},
    {"UTF-16BE", ENCODING_UTF16BE, NULL, "utf-16be utf16be unicodefffe"},
    {"windows-1252", ENCODING_OF_LIBC, "CP1252",
     "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 "
     "iso_8859-1:1987 iso-ir-100 latin1 latin-1 l1 csisolatin1 cp819 ibm819 "
     "ascii us-ascii ansi_x3.4-1968 ansi"},
    {"ISO-8859-2", ENCODING_OF_LIBC, "ISO-8859-2",
     "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 "
     "latin2 latin-2 l2 csisolatin2"},
    {"ISO-8859-3", ENCODING_OF_LIBC, "ISO-8859-3",
     "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 "
     "latin3 l3 csisolatin3"},
    {"ISO-8859-4", ENCODING_OF_LIBC, "ISO-8859-4",
     "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 "
     "latin4 l4 csisolatin4"},
    {"ISO-8859-5", ENCODING_OF_LIBC, "ISO-8859-5",
     "iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 "
     "cyrillic csisolatincyrillic"},
    {"ISO-8859-6", ENCODING_OF_LIBC, "ISO-8859-6",
     "iso-8859-6 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-ir-127 "
     "arabic asmo-708 ecma-114 csisolatinarabic csiso88596e csiso88596i "
     "iso-8859-6-e iso-8859-6-i"},
    {"ISO-8859-7", ENCODING_OF_LIBC, "ISO-8859-7",
     "iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 "
     "greek greek8 ecma-118 elot_928 sun_eu_greek csisolatingreek"},
    {"ISO-8859-8", ENCODING_OF_LIBC, "ISO-8859-8",
     "iso-8859-8 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-ir-138 "
     "hebrew visual logical csisolatinhebrew csiso88598e csiso88598i "
     "iso-8859-8-e iso-8859-8-i"},
    {"ISO-8859-10", ENCODING_OF_LIBC, "ISO-8859-10",
     "iso-8859-10 iso8859-10 iso885910 iso-ir-157 latin6 l6 csisolatin6"},
    {"ISO-8859-13", ENCODING_OF_LIBC, "ISO-8859-13",
     "iso-8859-13 iso8859-13 iso885913"},
    {"ISO-8859-14", ENCODING_OF_LIBC, "ISO-8859-14",
     "iso-8859-14 iso8859-14 iso885914"},
    {"ISO-8859-15", ENCODING_OF_LIBC, "ISO-8859-15",
     "iso-8859-15 iso8859-15 iso885915 iso_8859-15 latin9 latin-9 l9 "
     "csisolatin9"},
    {"ISO-8859-16", ENCODING_OF_LIBC, "ISO-8859-16",
     "iso-8859-16 iso8859-16 iso885916"},
    {"KOI8-R", ENCODING_OF_LIBC, "KOI8-R", "koi8-r koi8_r koi8 koi cskoi8r"},
    {"KOI8-U", ENCODING_OF_LIBC, "KOI8-U", "koi8-u koi8-ru"},
    {"macintosh", ENCODING_OF_LIBC, "MACINTOSH",
     "macintosh mac x-mac-roman mac-roman macroman csmacintosh"},
    {"x-mac-cyrillic", ENCODING_OF_LIBC, "MAC-UK",
     "x-mac-cyrillic mac-cyrillic maccyrillic x-mac-ukrainian"},
    {"windows-874", ENCODING_OF_LIBC, "CP874",
     "windows-874 cp874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 "
     "tis620"},
    {"windows-1250", ENCODING_OF_LIBC, "CP1250",
     "windows-1250 cp1250 x-cp1250"},
    {"windows-1251", ENCODING_OF_LIBC, "CP1251",
     "windows-1251 cp1251 x-cp1251"},
    {"windows-1253", ENCODING_OF_LIBC, "CP1253",
     "windows-1253 cp1253 x-cp1253"},
    {"windows-1254", ENCODING_OF_LIBC, "CP1254",
     "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 "
     "iso_8859-9:1989 iso-ir-148 latin5 latin-5 l5 csisolatin5"},
    {"windows-1255", ENCODING_OF_LIBC, "CP1255",
     "windows-1255 cp1255 x-cp1255"},
    {"windows-1256", ENCODING_OF_LIBC, "CP1256",
     "windows-1256 cp1256 x-cp1256"},
    {"windows-1257", ENCODING_OF_LIBC, "CP1257",
     "windows-1257 cp1257 x-cp1257"},
    {"windows-1258", ENCODING_OF_LIBC, "CP1258",
     "windows-1258 cp1258 x-cp1258"},
    {"GBK", ENCODING_OF_LIBC, "GB18030",
     "gbk x-gbk cp936 windows-936 gb2312 gb_2312 gb_2312-80 csgb2312 chinese "
     "iso-ir-58 csiso58gb231280 euc-cn"},
    {"GB18030", ENCODING_OF_LIBC, "GB18030", "gb18030"},
    {"Big5", ENCODING_OF_LIBC, "BIG5-HKSCS",
     "big5 big5-hkscs big-5 cn-big5 x-x-big5 csbig5 cp950"},
    {"EUC-JP", ENCODING_OF_LIBC, "EUC-JP-MS",
     "euc-jp eucjp x-euc-jp cseucpkdfmtjapanese"},
    {"ISO-2022-JP", ENCODING_OF_LIBC, "ISO-2022-JP-2",
     "iso-2022-jp csiso2022jp"},
    {"Shift_JIS", ENCODING_OF_LIBC, "CP932",
     "shift_jis shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis "
     "cp932"},
    {"EUC-KR", ENCODING_OF_LIBC, "CP949",
     "euc-kr euckr cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
     "ksc_5601 csksc56011987 iso-ir-149 windows-949 cp949 uhc"},
    {"ISO-2022-KR", ENCODING_OF_LIBC, "ISO-2022-KR", "iso-2022-kr csiso2022kr"},
    {"ISO-2022-CN", ENCODING_OF_LIBC, "ISO-2022-CN-EXT",
     "iso-2022-cn iso-2022-cn-ext"},
    {"EUC-TW", ENCODING_OF_LIBC, "EUC-TW", "euc-tw euctw"},
    {"Johab", ENCODING_OF_LIBC, "JOHAB", "johab cp1361"},
    {"UTF-32LE", ENCODING_OF_LIBC, "UTF-32LE", "utf-32le utf-32 utf32 ucs-4"},
    {"UTF-32BE", ENCODING_OF_LIBC, "UTF-32BE", "utf-32be"},
    {"UTF-7", ENCODING_OF_LIBC, "UTF-7", "utf-7 utf7"},
    {"IBM437", ENCODING_OF_LIBC, "CP437", "ibm437 cp437 437 dos"},
    {"IBM737", ENCODING_OF_LIBC, "CP737", "ibm737 cp737"},
    {"IBM775", ENCODING_OF_LIBC, "CP775", "ibm775 cp775"},
    {"IBM850", ENCODING_OF_LIBC, "CP850", "ibm850 cp850 850"},
    {"IBM852", ENCODING_OF_LIBC, "CP852", "ibm852 cp852 852"},
    {"IBM855", ENCODING_OF_LIBC, "CP855", "ibm855 cp855"},
    {"IBM857", ENCODING_OF_LIBC, "CP857", "ibm857 cp857"},
    {"IBM858", ENCODING_OF_LIBC, "CP858", "ibm858 cp858"},
    {"IBM862", ENCODING_OF_LIBC, "CP862", "ibm862 cp862"},
    {"IBM866", ENCODING_OF_LIBC, "CP866", "ibm866 cp866 866 csibm866"},
    {"IBM037", ENCODING_OF_LIBC, "CP037", "ibm037 cp037 ebcdic"},
    {"IBM1047", ENCODING_OF_LIBC, "CP1047", "ibm1047 cp1047"},
    {"VISCII", ENCODING_OF_LIBC, "VISCII", "viscii"},
    {"TCVN", ENCODING_OF_LIBC, "TCVN", "tcvn tcvn5712-1"},
    {"ARMSCII-8", ENCODING_OF_LIBC, "ARMSCII-8", "armscii-8 armscii8"},
    {"Georgian-Academy", ENCODING_OF_LIBC, "GEORGIAN-ACADEMY",
     "georgian-academy"},
    {"Georgian-PS", ENCODING_OF_LIBC, "GEORGIAN-PS", "georgian-ps"},
};

enum { ENCODING_COUNT = sizeof ENCODINGS / sizeof *ENCODINGS };

/* Takes the first label off *labels; empty at their end. */
static Span take_label(const char **labels)
{
    size_t size = strcspn(*labels, " ");
    Span label = span_of(*labels, size);
    *labels += size + (size_t)((*labels)[size] == ' ');
    return label;
}

const Encoding *encoding_find(Span label)
{
    Span wanted = span_trim(label), own;
    for (size_t i = 0; i < ENCODING_COUNT; i++) {
        const char *labels = ENCODINGS[i].labels;
        while ((own = take_label(&labels)).size) {
            if (span_equal_caseless(own, wanted)) return &ENCODINGS[i];
        }
    }
    return NULL;
}

const Encoding *encoding_of_kind(EncodingKind kind)
{
    size_t i = 0;
    while (ENCODINGS[i].kind != kind) i++;
    return &ENCODINGS[i];
}

const char *encoding_suggest(const char *label, char *room)
{
    char lower[ENCODING_LABEL_BYTES], own[ENCODING_LABEL_BYTES];
    size_t size = strlen(label);
    if (size >= sizeof lower) return NULL;
    for (size_t i = 0; i <= size; i++) {
        bool is_capital = label[i] >= 'A' && label[i] <= 'Z';
        lower[i] = (char)(is_capital ? label[i] | 0x20 : label[i]);
    }
    NearMiss search = {.word = lower};
    for (size_t i = 0; i < ENCODING_COUNT; i++) {
        const char *labels = ENCODINGS[i].labels;
        for (Span at; (at = take_label(&labels)).size;) {
            size_t before = search.best ? search.best_distance : SIZE_MAX;
            memcpy(own, at.data, at.size);
            own[at.size] = 0;
            near_miss_offer(&search, own);
            if (!search.best || search.best_distance >= before) continue;
            memcpy(room, own, at.size + 1);
            search.best = room;
        }
    }
    return search.best;
}
