"""Reads `name lines milliseconds bytes` a line, and prints the table with the ratios to ours."""

import sys

NAMES = {"ours": "Budstikke", "cold": "Budstikke, nothing kept from before",
         "bare": "cairo and pango alone",
         "typst": "Typst", "weasyprint": "WeasyPrint"}
found = {}
for line in sys.stdin:
    name, *rest = line.split()
    if name in NAMES:
        found[name, rest[0]] = (float(rest[1]), int(rest[2]))
    else:
        print(line.strip())
print(f"{'CPU ms a document':<37}{'8 lines':>9}{'KiB':>6}{'× ours':>8}"
      f"{'60 lines':>10}{'KiB':>6}{'× ours':>8}")
for name, title in NAMES.items():
    row = f"{title:<37}"
    for lines, width in (("8", 9), ("60", 10)):
        milliseconds, size = found[name, lines]
        ratio = milliseconds / found["ours", lines][0]
        row += f"{milliseconds:>{width}.2f}{size / 1024:>6.0f}{ratio:>8.1f}"
    print(row)
