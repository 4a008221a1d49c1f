import Dispatching
import Testing

struct RefusalTests {
    @Test(arguments: Refusal.Subject.allCases, Refusal.Cause.allCases)
    func `only a no to the message or its recipient is a verdict, and "not yet" is none`(
        _ subject: Refusal.Subject, _ cause: Refusal.Cause
    ) {
        let isAboutThem = subject == .message || subject == .recipient
        #expect(Refusal(subject, cause, "no").isVerdict == (isAboutThem && cause != .notYet))
    }

    /// Two noes, and whether they are the same.
    @Test(arguments: [
        ("Invalid request 5f1d3c0a9b", "Invalid request 77aa31c0fe", true),
        ("No such domain", "no such  DOMAIN", true),
        ("blocked: kari@kunde.test", "blocked: ola@kunde.test", true),
        ("request at 2026-11-24T03:12:00Z", "request at 2026-11-24T03:13:00Z", true),
        ("403 Forbidden", "404 Forbidden", false),
        ("error 1235: stream", "error 400: sender", false),
        ("Invalid subject", "Invalid sender", false),
    ])
    func `the signature keeps what was said and drops whom it was said to`(
        _ one: String, _ other: String, _ isSame: Bool
    ) {
        let signatures = [one, other].map { Refusal(.unknown, .unknown, $0).signature }
        #expect((signatures[0] == signatures[1]) == isSame, "\(signatures)")
    }
}
