import Foundation
import Invoicing
import Testing

@testable import Documents

struct InvoiceEmailTests {
    @Test func `the built-in e-mail says all that one pays from`() throws {
        let email = try InvoiceEmail.compose(Sample.invoice(), form: Sample.form)
        #expect(email.subject == "Faktura 10042 fra Nordlys Regnskap AS")
        for part in [
            "NOK\u{A0}28\u{A0}925,05", "08.12.2026", "8601.11.17947", "101000000428", "10042",
        ] {
            #expect(email.text.contains(part), "\(part) is not in the text")
            #expect(email.html.contains(part), "\(part) is not in the HTML")
        }
        if let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_KEEP_DOCUMENTS"] {
            try email.html.write(
                toFile: folder + "/email.html", atomically: true, encoding: .utf8)
            try email.text.write(toFile: folder + "/email.txt", atomically: true, encoding: .utf8)
        }
    }
}
