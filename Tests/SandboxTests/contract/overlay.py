"""Corrections to the vendor's own API descriptions, where they can't be taken at their word.

Each correction first looks for the defect it mends and fails if it is gone, so that none stays
longer than it is needed. Two make the check stricter than the description is.
"""


class StaleCorrection(Exception):
    """The description no longer has the defect that a correction mends."""


def mended(descriptions):
    """Mends the three descriptions, by name, in place."""
    mail, suppressions, logs = (
        descriptions[name] for name in ("mail", "suppressions", "logs")
    )
    mend_errors(mail, "mail")
    mend_errors(suppressions, "suppressions")
    mend_log_errors(logs)
    mend_suppression_answers(suppressions)
    require_row_members(suppressions)
    drop_property_examples(logs)
    widen_smtp_status(logs)
    return descriptions


def mend_errors(description, name):
    """`nullable` is OpenAPI 3.0's word and means nothing in 3.1; the examples hold null.

    `help` is an object by the description; clients have met null and an address of a page.
    """
    item = description["components"]["schemas"]["ErrorResponse"]["properties"]["errors"]["items"]
    expect(item["properties"]["field"].pop("nullable", None) is True, f"{name}: field nullable")
    item["properties"]["field"]["type"] = ["string", "null"]
    expect(item["properties"]["help"]["type"] == "object", f"{name}: help is an object")
    item["properties"]["help"]["type"] = ["object", "string", "null"]
    item["required"] = ["message"]


def mend_log_errors(logs):
    """The error object is that of the other two descriptions, where `field` may be null."""
    field = logs["components"]["schemas"]["Error"]["properties"]["field"]
    expect(field["type"] == "string", "logs: field is a string")
    field["type"] = ["string", "null"]


def mend_suppression_answers(suppressions):
    """The description knows hardly any answer but success; the API has the others too."""
    refusal = {
        "description": "A refusal.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}
        },
    }
    missing = 0
    for path, item in suppressions["paths"].items():
        for method in ("get", "delete"):
            if path.startswith("/v3/suppression/") and method in item:
                for status in ("400", "401", "404", "429", "500"):
                    missing += status not in item[method]["responses"]
                    item[method]["responses"].setdefault(status, refusal)
    expect(missing > 0, "suppressions: answers are missing")


def require_row_members(suppressions):
    """Stricter: rows of bounces and invalid_emails require nothing; ours have every member."""
    for name in ("BounceResponse", "InvalidEmail"):
        schema = suppressions["components"]["schemas"][name]
        expect("required" not in schema, f"suppressions: {name} requires nothing")
        schema["required"] = list(schema["properties"])
    for name in ("BlocksResponse", "SpamReportsResponse"):
        suppressions["components"]["schemas"][name]["items"]["additionalProperties"] = False
    for name in ("BounceResponse", "InvalidEmail"):
        suppressions["components"]["schemas"][name]["additionalProperties"] = False


def drop_property_examples(logs):
    """`examples` of a schema is an array in JSON Schema; here it is an object and no reader loads it."""
    schemas = logs["components"]["schemas"]
    category = schemas["EmailLogsGetMessageByIdResponse"]["properties"]["category"]
    expect(isinstance(category.get("examples"), dict), "logs: examples of a property")
    del category["examples"]


def widen_smtp_status(logs):
    """The pattern has one digit from 0 to 7 a field; 5.7.26 and 4.7.28 are in use (RFC 3463)."""
    status = logs["components"]["schemas"]["SmtpStatus"]
    expect("[01234567]" in status["pattern"], "logs: the pattern of SmtpStatus")
    status["pattern"] = r"^([245]\.[0-9]{1,3}\.[0-9]{1,3}|[1-5][0-9][0-9])$"


def expect(defect, name):
    if not defect:
        raise StaleCorrection(f"the description no longer has this defect: {name}")
