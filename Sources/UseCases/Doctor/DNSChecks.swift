import Dispatching
import Runtime
import Transport
import Wire

/// Whether DNS lets our mail pass for ours: SPF, DKIM and DMARC, as receivers look them up.
///
/// That nobody could be asked is a note: it says nothing of the records.
struct DNSChecks {
    /// Whose records count for a vendor's mail.
    struct Sender: Hashable {
        /// The domain of mail.from_address, which people see and DMARC is about.
        var from: String
        /// The domain that bounces come back to, whose SPF is looked at.
        var envelope: String
        /// What its SPF has to take in; nil where that is the operator's own affair.
        var include: String?
        /// Whether the vendor has bounces come to a domain of its own, with an SPF of its own.
        var isEnvelopeVendors = false
        /// The domain that signs.
        var signing: String
        /// The selectors of its keys; empty where they are not known.
        var selectors: [String]
    }

    let sender: Sender
    let texts: (_ name: String) -> NameServer.Reply

    func run() -> [HealthCheck] {
        [spf(), dkim(), dmarc()]
    }

    private func spf() -> HealthCheck {
        let domain = sender.envelope
        var check = HealthCheck(
            name: "spf", what: "\(domain) says who may send its mail", findings: [])
        guard case .texts(let texts) = ask(domain, &check) else { return check }
        let records = SenderRecords.spf(texts)
        let record = "v=spf1\(sender.include.map { " include:\($0)" } ?? " a mx") ~all"
        guard let first = records.first else {
            check.findings = ["\(domain) has no SPF record"]
            check.mend = "put the TXT record \"\(record)\" under \(domain)"
            return check
        }
        guard records.count == 1 else {
            check.findings = ["\(domain) has \(records.count) SPF records, which count as none"]
            check.mend = "join them into one TXT record under \(domain)"
            return check
        }
        guard let include = sender.include, !first.domains.contains(include) else { return check }
        guard !sender.isEnvelopeVendors else {
            check.note = "its SPF record does not name \(include), which has bounces come to itself"
            return check
        }
        check.findings = ["the SPF record of \(domain) does not name \(include)"]
        check.mend = "add include:\(include) to the TXT record under \(domain)"
        return check
    }

    private func dkim() -> HealthCheck {
        let domain = sender.signing
        var check = HealthCheck(
            name: "dkim", what: "the key that signs mail of \(domain) is there", findings: [])
        guard !sender.selectors.isEmpty else {
            check.note = "name its selectors by mail.dkim_selectors, and they are looked up"
            return check
        }
        var keys: [(name: String, key: DKIMKey)] = []
        for selector in sender.selectors {
            let name = "\(selector)._domainkey.\(domain)"
            guard case .texts(let texts) = ask(name, &check) else { continue }
            keys.append((name, SenderRecords.dkimKey(texts)))
        }
        // Of several selectors one signs, and the others take turns with it.
        guard !keys.contains(where: { $0.key == .there }), check.note.isEmpty else { return check }
        check.findings = keys.map {
            $0.key == .revoked
                ? "the key at \($0.name) is revoked" : "there is no key at \($0.name)"
        }
        check.mend = "put the records in place that the provider names for \(domain)"
        return check
    }

    private func dmarc() -> HealthCheck {
        let domain = sender.from
        var check = HealthCheck(
            name: "dmarc", what: "\(domain) says what becomes of mail that is not its own",
            findings: [])
        for name in SenderRecords.dmarcNames(of: domain) {
            guard case .texts(let texts) = ask(name, &check) else { return check }
            guard let policy = SenderRecords.dmarcPolicy(texts) else { continue }
            if policy == "none" {
                check.note = "\(name) has p=none: whoever fakes mail of \(domain) gets through"
            }
            return check
        }
        check.findings = ["\(domain) has no DMARC record"]
        check.mend =
            "put the TXT record \"v=DMARC1; p=none; rua=mailto:postmaster@\(domain)\" under"
            + " _dmarc.\(domain)"
        return check
    }

    private func ask(_ name: String, _ check: inout HealthCheck) -> NameServer.Reply {
        let reply = texts(name)
        if case .failed(let reason) = reply { check.note = "\(name) can't be asked for: \(reason)" }
        return reply
    }
}

extension DNSChecks {
    /// The checks of an installation; none where its mail is a rehearsal's.
    ///
    /// `told` are the selectors that the provider names.
    static func run(_ settings: Settings, told: [String]) -> [HealthCheck] {
        guard let sender = Sender(settings, told: told),
            !SettingsChecks(settings: settings).isExample
        else { return [] }
        let server = settings.mail.nameServer.flatMap(NameServer.init) ?? NameServer()
        return DNSChecks(sender: sender, texts: server.texts(of:)).run()
    }
}

extension DNSChecks.Sender {
    /// Nil where an address or a domain is missing, which other checks find.
    init?(_ settings: Settings, told: [String]) {
        guard let from = EmailAddress(settings.mail.fromAddress)?.domain.lowercased(),
            let vendor = try? settings.provider.vendor.get()
        else { return nil }
        switch vendor {
        case .sendgrid:
            self.init(
                from: from, envelope: from, include: "sendgrid.net", isEnvelopeVendors: true,
                signing: from, selectors: ["s1", "s2"])
        case .postmark:
            self.init(
                from: from, envelope: from, include: "spf.mtasv.net", isEnvelopeVendors: true,
                signing: from, selectors: told)
        case .mailgun(_, let domain):
            guard let domain = try? domain.get().lowercased() else { return nil }
            self.init(
                from: from, envelope: domain, include: "mailgun.org", signing: domain,
                selectors: told)
        case .smtp(let relay, _):
            guard let path = try? relay.get().returnPath.domain.lowercased() else { return nil }
            self.init(from: from, envelope: path, signing: from, selectors: told)
        }
        if !settings.mail.dkimSelectors.isEmpty { selectors = settings.mail.dkimSelectors }
    }
}
