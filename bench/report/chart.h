/* chart.h - the frame of a chart: SVG in a figure, with axes and grid.
 *
 * A chart is WIDTH units wide and scales with the page; at that width its text
 * is as large as that of the page, so that it can be read on a phone. Colours
 * are classes (page_style.c), so that they follow light and dark.
 */
#ifndef QUERN_REPORT_CHART_H
#define QUERN_REPORT_CHART_H

#include "bench/report/chart_scale.h"

enum {
    CHART_WIDTH = 360,
    CHART_HEIGHT = 250,
    CHART_LEFT = 52,
    CHART_RIGHT = 348,
    CHART_TOP = 26,        /* below the name of the y axis */
    CHART_TOP_WITHOUT = 6, /* without a y axis */
    CHART_BOTTOM = 206,
    SERIES_COLORS = 8
};

typedef struct ChartFrame {
    const char *title;
    const char *note;            /* under the chart; NULL: none */
    const char *description;     /* for those who cannot see it */
    const char *x_name, *y_name; /* y_name NULL: no y axis */
    Scale x, y;                  /* finished */
    size_t height;               /* of all of it */
    size_t number;               /* of the chart in the page, for ids */
} ChartFrame;

/* `title`, `description` and `y_name` may be untrusted. */
void chart_begin(Buf *out, const ChartFrame *frame);
void chart_end(Buf *out, const ChartFrame *frame);

/* Points of a path, collected as "M1 2L3 4" or, for dots, "M1 2h0". */
typedef struct ChartPath {
    Buf data;
    bool started;
} ChartPath;

void chart_path_line_to(ChartPath *path, double x, double y);
void chart_path_dot(ChartPath *path, double x, double y);

/* Puts <path> with a class such as "line" and the colour of a series; nothing
 * for an empty path, which it releases. */
void chart_path_put(Buf *out, ChartPath *path, const char *style,
                    size_t series);

#endif
