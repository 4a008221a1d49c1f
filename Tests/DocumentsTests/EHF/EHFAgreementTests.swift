import Foundation
import Testing

@testable import EHF
@testable import Invoicing

/// EHF of what the nightly job makes: agreements of every sort become invoices.
struct EHFAgreementTests {
    @Test func `invoices of agreements break no rule`() throws {
        var generator = EHFGenerator(seed: 7)
        var broken = 0
        var foreign = 0
        for number in 1...300 {
            let invoice = try generator.agreementInvoice(number)
            let violations = EHFRules.violations(in: invoice)
            #expect(violations == [], "\(number): \(violations)")
            #expect(LegalContent.faults(in: invoice).isEmpty)
            try EHFOutput.write(EHFDocument.bytes(of: invoice), "agreement-\(number)")
            broken += invoice.lines.contains { !$0.allowances.isEmpty } ? 1 : 0
            foreign += invoice.taxCurrency == nil ? 0 : 1
        }
        #expect(broken > 50)
        #expect(foreign > 20)
    }
}
