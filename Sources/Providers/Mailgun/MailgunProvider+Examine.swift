import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// Asking whether the account works.
///
/// A key that can only send may ask nothing: where it is another than the one that reads, whether
/// it is taken shows when it sends.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/domains
extension MailgunProvider {
    private typealias Questions = AccountQuestions<MailgunProvider>

    package func examine(sender: EmailAddress) -> AccountExamination {
        var questions = Questions(self)
        guard let domain = askDomain(&questions) else { return questions.examination }
        if account.sendKey.value != account.reconcileKey.value {
            questions.keep(
                .unknown("Mailgun tells nobody of a key that can only send"), to: .sending)
        }
        let begin = Int(connection.clock.now().timeIntervalSince1970) - 60
        let query = "begin=\(begin)&ascending=yes&limit=1"
        if let events = questions.ask("\(path)/events?\(query)", for: .reading) {
            let refused = refusal(of: events).error(provider: name)
            questions.keep(
                events.status == 200
                    ? .yes : events.status == 403 ? .failed(refused) : questions.answer(events),
                to: .reading)
        }
        questions.keep(Self.place(domain), to: .place)
        questions.keep(Self.answer(domain, sender), to: .sender)
        return questions.examination
    }

    private struct Domain: Decodable {
        var name: String
        var state: String
        var is_disabled: Bool?
    }

    private struct Record: Decodable {
        var name: String?
        var record_type: String?
    }

    private struct Body: Decodable {
        var domain: Domain
        var sending_dns_records: [Record]?

        /// Those of names as `mx._domainkey.mg.eksempel.no`.
        var selectors: [String] {
            (sending_dns_records ?? []).filter { $0.record_type == "TXT" }
                .compactMap { $0.name?.lowercased() }
                .compactMap { name in
                    name.firstRange(of: "._domainkey.").map { String(name[..<$0.lowerBound]) }
                }
        }
    }

    /// The domain of the account; nil where nothing more can be asked.
    private func askDomain(_ questions: inout Questions) -> Domain? {
        let target = "/v4/domains" + path.dropFirst("/v3".count)
        guard let response = questions.ask(target, for: .access) else { return nil }
        if let body = questions.decoded(Body.self, response) {
            questions.keep(.yes, to: .access)
            questions.keep(selectors: body.selectors)
            return body.domain
        }
        guard response.status == 404, MailgunAnswer.isVendors(response) else {
            // A key that may not ask is refused like one that is wrong.
            questions.keep(questions.answer(response), to: .access)
            return nil
        }
        questions.keep(.yes, to: .access)
        questions.keep(
            .no(
                "there is no such domain in this region: check provider.domain, and whether"
                    + " provider.region is \(otherRegion)"), to: .place)
        return nil
    }

    /// The region that was not asked.
    private var otherRegion: String {
        connection.baseURL.contains("//api.eu.") ? "us" : "eu"
    }

    private static func place(_ domain: Domain) -> AccountExamination.Answer {
        guard domain.is_disabled != true, domain.state != "disabled" else {
            return .no("Mailgun has disabled \(cleaned(domain.name)): see why in its console")
        }
        return .yes
    }

    private static func answer(
        _ domain: Domain, _ sender: EmailAddress
    ) -> AccountExamination.Answer {
        guard domain.state != "unverified" else {
            return .no(
                "\(cleaned(domain.name)) is not verified: put its DNS records in place, and"
                    + " verify it at Mailgun")
        }
        let (own, from) = (domain.name.lowercased(), sender.domain.lowercased())
        guard from == own || from.hasSuffix(".\(own)") || own.hasSuffix(".\(from)") else {
            return .unknown(
                "mail.from_address is not of \(cleaned(domain.name)), so that DMARC may not hold")
        }
        return .yes
    }
}
