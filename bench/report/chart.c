/* chart.c - the frame of a chart: SVG in a figure, with axes and grid. */
#include "bench/report/chart.h"

#include "bench/report/html_text.h"

static void put_x_axis(Buf *out, const ChartFrame *frame)
{
    double ticks[MAX_TICKS];
    size_t count = scale_ticks(&frame->x, ticks);
    double bottom = frame->y_name ? CHART_BOTTOM : (double)frame->height - 44;
    int top = frame->y_name ? CHART_TOP : CHART_TOP_WITHOUT;
    for (size_t i = 0; i < count; i++) {
        double x = scale_at(&frame->x, ticks[i]);
        buf_printf(out, "<path class=\"grid\" d=\"M%.1f %dV%.1f\"/>", x, top,
                   bottom);
        buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"middle\">", x,
                   bottom + 15);
        put_scale_label(out, &frame->x, ticks[i]);
        buf_put_text(out, "</text>");
    }
    buf_printf(out, "<text x=\"%d\" y=\"%.1f\" class=\"middle\">%s</text>\n",
               (CHART_LEFT + CHART_RIGHT) / 2, bottom + 34, frame->x_name);
}

static void put_y_axis(Buf *out, const ChartFrame *frame)
{
    double ticks[MAX_TICKS];
    size_t count = scale_ticks(&frame->y, ticks);
    for (size_t i = 0; i < count; i++) {
        double y = scale_at(&frame->y, ticks[i]);
        buf_printf(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", CHART_LEFT,
                   y, CHART_RIGHT);
        buf_printf(out, "<text x=\"%d\" y=\"%.1f\" class=\"end\">",
                   CHART_LEFT - 6, y + 4);
        put_scale_label(out, &frame->y, ticks[i]);
        buf_put_text(out, "</text>");
    }
    buf_put_text(out, "<text x=\"4\" y=\"14\">");
    put_html(out, frame->y_name);
    buf_put_text(out, "</text>\n");
}

void chart_begin(Buf *out, const ChartFrame *frame)
{
    size_t id = frame->number;
    buf_put_text(out, "<figure><figcaption>");
    put_html(out, frame->title);
    buf_printf(out,
               "</figcaption>\n<svg viewBox=\"0 0 %d %zu\" role=\"img\" "
               "aria-labelledby=\"t%zu d%zu\"><title id=\"t%zu\">",
               CHART_WIDTH, frame->height, id, id, id);
    put_html(out, frame->title);
    buf_printf(out, "</title><desc id=\"d%zu\">", id);
    put_html(out, frame->description);
    buf_put_text(out, "</desc>\n");
    put_x_axis(out, frame);
    if (frame->y_name) put_y_axis(out, frame);
}

void chart_end(Buf *out, const ChartFrame *frame)
{
    buf_put_text(out, "</svg>\n");
    if (frame->note) {
        buf_put_text(out, "<p class=\"note\">");
        put_html(out, frame->note);
        buf_put_text(out, "</p>\n");
    }
    buf_put_text(out, "</figure>\n");
}

void chart_path_line_to(ChartPath *path, double x, double y)
{
    buf_printf(&path->data, "%c%.1f %.1f", path->started ? 'L' : 'M', x, y);
    path->started = true;
}

void chart_path_dot(ChartPath *path, double x, double y)
{
    buf_printf(&path->data, "M%.1f %.1fh0", x, y);
    path->started = true;
}

void chart_path_put(Buf *out, ChartPath *path, const char *style, size_t series)
{
    if (path->started) {
        buf_printf(out, "<path class=\"mark %s s%zu\" d=\"", style,
                   series % SERIES_COLORS);
        buf_put_span(out, buf_span(&path->data));
        buf_put_text(out, "\"/>\n");
    }
    buf_keep_failure(out, &path->data);
    buf_release(&path->data);
    *path = (ChartPath){0};
}
