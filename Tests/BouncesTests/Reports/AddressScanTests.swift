import Testing
import Wire

@testable import Bounces

struct AddressScanTests {
    @Test(arguments: [
        ("rfc822; ok+o'brien&co=1?#@kunde.example", ["ok+o'brien&co=1?#@kunde.example"]),
        ("'a@b.no'", ["a@b.no"]), ("*a@b.no*,'c@d.no';`e@f.no`", ["a@b.no", "c@d.no", "e@f.no"]),
        ("a@b.no's mailbox is full", ["a@b.no"]), ("|a@b.no|", ["a@b.no"]),
        ("Per <per@b.no>. per@b.no", ["per@b.no"]), ("'@'", []), ("''", []), ("", []),
    ])
    func `addresses are found within what stands around them`(text: String, addresses: [String]) {
        #expect(AddressScan.addresses(in: text).map(\.text) == addresses)
    }
}
