"""Checks the sandbox against the vendors' own descriptions of their APIs.

usage: check.py SANDBOX FOLDER

Starts the program SANDBOX, drives it with real requests, and validates requests and answers
against the vendors' files in FOLDER, with the corrections in overlay.py, mailgun.py and
postmark.py. So a client and a sandbox by the same hand can't share a misreading of the contract.

Writes one line for each check. Exit 0 if all hold, 1 if one does not.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys

from openapi_core import OpenAPI

import mailgun
import overlay
import postmark
from exchange import Client, address_path

BEHAVIOURS = (
    "ok unknown invalid full down toolarge spam blocked deferred softonce silent".split()
)
LISTS = {
    "bounces": "unknown", "invalid_emails": "invalid", "blocks": "full", "spam_reports": "spam",
}


class Contract:
    """The descriptions, and the count of what was held against them."""

    def __init__(self, folder):
        descriptions = {
            name: json.loads((folder / f"sendgrid_tsg_{name}_v3.json").read_text())
            for name in ("mail", "suppressions", "logs")
        }
        self.apis = {
            name: OpenAPI.from_dict(description)
            for name, description in overlay.mended(descriptions).items()
        }
        self.checks = 0
        self.failures = 0

    def check(self, title, api, exchange, status, *, valid_request=True):
        """The answer is what it should be and both sides keep to the description."""
        self.report(title, lambda: self.hold(api, exchange, status, valid_request))

    def hold(self, api, exchange, status, valid_request=True):
        got = exchange.answer.status_code
        if got != status:
            raise AssertionError(f"status {got}, not {status}: {exchange.answer.data[:300]!r}")
        if valid_request:
            self.apis[api].validate_request(exchange)
        self.apis[api].validate_response(exchange, exchange.answer)

    def check_that(self, title, holds):
        def work():
            if not holds():
                raise AssertionError("it does not hold")

        self.report(title, work)

    def report(self, title, work):
        self.checks += 1
        try:
            work()
            print(f"ok    {title}")
        except Exception as error:  # Whatever it is, it is this check that failed.
            self.failures += 1
            cause = f": {error.__cause__}" if error.__cause__ else ""
            details = "; ".join(str(e) for e in getattr(error.__cause__, "schema_errors", ()))
            print(f"FAIL  {title}: {type(error).__name__}: {error}{cause} {details}")


def mail(to, **members):
    return {
        "personalizations": [
            {
                "to": [{"email": to, "name": "Kari Nordmann"}],
                "custom_args": {"dispatch_id": "0190c1de-0000-7000-8000-000000000001"},
                "headers": {"Message-ID": "<1@selger.example>"},
            }
        ],
        "from": {"email": "faktura@selger.example", "name": "Selger AS"},
        "reply_to": {"email": "post@selger.example"},
        "subject": "Faktura 1001",
        "content": [{"type": "text/plain", "value": "Se vedlegg"}],
        "attachments": [
            {
                "content": "JVBERi0xLjc=", "filename": "faktura-1001.pdf",
                "type": "application/pdf", "disposition": "attachment",
            }
        ],
        **members,
    }


def send(client, to, **members):
    return client.exchange("POST", "/v3/mail/send", body=mail(to, **members))


def check_sending(contract, client):
    for behaviour in BEHAVIOURS:
        exchange = send(client, f"{behaviour}+1@kunde.example")
        contract.check(f"send to {behaviour}", "mail", exchange, 202)
        identity = exchange.answer.headers.get("X-Message-Id", "")
        contract.check_that(
            f"send to {behaviour}: the id has the newer form",
            lambda: re.fullmatch(r"[A-Za-z0-9_-]{22}", identity) and not exchange.answer.data,
        )
    refusals = {
        "no from": (mail("ok@kunde.example"), "from"),
        "no personalizations": (mail("ok@kunde.example"), "personalizations"),
        "no content": (mail("ok@kunde.example"), "content"),
    }
    for title, (body, member) in refusals.items():
        del body[member]
        exchange = client.exchange("POST", "/v3/mail/send", body=body)
        contract.check(f"send with {title}", "mail", exchange, 400, valid_request=False)
    contract.check(
        "send to what is no address", "mail", send(client, "kari"), 400, valid_request=False)
    contract.check(
        "send without a key", "mail",
        client.exchange("POST", "/v3/mail/send", body=mail("ok@kunde.example"), key=None), 401,
        valid_request=False)
    large = mail("ok@kunde.example")
    large["attachments"][0]["content"] = "A" * (31 * 1024 * 1024)
    contract.check(
        "send more than 30 MB", "mail", client.exchange("POST", "/v3/mail/send", body=large), 413)
    client.control("POST", "faults", {"faults": [{"kind": "status_500_before_accept"}]})
    contract.check("send while the provider fails", "mail", send(client, "ok@kunde.example"), 500)


def check_lists(contract, client):
    for name, behaviour in LISTS.items():
        path, email = f"/v3/suppression/{name}", f"{behaviour}+1@kunde.example"
        exchange = client.exchange(
            "GET", path,
            query={"start_time": 0, "end_time": 4102444800, "limit": 500, "offset": 0})
        contract.check(f"list {name}", "suppressions", exchange, 200)
        contract.check_that(
            f"list {name}: {behaviour} stands on it",
            lambda: email in [row["email"] for row in exchange.answer.json])
        created = [row for row in exchange.answer.json if row["email"] == email][0]["created"]
        window = client.exchange(
            "GET", path, query={"start_time": created, "end_time": created, "email": email})
        contract.check_that(
            f"list {name}: both ends of the window belong to it",
            lambda: [row["email"] for row in window.answer.json] == [email])
        address = address_path(name, email)
        contract.check(f"get from {name}", "suppressions", client.exchange("GET", address), 200)
        contract.check(
            f"get what is not on {name}", "suppressions",
            client.exchange("GET", address_path(name, "nobody@kunde.example")), 200)
        contract.check(
            f"list {name} without a key", "suppressions",
            client.exchange("GET", path, key=None), 401, valid_request=False)
        contract.check(
            f"list {name} with a wrong limit", "suppressions",
            client.exchange("GET", path, query={"limit": 501}), 400, valid_request=False)
        contract.check(f"delete from {name}", "suppressions", client.exchange("DELETE", address), 204)
        contract.check(
            f"delete from {name} again", "suppressions", client.exchange("DELETE", address), 404)
        send(client, email)
        contract.check(
            f"delete from {name} by body", "suppressions",
            client.exchange("DELETE", path, body={"emails": [email]}), 204)
        contract.check_that(
            f"delete from {name} by body: it is gone",
            lambda: client.exchange("GET", address).answer.json == [])
    client.control("POST", "faults", {"faults": [{"kind": "status_429", "retry_after": 1}]})
    contract.check(
        "list too often", "suppressions", client.exchange("GET", "/v3/suppression/blocks"), 429)


def check_logs(contract, client):
    def search(query, **members):
        return client.exchange("POST", "/v3/logs", body={"query": query, **members})

    window = (
        'sg_message_id_created_at >= TIMESTAMP "2000-01-01T00:00:00Z" '
        'AND sg_message_id_created_at < TIMESTAMP "2100-01-01T00:00:00Z"'
    )
    for _ in range(2):
        send(client, "spam+2@kunde.example")  # The second is dropped.
    everything = search(window, limit=1000)
    contract.check("search all", "logs", everything, 200)
    seen = set()
    for row in everything.answer.json["messages"]:
        detail = client.exchange("GET", f"/v3/logs/{row['sg_message_id']}")
        title = f"{row['to_email'].split('+')[0]}, {row['status']}"
        if title not in seen:
            contract.check(f"detail of {title}", "logs", detail, 200)
            seen.add(title)
    states = {title.split(", ")[1] for title in seen}
    contract.check_that(
        "every status but deferred was met",
        lambda: states == {"processed", "delivered", "dropped", "bounced", "blocked"})
    statuses = search(f"{window} AND status IN ('bounced', 'blocked')", limit=1000)
    contract.check("search by status", "logs", statuses, 200)
    contract.check("search by address", "logs", search('to_email = "ok+1@kunde.example"'), 200)
    contract.check("search in another language", "logs", search("SELECT 1"), 400)
    contract.check(
        "search for too many", "logs", search(window, limit=1001), 400, valid_request=False)
    contract.check("detail of nothing", "logs", client.exchange("GET", "/v3/logs/nothing"), 404)
    client.control("POST", "faults", {"faults": [{"kind": "status_429"}]})
    contract.check("search too often", "logs", search(window), 429)


def check_the_check(contract, client):
    """A check that can't fail proves nothing: spoiled answers have to be refused."""
    send(client, "full+9@kunde.example")
    lists = client.exchange("GET", "/v3/suppression/blocks")
    found = client.exchange("POST", "/v3/logs", body={"query": ""})

    def spoiled(exchange, spoil):
        exchange = copy.deepcopy(exchange)
        value = exchange.answer.json
        spoil(value)
        exchange.answer.data = json.dumps(value).encode()
        return exchange

    cases = {
        "a row without its time": ("suppressions", lists, lambda rows: rows[0].pop("created")),
        "a time in words": ("suppressions", lists, lambda rows: rows[0].update(created="now")),
        "a row with a member more": ("suppressions", lists, lambda rows: rows[0].update(id=1)),
        "an unknown status": (
            "logs", found, lambda answer: answer["messages"][0].update(status="lost")),
    }
    for title, (api, exchange, spoil) in cases.items():
        def refused():
            try:
                contract.hold(api, spoiled(exchange, spoil), 200)
            except Exception as error:  # Any refusal will do, but not for the status.
                return not isinstance(error, AssertionError)
            return False

        contract.check_that(f"the check refuses {title}", refused)


def main(sandbox, folder):
    contract = Contract(pathlib.Path(folder))
    program = subprocess.Popen([sandbox, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        line = program.stdout.readline()
        match = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
        if not match:
            print(f"FAIL  the sandbox does not start: {line!r}")
            return 1
        client = Client(int(match[1]))
        for check in (check_sending, check_lists, check_logs, check_the_check):
            check(contract, client)
        for vendor in (mailgun, postmark):
            client.control("POST", "reset")
            vendor.check(contract, int(match[1]), pathlib.Path(folder))
    finally:
        program.terminate()
        status = program.wait(timeout=30)
    contract.check_that("the sandbox stops at SIGTERM with exit 0", lambda: status == 0)
    print(f"{contract.checks} checks, {contract.failures} failed")
    return 1 if contract.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
