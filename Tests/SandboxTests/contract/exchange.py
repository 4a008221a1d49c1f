"""Real requests to the sandbox, in the form that openapi-core validates."""

import base64
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

    def __init__(self, host_url, method, target, headers, body, answer, answer_body):
        parts = urlsplit(target)
        self.host_url = host_url
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


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def server_token(key):
    return {"X-Postmark-Server-Token": key}


def basic(key):
    return {"Authorization": "Basic " + base64.b64encode(f"api:{key}".encode()).decode()}


class Client:
    """Speaks to the sandbox on a port, as to one of the vendors, a connection for each request."""

    def __init__(self, port, host_url="https://api.sendgrid.com", authorization=bearer):
        self.port = port
        self.host_url = host_url
        self.authorization = authorization

    def exchange(self, method, path, *, query=None, body=None, form=None, key="contract"):
        """`body` goes as JSON, `form` as pairs of a name and a value of a multipart form."""
        target = path + (f"?{urlencode(query)}" if query else "")
        sent = {"Accept": "application/json"}
        if key:
            sent |= self.authorization(key)
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if form is not None:
            data = multipart(form)
            sent["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, data, sent)
            answer = connection.getresponse()
            return Exchange(self.host_url, method, target, sent, data, answer, answer.read())
        finally:
            connection.close()

    def control(self, method, path, body=None):
        answer = self.exchange(method, f"/_sandbox/{path}", body=body, key=None).answer
        if answer.status_code >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.data!r}")


BOUNDARY = "contract-1f8c"


def multipart(form):
    """A form (RFC 7578); a value that is bytes is a file."""
    lines = []
    for name, value in form:
        lines += [f"--{BOUNDARY}".encode()]
        if isinstance(value, bytes):
            disposition = f'form-data; name="{name}"; filename="faktura.pdf"'
            lines += [f"Content-Disposition: {disposition}".encode()]
            lines += [b"Content-Type: application/pdf", b"", value]
        else:
            lines += [f'Content-Disposition: form-data; name="{name}"'.encode(), b""]
            lines += [value.encode()]
    return b"\r\n".join(lines + [f"--{BOUNDARY}--".encode(), b""])


def address_path(list_name, email):
    return f"/v3/suppression/{list_name}/{quote(email, safe='')}"
