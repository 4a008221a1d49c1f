"""A sound invoice, spoilt in ways that each break a rule, to see that the rule is looked at."""

from lxml import etree

NAMESPACES = {
    prefix: f"urn:oasis:names:specification:ubl:schema:xsd:Common{kind}Components-2"
    for prefix, kind in (("cac", "Aggregate"), ("cbc", "Basic"))
}


def first(path, spoil):
    return lambda root: spoil(root.find(path, NAMESPACES))


def without(*paths):
    def spoil(root):
        for element in [found for path in paths for found in root.findall(path, NAMESPACES)]:
            element.getparent().remove(element)

    return spoil


def to(text):
    return lambda element: setattr(element, "text", text)


def with_attribute(name, value):
    return lambda element: element.set(name, value)


def out_of_order(element):
    element.getparent().insert(0, element)


def as_wrong_number(element):
    """Of 987654325, which is one, with another check digit."""
    element.set("schemeID", "0192")
    element.text = "987654321"


BUYER = "cac:AccountingCustomerParty/cac:Party"
LINE = "cac:InvoiceLine"
SUMS = "cac:LegalMonetaryTotal"
SABOTAGE = {
    "XSD": first("cbc:IssueDate", out_of_order),
    "BR-02": without("cbc:ID"),
    "BR-CL-23": first(f"{LINE}/cbc:InvoicedQuantity", with_attribute("unitCode", "stk")),
    "BR-CO-10": first(f"{SUMS}/cbc:LineExtensionAmount", to("0.01")),
    "BR-CO-14": first("cac:TaxTotal/cbc:TaxAmount", to("0.01")),
    "BR-CO-16": first(f"{SUMS}/cbc:PayableAmount", to("0.01")),
    "PEPPOL-COMMON-R041": first(f"{BUYER}/cbc:EndpointID", as_wrong_number),
    "PEPPOL-EN16931-R003": without("cbc:BuyerReference", "cac:OrderReference"),
    "PEPPOL-EN16931-R007": first("cbc:ProfileID", to("billing")),
    "PEPPOL-EN16931-R008": first(f"{LINE}/cac:Item/cbc:Name", to("")),
    "PEPPOL-EN16931-R020": without("cac:AccountingSupplierParty/cac:Party/cbc:EndpointID"),
    "PEPPOL-EN16931-R051": first(
        f"{LINE}/cac:Price/cbc:PriceAmount", with_attribute("currencyID", "XTS")),
    "PEPPOL-EN16931-R120": first(f"{LINE}/cbc:LineExtensionAmount", to("0.01")),
}


def is_invoice(document):
    try:
        return etree.QName(etree.fromstring(document)).localname == "Invoice"
    except etree.XMLSyntaxError:
        return False


def spoilt(document):
    """The document once for each rule, broken."""
    for spoil in SABOTAGE.values():
        root = etree.fromstring(document)
        spoil(root)
        yield etree.tostring(root, encoding="UTF-8", xml_declaration=True)
