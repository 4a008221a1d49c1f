import Bounces
import Dispatching
import Invoicing
import Testing

struct DispatchMessageTests {
    @Test(arguments: [
        (BounceClass.blocked, BounceReason.complaint, "550 spam", "Email was blocked"),
        (
            .soft, .mailboxFull, "452 4.2.2 The email account is over quota",
            "Message was bounced with reason: 452 4.2.2 The email account is over quota"
        ),
        (.soft, .mailboxFull, "", "Message was bounced with reason: Mailbox full"),
        (.soft, .undetermined, " \r\n", "Message was bounced with reason: Unknown reason"),
        (
            .soft, .serverError, "451\r\nline two\u{0}end",
            "Message was bounced with reason: 451 line two end"
        ),
        (.hard, .userUnknown, "550 5.1.1 no such user", "Hard-bounce: User unknown"),
        (.hard, .domainUnknown, "NXDOMAIN", "Hard-bounce: Domain unknown"),
    ])
    func `the message keeps the field's own wording`(
        bounceClass: BounceClass, reason: BounceReason, serverText: String, message: String
    ) {
        #expect(DispatchMessage.text(bounceClass, reason, serverText: serverText) == message)
    }

    @Test func `what is no bounce has no message`() {
        #expect(DispatchMessage.text(.other, .vacation, serverText: "Out of office") == nil)
    }

    @Test func `a page of a server's words is cut`() {
        let message = DispatchMessage.text(
            .soft, .serverError, serverText: String(repeating: "x", count: 10_000))
        #expect(message?.count == "Message was bounced with reason: ".count + 501)
    }

    @Test(arguments: BounceReason.allCases)
    func `every reason has a phrase for a hard bounce`(reason: BounceReason) {
        let message = DispatchMessage.text(.hard, reason, serverText: "")
        #expect(message?.hasPrefix("Hard-bounce: ") == true)
        #expect(message?.contains("_") == false)
    }
}
