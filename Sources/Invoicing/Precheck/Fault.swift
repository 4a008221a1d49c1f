/// A reason not to create an invoice or not to dispatch it, found before anything is sent.
package struct Fault: Error, Hashable, Codable, Sendable {
    package var code: FaultCode
    /// What the fault concerns, in English, for lists and logs, so without an address.
    package var detail: String
    /// The same for the user who has to resolve it, in their language and with everything that they
    /// need to see.
    package var words: Trilingual

    /// With a detail that is the same in every language: the name of a form, a variable, a file.
    package init(_ code: FaultCode, _ detail: String = "") {
        self.init(code, Trilingual(detail))
    }

    /// The detail defaults to the English words.
    package init(_ code: FaultCode, _ words: Trilingual, detail: String? = nil) {
        self.code = code
        self.words = words
        self.detail = detail ?? words.en
    }
}

/// The stable codes of the prechecks, in the order in which faults are listed.
package enum FaultCode: String, Codable, Sendable, CaseIterable {
    case formTemplateMissing = "form_template_missing"
    case sendPlanMissing = "send_plan_missing"
    /// A deliberate stop: listed, but never reported by e-mail.
    case sendPlanEmpty = "send_plan_empty"
    /// No channel of the send plan reaches the recipient.
    case noUsableChannel = "no_usable_channel"
    case recipientMissing = "recipient_missing"
    case recipientInvalid = "recipient_invalid"
    /// Several addresses where one is expected; the others should be copies.
    case recipientSeveral = "recipient_several"
    /// The address is on a suppression list.
    case recipientSuppressed = "recipient_suppressed"
    /// The document would be sent as a letter, but has no complete postal address.
    case postalAddressMissing = "postal_address_missing"
    /// The message with its attachments exceeds what the provider accepts.
    case attachmentTooLarge = "attachment_too_large"
    case attachmentUnreadable = "attachment_unreadable"
    /// The document could not be created, or did not pass validation.
    case documentFailed = "document_failed"
    /// The form's logo can't be used; the detail is a `LogoFault`.
    case logoUnusable = "logo_unusable"
    /// The recipient of an EHF would reject it; the detail contains the rule's number.
    case ehfRuleBroken = "ehf_rule_broken"
    /// In the e-mail texts of the form.
    case templateVariableUnknown = "template_variable_unknown"
    /// In a line or the introduction of the agreement.
    case lineVariableUnknown = "line_variable_unknown"
    /// The seller lacks what the law requires.
    case sellerIncomplete = "seller_incomplete"
    /// The customer lacks what the law requires.
    case customerIncomplete = "customer_incomplete"
    /// The invoice itself lacks what the law requires; its parties have codes of their own.
    case invoiceIncomplete = "invoice_incomplete"
    /// A number does not fit the tenant's KID agreement.
    case kidUnusable = "kid_unusable"
    /// A VAT code has no rate on a day of the delivery.
    case vatRateUnknown = "vat_rate_unknown"
    /// The price index has no value for a month needed to adjust the price.
    case indexValueMissing = "index_value_missing"
    /// There is no exchange rate for stating the VAT of a foreign currency in kroner.
    case exchangeRateMissing = "exchange_rate_missing"
    /// Too many periods were missed at once, or the policy is to ask: a person has to decide.
    case catchUpNeedsDecision = "catch_up_needs_decision"
    /// A row written by a host system holds a value that the program can't handle; the detail names
    /// it.
    case rowUnreadable = "row_unreadable"
    /// The number series would begin at or below an imported number of the same seller.
    case numberSeriesPassed = "number_series_passed"
    /// The database rejected the invoice; the log of the run has the reason.
    case internalError = "internal_error"

    /// Whether it concerns the content of the invoice, so that none is created as long as it lasts.
    ///
    /// The document is fixed once it has a number, and could not be corrected. Other faults only
    /// hold back the dispatch.
    package var stopsInvoice: Bool {
        switch self {
        // A plan with EHF only: the address is a part of the document.
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

    /// Whether it keeps the document from the recipient only, so that copies may still be sent.
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

/// Everything that is wrong with one thing, never empty: the failure of a `Result`.
///
/// Each code occurs once, so that a code and a dispatch identify a fault; its detail lists the
/// cases.
package struct Faults: Error, Hashable, Sendable {
    /// At least one fault, in the order of `FaultCode`.
    package let list: [Fault]

    /// Merges faults of the same code, in the order of `FaultCode`; nil where there are none.
    package init?(_ faults: some Sequence<Fault>) {
        list = Self.merged(faults)
        guard !list.isEmpty else { return nil }
    }

    /// A single fault.
    package init(_ fault: Fault) {
        list = [fault]
    }

    /// One fault for each code, with the distinct details of its faults joined.
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
