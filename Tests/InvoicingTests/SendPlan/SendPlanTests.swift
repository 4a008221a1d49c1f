import Testing
import Wire

@testable import Invoicing

@Suite struct SendPlanTests {
    @Test(arguments: [
        ([Channel.email], [Channel.email], Channel.email), ([.ehf, .email], [.email], .email),
        ([.ehf, .email], [.email, .ehf], .ehf), ([.ehf, .print], [.email], nil),
        ([], [.email], nil), ([.email], [], nil),
    ])
    func `the first channel that can be used is used`(
        steps: [Channel], usable: [Channel], expected: Channel?
    ) {
        let plan = SendPlan(key: "standard", steps: steps.map { SendPlanStep(channel: $0) })
        #expect(plan.usableChannel(among: Set(usable)) == expected)
    }

    @Test func `only e-mail can be used by default`() {
        #expect(Channel.usable == [.email])
    }

    @Test func `a soft bounce is retried after four hours and after a day`() {
        #expect(SendPlanStep(channel: .email).retryDelaysSeconds == [14_400, 86_400])
    }
}

struct CopyRecipientTests {
    @Test func `each address gets one copy, and the main recipient none`() {
        let copies = ["b@x.no", "A@x.no", " ", "B@X.no", "hoved@x.no", "c@x.no"].map {
            CopyRecipient(address: $0)
        }
        #expect(
            copies.distinct(from: "Hoved@x.no").map(\.address) == ["b@x.no", "A@x.no", "c@x.no"])
        #expect(copies.distinct(from: nil).count == 4)
    }

    @Test func `copies go by e-mail, with its step where the plan has one`() {
        let ehf = SendPlanStep(channel: .ehf, retryDelaysSeconds: [60])
        let email = SendPlanStep(channel: .email, retryDelaysSeconds: [5], attachesEHF: true)
        let plan = { SendPlan(key: "p", steps: $0) }
        #expect(plan([ehf, email]).ofCopies.steps == [email])
        #expect(
            plan([ehf]).ofCopies.steps == [SendPlanStep(channel: .email, retryDelaysSeconds: [60])])
        #expect(plan([]).ofCopies.steps.isEmpty, "a deliberate stop stops copies too")
    }

    @Test(arguments: [
        ("a@b.no, c@d.no", ["a@b.no", "c@d.no"]), ("a@b.no;c@d.no\n", ["a@b.no", "c@d.no"]),
        ("a@b.no", ["a@b.no"]), (" ,; ", []), ("", []),
    ])
    func `addresses are divided as people divide them`(text: String, addresses: [String]) {
        #expect(EmailAddress.list(text) == addresses)
    }
}
