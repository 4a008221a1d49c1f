import Foundation
import HTTPTypes
import Hummingbird

/// Postmark's face: `/email`, `/bounces`, `/messages/outbound`, `/message-streams/…/suppressions`,
/// `/server`, `/message-streams/…` and a server token.
///
/// It has the stream `outbound` and every other but those that end in `-gone`, all with one list
/// of suppressions, and takes one recipient a message.
struct PostmarkVendor: Vendor {
    /// The stream that is meant where none is named.
    static let stream = "outbound"

    static func has(stream: String) -> Bool { !stream.isEmpty && !stream.hasSuffix("-gone") }

    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint? {
        if path == "/email" { return .send }
        if path.hasPrefix("/bounces") { return .lists }
        if path.hasPrefix("/messages/outbound") { return .logs }
        if path == "/server" { return .account }
        guard path.hasPrefix("/message-streams/") else { return nil }
        if path.split(separator: "/").count == 2 { return .account }
        return method == .post ? .delete : .lists
    }

    func key(of request: Request) -> String? {
        request.headers[.postmarkToken]
    }

    func answer(to refusal: VendorRefusal) -> Answer {
        switch refusal {
        case .keyMissing:
            PostmarkError(
                10, "No Account or Server API tokens were supplied in the HTTP headers.",
                status: .unauthorized
            ).answer
        case .keyWrong:
            PostmarkError(
                10,
                "The Server Token you provided in the X-Postmark-Server-Token request header"
                    + " was invalid.", status: .unauthorized
            ).answer
        case .notFound: PostmarkError(701, "This message was not found.").answer
        case .internalError:
            PostmarkError(500, "Internal Server Error", status: .internalServerError).answer
        // No header says how long.
        case .tooManyRequests:
            PostmarkError(429, "Too many requests", status: .tooManyRequests).answer
        }
    }

    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware) {
        let group = router.group("").add(middleware: gate)
        PostmarkSendRoutes(stage: stage).add(to: group)
        PostmarkBounceRoutes(stage: stage).add(to: group)
        PostmarkMessageRoutes(stage: stage).add(to: group)
        PostmarkSuppressionRoutes(stage: stage).add(to: group)
        PostmarkServerRoutes(stage: stage).add(to: group)
    }
}

/// A refusal in the vendor's form: `{"ErrorCode":300,"Message":…}`, most with 422.
struct PostmarkError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var code: Int
    var message: String

    init(_ code: Int, _ message: String, status: HTTPResponse.Status = .unprocessableContent) {
        self.status = status
        self.code = code
        self.message = message
    }

    static func invalid(_ message: String) -> PostmarkError { PostmarkError(300, message) }

    static func inactive(_ address: String) -> PostmarkError {
        PostmarkError(
            406,
            "You tried to send to recipient(s) that have been marked as inactive. Found inactive"
                + " addresses: \(address). Inactive recipients are ones that have generated a hard"
                + " bounce, a spam complaint, or a manual suppression.")
    }

    var answer: Answer {
        Answer(
            status: status,
            json: ["ErrorCode": .integer(Int64(code)), "Message": .text(message)])
    }
}

/// Which rows of a list are asked for: a stretch of time, and a page of it.
struct PostmarkPage {
    var count: Int
    var offset: Int
    /// The last second belongs to it.
    var start: Timestamp?
    var end: Timestamp?
    let parameters: [String: String]
    /// Where none is named, only what went out by the stream that there always is.
    private let stream: String

    /// "count + offset may not exceed 10,000", and 500 at once.
    private static let reachMax = 10_000
    private static let countMax = 500

    init(_ request: Request) throws(PostmarkError) {
        guard let parameters = FormText.decode(query: request.uri.query ?? "") else {
            throw .invalid("The query can't be read.")
        }
        self.parameters = parameters
        guard let count = parameters["count"].flatMap({ Int($0) }),
            (1...Self.countMax).contains(count)
        else { throw .invalid("The 'count' parameter is required and at most 500.") }
        guard let offset = parameters["offset"].flatMap({ Int($0) }), offset >= 0,
            offset + count <= Self.reachMax
        else { throw .invalid("The 'offset' parameter is required; with count at most 10000.") }
        self.count = count
        self.offset = offset
        stream = parameters["messagestream"] ?? PostmarkVendor.stream
        start = try Self.time("fromdate", parameters, endOfDay: false)
        end = try Self.time("todate", parameters, endOfDay: true)
    }

    private static func time(
        _ name: String, _ parameters: [String: String], endOfDay: Bool
    ) throws(PostmarkError) -> Timestamp? {
        guard let text = parameters[name] else { return nil }
        guard let time = PostmarkClock.read(text, endOfDay: endOfDay) else {
            throw .invalid("The '\(name)' parameter is no date.")
        }
        return time
    }

    func isInStream(_ message: AcceptedMessage) -> Bool {
        stream == message.stream ?? PostmarkVendor.stream
    }

    /// What can be seen of the stretch, the newest first.
    func entries(
        of account: Account, where isMeant: @Sendable (JournalEntry, AcceptedMessage) -> Bool
    ) -> [(entry: JournalEntry, message: AcceptedMessage)] {
        let end = end.map { $0.advanced(byMilliseconds: 1000) }
        return account.journal(
            from: start.map(account.journalPlace) ?? 0,
            until: end ?? Timestamp(milliseconds: .max), where: isMeant
        ).reversed()
    }

    /// The page of rows, under their name, with how many there are in all.
    func answer<Row>(
        _ name: String, _ rows: [Row], fault: SandboxFault?, json: (Row) -> JSONValue
    ) -> Answer {
        let shift = fault?.kind == .rowsShift ? fault?.rows ?? 0 : 0
        let page = rows.dropFirst(offset + shift).prefix(count).map(json)
        return Answer(
            json: .object([
                .init(name: "TotalCount", value: .integer(Int64(rows.count))),
                .init(name: name, value: .list(page.told(with: fault))),
            ]))
    }
}

/// Postmark's times: US Eastern, with seven digits of a second.
///
/// By the time zone database, so that it does not share a client's own rule.
enum PostmarkClock {
    private static let zone = TimeZone(identifier: "America/New_York")

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone ?? .gmt
        return calendar
    }

    /// `2016-04-27T16:28:50.3963933-04:00`.
    static func text(_ time: Timestamp) -> String {
        let date = Date(timeIntervalSince1970: Double(time.seconds))
        let offset = (zone?.secondsFromGMT(for: date) ?? 0) / 60
        let local = Timestamp(seconds: time.seconds + Int64(offset * 60))
        let fraction = time.milliseconds - time.seconds * 1000
        let sign = offset < 0 ? "-" : "+"
        return local.iso8601.dropLast() + ".\(digits(fraction, 3))3933\(sign)"
            + "\(digits(Int64(abs(offset) / 60), 2)):\(digits(Int64(abs(offset) % 60), 2))"
    }

    /// Reads a day or a time of Postmark's, in whole seconds; an hour that is there twice is the
    /// earlier one.
    static func read(_ text: String, endOfDay: Bool = false) -> Timestamp? {
        let parts = text.split { "-T:".contains($0) }.map { Int($0) }
        guard parts.count == 3 || parts.count == 6, !parts.contains(nil) else { return nil }
        var numbers = parts.compactMap(\.self)
        if numbers.count == 3 { numbers += endOfDay ? [23, 59, 59] : [0, 0, 0] }
        let components = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
            minute: numbers[4], second: numbers[5])
        return calendar.date(from: components)
            .map { Timestamp(seconds: Int64($0.timeIntervalSince1970)) }
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
