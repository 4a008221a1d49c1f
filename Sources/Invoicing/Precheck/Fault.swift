/// Something that stops an invoice or its dispatch, found before anything goes out.
package struct Fault: Error, Hashable, Codable, Sendable {
    package var code: FaultCode
    /// What it is about, in the field's English: for lists and logs, so without an address.
    package var detail: String
    /// The same for whoever is to mend it, in their language and with all that they have to see.
    package var words: Trilingual

    /// A detail that is the same in every language: the name of a form, a variable, a file.
    package init(_ code: FaultCode, _ detail: String = "") {
        self.init(code, Trilingual(detail))
    }

    /// The detail is the English words where there is none by itself.
    package init(_ code: FaultCode, _ words: Trilingual, detail: String? = nil) {
        self.code = code
        self.words = words
        self.detail = detail ?? words.en
    }
}

/// The stable codes of the prechecks.
package enum FaultCode: String, Codable, Sendable, CaseIterable {
    case formTemplateMissing = "form_template_missing"
    case sendPlanMissing = "send_plan_missing"
    /// A deliberate stop: listed, never mailed.
    case sendPlanEmpty = "send_plan_empty"
    case noUsableChannel = "no_usable_channel"
    case recipientMissing = "recipient_missing"
    case recipientInvalid = "recipient_invalid"
    /// Where one address belongs there are several; the others are to be copies.
    case recipientSeveral = "recipient_several"
    case recipientSuppressed = "recipient_suppressed"
    /// The document would be a letter, and nobody can post it.
    case postalAddressMissing = "postal_address_missing"
    case attachmentTooLarge = "attachment_too_large"
    case attachmentUnreadable = "attachment_unreadable"
    case documentFailed = "document_failed"
    /// The form's logo can't be drawn with; the detail is a `LogoFault`.
    case logoUnusable = "logo_unusable"
    /// The receiver of an EHF would refuse it; the detail has the rule's own number.
    case ehfRuleBroken = "ehf_rule_broken"
    /// The e-mail text of the form.
    case templateVariableUnknown = "template_variable_unknown"
    /// A line or the introduction of the agreement.
    case lineVariableUnknown = "line_variable_unknown"
    case sellerIncomplete = "seller_incomplete"
    case customerIncomplete = "customer_incomplete"
    /// The invoice itself lacks what the law asks for; its parties have codes of their own.
    case invoiceIncomplete = "invoice_incomplete"
    /// A number does not fit the tenant's KID agreement.
    case kidUnusable = "kid_unusable"
    case vatRateUnknown = "vat_rate_unknown"
    /// The price index has no value for a month that the price is adjusted by.
    case indexValueMissing = "index_value_missing"
    /// There is no exchange rate to state the VAT of a foreign currency in kroner by.
    case exchangeRateMissing = "exchange_rate_missing"
    /// Too many periods are missed at once, or the policy is to ask: a person decides.
    case catchUpNeedsDecision = "catch_up_needs_decision"
    /// A row that a host system wrote holds what no program can carry; the detail names it.
    case rowUnreadable = "row_unreadable"
    /// The own series of numbers would begin at or below one of the same seller that was imported.
    case numberSeriesPassed = "number_series_passed"
    /// The database refused the invoice; the run's log has the reason.
    case internalError = "internal_error"

    /// Whether it is about what the invoice says, so that none is made while it lasts.
    ///
    /// The document is fixed once it has a number, and could not be mended. Otherwise only its
    /// dispatch waits.
    package var stopsInvoice: Bool {
        switch self {
        // A plan by EHF alone: the address is a part of the document.
        case .noUsableChannel,
            .sellerIncomplete, .customerIncomplete, .invoiceIncomplete, .vatRateUnknown,
            .indexValueMissing, .exchangeRateMissing, .catchUpNeedsDecision, .documentFailed,
            .ehfRuleBroken, .numberSeriesPassed, .rowUnreadable, .internalError,
            .lineVariableUnknown, .kidUnusable:
            true
        case .formTemplateMissing, .sendPlanMissing, .sendPlanEmpty, .recipientMissing,
            .recipientInvalid, .recipientSeveral, .recipientSuppressed, .postalAddressMissing,
            .attachmentTooLarge, .attachmentUnreadable, .logoUnusable, .templateVariableUnknown:
            false
        }
    }

    /// Whether only the recipient keeps the document from going out, so that copies still may.
    package var isOfRecipient: Bool {
        switch self {
        case .recipientMissing, .recipientInvalid, .recipientSeveral, .recipientSuppressed,
            .postalAddressMissing:
            true
        case .formTemplateMissing, .sendPlanMissing, .sendPlanEmpty, .noUsableChannel,
            .attachmentTooLarge, .attachmentUnreadable, .documentFailed, .logoUnusable,
            .ehfRuleBroken, .templateVariableUnknown, .lineVariableUnknown, .sellerIncomplete,
            .customerIncomplete, .invoiceIncomplete, .kidUnusable, .vatRateUnknown,
            .indexValueMissing, .exchangeRateMissing, .catchUpNeedsDecision, .rowUnreadable,
            .numberSeriesPassed, .internalError:
            false
        }
    }
}

/// All that is wrong with one thing, never empty: what a `Result` fails with.
///
/// Each code stands once, so that a code and a dispatch name a fault; its detail lists the cases.
package struct Faults: Error, Hashable, Sendable {
    package let list: [Fault]

    /// One fault of each code, in the order of `FaultCode`; nil where there are none.
    package init?(_ faults: some Sequence<Fault>) {
        list = Self.merged(faults)
        guard !list.isEmpty else { return nil }
    }

    package init(_ fault: Fault) {
        list = [fault]
    }

    /// One fault of each code, the details of its faults joined and each said once.
    static func merged(_ faults: some Sequence<Fault>) -> [Fault] {
        var gathered: [FaultCode: [Fault]] = [:]
        for fault in faults {
            let known = gathered[fault.code, default: []]
            let isNew = fault != Fault(fault.code) && !known.contains(fault)
            gathered[fault.code] = isNew ? known + [fault] : known
        }
        return FaultCode.allCases.compactMap { code in
            gathered[code].map { faults in
                Fault(
                    code, faults.map(\.words).joined(separator: "; "),
                    detail: faults.map(\.detail).joined(separator: "; "))
            }
        }
    }
}
