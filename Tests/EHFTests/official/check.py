"""Checks EHF documents by the official rules, and that the rules find what is wrong.

usage: check.py FOLDER

Three kinds of documents, and no line but for what does not hold:

  FOLDER/*.xml             break no rule, nor give a warning
  FOLDER/broken/RULE.xml   break RULE, and are named after it by our own rules
  one of the first, spoilt break the rule that it is spoilt by (sabotage.py)

Exit 0 if all hold, 1 if one does not, 65 without documents or without an invoice to spoil, 69 if
the packages lack the rules.
"""

import pathlib
import sys
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

import sabotage
from validator import RulesMissing, Validator

# Peppol has changed its rules of parties' numbers since the packaged ones were compiled. These it
# has added, so that nothing here can find them; and a Danish number may stand without DK now.
NEWER = {f"PEPPOL-COMMON-R0{number}" for number in "52 53 54 55 56-1 56-2 57".split()}
OUTDATED = {"PEPPOL-COMMON-R042"}

validator = None


def start():
    global validator
    validator = Validator()


def breaches(document):
    return validator.breaches(document)


class Check:
    """The failures, and the processes that look for them."""

    def __init__(self, pool):
        self.pool = pool
        self.failures = 0
        self.unknown = 0

    def fail(self, text):
        self.failures += 1
        print(f"check-ehf: {text}", file=sys.stderr)

    def each(self, documents):
        return zip(documents, self.pool.map(breaches, documents.values(), chunksize=8))

    def sound(self, documents):
        for name, found in self.each(documents):
            for rule in found.keys() - OUTDATED:
                text = found[rule]
                self.fail(f"{name} breaks {rule}: {text}")

    def broken(self, kind, documents):
        for rule, found in self.each(documents):
            if rule in NEWER:
                self.unknown += 1
            elif rule not in found:
                self.fail(f"{rule} is not found {kind}, but {', '.join(found) or 'nothing'}")


def main(folder):
    sound = {file.name: file.read_bytes() for file in sorted(folder.glob("*.xml"))}
    broken = {file.stem: file.read_bytes() for file in sorted(folder.glob("broken/*.xml"))}
    invoice = next(filter(sabotage.is_invoice, sound.values()), None)
    if invoice is None:
        print(f"check-ehf: {folder} holds no invoice to check", file=sys.stderr)
        return 65
    spoilt = dict(zip(sabotage.SABOTAGE, sabotage.spoilt(invoice)))
    with ProcessPoolExecutor(initializer=start) as pool:
        check = Check(pool)
        check.sound(sound)
        check.broken("in the broken document", broken)
        check.broken("in a spoilt document", spoilt)
    print(
        f"{len(sound)} documents by the official rules, {len(broken) - check.unknown} broken and"
        f" {len(spoilt)} spoilt ones: {check.failures} failures;"
        f" {check.unknown} broken ones by rules newer than the packages")
    return 1 if check.failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main(pathlib.Path(sys.argv[1])))
    except (RulesMissing, BrokenProcessPool) as error:
        print(f"check-ehf: {error}", file=sys.stderr)
        sys.exit(69)
