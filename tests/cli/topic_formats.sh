# The same queries in every format of query files give the same run, byte for byte.
# The detected format is reported.
indexer -q books.jsonl -o ix
mkdir topics
cd topics || exit
tab=$'\t'
queries=('quick brown fox' 'lazy dog' 'hedgehogs know one big thing' 'tied' 'it is a fox' 'days of foxes')

number=0
for query in "${queries[@]}"; do
  number=$((number + 1))
  printf '%s\n' "$query" >>plain_lines
  printf '%s\t%s\n' $number "$query" >>tsv
  printf '%s\t %s\r\n' $number "$query" >>tsv_with_a_leading_space
  printf '%s:%s\n' $number "$query" >>pisa
  printf '%s %s\n' $number "$query" >>jass
  printf '{"id":%s,"title":"%s"}\n' $number "$query" >>jsonl_anserini
  printf '{"_id":"%s","text":"%s","metadata":{}}\n' $number "$query" >>jsonl_beir
  printf '{"qid":"%s","query":"%s"}\n' $number "$query" >>jsonl_qid
  printf '<top>\n\n<num> Number: %s\n<title> %s\n\n<desc> Description:\nNothing <of> this\n\n<narr> Narrative:\nNor this\n\n</top>\n\n' \
    $number "$query" >>trec_open_tags
  printf '<top>\n<head> Tipster\n<num> Number: %03d\n<dom> Domain: x\n<title>\nTopic: %s\n<desc> d\n</top>\n' \
    $number "${query// /$'\n'}" >>trec_title_on_the_next_lines
  printf '<top lang="bn"><num>%s</num><title>%s</title><desc>no</desc></top>\n' $number "$query" >>trec_closed_tags
  printf '<DOC>\n<DOCNO> %s </DOCNO>\n %s\n</DOC>\n' $number "$query" >>cacm
  printf '.I %s\n.W\n %s\n.N\nno\n' $number "${query// /$'\n'}" >>smart
  printf '%s:1:%s\n' $number "$query" >>million_query
  printf "%s\t['no', \"nor this\"]\n" "$query" >>natural_questions
done
(printf 'Query;Language;QID\r\n'; sed -E "s#(.*)$tab(.*)#\"\2\";en;\1\r#" tsv) >csv_of_a_spreadsheet
(printf 'qid\tquery\tnote\n'; sed "s/$/$tab"'no/' tsv) >tsv_of_three_columns
(echo '<queries>'; sed -E "s#(.*)$tab(.*)#<query><qid>\1</qid><content>\2</content><description>no</description></query>#" tsv; echo '</queries>') >ntcir_xml
(echo '<topics>'; sed -E "s#(.*)$tab(.*)#<topic><identifier>\1</identifier><title>\2</title></topic>#" tsv; echo '</topics>') >clef_xml
{
  printf '<?xml version="1.0"?>\n<!DOCTYPE webtrack [\n<!ELEMENT topic (query)>\n]>\n<webtrack2009>\n'
  sed -E "s#(.*)$tab(.*)#<topic number=\"\1\" type=\"faceted\">\n<query>\2</query>\n<description> no </description>\n<subtopic number=\"1\" type=\"inf\"> no </subtopic>\n</topic>#" tsv
  echo '</webtrack2009>'
} >web_track_xml
{
  printf '<topics task="COVIDSearch">\n'
  sed -E "s#(.*)$tab(.*)#<topic number=\"\1\">\n<query>\2</query>\n<question>no</question>\n<narrative>no</narrative>\n</topic>#" tsv
  echo '</topics>'
} | sed 's/$/\r/' >trec_covid_crlf
(echo '['; paste -sd, jsonl_qid; echo ']') >json_list
sed 's/$/\r/' trec_open_tags >trec_crlf
(printf '\357\273\277'; cat tsv) >tsv_with_a_byte_order_mark
gzip -c tsv >tsv.gz
gzip -c trec_open_tags >trec.gz
cd ..

searcher -i ix --run -q -f topics/tsv >tsv.run
try head -n 3 tsv.run
try wc -l <tsv.run
for file in topics/*; do
  searcher -i ix --run -f "$file" 2>said >seen.run
  printf '%s: %s\n' "$(cmp tsv.run seen.run && echo same)" "$(grep queries, said)"
done
searcher -i ix --run -q -f - <topics/trec.gz | cmp - tsv.run && echo "same: standard input"
searcher -i ix --run -q <topics/jass | cmp - tsv.run && echo "same: standard input without -f"
sed 's/^/Q/' topics/pisa | searcher -i ix --run -q | sed 's/^Q//' | cmp - tsv.run && echo "same: Q1:one two"

printf '<top><num> Number: 7\n<title> fox\n<desc> Description:\nlazy dog\n<narr> Narrative:\ntied words\n</top>\n' >parts
for field in title desc narr title+desc; do
  try searcher -i ix -c -q --topic-field $field -f parts
done
try searcher -i ix --json -k 1 -q --topic-field title+desc -f parts
try searcher -i ix --topic-field titel -f parts
printf '<top><num> Number: 7\n<title> fox\n</top>\n' | try searcher -i ix --topic-field narr -q

printf '1\tone two\nlost its id\n2\ttwo\n3\tthree\n' | try searcher -i ix --run -q
printf '1\tfox\n1\tdog\n' | try searcher -i ix --run -q
printf '{"id":1,"titel":"fox"}\n' | try searcher -i ix --run -q
printf '{"id":1,"titel":"fox"}\n' | try searcher -i ix --run -q --query-field titel -k 1
printf '{"question":"fox"}\n{"question":"dog"}\n' | try searcher -i ix --run -q -k 1
printf '<topic number="1"><disease>flu</disease><gene>fox</gene></topic>' | try searcher -i ix --run -q
printf '<topic number="1"><disease>flu</disease><gene>fox</gene></topic>' | try searcher -i ix --run -q --query-field gene -k 1
try searcher -i ix --run -q --query-field gene --topic-field desc -f parts
printf '1 0 d1 1\n1 0 d2 0\n' | try searcher -i ix --run -q
try searcher -i ix -f tsv.run
try bench run -i ix -f tsv.run
try searcher -i ix --msmarco -f topics/tsv -k 2
