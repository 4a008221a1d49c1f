import Testing

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

    @Test(arguments: [(1, 14_400), (2, 86_400), (3, nil), (0, nil), (-1, nil)])
    func `a soft bounce is retried after four hours and after a day`(count: Int, delay: Int?) {
        let step = SendPlanStep(channel: .email)
        #expect(step.retryDelaySeconds(afterSoftBounce: count) == delay)
    }
}
