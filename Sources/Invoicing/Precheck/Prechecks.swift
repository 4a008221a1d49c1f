import Wire

/// Finds everything that prevents a dispatch, before it is sent.
package enum Prechecks {
    /// All faults at once, each code at most once, in the order of `FaultCode`.
    ///
    /// The recipient's address matters only where the document would go by e-mail, which is also
    /// assumed while there is no send plan.
    package static func check(_ candidate: DispatchCandidate) -> [Fault] {
        Faults.merged(
            form(candidate) + channel(candidate) + recipient(candidate) + message(candidate)
                + (candidate.invoice.map(LegalContent.faults) ?? []))
    }

    private static func form(_ candidate: DispatchCandidate) -> [Fault] {
        guard candidate.formName == nil else { return [] }
        return [
            Fault(
                .formTemplateMissing, name(of: candidate.documentType),
                detail: candidate.documentType.rawValue)
        ]
    }

    private static func channel(_ candidate: DispatchCandidate) -> [Fault] {
        guard let plan = candidate.sendPlan else { return [Fault(.sendPlanMissing)] }
        guard !plan.steps.isEmpty else { return [Fault(.sendPlanEmpty, plan.key)] }
        guard plan.usableChannel(among: candidate.usableChannels) == nil else { return [] }
        // E-mail has faults of its own, and this is the only one of a letter.
        if plan.steps.contains(where: { $0.channel == .print }) {
            return [Fault(.postalAddressMissing)]
        }
        let channels = plan.steps.map(\.channel.rawValue).joined(separator: ", ")
        return [Fault(.noUsableChannel, Trilingual(plan.key), detail: "\(plan.key): \(channels)")]
    }

    private static func recipient(_ candidate: DispatchCandidate) -> [Fault] {
        guard goesByEmail(candidate) else { return [] }
        guard let address = candidate.recipient, !address.allSatisfy(\.isWhitespace) else {
            return [Fault(.recipientMissing)]
        }
        guard EmailAddress(address) != nil else {
            let shown = Trilingual(address.prefix(addressCharactersMax))
            let addresses = EmailAddress.list(address)
            let areSeveral =
                addresses.count > 1 && addresses.allSatisfy { EmailAddress($0) != nil }
            return [
                Fault(
                    areSeveral ? .recipientSeveral : .recipientInvalid, shown,
                    detail: masked(address))
            ]
        }
        return candidate.suppression.map { cause in
            [Fault(.recipientSuppressed, Trilingual(address), detail: cause)]
        } ?? []
    }

    private static func goesByEmail(_ candidate: DispatchCandidate) -> Bool {
        guard let plan = candidate.sendPlan, !plan.steps.isEmpty else { return true }
        let step = plan.firstStep(by: candidate.usableChannels) ?? plan.firstStep(by: [.email])
        return step?.channel == .email
    }

    private static func message(_ candidate: DispatchCandidate) -> [Fault] {
        var faults = candidate.unreadableAttachments.map { Fault(.attachmentUnreadable, $0) }
        if let size = candidate.size, size.encodedBytes > size.bytesMax {
            // Rounded apart, since otherwise both might read the same.
            let (actual, most) = ((size.encodedBytes + 99_999) / 100_000, size.bytesMax / 100_000)
            let (sent, limit) = (megabytes(actual), megabytes(most))
            faults.append(
                Fault(
                    .attachmentTooLarge,
                    Trilingual(
                        nb: "\(sent.nb) MB, og høyst \(limit.nb) MB kan sendes",
                        nn: "\(sent.nn) MB, og høgst \(limit.nn) MB kan sendast",
                        en: "\(sent.en) MB of at most \(limit.en) MB")))
        }
        if let failure = candidate.documentFailure {
            faults.append(failure)
        }
        faults += candidate.ehfViolations.map { Fault(.ehfRuleBroken, $0) }
        return faults
    }

    /// Longer than any address; the beginning of the text shows the slip.
    private static let addressCharactersMax = 320

    /// An excerpt of an invalid address, enough to find the slip but no more, since faults are
    /// listed and logged: letters and digits before the last domain are masked.
    private static func masked(_ address: String) -> String {
        let at = address.lastIndex(of: "@") ?? address.endIndex
        let covered = address[..<at].enumerated().map { place, character in
            place > 0 && (character.isLetter || character.isNumber) ? "•" : character
        }
        return String((String(covered) + address[at...]).prefix(100))
    }

    private static func megabytes(_ tenths: Int) -> Trilingual {
        let comma = "\(tenths / 10),\(tenths % 10)"
        return Trilingual(nb: comma, nn: comma, en: "\(tenths / 10).\(tenths % 10)")
    }

    private static func name(of type: DocumentType) -> Trilingual {
        switch type {
        case .invoice: Trilingual(nb: "faktura", nn: "faktura", en: "invoice")
        case .creditNote: Trilingual(nb: "kreditnota", nn: "kreditnota", en: "credit note")
        }
    }
}

/// A document about to be dispatched, with everything that the prechecks look at.
///
/// What was not looked up or could not be created is nil or empty, which is not a fault in itself,
/// except for the form, the plan and the recipient, which every dispatch needs.
package struct DispatchCandidate: Hashable, Sendable {
    package var documentType: DocumentType
    /// The form that the form setup selects for the document; nil for none.
    package var formName: String?
    /// Nil where the setup selects none.
    package var sendPlan: SendPlan?
    /// The channels by which the recipient can be reached.
    package var usableChannels: Set<Channel>
    /// The address as written; nil for none.
    package var recipient: String?
    /// Why the address must not be used, as `blocked`; nil where it may be.
    package var suppression: String?
    /// Nil until the message was created.
    package var size: MessageSize?
    /// The names of the attachments that can't be read.
    package var unreadableAttachments: [String]
    /// Why the document could not be created or validated; nil where it was.
    package var documentFailure: Fault?
    /// Why the document would be rejected as EHF, if it would be sent as one.
    package var ehfViolations: [Trilingual]
    /// For the legal requirements; nil where an invoice could not be created.
    package var invoice: Invoice?

    package init(
        documentType: DocumentType, formName: String?, sendPlan: SendPlan?,
        usableChannels: Set<Channel> = Channel.usable, recipient: String?,
        suppression: String? = nil, size: MessageSize? = nil,
        unreadableAttachments: [String] = [], documentFailure: Fault? = nil,
        ehfViolations: [Trilingual] = [], invoice: Invoice? = nil
    ) {
        self.documentType = documentType
        self.formName = formName
        self.sendPlan = sendPlan
        self.usableChannels = usableChannels
        self.recipient = recipient
        self.suppression = suppression
        self.size = size
        self.unreadableAttachments = unreadableAttachments
        self.documentFailure = documentFailure
        self.ehfViolations = ehfViolations
        self.invoice = invoice
    }
}

/// The size of an encoded message and its provider's limit, both in bytes.
package struct MessageSize: Hashable, Sendable {
    package var encodedBytes: Int
    package var bytesMax: Int

    package init(encodedBytes: Int, bytesMax: Int) {
        self.encodedBytes = encodedBytes
        self.bytesMax = bytesMax
    }
}
