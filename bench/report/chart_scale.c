/* chart_scale.c - values to places in a chart, and the ticks of an axis. */
#include "bench/report/chart_scale.h"

#include <math.h>

void scale_include(Scale *scale, double value)
{
    if (!isfinite(value) || (scale->is_log && value <= 0)) return;
    if (value < scale->low) scale->low = value;
    if (value > scale->high) scale->high = value;
}

bool scale_finish(Scale *scale, double from, double to)
{
    scale->from = from;
    scale->to = to;
    if (!(scale->low <= scale->high)) return false;
    if (scale->is_log) {
        scale->low /= 1.08;
        scale->high *= 1.08;
        double wide = scale->low * 4; /* room for two ticks */
        if (scale->high < wide) scale->high = wide;
        return true;
    }
    double margin = (scale->high - scale->low) * 0.08;
    if (margin <= 0) margin = fabs(scale->high) * 0.1 + 0.01;
    scale->low -= margin;
    scale->high += margin;
    return true;
}

/* Distance on the axis, in no unit. */
static double transform(const Scale *scale, double value)
{
    if (scale->unit == SCALE_PERCENT) return -log10(1.0 - value / 100.0);
    return scale->is_log ? log10(value) : value;
}

double scale_at(const Scale *scale, double value)
{
    double clamped = fmin(fmax(value, scale->low), scale->high);
    double low = transform(scale, scale->low);
    double high = transform(scale, scale->high);
    double share = (transform(scale, clamped) - low) / (high - low);
    return scale->from + share * (scale->to - scale->from);
}

static size_t add_tick(const Scale *scale, double *ticks, size_t count,
                       double value)
{
    if (count == MAX_TICKS || value < scale->low || value > scale->high)
        return count;
    ticks[count] = value;
    return count + 1;
}

/* Powers of ten, with steps of 1, 2, 5 if they are few. */
static size_t log_ticks(const Scale *scale, double *ticks)
{
    static const double steps[] = {1, 2, 5};
    double decades = log10(scale->high / scale->low);
    size_t per_decade = decades < 2.5 ? 3 : 1;
    int stride = decades > 8 ? 2 : 1;
    size_t count = 0;
    int last = (int)ceil(log10(scale->high));
    for (int power = (int)floor(log10(scale->low)); power <= last;
         power += stride) {
        for (size_t i = 0; i < per_decade; i++)
            count = add_tick(scale, ticks, count, steps[i] * pow(10, power));
    }
    return count;
}

static size_t percent_ticks(const Scale *scale, double *ticks)
{
    static const double shown[] = {25, 50, 75, 90, 99, 99.9, 99.99, 99.999};
    size_t count = 0;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        bool is_quarter = i == 0 || i == 2; /* only where there is room */
        if (!is_quarter || scale->high < 95)
            count = add_tick(scale, ticks, count, shown[i]);
    }
    return count;
}

/* About four, at multiples of 1, 2 or 5 times a power of ten. */
static size_t linear_ticks(const Scale *scale, double *ticks)
{
    double raw = (scale->high - scale->low) / 4;
    double power = pow(10, floor(log10(raw)));
    double factor = raw / power;
    double step = power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : 5);
    size_t count = 0;
    for (double tick = ceil(scale->low / step); tick * step <= scale->high;
         tick += 1)
        count = add_tick(scale, ticks, count, tick * step);
    return count;
}

size_t scale_ticks(const Scale *scale, double ticks[MAX_TICKS])
{
    if (scale->unit == SCALE_PERCENT) return percent_ticks(scale, ticks);
    return scale->is_log ? log_ticks(scale, ticks) : linear_ticks(scale, ticks);
}

/* 1,500 as 1.5 and the suffix for thousands, and so on. */
static void put_suffixed(Buf *out, double value, const char *const *suffixes)
{
    size_t i = 0;
    while (value >= 999.5 && suffixes[i + 1]) {
        value /= 1000;
        i++;
    }
    buf_printf(out, "%.3g%s", value, suffixes[i]);
}

void put_scale_label(Buf *out, const Scale *scale, double value)
{
    static const char *const times[] = {" ns", " \u00b5s", " ms", " s", NULL};
    static const char *const counts[] = {"", "k", "M", "G", NULL};
    switch (scale->unit) {
    case SCALE_TIME: put_suffixed(out, value, times); break;
    case SCALE_COUNT: put_suffixed(out, value, counts); break;
    case SCALE_NUMBER: buf_printf(out, "%.4g", value); break;
    case SCALE_PERCENT: buf_printf(out, "%.6g %%", value); break;
    }
}
