import Dispatching
import Invoicing
import Transport
import Wire

/// Reading: requests that may be made again.
extension SendGridProvider {
    /// A list of ten thousand rows fits; what is larger is no answer to our question.
    static var listBytesMax: Int { 32 << 20 }

    func read(
        _ method: HTTPRequest.Method, _ target: String, body: [UInt8]? = nil
    ) throws(ProviderError) -> HTTPResponse {
        try connection.reader.read(request(method, target, body: body))
    }

    func request(
        _ method: HTTPRequest.Method, _ target: String, body: [UInt8]? = nil
    ) -> HTTPRequest {
        var headers = [reconcileAuthorization, HTTPHeader("Accept", "application/json")]
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        return HTTPRequest(
            method, connection.baseURL + target, headers: headers, body: body,
            responseBytesMax: Self.listBytesMax)
    }

    /// The rows of the array that an answer is, or that is a member of the object that it is.
    func rows<Row: Decodable>(
        _ type: Row.Type, of response: HTTPResponse, member: String? = nil
    ) throws(ProviderError) -> RowPage<Row> {
        guard response.status == 200 else { throw unreadable(SendGridAnswer(response).line) }
        let text = JSONCleaning.cleaned(response.body)[...]
        let array = member.map { JSONOutline.member($0, of: text) } ?? text
        guard let array, let page = RowPage<Row>(array) else {
            throw unreadable("200 with an answer that is not a list")
        }
        return page
    }

    func unreadable(_ reason: String) -> ProviderError {
        .unreadable(provider: name, reason: reason)
    }
}
