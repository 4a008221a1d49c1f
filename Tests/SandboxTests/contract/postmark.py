"""Postmark's contract: e-mail, bounces, outbound messages, suppressions, the server, its streams.

The description is Swagger 2.0, which openapi-core does not read, and it is older than Metadata,
message streams and the suppressions: its definitions are taken as JSON Schema, mended, and
completed from the vendor's documentation. Each correction first looks for the defect it mends.
All members that are described must be there, and no others.
"""

import json
from urllib.parse import urlencode

import yaml
from jsonschema import Draft4Validator, RefResolver

from exchange import Client, server_token
from overlay import expect

FILE = "apievangelist_postmark-server-openapi-original.yml"
SUPPRESSIONS = "/message-streams/outbound/suppressions"
TEXT, FLAG, NUMBER = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}
TIME = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}(Z|[+-]\d{2}:\d{2})$",
}


class Description:
    """The definitions by name, and the parameters of the routes."""

    def __init__(self, folder):
        self.document = yaml.safe_load((folder / FILE).read_text())
        self.definitions = self.document["definitions"]
        mend(self.definitions)

    def hold(self, name, value):
        validator = Draft4Validator(
            self.definitions[name], resolver=RefResolver("", self.document))
        errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(value)]
        if errors:
            raise ValueError("; ".join(errors[:3]))

    def hold_query(self, path, query):
        """Every parameter is described, and those that are required are there."""
        described = {
            parameter["name"]: parameter
            for parameter in self.document["paths"][path]["get"]["parameters"]
            if parameter["in"] == "query"
        }
        for name in query:
            if name not in described and not name.startswith("metadata_"):
                raise ValueError(f"{name} is no parameter")
        for name, parameter in described.items():
            if parameter.get("required") and name not in query:
                raise ValueError(f"{name} is missing")


def close(definition, optional=()):
    """Stricter: all members and no others."""
    definition["type"] = "object"
    definition["additionalProperties"] = False
    definition["required"] = sorted(set(definition["properties"]) - set(optional))


def mend(definitions):
    mend_sending(definitions)
    mend_bounces(definitions)
    mend_messages(definitions)
    add_suppressions(definitions)
    mend_server(definitions)
    add_streams(definitions)


def mend_sending(definitions):
    request = definitions["SendEmailRequest"]
    expect("Metadata" not in request["properties"], "postmark: no Metadata in a message")
    request["properties"] |= {
        "MessageStream": TEXT,
        "Metadata": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 80}},
    }
    close(request, set(request["properties"]) - {"From", "To", "Subject"})
    attachment = definitions["Attachment"]
    close(attachment, ["ContentID"])
    definitions["SendEmailResponse"]["properties"]["SubmittedAt"] = TIME
    close(definitions["SendEmailResponse"])
    close(definitions["StandardPostmarkResponse"])


def mend_bounces(definitions):
    bounce = definitions["BounceInfoResponse"]
    properties = bounce["properties"]
    expect(properties["ID"]["type"] == "string", "postmark: the id of a bounce is a text")
    properties["ID"] = NUMBER
    expect("MessageStream" not in properties, "postmark: a bounce without its stream")
    properties |= {
        "RecordType": {"enum": ["Bounce"]}, "ServerID": NUMBER, "MessageStream": TEXT,
        "From": TEXT, "BouncedAt": TIME,
    }
    kinds = [
        "HardBounce", "Transient", "SoftBounce", "BadEmailAddress", "SpamComplaint", "Blocked",
    ]
    properties["Type"] = {"enum": kinds}
    close(bounce, ["Content"])
    close(definitions["BounceSearchResponse"])


def mend_messages(definitions):
    message = definitions["OutboundMessageDetail"]
    properties = message["properties"]
    expect("Metadata" not in properties, "postmark: a message without Metadata")
    properties |= {
        "Metadata": {"type": "object", "additionalProperties": TEXT}, "MessageStream": TEXT,
        "ReceivedAt": TIME,
    }
    # Described as whole attachments; the search gives their names.
    expect("$ref" in properties["Attachments"], "postmark: the attachments of a message found")
    properties["Attachments"] = {"type": "array", "items": TEXT}
    close(message)
    close(definitions["OutboundSearchResponse"])
    event = definitions["MessageEventDetails"]
    event["properties"]["ReceivedAt"] = TIME
    event["properties"]["Type"] = {"enum": ["Delivered", "Transient", "Bounced"]}
    close(event)
    detail = dict(message)
    detail["properties"] = dict(properties) | {
        "TextBody": TEXT, "Body": TEXT,
        "MessageEvents": {
            "type": "array", "items": {"$ref": "#/definitions/MessageEventDetails"}},
    }
    close(detail)
    definitions["Detail"] = detail


def add_suppressions(definitions):
    expect("Suppressions" not in definitions, "postmark: no suppressions")
    listed = {
        "properties": {
            "EmailAddress": TEXT, "CreatedAt": TIME,
            "SuppressionReason": {"enum": ["HardBounce", "SpamComplaint", "ManualSuppression"]},
            "Origin": {"enum": ["Recipient", "Customer", "Admin"]},
        }
    }
    deleted = {
        "properties": {
            "EmailAddress": TEXT, "Status": {"enum": ["Deleted", "Failed"]},
            "Message": {"type": ["string", "null"]},
        }
    }
    for name, row in (("Suppressions", listed), ("DeletedSuppressions", deleted)):
        close(row)
        definitions[name] = {
            "properties": {"Suppressions": {"type": "array", "items": row}}}
        close(definitions[name])


def mend_server(definitions):
    server = definitions["ServerConfigurationResponse"]
    expect("DeliveryType" not in server["properties"], "postmark: a server without its kind")
    server["properties"] |= {
        "DeliveryType": {"enum": ["Live", "Sandbox"]}, "IncludeBounceContentInHook": FLAG,
        "EnableSmtpApiErrorHooks": FLAG,
    }
    close(server)


def add_streams(definitions):
    expect("MessageStream" not in definitions, "postmark: no streams")
    moment = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}T"}
    definitions["MessageStream"] = {
        "properties": {
            "ID": TEXT, "ServerID": NUMBER, "Name": TEXT,
            "Description": {"type": ["string", "null"]},
            "MessageStreamType": {"enum": ["Inbound", "Broadcasts", "Transactional"]},
            "CreatedAt": moment, "UpdatedAt": moment, "ArchivedAt": moment,
            "ExpectedPurgeDate": moment,
            "SubscriptionManagementConfiguration": {"type": "object"},
        }
    }
    close(definitions["MessageStream"])


def mail(to, **members):
    return {
        "From": '"Selger AS" <faktura@selger.example>', "To": f'"Kari" <{to}>',
        "ReplyTo": "post@selger.example", "Subject": "Faktura 1001", "TextBody": "Se vedlegg",
        "MessageStream": "outbound",
        "Metadata": {"dispatch-id": "0190c1de-0000-7000-8000-000000000001"},
        "Headers": [{"Name": "Message-ID", "Value": "<1@selger.example>"}],
        "Attachments": [
            {
                "Name": "faktura-1001.pdf", "Content": "JVBERi0xLjc=",
                "ContentType": "application/pdf",
            }
        ],
        "TrackOpens": False, "TrackLinks": "None", **members,
    }


class Checks:
    def __init__(self, contract, port, folder):
        self.contract = contract
        self.client = Client(port, "https://api.postmarkapp.com", server_token)
        self.description = Description(folder)

    def check(self, title, exchange, status, name, request=None):
        def work():
            got = exchange.answer.status_code
            if got != status:
                raise AssertionError(f"status {got}, not {status}: {exchange.answer.data[:300]!r}")
            if request is not None:
                self.description.hold("SendEmailRequest", request)
            self.description.hold(name, exchange.answer.json)

        self.contract.report(f"postmark: {title}", work)

    def send(self, to, **members):
        body = mail(to, **members)
        return self.client.exchange("POST", "/email", body=body), body

    def search(self, title, path, name, status=200, **query):
        query = {"count": 500, "offset": 0, **query}
        exchange = self.client.exchange("GET", path, query=query)
        self.contract.report(
            f"postmark: {title}: the query", lambda: self.description.hold_query(path, query))
        self.check(title, exchange, status, name)
        return exchange.answer.json

    def sending(self):
        for behaviour in "ok unknown full down toolarge spam blocked deferred silent".split():
            exchange, body = self.send(f"{behaviour}+1@kunde.example")
            self.check(f"send to {behaviour}", exchange, 200, "SendEmailResponse", body)
        exchange, _ = self.send("unknown+1@kunde.example")
        self.check("send to an inactive recipient", exchange, 422, "StandardPostmarkResponse")
        self.contract.check_that(
            "postmark: the inactive recipient is named in the documented way",
            lambda: exchange.answer.json["ErrorCode"] == 406
            and "Found inactive addresses: unknown+1@kunde.example."
            in exchange.answer.json["Message"])
        for title, members in {
            "no text": {"TextBody": ""}, "what is no address": {"To": "kari"},
            "a stream that is not there": {"MessageStream": "nosuch-gone"},
            "Metadata that is too long": {"Metadata": {"dispatch-id": "x" * 81}},
        }.items():
            exchange, _ = self.send("ok@kunde.example", **members)
            self.check(f"send with {title}", exchange, 422, "StandardPostmarkResponse")
        exchange = self.client.exchange("POST", "/email", body=mail("ok@kunde.example"), key=None)
        self.check("send without a token", exchange, 401, "StandardPostmarkResponse")
        exchange, _ = self.send("ok@kunde.example", HtmlBody="A" * 10_000_001)
        self.check("send more than 10 MB", exchange, 413, "StandardPostmarkResponse")
        for kind, status in (("status_429", 429), ("status_500_before_accept", 500)):
            self.client.control("POST", "faults", {"faults": [{"kind": kind}]})
            exchange, _ = self.send("ok@kunde.example")
            self.check(f"send at {kind}", exchange, status, "StandardPostmarkResponse")

    def bounces(self):
        found = self.search("the bounces", "/bounces", "BounceSearchResponse")
        kinds = {row["Type"] for row in found["Bounces"]}
        self.contract.check_that(
            "postmark: every kind of bounce was met",
            lambda: kinds
            == {"HardBounce", "Transient", "SoftBounce", "SpamComplaint", "Blocked"})
        self.contract.check_that(
            "postmark: the newest bounce comes first, and all are counted",
            lambda: found["TotalCount"] == len(found["Bounces"])
            and [row["BouncedAt"] for row in found["Bounces"]]
            == sorted((row["BouncedAt"] for row in found["Bounces"]), reverse=True))
        day = found["Bounces"][0]["BouncedAt"][:19]
        window = self.search(
            "bounces of a second", "/bounces", "BounceSearchResponse", fromdate=day, todate=day)
        self.contract.check_that(
            "postmark: both ends of the window belong to it, in US Eastern Time",
            lambda: {row["BouncedAt"][:19] for row in window["Bounces"]} == {day})
        self.search(
            "bounces beyond the cap", "/bounces", "StandardPostmarkResponse", 422, offset=9_501)
        one = self.search(
            "bounces by address", "/bounces", "BounceSearchResponse",
            emailFilter="full+1@kunde.example")
        self.contract.check_that(
            "postmark: bounces are found by address", lambda: one["TotalCount"] == 1)

    def messages(self):
        path = "/messages/outbound"
        found = self.search("the messages", path, "OutboundSearchResponse")
        for row in found["Messages"]:
            exchange = self.client.exchange("GET", f"{path}/{row['MessageID']}/details")
            self.check(f"detail of {row['Recipients'][0]}", exchange, 200, "Detail")
        own = self.search(
            "a message by our own id", path, "OutboundSearchResponse",
            **{"metadata_dispatch-id": "0190c1de-0000-7000-8000-000000000001"})
        none = self.search(
            "a message by another id", path, "OutboundSearchResponse",
            **{"metadata_dispatch-id": "nosuch"})
        self.contract.check_that(
            "postmark: messages are found by Metadata",
            lambda: own["TotalCount"] == found["TotalCount"] and none["TotalCount"] == 0)
        exchange = self.client.exchange("GET", f"{path}/nosuch/details")
        self.check("detail of nothing", exchange, 422, "StandardPostmarkResponse")

    def suppressions(self):
        def dump(address):
            query = urlencode({"EmailAddress": address})
            return self.client.exchange("GET", f"{SUPPRESSIONS}/dump?{query}")

        def delete(address):
            body = {"Suppressions": [{"EmailAddress": address}]}
            return self.client.exchange("POST", f"{SUPPRESSIONS}/delete", body=body)

        self.check(
            "the suppressions", self.client.exchange("GET", f"{SUPPRESSIONS}/dump"), 200,
            "Suppressions")
        for address, status, left in (
            ("unknown+1@kunde.example", "Deleted", 0), ("spam+1@kunde.example", "Failed", 1),
        ):
            self.check(f"the suppression of {address}", dump(address), 200, "Suppressions")
            exchange = delete(address)
            self.check(f"delete {address}", exchange, 200, "DeletedSuppressions")
            self.contract.check_that(
                f"postmark: delete {address} is {status}",
                lambda: exchange.answer.json["Suppressions"][0]["Status"] == status
                and len(dump(address).answer.json["Suppressions"]) == left)

    def server(self):
        for title, path, status, name in (
            ("the server", "/server", 200, "ServerConfigurationResponse"),
            ("a stream", "/message-streams/outbound", 200, "MessageStream"),
            ("no stream", "/message-streams/x-gone", 422, "StandardPostmarkResponse"),
        ):
            self.check(title, self.client.exchange("GET", path), status, name)
        exchange = self.client.exchange("GET", "/server", key=None)
        self.check("the server without a token", exchange, 401, "StandardPostmarkResponse")

    def the_check(self):
        rows = self.client.exchange("GET", "/bounces?count=1&offset=0").answer.json
        for title, spoil in {
            "a bounce without its id": lambda row: row.pop("ID"),
            "an id in words": lambda row: row.update(ID="901542550"),
            "a member more": lambda row: row.update(Extra=1),
            "a time in another form": lambda row: row.update(BouncedAt="2026-11-24"),
        }.items():
            def refused():
                value = json.loads(json.dumps(rows))
                spoil(value["Bounces"][0])
                try:
                    self.description.hold("BounceSearchResponse", value)
                except ValueError:
                    return True
                return False

            self.contract.check_that(f"postmark: the check refuses {title}", refused)


def check(contract, port, folder):
    checks = Checks(contract, port, folder)
    checks.sending()
    checks.bounces()
    checks.messages()
    checks.suppressions()
    checks.server()
    checks.the_check()
