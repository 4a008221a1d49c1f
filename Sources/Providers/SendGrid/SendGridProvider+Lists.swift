import Invoicing
import Transport
package import Bounces
package import Dispatching
package import FoundationEssentials
package import Wire

/// Polling the suppression lists and the logs.
extension SendGridProvider {
    package var sources: [EventSource] {
        SendGridList.allCases.map {
            EventSource(name: $0.rawValue, overlapSeconds: account.margins.overlapSeconds)
        } + [EventSource(name: Self.logs, overlapSeconds: account.margins.logsOverlapSeconds)]
    }

    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        // Nothing can be complete beyond the present.
        let end = min(end, connection.clock.now())
        if let list = SendGridList(rawValue: source.name) {
            try poll(list, from: start, until: end, page: page)
        } else {
            precondition(source.name == Self.logs, "SendGrid has no source \(source.name)")
            try pollLogs(from: start, until: end, page: page)
        }
    }

    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool {
        let end = connection.clock.now() + 1
        for list in SendGridList.allCases where list.isEnforced {
            try read(list, from: Date(timeIntervalSince1970: 0), until: end) { rows, bad, _ in
                guard bad.isEmpty else {
                    throw unreadable("\(list.rawValue) holds a row that can't be read")
                }
                try page(rows.map { $0.row.suppression(list) })
            }
        }
        return true
    }

    package func read(_ report: UnreadReport) -> Reading {
        let raw = String(decoding: report.bytes, as: UTF8.self)
        if let list = SendGridList(rawValue: report.source) {
            guard let row = RowPage<SendGridListRow>.again(report) else {
                return .unread(report.reason)
            }
            return .events([row.event(list, raw: raw)])
        }
        guard let row = RowPage<SendGridLogRow>.again(report) else {
            return .unread(report.reason)
        }
        return .events([row.event(raw: raw)])
    }

    private func poll(
        _ list: SendGridList, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        try read(list, from: start, until: end) { rows, unreadable, isLast in
            try page(
                EventPage(
                    events: rows.map { $0.row.event(list, raw: $0.raw) },
                    completeUntil: isLast ? end : nil,
                    unread: unreadable.map { UnreadReport(row: $0, source: list.rawValue) }))
        }
    }

    private func read(
        _ list: SendGridList, from start: Date, until end: Date,
        page: (
            _ rows: [(row: SendGridListRow, raw: String)], _ unreadable: [String],
            _ isLast: Bool
        ) throws -> Void
    ) throws {
        // SendGrid's ends are inclusive, in whole seconds.
        let first = Int64(start.timeIntervalSince1970.rounded(.up))
        let last = Int64(end.timeIntervalSince1970.rounded(.up)) - 1
        guard first <= last else { return try page([], [], true) }
        let pages = ShiftingPages<SendGridListRow>(
            name: list.rawValue, provider: name, key: { $0.key(list) })
        try pages.read(
            rows: { offset in
                let target =
                    "\(list.path)?start_time=\(first)&end_time=\(last)"
                    + "&limit=\(pages.pageRows)&offset=\(offset)"
                return try rows(SendGridListRow.self, of: read(.get, target))
            },
            page: page)
    }
}

/// Reading an address's suppressions, and removing them.
extension SendGridProvider {
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] {
        try SendGridList.allCases.flatMap { list throws(ProviderError) in
            let response = try read(.get, "\(list.path)/\(address.text.percentEncoded)")
            guard response.status != 404 else { return [ListedSuppression]() }
            let page = try rows(SendGridListRow.self, of: response)
            guard page.unreadable.isEmpty else {
                throw unreadable("\(list.rawValue) holds a row that can't be read")
            }
            return page.rows.map { $0.row.suppression(list) }
        }
    }

    /// Deletes one address from one list.
    ///
    /// The same path without an address, or `delete_all`, would empty the whole list for all
    /// tenants: an unknown list or an invalid address is refused before it becomes part of a path.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard let list = SendGridList(rawValue: suppression.list) else {
            return .refused(reason: "SendGrid has no list \(cleaned(suppression.list))")
        }
        let parts = suppression.address.split(
            separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return .refused(reason: "the address on the list is no address")
        }
        let target = "\(list.path)/\(suppression.address.percentEncoded)"
        let response = try read(.delete, target)
        switch response.status {
        case 200, 204: return .lifted
        case 404: return .notListed
        case 400..<500: return .refused(reason: Self.line(of: response))
        default: throw unreadable(Self.line(of: response))
        }
    }
}

/// The SendGrid suppression lists that are polled.
///
/// Blocks are rejections for reasons other than the address: SendGrid lists them, but continues to
/// send. It enforces the other three.
enum SendGridList: String, CaseIterable {
    case blocks
    case bounces
    case invalidEmails = "invalid_emails"
    case spamReports = "spam_reports"

    var eventKind: EventKind {
        self == .spamReports ? .complained : .bounced
    }

    var isEnforced: Bool {
        self != .blocks
    }

    var path: String { "/v3/suppression/\(rawValue)" }
}

/// A row of a suppression list, as `{"created":1443651154,"email":…,"reason":…,"status":"5.1.1"}`.
///
/// Invalid addresses have no status, spam reports have neither status nor reason, and no row has an
/// id.
struct SendGridListRow: Decodable {
    let created: Int64
    let email: String
    let reason: String
    let status: String

    private enum CodingKeys: CodingKey {
        case created, email, reason, status
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let created = row.epochSeconds(.created),
            let email = row.text(.email).map({ cleaned($0) }), !email.isEmpty
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a row without time or address"))
        }
        self.created = created
        self.email = email
        reason = row.text(.reason) ?? ""
        status = row.text(.status) ?? ""
    }

    /// Rows have no id, so the key is a hash of the whole content.
    func key(_ list: SendGridList) -> String {
        "\(list.rawValue)|\(created)|\(email.lowercased())|\(shortHash(reason))"
    }

    func event(_ list: SendGridList, raw: String) -> ProviderEvent {
        let status = SMTPStatus(status)
        return ProviderEvent(
            source: list.rawValue,
            key: key(list),
            occurredAt: Date(timeIntervalSince1970: Double(created)), kind: list.eventKind,
            recipient: email, replyCode: status.replyCode, enhancedCode: status.enhancedCode,
            text: cleaned(reason, charactersMax: BounceMail.textMax), providerType: list.rawValue,
            suppressionList: list.isEnforced ? list.rawValue : nil, raw: raw)
    }

    func suppression(_ list: SendGridList) -> ListedSuppression {
        ListedSuppression(
            list: list.rawValue, address: email, reason: cleaned(reason),
            createdAt: Date(timeIntervalSince1970: Double(created)))
    }
}
