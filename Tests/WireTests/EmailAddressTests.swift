import TestSupport
import Testing

@testable import Wire

@Suite struct EmailAddressTests {
    @Test(arguments: [
        "kari@eksempel.no", "kari.nordmann+faktura@sub.eksempel.no", "!#$%&'*+-/=?^_`{|}~@x.no",
        "1@2.no", "a@xn--bl-zja.no", "A@EKSEMPEL.NO",
        String(repeating: "a", count: 64) + "@eksempel.no",
        "a@" + String(repeating: "b", count: 63) + ".no",
    ])
    func `addresses that any server takes are taken`(text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "@", "kari", "kari@", "@eksempel.no", "kari@eksempel", "kari@@eksempel.no",
        "kari@eksempel.no@x.no", ".kari@eksempel.no", "kari.@eksempel.no", "ka..ri@eksempel.no",
        "kari @eksempel.no", " kari@eksempel.no", "kari@eksempel.no\r\n", "kari@eks empel.no",
        "<kari@eksempel.no>", "Kari <kari@eksempel.no>", "\"kari\"@eksempel.no", "kari@[127.0.0.1]",
        "kåri@eksempel.no", "kari@blåbær.no", "kari@-eksempel.no", "kari@eksempel-.no",
        "kari@eksempel..no", "kari@.no", "kari@eksempel.no.", "kari@eksempel.no,ola@eksempel.no",
        "kari@eksempel.no;ola@eksempel.no", "kari\u{0}@eksempel.no", "kari@eks\u{7f}empel.no",
        "kari@eksempel_x.no", Brief(String(repeating: "a", count: 65) + "@eksempel.no"),
        Brief("a@" + String(repeating: "b", count: 64) + ".no"),
        Brief("a@" + String(repeating: "bcd.", count: 63) + "no"),
    ])
    func `what could break a command or a header is refused`(text: Brief<String>) {
        #expect(EmailAddress(text.value) == nil)
    }

    @Test func `spellings of one mailbox share a key`() {
        #expect(EmailAddress("Kari@Eksempel.NO")?.key == EmailAddress("kari@eksempel.no")?.key)
    }

    @Test func `logs see one letter and the domain`() {
        #expect(EmailAddress("kari@eksempel.no")?.masked == "k•••@eksempel.no")
        #expect(EmailAddress("kari@eksempel.no")?.domain == "eksempel.no")
    }

    @Test func `no byte but those of the grammar gets through`() {
        let allowed = Set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.@"
                .utf8)
        var random = SeededNumbers(seed: 11)
        for _ in 0..<100_000 {
            let place = random.int(0...8)
            var bytes = Array("ka@eks.no".utf8)
            bytes[place] = UInt8(random.int(0...255))
            guard let text = String(validating: bytes, as: UTF8.self),
                let address = EmailAddress(text)
            else { continue }
            #expect(address.text.utf8.allSatisfy(allowed.contains))
        }
    }
}

/// What of an address a log or a list may show.
struct EmailAddressMaskingTests {
    @Test(arguments: [
        (
            "550 5.1.1 <ola.nordmann@kunde.example>: User unknown",
            "550 5.1.1 <o•••@kunde.example>: User unknown"
        ),
        (
            "rfc822;ola@kunde.example smtp.mailfrom=b@a.example",
            "rfc822;o•••@kunde.example smtp.mailfrom=b•••@a.example"
        ),
        ("(ola@kunde.example)[kari@kunde.example]", "(o•••@kunde.example)[k•••@kunde.example]"),
        ("mailto:ola+f@kunde.example", "mailto:o•••@kunde.example"),
        ("452 mailbox full", "452 mailbox full"), ("", ""),
    ])
    func `an address in a text shows its first letter and its domain`(
        _ text: String, _ masked: String
    ) {
        #expect(EmailAddress.masking(text) == masked)
    }
}
