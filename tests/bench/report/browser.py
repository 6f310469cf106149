#!/usr/bin/env python3
"""browser.py PROGRAMS: opens the page of `bench report` in headless Chromium, light and dark, 1280 and 390 pixels wide.

Every chart must have a title, marks inside its frame, and a size; the page must write nothing to the console, load nothing,
and not be wider than the window; hostile text in the results must not become markup; text must differ from its background
(contrast 4.5). Needs chromium; exits with 77 without. PROGRAMS is the folder of bench. --keep FOLDER keeps the page and a
screenshot of each look. The browser is driven over its pipe (--remote-debugging-pipe), so nothing else is needed.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
HERE = Path(__file__).resolve().parent
WIDTHS = (1280, 390)
LOOKS = ("light", "dark")

# Run in the page; returns a list of problems.
CHECK = r"""(() => {
  const wrong = [];
  const luminance = text => {
    const [r, g, b] = text.match(/[\d.]+/g).map(Number).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const charts = [...document.querySelectorAll('figure svg')];
  if (charts.length < CHARTS) wrong.push(`${charts.length} charts, not CHARTS`);
  for (const chart of charts) {
    const name = chart.querySelector('title')?.textContent;
    const frame = chart.getBoundingClientRect();
    if (!name || !document.getElementById(chart.getAttribute('aria-labelledby').split(' ')[0])) wrong.push('a chart without a name');
    if (frame.width < 200 || frame.height < 100) wrong.push(`${name}: ${frame.width} x ${frame.height}`);
    const marks = [...chart.querySelectorAll('.mark')];
    if (!marks.length) wrong.push(`${name}: no marks`);
    for (const mark of marks) {
      const box = mark.getBoundingClientRect();
      if (!mark.getTotalLength() && !mark.getAttribute('d').includes('h0')) wrong.push(`${name}: an empty mark`);
      if (box.left < frame.left - 8 || box.right > frame.right + 8 || box.top < frame.top - 8 || box.bottom > frame.bottom + 8)
        wrong.push(`${name}: a mark outside of the chart`);
      if (/NaN|inf/i.test(mark.getAttribute('d'))) wrong.push(`${name}: a mark without a place`);
    }
    for (const text of chart.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 2 || box.right > frame.right + 2) wrong.push(`${name}: '${text.textContent}' is cut off`);
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  if (new Set(ids).size !== ids.length) wrong.push('an id twice');
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`${document.documentElement.scrollWidth} pixels wide`);
  if (document.querySelector('script, img, link, iframe, object, b, i:not(.key)')) wrong.push('markup from the results');
  const solid = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (color !== 'rgba(0, 0, 0, 0)') return color;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const element of document.querySelectorAll('h1, h2, h3, p, li, th, td, dt, dd, pre, text, summary')) {
    const style = getComputedStyle(element);
    const color = element.tagName === 'text' ? style.fill : style.color;
    const ratio = contrast(color, solid(element));
    if (ratio < 4.5) { wrong.push(`contrast ${ratio.toFixed(1)}: <${element.tagName}> ${element.textContent.slice(0, 30)}`); break; }
  }
  if (parseFloat(getComputedStyle(document.body).fontSize) < 15) wrong.push('small text');
  return wrong;
})()"""


class Browser:
    """Chromium, spoken to in JSON over a pipe: NUL-terminated messages."""

    def __init__(self, program, folder):
        (here_in, there_out), (there_in, here_out) = os.pipe(), os.pipe()
        command = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
                   "--no-first-run", f"--user-data-dir={folder}", "about:blank"]

        def place_pipes():
            # 3 and 4 may themselves be ends of the pipes.
            first, second = os.dup(there_in), os.dup(there_out)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(command, preexec_fn=place_pipes, close_fds=False, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(there_in)
        os.close(there_out)
        self.reader, self.out, self.number, self.events = os.fdopen(here_in, "rb", 0), here_out, 0, []
        self.rest = b""

    def message(self):
        while b"\0" not in self.rest:
            got = os.read(self.reader.fileno(), 1 << 16)
            if not got:
                sys.exit("the browser ended")
            self.rest += got
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, session=None, **params):
        self.number += 1
        question = {"id": self.number, "method": method, "params": params}
        if session:
            question["sessionId"] = session
        os.write(self.out, json.dumps(question).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while True:
            for event in self.events:
                if event.get("method") == method:
                    return
            self.events.append(self.message())

    def close(self):
        self.process.terminate()
        self.process.wait()


def problems_in_console(events):
    wrong = []
    for event in events:
        params = event.get("params", {})
        if event.get("method") == "Log.entryAdded":
            wrong.append("console: " + params["entry"]["text"])
        if event.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            wrong.append("console: " + json.dumps(params)[:200])
        if event.get("method") == "Network.requestWillBeSent" and not params["request"]["url"].startswith("file:"):
            wrong.append("loads " + params["request"]["url"])
    return wrong


def look_at(browser, page, look, width, charts, keep):
    browser.events.clear()
    target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
    session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Log", "Runtime", "Network"):
        browser.ask(f"{domain}.enable", session)
    browser.ask("Emulation.setDeviceMetricsOverride", session, width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
    browser.ask("Emulation.setEmulatedMedia", session, features=[{"name": "prefers-color-scheme", "value": look}])
    browser.events.clear()
    browser.ask("Page.navigate", session, url=page.as_uri())
    browser.wait("Page.loadEventFired")
    result = browser.ask("Runtime.evaluate", session, expression=CHECK.replace("CHARTS", str(charts)), returnByValue=True)
    wrong = result["result"].get("value")
    if wrong is None:
        wrong = [json.dumps(result)[:400]]
    if keep:
        shot = browser.ask("Page.captureScreenshot", session, captureBeyondViewport=True, format="png")
        Path(keep, f"{page.stem}-{look}-{width}.png").write_bytes(base64.b64decode(shot["data"]))
    wrong += problems_in_console(browser.events)
    browser.ask("Target.closeTarget", targetId=target)
    print(f"{page.stem}, {look}, {width} pixels: {len(wrong)} problems")
    return wrong


def main():
    arguments = sys.argv[1:]
    keep = None
    if "--keep" in arguments:
        at = arguments.index("--keep")
        keep = arguments[at + 1]
        os.makedirs(keep, exist_ok=True)
        del arguments[at : at + 2]
    if len(arguments) != 1:
        sys.exit(__doc__)
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        print("skipped: no chromium")
        return SKIPPED
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        subprocess.run([Path(arguments[0]).resolve() / "bench", "report", HERE / "sample.json", HERE / "certificate.json", "-o", page], check=True)
        if keep:
            shutil.copy(page, keep)
        browser = Browser(program, Path(folder, "profile"))
        for look in LOOKS:
            for width in WIDTHS:
                wrong += look_at(browser, page, look, width, 10, keep)
        browser.close()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
