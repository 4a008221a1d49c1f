"""Real requests to the sandbox, in the form that openapi-core validates."""

import http.client
import json
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict


class Exchange:
    """One request and the answer that it got.

    The validator is told that it went to the vendor: that is the server that the description
    knows. What went over the wire is what it is shown.
    """

    host_url = "https://api.sendgrid.com"

    def __init__(self, method, target, headers, body, answer, answer_body):
        parts = urlsplit(target)
        self.method = method.lower()
        self.path = unquote(parts.path)  # As web frameworks give it to the validator.
        self.body = body
        self.content_type = headers.get("Content-Type", "application/json")
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query)), header=Headers(list(headers.items()))
        )
        self.answer = Answer(answer, answer_body)


class Answer:
    def __init__(self, answer, body):
        self.status_code = answer.status
        self.data = body
        self.content_type = (answer.getheader("Content-Type") or "application/json").split(";")[0]
        self.headers = Headers(answer.getheaders())

    @property
    def json(self):
        return json.loads(self.data)


class Client:
    """Speaks to the sandbox on a port, a connection for each request."""

    def __init__(self, port):
        self.port = port

    def exchange(self, method, path, *, query=None, body=None, key="contract", headers=None):
        target = path + (f"?{urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        sent = {"Accept": "application/json", **(headers or {})}
        if key:
            sent["Authorization"] = f"Bearer {key}"
        if data is not None:
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, data, sent)
            answer = connection.getresponse()
            return Exchange(method, target, sent, data, answer, answer.read())
        finally:
            connection.close()

    def control(self, method, path, body=None):
        answer = self.exchange(method, f"/_sandbox/{path}", body=body, key=None).answer
        if answer.status_code >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.data!r}")


def address_path(list_name, email):
    return f"/v3/suppression/{list_name}/{quote(email, safe='')}"
