@testable import EHF
@testable import Invoicing
import TestSupport
import Testing

/// An invoice that breaks one rule, and others only where one can't be broken alone.
struct EHFCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let also: [String]
    let invoice: Invoice

    init(
        _ rule: String, also: [String] = [], of invoice: Invoice = EHFSample.invoice(),
        _ change: (inout Invoice) -> Void
    ) {
        self.rule = rule
        self.also = also
        self.invoice = invoice.with(change)
    }

    var testDescription: String { rule }

    static let all =
        content + parties + partyNumbers + payment + references + lines + allowances + sums + vat
        + codes
        + EHFVATFamily.all.flatMap(families)
}

extension EHFSample {
    /// A category that no rule of ours looks at.
    static let elsewhere = VATCategory(code: "L", rate: .zero)

    /// A line of nothing, which changes no sum.
    static func emptyLine(_ vat: VATCategory) -> InvoiceLine {
        line("2", quantity: 0, price: 0, vat: vat)
    }

    /// An allowance or charge of nothing.
    static func empty(isCharge: Bool, _ vat: VATCategory? = nil, reason: String? = "Frakt")
        -> AllowanceCharge
    {
        AllowanceCharge(isCharge: isCharge, amount: .zero, reason: reason, vat: vat)
    }
}

extension Invoice {
    /// A sum of VAT of nothing.
    mutating func addSubtotal(_ code: String, rate: FixedDecimal? = .zero) {
        vatBreakdown.append(
            VATSubtotal(
                category: VATCategory(code: code, rate: rate), taxableAmount: .zero,
                taxAmount: .zero))
    }

    /// Changes the VAT of a category, and all the sums that rest on it.
    mutating func addTax(_ amount: Money) {
        vatBreakdown[0].taxAmount += amount
        totals.vatTotal += amount
        totals.taxInclusive += amount
        totals.payable += amount
    }
}
