import Foundation
import Invoicing
import Testing

@testable import Dispatching

/// Ids that follow from what they name.
struct DispatchIdentityTests {
    private static let period = DispatchIdentity.Origin.period(agreement: "A1", 3)

    private static func dispatch(
        tenant: Int64 = 1, _ origin: DispatchIdentity.Origin = period,
        to recipient: String = "kari@kunde.test", place: Int = 0
    ) -> UUID {
        DispatchIdentity.dispatch(
            tenantID: tenant, origin: origin, recipient: recipient, place: place)
    }

    /// RFC 9562, appendix A.4: the name www.example.com in the namespace of domain names.
    @Test func `version and variant stand where the standard has them`() {
        let hash: [UInt8] = [
            0x2e, 0xd6, 0x65, 0x7d, 0xe9, 0x27, 0x46, 0x8b, 0x15, 0xe1, 0x26, 0x65, 0xa8, 0xaa,
            0x6a, 0x22, 0xc5, 0x0d, 0x3d, 0xe7,
        ]
        #expect(
            DispatchIdentity.uuid(of: hash).uuidString == "2ED6657D-E927-568B-95E1-2665A8AA6A22")
    }

    /// Ids that are at providers already: another here, and what was sent is not found again.
    @Test func `the ids never change`() {
        #expect(Self.dispatch().uuidString == "8A444C46-074A-546A-9B86-4E3CDC3FC746")
        let invoice = DispatchIdentity.invoice(tenantID: 1, origin: Self.period)
        #expect(invoice.uuidString == "2935B56F-9CE2-5E22-AA7F-345A714B9845")
        let report = DispatchIdentity.report(
            tenantID: 1, purpose: "fault_report", userKey: "kari",
            recipient: "kari@fjordlys.test", text: "Hei", place: 0)
        #expect(report.uuidString == "DA6BACB4-415D-5B50-A4C7-280EB55A1C5D")
    }

    @Test func `made anew it is the same, however the address is spelt`() {
        #expect(Self.dispatch() == Self.dispatch(to: "Kari@Kunde.test"))
    }

    @Test func `whatever differs makes another`() {
        let ids = [
            Self.dispatch(), Self.dispatch(tenant: 2),
            Self.dispatch(.period(agreement: "A1", 4)), Self.dispatch(.period(agreement: "A2", 3)),
            Self.dispatch(to: "ola@kunde.test"), Self.dispatch(place: 1),
            Self.dispatch(.document(series: "import:x", .invoice, number: "3")),
            Self.dispatch(.document(series: "import:x", .creditNote, number: "3")),
            DispatchIdentity.invoice(tenantID: 1, origin: Self.period),
        ]
        #expect(Set(ids).count == ids.count)
    }

    @Test func `the parts of a name do not run together`() {
        #expect(
            Self.dispatch(.period(agreement: "A1", 11))
                != Self.dispatch(.period(agreement: "A11", 1)))
        #expect(
            DispatchIdentity.named(["ab", "c"]) != DispatchIdentity.named(["a", "bc"]))
    }
}
