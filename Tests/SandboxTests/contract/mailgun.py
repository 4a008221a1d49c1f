"""Mailgun's contract: messages, events and the suppression lists of a domain, and the domain.

The description is mailgun_openapi.yaml; of its hundreds of paths only those of a sender's are
loaded. Each correction first looks for the defect it mends.
"""

import copy
import json
from urllib.parse import quote

import yaml
from openapi_core import OpenAPI

from exchange import Client, basic
from overlay import expect

DOMAIN = "mg.selger.example"
ROOT = "/v3/{domain_name}"
ACCOUNT = "/v4/domains/{name}"
LISTS = {"bounces": "unknown", "complaints": "spam"}
PATHS = ["/messages", "/events"] + [
    f"/{name}/{{address}}" for name in ("bounces", "complaints", "unsubscribes")
]


def load(folder):
    # The loader reads times as dates; the description has none that matter.
    description = yaml.load(
        (folder / "mailgun_openapi.yaml").read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    paths = [ROOT + path for path in PATHS] + [ACCOUNT]
    description["paths"] = {path: description["paths"][path] for path in paths}
    # Made plain: examples hold dates, which no JSON Schema knows.
    description = json.loads(json.dumps(description, default=str))
    mend(description)
    return OpenAPI.from_dict(description)


def resolved(description, value):
    while "$ref" in value:
        target = description
        for part in value["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        value = target
    return value


def schema_of(description, path, method, status):
    answer = description["paths"][ROOT + path][method]["responses"][status]
    return resolved(description, answer["content"]["application/json"]["schema"])


def mend(description):
    mend_attachments(description)
    mend_dates(description)
    mend_forbidden(description)
    mend_unauthorized(description)
    mend_events(description)


def mend_attachments(description):
    """A file in a form has no JSON type in 3.1; `string` with a format is 3.0's way to say it."""
    form = description["paths"][ROOT + "/messages"]["post"]["requestBody"]["content"]
    schema = resolved(description, form["multipart/form-data"]["schema"])
    for name in ("attachment", "inline"):
        items = schema["properties"][name]["items"]
        expect(items == {"type": "string", "format": "binary"}, f"mailgun: {name} is a string")
        schema["properties"][name]["items"] = {}


def mend_dates(description):
    """`created_at` is described as an object and shown, and sent, as a text."""
    for name in ("bounces", "complaints", "unsubscribes"):
        schema = schema_of(description, f"/{name}/{{address}}", "get", "200")
        created = schema["properties"]["created_at"]
        expect(created.get("type") == "object", f"mailgun: created_at of {name}")
        schema["properties"]["created_at"] = {
            "type": "string",
            "pattern": r"^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (UTC|GMT)$",
        }
        schema["additionalProperties"] = False


def mend_forbidden(description):
    """401 is described as JSON and is the bare word Forbidden."""
    answers = description["paths"][ROOT + "/messages"]["post"]["responses"]
    content = answers["401"]["content"]
    expect("application/json" in content, "mailgun: 401 of messages is JSON")
    answers["401"] = {
        "description": "Forbidden",
        "content": {"text/plain": {"schema": {"type": "string", "const": "Forbidden"}}},
    }


def mend_unauthorized(description):
    """The answers that every route can give are hardly described."""
    forbidden = description["paths"][ROOT + "/messages"]["post"]["responses"]["401"]
    refusal = {
        "description": "A refusal.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object", "properties": {"message": {"type": "string"}},
                    "required": ["message"],
                }
            }
        },
    }
    missing = 0
    described = description["paths"][ACCOUNT]["get"]["responses"]
    expect("application/json" in described.pop("401")["content"], "mailgun: 401 of domains is JSON")
    for item in description["paths"].values():
        for method in ("get", "post", "delete"):
            if method in item:
                answers = item[method]["responses"]
                for status in ("400", "404", "413", "429", "500"):
                    missing += status not in answers
                    answers.setdefault(status, refusal)
                answers.setdefault("401", forbidden)
    expect(missing > 0, "mailgun: answers are missing")


def mend_events(description):
    """Stricter: an event is at least who, what and when."""
    schema = schema_of(description, "/events", "get", "200")
    item = resolved(description, schema["properties"]["items"]["items"])
    item["required"] = sorted(
        set(item.get("required", []))
        | {"id", "event", "timestamp", "recipient", "message", "user-variables"})


def mail(to, /, **members):
    fields = {
        "from": '"Selger AS" <faktura@selger.example>', "to": f'"Kari" <{to}>',
        "subject": "Faktura 1001", "text": "Se vedlegg",
        "v:dispatch_id": "0190c1de-0000-7000-8000-000000000001",
        "h:Message-Id": "<1@selger.example>", "o:tracking": "no",
        "attachment": b"%PDF-1.7", **members,
    }
    return [(name, value) for name, value in fields.items() if value is not None]


def check(contract, port, folder):
    contract.apis["mailgun"] = load(folder)
    client = Client(port, "https://api.mailgun.net", basic)
    check_sending(contract, client)
    check_events(contract, client)
    check_lists(contract, client)
    check_domain(contract, client)
    check_the_check(contract, client)


def send(client, to, /, **members):
    return client.exchange("POST", f"/v3/{DOMAIN}/messages", form=mail(to, **members))


def check_sending(contract, client):
    behaviours = "ok unknown invalid full down toolarge spam blocked deferred silent".split()
    for behaviour in behaviours:
        exchange = send(client, f"{behaviour}+1@kunde.example")
        contract.check(f"mailgun: send to {behaviour}", "mailgun", exchange, 200)
    for member in ("from", "to", "text"):
        exchange = send(client, "ok@kunde.example", **{member: None})
        contract.check(
            f"mailgun: send with no {member}", "mailgun", exchange, 400, valid_request=False)
    exchange = client.exchange(
        "POST", f"/v3/{DOMAIN}/messages", form=mail("ok@kunde.example"), key=None)
    contract.check(
        "mailgun: send without a key", "mailgun", exchange, 401, valid_request=False)
    exchange = client.exchange(
        "POST", "/v3/other.invalid/messages", form=mail("ok@kunde.example"))
    contract.check("mailgun: send from another region's domain", "mailgun", exchange, 404)
    for kind, status in (("status_429", 429), ("status_500_before_accept", 500)):
        client.control(
            "POST", "faults", {"faults": [{"kind": kind, "retry_after": 120}]})
        contract.check(
            f"mailgun: send at {kind}", "mailgun", send(client, "ok@kunde.example"), status)


def check_events(contract, client):
    send(client, "spam+1@kunde.example")  # It is dropped.
    query = {"begin": "0", "end": "4102444800", "ascending": "yes", "limit": 7}
    seen, pages = [], 0
    exchange = client.exchange("GET", f"/v3/{DOMAIN}/events", query=query)
    while True:
        pages += 1
        contract.check(f"mailgun: page {pages} of the events", "mailgun", exchange, 200)
        items = exchange.answer.json["items"]
        seen += items
        if not items:
            break
        target = exchange.answer.json["paging"]["next"].split("/events/")[1]
        # Further pages have no path of their own in the description.
        exchange = client.exchange("GET", f"/v3/{DOMAIN}/events/{target}")
        exchange.path = f"/v3/{DOMAIN}/events"
    kinds = {(item["event"], item.get("severity")) for item in seen}
    contract.check_that(
        "mailgun: every kind of event was met",
        lambda: kinds == {
            ("accepted", None), ("delivered", None), ("complained", None),
            ("failed", "temporary"), ("failed", "permanent"),
        })
    contract.check_that(
        "mailgun: events come in the order of time, each once",
        lambda: [item["timestamp"] for item in seen] == sorted(
            item["timestamp"] for item in seen)
        and len({item["id"] for item in seen}) == len(seen))
    contract.check_that(
        "mailgun: our own id is on each",
        lambda: all("dispatch_id" in item["user-variables"] for item in seen))
    found = client.exchange(
        "GET", f"/v3/{DOMAIN}/events",
        query={**query, "event": "failed OR complained", "recipient": "spam+1@kunde.example"})
    contract.check_that(
        "mailgun: events are found by kind and recipient",
        lambda: [item["event"] for item in found.answer.json["items"]]
        == ["complained", "failed"])


def check_lists(contract, client):
    for name, behaviour in LISTS.items():
        path = f"/v3/{DOMAIN}/{name}/"
        address = path + quote(f"{behaviour}+1@kunde.example", safe="")
        contract.check(f"mailgun: get from {name}", "mailgun", client.exchange("GET", address), 200)
        contract.check(
            f"mailgun: get from {name} with a bare plus sign", "mailgun",
            client.exchange("GET", path + f"{behaviour}+1@kunde.example"), 404)
        contract.check(
            f"mailgun: delete from {name}", "mailgun", client.exchange("DELETE", address), 200)
        contract.check(
            f"mailgun: delete from {name} again", "mailgun",
            client.exchange("DELETE", address), 404)
    contract.check(
        "mailgun: get what has not unsubscribed", "mailgun",
        client.exchange("GET", f"/v3/{DOMAIN}/unsubscribes/ok%40kunde.example"), 404)


def check_domain(contract, client):
    contract.check(
        "mailgun: the domain", "mailgun", client.exchange("GET", f"/v4/domains/{DOMAIN}"), 200)
    contract.check(
        "mailgun: another region's domain", "mailgun",
        client.exchange("GET", "/v4/domains/other.invalid"), 404)
    contract.check(
        "mailgun: the domain without a key", "mailgun",
        client.exchange("GET", f"/v4/domains/{DOMAIN}", key=None), 401, valid_request=False)


def check_the_check(contract, client):
    events = client.exchange(
        "GET", f"/v3/{DOMAIN}/events", query={"begin": "0", "ascending": "yes"})

    def spoiled(spoil):
        exchange = copy.deepcopy(events)
        value = exchange.answer.json
        spoil(value["items"][0])
        exchange.answer.data = json.dumps(value).encode()
        return exchange

    cases = {
        "an event without its time": lambda item: item.pop("timestamp"),
        "a time in words": lambda item: item.update(timestamp="now"),
        "an unknown event": lambda item: item.update(event="lost"),
    }
    for title, spoil in cases.items():
        def refused():
            try:
                contract.hold("mailgun", spoiled(spoil), 200)
            except Exception as error:  # Any refusal will do, but not for the status.
                return not isinstance(error, AssertionError)
            return False

        contract.check_that(f"mailgun: the check refuses {title}", refused)
