import Bounces
import Dispatching
import FoundationEssentials
import Transport
import Wire

@testable import Providers

extension FuzzTarget {
    /// What SendGrid's servers answer: logs, details, lists, and their no.
    static let sendgrid = FuzzTarget("sendgrid") { bytes in
        let provider = try SendGridProvider(region: .us, .any, .any)
        let answer = HTTPResponse(status: 200, body: bytes)
        if let page = try? provider.messages(of: answer) {
            try page.check(by: provider, source: SendGridProvider.logs) { $0.event(raw: $1) }
        }
        if let page = try? provider.rows(SendGridListRow.self, of: answer) {
            for list in [SendGridList.bounces, .spamReports] {
                try page.check(by: provider, source: list.rawValue) { $0.event(list, raw: $1) }
            }
        }
        for event in SendGridDetail(bytes)?.events ?? [] { try event.checkSound() }
        try checkNo(bytes, SendGridRefusals.refusal)
    }

    /// What Mailgun's servers answer: events, lists, ids, and their no.
    static let mailgun = FuzzTarget("mailgun") { bytes in
        let provider = try MailgunProvider(
            region: .us, domain: "fjord.example", .any, .any)
        let answer = HTTPResponse(status: 200, body: bytes)
        if let page = try? provider.eventPage(answer) {
            try page.rows.check(by: provider, source: MailgunProvider.events) {
                $0.event(raw: $1)
            }
            try hold(
                page.next?.utf8.allSatisfy { (0x21...0x7E).contains($0) } ?? true,
                "the next page has an address")
        }
        if let row = try? JSONDecoder().decode(
            MailgunListRow.self, from: Data(JSONCleaning.start(bytes)))
        {
            try checkLine(row.address, max: 500, "a listed address")
            try checkLine(row.reason, max: 500, "why it is listed")
        }
        let id = MailgunMessageID.plain(MailgunAnswer(answer)?.id ?? "")
        try checkLine(id, max: 300, "an id")
        try checkNo(bytes, MailgunRefusals.refusal)
    }

    /// What Postmark's servers answer: bounces, messages, details, and their no.
    static let postmark = FuzzTarget("postmark") { bytes in
        let provider = try PostmarkProvider(region: .us, stream: "outbound", .any, .any)
        let answer = HTTPResponse(status: 200, body: bytes)
        if let bounces = try? provider.rows(PostmarkBounceRow.self, "Bounces", of: answer) {
            try bounces.page.check(by: provider, source: PostmarkProvider.bounces) {
                $0.event(raw: $1, ownStream: "outbound")
            }
        }
        if let messages = try? provider.rows(PostmarkMessageRow.self, "Messages", of: answer) {
            try messages.page.check(by: provider, source: PostmarkProvider.messages) {
                $0.event(raw: $1)
            }
        }
        let text = JSONCleaning.cleaned(bytes)
        for event in PostmarkDetail(text[...])?.deliveries ?? [] { try event.checkSound() }
        try checkNo(bytes, PostmarkRefusals.refusal)
    }

    /// What each vendor's no comes to, whatever its status.
    private static func checkNo(
        _ body: [UInt8], _ refusal: (HTTPResponse, Date) -> Refusal
    ) throws {
        for status in [400, 429] {
            let refusal = refusal(HTTPResponse(status: status, body: body), someDay)
            try refusal.checkSound()
        }
    }
}

/// When the targets read.
let someDay = Date(timeIntervalSince1970: 1_800_000_000)

extension ProviderAccount {
    /// Nobody's, spoken to by nobody.
    fileprivate static var any: ProviderAccount {
        var settings = AccountSettings()
        settings.baseURL = "http://127.0.0.1:1"
        return ProviderAccount(
            settings, margins: PollMargins(), sendKey: Secret("key"), reconcileKey: Secret("key"),
            markKey: MarkKey([]))
    }
}

extension ProviderClock {
    fileprivate static var any: ProviderClock { ProviderClock(stop: NeverStopped()) }
}

extension RowPage {
    /// Throws where a row is lost, or is another when it is read again by itself.
    fileprivate func check(
        by provider: some MailProvider, source: String,
        event: (Row, String) -> ProviderEvent?
    ) throws {
        try same(rows.count + unreadable.count, count, "each row is read or kept")
        for (row, raw) in rows {
            guard let event = event(row, raw) else { continue }
            try event.checkSound()
            let again = provider.read(UnreadReport(row: raw, source: source))
            try same(again, .events([event]), "a row is the same when it is read again")
        }
        for row in unreadable {
            let report = UnreadReport(row: row, source: source)
            try checkLine(report.beginning, max: 500, "an unread row's beginning")
        }
    }
}

extension Refusal {
    /// Throws where a no is not one line, or asks for a wait that nobody would keep.
    func checkSound() throws {
        try checkLine(reason, max: 1_000, "a refusal's reason")
        try hold(
            RetryAfter.secondsRange.contains(retryAfterSeconds ?? 1),
            "a wait of a second to a month")
    }
}
