import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// Asking whether the account works.
///
/// Source: https://www.twilio.com/docs/sendgrid/api-reference, API Key Permissions, Domain
/// Authentication and Sender Verification.
extension SendGridProvider {
    private typealias Questions = AccountQuestions<SendGridProvider>

    package func examine(sender: EmailAddress) -> AccountExamination {
        var questions = Questions(self)
        guard askScopes(&questions) else { return questions.examination }
        if let lists = questions.ask("/v3/suppression/bounces?limit=1", for: .reading) {
            let isRead = lists.status == 200 && lists.body.first == UInt8(ascii: "[")
            // Whoever reads what became of the mail reads the lists.
            let refused = refusal(of: lists).error(provider: name)
            questions.keep(
                isRead ? .yes : lists.status == 403 ? .failed(refused) : questions.answer(lists),
                to: .reading)
        }
        askSender(sender, &questions)
        return questions.examination
    }

    private struct Scopes: Decodable {
        var scopes: [String]
    }

    /// Asks what the key that sends may do; false where nothing more can be asked.
    private func askScopes(_ questions: inout Questions) -> Bool {
        guard let response = questions.ask("/v3/scopes", key: .sending, for: .access) else {
            return false
        }
        if response.status == 403 {
            questions.keep(.yes, to: .access)
            questions.keep(questions.answer(response), to: .sending)
            return true
        }
        guard let scopes = questions.decoded(Scopes.self, response)?.scopes else {
            questions.keep(questions.answer(response), to: .access)
            return false
        }
        questions.keep(.yes, to: .access)
        questions.keep(
            scopes.contains("mail.send")
                ? .yes
                : .no("the key lacks the scope mail.send: give it that at SendGrid"), to: .sending)
        return true
    }

    private struct Domain: Decodable {
        var domain: String
        var valid: Bool
    }

    private struct Sender: Decodable {
        var id: Int64
        var from_email: String
        var verified: Bool
    }

    /// A domain that is authenticated lets every address in it send; else the address itself has to
    /// be verified.
    private func askSender(_ sender: EmailAddress, _ questions: inout Questions) {
        let domain = sender.domain.lowercased()
        let advice = "authenticate it there (Settings, Sender Authentication)"
        guard let domains = askDomains(domain, &questions) else { return }
        let own = domains.filter { $0.domain.lowercased() == domain }
        guard !own.contains(where: \.valid) else { return questions.keep(.yes, to: .sender) }
        guard let senders = askSenders(&questions) else { return }
        if senders.contains(where: { $0.from_email.lowercased() == sender.key && $0.verified }) {
            return questions.keep(.yes, to: .sender)
        }
        guard own.isEmpty else {
            return questions.keep(
                .no(
                    "the DNS records of \(domain) are not valid: put them right, and verify them at"
                        + " SendGrid"), to: .sender)
        }
        let parent = String(domain.drop { $0 != "." }.dropFirst())
        guard parent.contains("."), let above = askDomains(parent, &questions),
            above.contains(where: { $0.valid && $0.domain.lowercased() == parent })
        else {
            return questions.keep(
                .no("\(domain) is not authenticated: \(advice)"), to: .sender)
        }
        questions.keep(
            .unknown("\(parent) is authenticated, and \(domain) is not"), to: .sender)
    }

    /// The pages of a list, at most; an account has no more than 3,000 domains.
    private static var pagesMax: Int { 100 }
    private static var pageRows: Int { 50 }

    private func askDomains(_ domain: String, _ questions: inout Questions) -> [Domain]? {
        var domains: [Domain] = []
        var offset = 0
        for _ in 0..<Self.pagesMax {
            let query = "limit=\(Self.pageRows)&offset=\(offset)"
            guard
                let response = questions.ask(
                    "/v3/whitelabel/domains?\(query)&domain=\(domain.percentEncoded)",
                    for: .sender)
            else { return nil }
            guard response.status == 200, let page = try? rows(Domain.self, of: response) else {
                questions.keep(questions.answer(response), to: .sender)
                return nil
            }
            domains += page.rows.map(\.row)
            offset += page.count
            if page.count < Self.pageRows { return domains }
        }
        return domains
    }

    private func askSenders(_ questions: inout Questions) -> [Sender]? {
        var senders: [Sender] = []
        for _ in 0..<Self.pagesMax {
            let after = senders.last.map { "&lastSeenID=\($0.id)" } ?? ""
            guard
                let response = questions.ask(
                    "/v3/verified_senders?limit=\(Self.pageRows)\(after)", for: .sender)
            else { return nil }
            guard response.status == 200,
                let page = try? rows(Sender.self, of: response, member: "results")
            else {
                questions.keep(questions.answer(response), to: .sender)
                return nil
            }
            senders += page.rows.map(\.row)
            if page.count < Self.pageRows { return senders }
        }
        return senders
    }
}
