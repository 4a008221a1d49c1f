import HTTPTypes
import Hummingbird
import NIOCore

/// An answer before it is on the wire, so that a fault can still spoil it.
struct Answer: Hashable, Sendable {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    var body: [UInt8] = []

    init(status: HTTPResponse.Status) {
        self.status = status
    }

    /// An answer of one JSON value.
    init(status: HTTPResponse.Status = .ok, json: JSONValue) {
        self.init(status: status)
        headers[.contentType] = "application/json"
        body = json.bytes
    }

    var response: Response {
        Response(
            status: status, headers: headers,
            body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
