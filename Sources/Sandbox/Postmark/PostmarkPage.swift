import Hummingbird

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
        _ name: String, _ rows: [Row], fault: Fault?, json: (Row) -> JSONValue
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
