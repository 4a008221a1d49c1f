"""WeasyPrint and Typst on the same invoices: `name lines milliseconds bytes` a line.

usage: others.py FOLDER, with 8.json, 60.json and logo.png in it."""

import html
import json
import pathlib
import sys
import time

import typst
import weasyprint

FOLDER = pathlib.Path(sys.argv[1])
SELLER = "Nordlys Regnskap AS · Org.nr. 123 456 785 MVA · Foretaksregisteret"
ADDRESS = "Storgata 12, 9008 Tromsø · Tlf. 77 00 00 00 · post@nordlys.example"
FACTS = [("Fakturadato", "24.11.2026"), ("Forfallsdato", "08.12.2026"),
         ("Deres ref.", "Jørn Håkonsen"), ("Vår ref.", "Åse Bjørnstad")]
HEADINGS = ["Beskrivelse", "Antall", "", "Pris", "Mva", "Beløp (NOK)"]

STYLE = """
@page { size: A4; margin: 14mm 20mm 30mm;
  @bottom-left { content: "%s\\A %s"; white-space: pre; font: 7.5pt "Liberation Sans"; }
  @bottom-right { content: "Side " counter(page) " av " counter(pages);
    font: 7.5pt "Liberation Sans"; } }
body { font: 9pt "Liberation Sans"; } h1 { font-size: 22pt; color: #1f3a5f; }
.head { display: flex; justify-content: space-between; } img { height: 18mm; }
table { width: 100%%; border-collapse: collapse; } td, th { padding: 3.5pt 0; text-align: left; }
td:nth-child(n+2), th:nth-child(n+2) { text-align: right; padding-left: 12pt; }
tbody td { border-bottom: .5pt solid #d4d8de; } .pay { background: #f2f4f7; padding: 4mm; }
"""


def page(invoice):
    cell = html.escape
    facts = "".join(f"<tr><td>{k}<td>{v}" for k, v in
                    [("Fakturanummer", invoice["number"]), *FACTS])
    rows = "".join("<tr>" + "".join(f"<td>{cell(text)}" for text in line)
                   for line in invoice["lines"])
    heads = "".join(f"<th>{text}" for text in HEADINGS)
    return f"""<!DOCTYPE html><html lang="nb-NO"><title>Faktura {invoice["number"]}</title>
<style>{STYLE % (SELLER, ADDRESS)}</style><body>
<div class="head"><div><img src="logo.png"><p>{"<br>".join(map(cell, invoice["buyer"]))}</div>
<div><h1>Faktura</h1><table>{facts}</table></div></div>
<table><thead><tr>{heads}</thead><tbody>{rows}</tbody></table>
<table><tr><td>Sum uten mva<td>{invoice["net"]}<tr><td>Merverdiavgift<td>{invoice["vat"]}
<tr><td><b>Å betale</b><td><b>NOK {invoice["payable"]}</b></table>
<div class="pay">Kontonummer 8601.11.17947 · KID {invoice["kid"]} · Forfall 08.12.2026 ·
NOK {invoice["payable"]}</div></body></html>"""


TYPST = """
#let invoice = json(bytes(sys.inputs.invoice))
#set document(title: "Faktura " + invoice.number)
#set page(paper: "a4", margin: (x: 20mm, top: 14mm, bottom: 30mm), footer: [
  #set text(7.5pt)
  SELLER #linebreak() ADDRESS #h(1fr) Side #context counter(page).display("1 av 1", both: true)])
#set text(font: "Liberation Sans", size: 9pt, lang: "nb")
#grid(columns: (1fr, 1fr),
  [#image("logo.png", height: 18mm) #v(8mm) #invoice.buyer.join(linebreak())],
  [#text(22pt, weight: "bold", fill: rgb("#1f3a5f"))[Faktura]
   #grid(columns: 2, gutter: 5pt, [Fakturanummer], invoice.number, FACTS)])
#v(8mm)
#table(columns: (1fr, auto, auto, auto, auto, auto), stroke: (bottom: .5pt + rgb("#d4d8de")),
  inset: (x: 4pt, y: 3.5pt), align: (left, right, left, right, right, right),
  table.header(HEADINGS), ..invoice.lines.flatten())
#align(right, grid(columns: 2, gutter: 6pt, [Sum uten mva], invoice.net,
  [Merverdiavgift], invoice.vat, [*Å betale*], [*NOK #invoice.payable*]))
#block(fill: rgb("#f2f4f7"), inset: 4mm, width: 100%)[Kontonummer 8601.11.17947 · KID #invoice.kid
  · Forfall 08.12.2026 · NOK #invoice.payable]
""".replace("SELLER", SELLER).replace("ADDRESS", ADDRESS.replace("@", "\\@")) \
   .replace("FACTS", ", ".join(f"[{k}], [{v}]" for k, v in FACTS)) \
   .replace("HEADINGS", ", ".join(f"[*{text}*]" if text else "[]" for text in HEADINGS))


def measure(name, lines, rounds, draw):
    draw()
    start = time.process_time()
    for _ in range(rounds):
        pdf = draw()
    milliseconds = (time.process_time() - start) * 1000 / rounds
    (FOLDER / f"{lines}-{name}.pdf").write_bytes(pdf)
    print(name, lines, f"{milliseconds:.4f}", len(pdf), flush=True)


source = FOLDER / "invoice.typ"
source.write_text(TYPST)
fonts = weasyprint.text.fonts.FontConfiguration()
for lines in (8, 60):
    text = (FOLDER / f"{lines}.json").read_text()
    invoice = json.loads(text)
    compiler = typst.Compiler(
        root=FOLDER, font_paths=["/usr/share/fonts/truetype/liberation2"])
    number = 0

    def by_typst():
        # Another number each time: Typst would remember the answer to the same question.
        global number
        number += 1
        data = json.dumps({**invoice, "number": str(number)})
        return compiler.compile(str(source), format="pdf", sys_inputs={"invoice": data})

    measure("typst", lines, 30, by_typst)
    measure("weasyprint", lines, 10, lambda: weasyprint.HTML(
        string=page(invoice), base_url=str(FOLDER)).write_pdf(font_config=fonts))
