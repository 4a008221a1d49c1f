import Wire

/// A bounce that a server wrote for people, as qmail, Exim, old sendmail and Exchange do.
struct PlainTextBounce {
    /// What is said of one recipient.
    struct Recipient {
        /// Empty where none is named.
        let address: String
        let text: String
    }

    let recipients: [Recipient]
    let kind: EventKind
    /// There are more recipients than are read.
    let isTooLong: Bool

    private static let recipientsMax = 50
    private static let textCharactersMax = 2_000

    /// nil where the mail is no bounce, or does not say what became of ours.
    ///
    /// `isMarked` says that it came to one message's own return path, to which nobody but servers
    /// and robots writes; `sentTo` is whom we had sent to, where that is known.
    init?(
        _ mail: MailPart, words: ServerWords, ownAddress: EmailAddress, isMarked: Bool,
        sentTo: String?
    ) {
        let text = words.text
        let failed = Self.failedRecipients(mail.headers)
        let subject = ReportSigns.found(in: mail.headers.subject)
        let said = ReportSigns.found(in: text)
        let tells: ReportSigns = [.report, .failure, .delay, .givenUp]
        let signs = [
            mail.headers.isFromServer, !failed.isEmpty, !subject.isDisjoint(with: tells),
            !said.isDisjoint(with: tells), isMarked, mail.headers.hasNullReturnPath,
        ]
        // Any one of them a person's mail may have; a person has no two.
        guard signs.filter(\.self).count >= 2,
            let kind = Self.kind(subject.union(said), text)
        else { return nil }
        self.kind = kind
        isTooLong = failed.count > Self.recipientsMax
        let addresses =
            failed.isEmpty ? Self.named(in: text, ownAddress, sentTo) : failed
        let keys = Set(addresses.map(\.key))
        let all = Self.kept(text)
        // Once, however many recipients there are.
        let lines = words.lines.map { Set(AddressScan.addresses(in: $0).map(\.key)) }
        recipients =
            addresses.isEmpty
            ? [Recipient(address: "", text: all)]
            : addresses.prefix(Self.recipientsMax).map {
                Recipient(
                    address: $0.text, text: Self.reason(in: words, of: $0, keys, lines) ?? all)
            }
    }

    /// Whom we had sent to, where the words name it, else whom they name first.
    private static func named(
        in text: String, _ ownAddress: EmailAddress, _ sentTo: String?
    ) -> [EmailAddress] {
        let domain = ownAddress.domain.lowercased()
        let others = AddressScan.addresses(in: text).filter {
            $0.domain.lowercased() != domain && !AddressScan.isServer($0.text)
        }
        let recipient = others.first { $0.key == sentTo?.lowercased() } ?? others.first
        return [recipient].compactMap(\.self)
    }

    /// Whether a failure is told, where nothing but prose tells it.
    ///
    /// Whatever does not say that it has ended is a delay: what is sent again while a server goes
    /// on trying arrives twice.
    static func kind(_ signs: ReportSigns, _ text: String) -> EventKind? {
        if signs.contains(.givenUp) { return .bounced }
        if signs.contains(.delay) { return .deferred }
        if signs.contains(.failure) { return .bounced }
        let answer = Classifier().classify(BounceEvidence(text: text))
        guard answer.reason != .undetermined else { return nil }
        return answer.transient ? .deferred : .bounced
    }

    /// Whom Exim names in the header.
    private static func failedRecipients(_ headers: MailHeaders) -> [EmailAddress] {
        AddressScan.addresses(
            in: headers.all("x-failed-recipients").joined(separator: ","), max: recipientsMax + 1)
    }

    private static func kept(_ text: String) -> String {
        cleaned(text, charactersMax: textCharactersMax)
    }

    /// The words from the recipient on to the next one, since greetings stand before.
    ///
    /// nil where those tell nothing. `named` are the addresses of each line.
    private static func reason(
        in words: ServerWords, of recipient: EmailAddress, _ others: Set<String>,
        _ named: [Set<String>]
    ) -> String? {
        guard let first = named.firstIndex(where: { $0.contains(recipient.key) }) else {
            return nil
        }
        let others = others.subtracting([recipient.key])
        let rest = named[(first + 1)...].prefix { $0.isDisjoint(with: others) }
        let own = kept(words.lines[first..<rest.endIndex].joined(separator: "\n"))
        let answer = Classifier().classify(BounceEvidence(text: own))
        return answer.reason == .undetermined ? nil : own
    }
}
