/* bootstrap.c - intervals of figures by a cluster bootstrap. */
#include "bench/statistics/bootstrap.h"

#include "bench/statistics/random_draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 20261129 };

/* Memory of one bootstrap. */
typedef struct Bootstrap {
    Draws draws;
    uint32_t *launch_weights, *query_weights;
    Sample *minima;     /* a sample for each query */
    double *replicates; /* FIGURES · BOOTSTRAP_REPLICATES */
} Bootstrap;

static void bootstrap_release(Bootstrap *self)
{
    free(self->launch_weights);
    free(self->query_weights);
    free(self->minima);
    free(self->replicates);
}

static Status bootstrap_init(Bootstrap *self, const SampleSet *set,
                             Error *error)
{
    *self = (Bootstrap){.draws = {SEED}};
    self->launch_weights = calloc(set->launches + 1, sizeof(uint32_t));
    self->query_weights = calloc(set->queries + 1, sizeof(uint32_t));
    self->minima = calloc(set->queries + 1, sizeof(Sample));
    self->replicates = calloc(BOOTSTRAP_REPLICATES * FIGURES, sizeof(double));
    if (self->launch_weights && self->query_weights && self->minima &&
        self->replicates) {
        return OK;
    }
    bootstrap_release(self);
    return fail_memory(error, "computing intervals");
}

/* How often each of `count` is drawn when `count` are. */
static void draw_weights(Draws *draws, uint32_t *weights, uint32_t count)
{
    memset(weights, 0, count * sizeof *weights);
    for (uint32_t i = 0; i < count; i++) weights[draws_below(draws, count)]++;
}

/* The least time of each query over the launches of weight above 0 (NULL: all),
 * sorted; returns their number. */
static size_t put_minima(const SampleSet *set, const uint32_t *launch_weights,
                         Sample *minima)
{
    for (uint32_t i = 0; i < set->queries; i++)
        minima[i] = (Sample){.value = HUGE_VAL, .query = i};
    for (size_t i = 0; i < set->count; i++) {
        const Sample *sample = &set->samples[i];
        if (launch_weights && !launch_weights[sample->launch]) continue;
        Sample *least = &minima[sample->query];
        if (sample->value < least->value) least->value = sample->value;
    }
    samples_sort(minima, set->queries);
    size_t count = set->queries;
    while (count && minima[count - 1].value == HUGE_VAL) count--;
    return count;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the replicates of one figure; those that are NaN are left out. */
static Interval interval_of(double *values, double figure)
{
    size_t count = 0;
    for (size_t i = 0; i < BOOTSTRAP_REPLICATES; i++) {
        if (!isnan(values[i])) values[count++] = values[i];
    }
    if (count < BOOTSTRAP_REPLICATES / 2)
        return (Interval){(double)NAN, (double)NAN};
    qsort(values, count, sizeof *values, compare_doubles);
    double shift = figure - values[count / 2];
    return (Interval){values[count * 25 / 1000] + shift,
                      values[count - 1 - count * 25 / 1000] + shift};
}

static void put_intervals(Bootstrap *self, FigureSet *out)
{
    for (int f = 0; f < FIGURES; f++) {
        double *values = self->replicates + f * BOOTSTRAP_REPLICATES;
        out->intervals[f] = (Interval){(double)NAN, (double)NAN};
        if (f != FIGURE_MAX && !isnan(out->values[f]))
            out->intervals[f] = interval_of(values, out->values[f]);
    }
}

static void keep_replicate(Bootstrap *self, size_t i,
                           const double figures[FIGURES])
{
    for (int f = 0; f < FIGURES; f++)
        self->replicates[(size_t)f * BOOTSTRAP_REPLICATES + i] = figures[f];
}

/* Drops percentiles with too few samples beyond them. */
static void put_figures(const Sample *sorted, size_t count, FigureSet *out)
{
    out->count = count;
    figures_compute(sorted, count, NULL, NULL, out->values);
    for (int f = 0; f < FIGURES; f++) {
        if (!figure_is_supported((Figure)f, count))
            out->values[f] = (double)NAN;
        out->intervals[f] = (Interval){(double)NAN, (double)NAN};
    }
}

Status figures_of_all(SampleSet *set, FigureSet *out, Error *error)
{
    Bootstrap self;
    double figures[FIGURES];
    samples_sort(set->samples, set->count);
    put_figures(set->samples, set->count, out);
    if (set->launches < MIN_CLUSTERS || set->count == 0) return OK;
    Status status = bootstrap_init(&self, set, error);
    if (status != OK) return status;
    for (size_t i = 0; i < BOOTSTRAP_REPLICATES; i++) {
        draw_weights(&self.draws, self.launch_weights, set->launches);
        draw_weights(&self.draws, self.query_weights, set->queries);
        figures_compute(set->samples, set->count, self.launch_weights,
                        self.query_weights, figures);
        keep_replicate(&self, i, figures);
    }
    put_intervals(&self, out);
    bootstrap_release(&self);
    return OK;
}

Status figures_of_minima(SampleSet *set, FigureSet *out, Error *error)
{
    Bootstrap self;
    double figures[FIGURES];
    Status status = bootstrap_init(&self, set, error);
    if (status != OK) return status;
    size_t count = put_minima(set, NULL, self.minima);
    put_figures(self.minima, count, out);
    for (size_t i = 0;
         set->launches >= MIN_CLUSTERS && count && i < BOOTSTRAP_REPLICATES;
         i++) {
        draw_weights(&self.draws, self.launch_weights, set->launches);
        draw_weights(&self.draws, self.query_weights, set->queries);
        count = put_minima(set, self.launch_weights, self.minima);
        figures_compute(self.minima, count, NULL, self.query_weights, figures);
        keep_replicate(&self, i, figures);
    }
    if (set->launches >= MIN_CLUSTERS && count) put_intervals(&self, out);
    bootstrap_release(&self);
    return OK;
}
