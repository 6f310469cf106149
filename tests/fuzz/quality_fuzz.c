/* quality_fuzz.c - any bytes as a run and judgements, separated by a NUL byte.
 *
 * A measure of what can be read is a number from 0 to 1, and its mean too.
 */
#include "bench/quality/evaluation.h"
#include "tests/fuzz/fuzz.h"

static void check_values(const Evaluation *evaluation, size_t measures)
{
    for (size_t i = 0; i < measures; i++) {
        PROMISE(evaluation->means[i] >= 0 && evaluation->means[i] <= 1.000001);
        for (size_t j = 0; j < evaluation->query_count; j++) {
            double value = evaluation->queries[j].values[i];
            PROMISE(value >= 0 && value <= 1.000001);
        }
    }
}

static void evaluate(const TrecRun *run, const Qrels *qrels, bool complete)
{
    MeasureList measures;
    Evaluation evaluation;
    Error error;
    Status status = measures_parse("AP,nDCG@3,P@2,R@2,RR,RR@1,bpref", &measures,
                                   &error);
    PROMISE(status == OK);
    status = evaluation_compute(run, qrels, &measures, complete, &evaluation,
                                &error);
    PROMISE(status == OK);
    check_values(&evaluation, measures.count);
    evaluation_release(&evaluation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    TrecRun run;
    Qrels qrels;
    Error error;
    const uint8_t *end = size ? memchr(data, 0, size) : NULL;
    size_t first = end ? (size_t)(end - data) : size;
    size_t second = end ? first + 1 : size;
    Status read = trec_run_parse(span_of(data, first), "run", &run, &error);
    PROMISE(read == OK || error.message[0]);
    Status judged = qrels_parse(span_of(data + second, size - second), "qrels",
                                &qrels, &error);
    PROMISE(judged == OK || error.message[0]);
    if (read == OK && judged == OK) {
        evaluate(&run, &qrels, false);
        evaluate(&run, &qrels, true);
    }
    trec_run_release(&run);
    qrels_release(&qrels);
    return 0;
}
