import Dispatching
import Runtime
import Testing
import Transport

@testable import UseCases

/// SPF, DKIM and DMARC of a domain, by what name servers say.
struct DNSChecksTests {
    /// Records that leave nothing to be wished for.
    private static let sound: [String: NameServer.Reply] = [
        "fjord.no": .texts(["google-site-verification=1", "v=spf1 include:sendgrid.net -all"]),
        "s1._domainkey.fjord.no": .texts(["k=rsa; p=MIGf"]),
        "s2._domainkey.fjord.no": .texts(["k=rsa; p=MIGf"]),
        "_dmarc.fjord.no": .texts(["v=DMARC1; p=reject"]),
    ]

    private static func checks(
        _ changed: [String: NameServer.Reply] = [:], isEnvelopeVendors: Bool = false,
        selectors: [String] = ["s1", "s2"]
    ) -> [String: HealthCheck] {
        let records = sound.merging(changed) { $1 }
        let sender = DNSChecks.Sender(
            from: "fjord.no", envelope: "fjord.no", include: "sendgrid.net",
            isEnvelopeVendors: isEnvelopeVendors, signing: "fjord.no", selectors: selectors)
        let checks = DNSChecks(sender: sender) { records[$0] ?? .texts([]) }.run()
        return Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0) })
    }

    @Test func `a domain in order has neither findings nor remarks`() {
        for check in Self.checks().values {
            #expect(check.findings == [] && check.note == "", "\(check)")
        }
    }

    static let faults: [(String, String, [String], String, String)] = [
        ("spf", "fjord.no", [], "has no SPF record", "v=spf1 include:sendgrid.net ~all"),
        ("spf", "fjord.no", ["v=spf1 -all", "v=spf1 ~all"], "2 SPF records", "join them"),
        ("spf", "fjord.no", ["v=spf1 a -all"], "does not name sendgrid.net", "add include:"),
        ("dmarc", "_dmarc.fjord.no", [], "has no DMARC record", "v=DMARC1; p=none"),
    ]

    @Test(arguments: faults)
    func `a record that lacks is found, and what to put where`(
        name: String, place: String, texts: [String], words: String, mend: String
    ) throws {
        let check = try #require(Self.checks([place: .texts(texts)])[name])
        #expect(check.findings.count == 1 && check.findings[0].contains(words), "\(check)")
        #expect(check.mend.contains(mend), "\(check)")
    }

    @Test func `one key of several is enough, and none or a revoked one is not`() throws {
        let (one, two) = ("s1._domainkey.fjord.no", "s2._domainkey.fjord.no")
        #expect(Self.checks([one: .texts([])])["dkim"]?.findings == [])
        let none = try #require(Self.checks([one: .texts([]), two: .texts(["p="])])["dkim"])
        #expect(none.findings == ["there is no key at \(one)", "the key at \(two) is revoked"])
        let unknown = try #require(Self.checks(selectors: [])["dkim"])
        #expect(unknown.findings == [] && unknown.note.contains("mail.dkim_selectors"))
    }

    @Test(arguments: ["fjord.no", "s1._domainkey.fjord.no", "_dmarc.fjord.no"])
    func `a name server that can't say is a remark, and no record's fault`(place: String) throws {
        var changed: [String: NameServer.Reply] = [place: .failed("no name server could say")]
        if place.hasPrefix("s1") { changed["s2._domainkey.fjord.no"] = .texts([]) }
        let checks = Self.checks(changed)
        #expect(checks.values.flatMap(\.findings) == [])
        #expect(checks.values.filter { $0.note.contains("\(place) can't be asked for") }.count == 1)
    }

    @Test func `what a vendor does itself and a policy of nothing are remarks`() throws {
        let include = try #require(
            Self.checks(["fjord.no": .texts(["v=spf1 -all"])], isEnvelopeVendors: true)["spf"])
        #expect(include.findings == [] && include.note.contains("sendgrid.net"))
        let none = try #require(
            Self.checks(["_dmarc.fjord.no": .texts(["v=DMARC1; p=none"])])["dmarc"])
        #expect(none.findings == [] && none.note.contains("p=none"))
    }

    @Test func `whose records count depends on who sends`() throws {
        func sender(_ vendor: VendorSettings) -> DNSChecks.Sender? {
            var settings = Settings()
            settings.mail.fromAddress = "faktura@Fjord.no"
            settings.provider.vendor = .success(vendor)
            return DNSChecks.Sender(settings, told: ["told"])
        }
        let sendgrid = try #require(sender(.sendgrid(region: .us)))
        #expect(sendgrid.envelope == "fjord.no" && sendgrid.selectors == ["s1", "s2"])
        let mailgun = try #require(sender(.mailgun(region: .eu, domain: .success("mg.Fjord.no"))))
        #expect(mailgun.envelope == "mg.fjord.no" && mailgun.signing == "mg.fjord.no")
        #expect(mailgun.from == "fjord.no" && mailgun.selectors == ["told"])
        let postmark = try #require(sender(.postmark(region: .us, stream: "outbound")))
        #expect(postmark.isEnvelopeVendors)
    }

    @Test func `an example's mail is looked up nowhere`() {
        var settings = Settings()
        #expect(DNSChecks.run(settings, told: []).isEmpty)
        settings.mail.fromAddress = "faktura@fjord.no"
        settings.provider.account.baseURL = "http://127.0.0.1:8025"
        #expect(DNSChecks.run(settings, told: []).isEmpty)
    }
}
