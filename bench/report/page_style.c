/* page_style.c - the style sheet of a report: light and dark, wide and narrow.
 *
 * Colours of series differ in lightness too, for readers who do not see all
 * colours (after Okabe and Ito, 2008), and lines in their
 * dashes.
 */
#include "bench/report/report_page.h"

static const char COLORS[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;"
    "--panel:#f6f8fa;--rule:#d8dee4;--good:#116329;--bad:#b3261e;"
    "--c0:#0560b6;--c1:#c2500a;--c2:#0b7a5c;--c3:#8a3ab9;--c4:#946c00;"
    "--c5:#b2265f;--c6:#3a6ea5;--c7:#5b5f66}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4b0;"
    "--paper:#12151a;--panel:#1b2027;--rule:#343b45;--good:#5bd18a;"
    "--bad:#ff8a80;--c0:#6cb4ff;--c1:#ffa45c;--c2:#4fd1a5;--c3:#cf9bff;"
    "--c4:#e3c04f;--c5:#ff8fbc;--c6:#9ec5ee;--c7:#b9c0c9}}\n";

static const char TEXT[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\","
    "\"DejaVu Sans\",sans-serif;-webkit-text-size-adjust:100%}\n"
    "main{max-width:78rem;margin:0 auto;padding:1.5rem 1rem 4rem}\n"
    "h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem}\n"
    "h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem;"
    "padding-bottom:.3rem;border-bottom:1px solid var(--rule);"
    "overflow-wrap:anywhere}\n"
    "h3{font-size:1.1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}\n"
    "h4{font-size:.95rem;font-weight:600;margin:1.25rem 0 .4rem}\n"
    "p,ul,dl{margin:.5rem 0}\n"
    ".verdict{font-weight:600;border-left:4px solid var(--soft);"
    "padding:.4rem .8rem;background:var(--panel)}\n"
    ".verdict.good{border-color:var(--good);color:var(--good)}\n"
    ".verdict.bad{border-color:var(--bad);color:var(--bad)}\n"
    ".remarks{padding-left:1.2rem;color:var(--soft);font-size:.9rem;"
    "overflow-wrap:anywhere}\n";

static const char CHARTS[] =
    ".legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;"
    "gap:.25rem 1.25rem;font-size:.9rem}\n"
    ".legend svg{width:28px;height:8px;margin-right:.45rem;overflow:visible}\n"
    ".charts{display:grid;gap:1rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr))}\n"
    "figure{margin:0;padding:.75rem;background:var(--panel);"
    "border:1px solid var(--rule);border-radius:8px;min-width:0}\n"
    "figcaption{font-weight:600;font-size:.9rem;margin-bottom:.25rem}\n"
    "figure svg{display:block;width:100%;height:auto;max-width:31rem}\n"
    ".note{margin:.25rem 0 0;font-size:.8rem;color:var(--soft);"
    "overflow-wrap:anywhere}\n"
    "svg text{font-size:11px;fill:var(--soft)}\n"
    "svg .row{fill:var(--ink)}\n"
    "svg .middle{text-anchor:middle}svg .end{text-anchor:end}\n"
    ".grid{stroke:var(--rule);stroke-width:1;fill:none}\n"
    ".s0{--s:var(--c0)}.s1{--s:var(--c1)}.s2{--s:var(--c2)}.s3{--s:var(--c3)}\n"
    ".s4{--s:var(--c4)}.s5{--s:var(--c5)}.s6{--s:var(--c6)}.s7{--s:var(--c7)}\n"
    ".line{fill:none;stroke:var(--s);stroke-width:2;stroke-linejoin:round}\n"
    ".line.s1{stroke-dasharray:7 3}.line.s2{stroke-dasharray:2 2.5}\n"
    ".line.s3{stroke-dasharray:9 3 2 3}.line.s4{stroke-dasharray:4 2}\n"
    ".line.s5{stroke-dasharray:1 3}.line.s6{stroke-dasharray:12 4}\n"
    ".area{fill:var(--s);stroke:none;opacity:.85}\n"
    ".median{stroke:var(--ink);stroke-width:1.5;fill:none}\n"
    ".dots{stroke:var(--s);stroke-width:3;stroke-linecap:round;opacity:.5}\n"
    ".point{stroke:var(--s);stroke-width:11;stroke-linecap:round;opacity:.75}"
    "\n";

static const char TABLES[] =
    ".scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:8px;"
    "margin:.5rem 0}\n"
    "table{border-collapse:collapse;font-size:.875rem;width:100%;"
    "font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.3rem .6rem;text-align:right;white-space:nowrap;"
    "border-bottom:1px solid var(--rule)}\n"
    "th.text,td.text,tbody th{text-align:left}"
    "td.text{white-space:normal;min-width:8rem;max-width:22rem;"
    "overflow-wrap:anywhere}\n"
    "thead th{font-weight:600;color:var(--soft);background:var(--panel)}\n"
    "tbody th{font-weight:500}tr.sum th{font-weight:700}\n"
    "tbody tr:last-child>*{border-bottom:0}\n"
    "small{color:var(--soft)}\n"
    ".key{display:inline-block;width:.7em;height:.7em;border-radius:2px;"
    "background:var(--s);margin-right:.45em}\n"
    "td.hash{white-space:nowrap;max-width:none}dd{font-size:.875rem}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;"
    "font-size:.875rem}\n"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "pre{background:var(--panel);border:1px solid var(--rule);"
    "border-radius:8px;padding:.6rem .8rem;overflow-x:auto;"
    "white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}\n"
    "details{margin:.4rem 0}summary{cursor:pointer;overflow-wrap:anywhere}\n"
    "@media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}"
    "dd{margin-bottom:.5rem}main{padding:1rem .75rem 3rem}}\n"
    "@media print{figure,table{break-inside:avoid}}\n";

const char *const PAGE_STYLE[] = {COLORS, TEXT, CHARTS, TABLES, NULL};
