import Testing

@testable import Invoicing

@Suite struct PrechecksTests {
    private static let plan = SendPlan(key: "standard", steps: [SendPlanStep(channel: .email)])

    private static let sound = DispatchCandidate(
        documentType: .invoice, formName: "Standard", sendPlan: plan,
        recipient: "kari@eksempel.no", size: MessageSize(encodedBytes: 30, bytesMax: 30),
        invoice: .lawful)

    private static func changed(_ change: (inout DispatchCandidate) -> Void) -> DispatchCandidate {
        var candidate = sound
        change(&candidate)
        return candidate
    }

    @Test func `a sound dispatch has no fault`() {
        #expect(Prechecks.check(Self.sound).isEmpty)
    }

    @Test(arguments: [
        (changed { $0.formName = nil }, Fault(.formTemplateMissing, "invoice")),
        (changed { $0.sendPlan = nil }, Fault(.sendPlanMissing)),
        (
            changed { $0.sendPlan = SendPlan(key: "none", steps: []) },
            Fault(.sendPlanEmpty, "none")
        ),
        (
            changed { $0.sendPlan = SendPlan(key: "p", steps: [SendPlanStep(channel: .print)]) },
            Fault(.postalAddressMissing)
        ),
        (
            changed { $0.sendPlan = SendPlan(key: "p", steps: [SendPlanStep(channel: .ehf)]) },
            Fault(.noUsableChannel, "p: ehf")
        ),
        (changed { $0.usableChannels = [] }, Fault(.noUsableChannel, "standard: email")),
        (changed { $0.recipient = nil }, Fault(.recipientMissing)),
        (changed { $0.recipient = " \t" }, Fault(.recipientMissing)),
        (
            changed { $0.recipient = "kari eksempel.no" },
            Fault(.recipientInvalid, "k••• ••••••••.••")
        ),
        (
            changed { $0.recipient = "kari@eksempel.no;ola@eksempel.no" },
            Fault(.recipientSeveral, "k•••@••••••••.••;•••@eksempel.no")
        ),
        (changed { $0.suppression = "blocked" }, Fault(.recipientSuppressed, "blocked")),
        (
            changed { $0.size = MessageSize(encodedBytes: 30_000_001, bytesMax: 30_000_000) },
            Fault(.attachmentTooLarge, "30.1 MB of at most 30.0 MB")
        ),
        (
            changed { $0.size = MessageSize(encodedBytes: 29_960_000, bytesMax: 29_950_000) },
            Fault(.attachmentTooLarge, "30.0 MB of at most 29.9 MB")
        ),
        (
            changed { $0.unreadableAttachments = ["vilkår.pdf", "kart.png"] },
            Fault(.attachmentUnreadable, "vilkår.pdf; kart.png")
        ),
        (
            changed { $0.documentFailure = Fault(.documentFailed, "empty") },
            Fault(.documentFailed, "empty")
        ),
        (
            changed { $0.invoice?.seller.organisationNumber = nil },
            Fault(
                .sellerIncomplete,
                "valid organisation number (bokføringsforskriften § 5-1-2)")
        ),
        (
            changed { $0.invoice?.buyer.name = "" },
            Fault(.customerIncomplete, "name (bokføringsforskriften § 5-1-2)")
        ),
    ])
    func `each fault is found alone`(candidate: DispatchCandidate, fault: Fault) {
        #expect(Prechecks.check(candidate).map(\.inEnglish) == [fault])
    }

    @Test func `all faults are found at once, in the order of their codes`() {
        let candidate = Self.changed {
            $0.formName = nil
            $0.sendPlan = nil
            $0.recipient = nil
            $0.size = MessageSize(encodedBytes: 2, bytesMax: 1)
            $0.unreadableAttachments = ["x.pdf"]
            $0.documentFailure = Fault(.documentFailed, "empty")
            $0.invoice?.seller.name = ""
            $0.invoice?.buyer.address = Address()
            $0.invoice?.buyer.organisationNumber = nil
        }
        #expect(
            Prechecks.check(candidate).map(\.code) == [
                .formTemplateMissing, .sendPlanMissing, .recipientMissing, .attachmentTooLarge,
                .attachmentUnreadable, .documentFailed, .sellerIncomplete,
                .customerIncomplete,
            ])
    }

    @Test func `an address matters only to a dispatch by e-mail`() {
        let ehf = Self.changed {
            $0.sendPlan = SendPlan(
                key: "ehf", steps: [SendPlanStep(channel: .ehf), SendPlanStep(channel: .email)])
            $0.usableChannels = [.ehf, .email]
            $0.recipient = nil
        }
        #expect(Prechecks.check(ehf).isEmpty)
        var fallback = ehf
        fallback.usableChannels = [.email]
        #expect(Prechecks.check(fallback) == [Fault(.recipientMissing)])
    }

    @Test func `lists and logs show no whole address, and whoever is to mend it sees all of it`() {
        for address in ["kari@eksempel", "<kari@eksempel.no>", "kari@eksempel.no@", "kari"] {
            let faults = Prechecks.check(Self.changed { $0.recipient = address })
            #expect(faults.map(\.code) == [.recipientInvalid])
            #expect(!faults[0].detail.contains("kari"))
            #expect(faults[0].words == Trilingual(address))
        }
        let blocked = Prechecks.check(Self.changed { $0.suppression = "blocked" })
        #expect(blocked.map(\.words) == [Trilingual("kari@eksempel.no")])
        #expect(blocked.map(\.detail) == ["blocked"])
    }

    @Test func `faults of one code become one with each detail once`() {
        let faults = Faults([
            Fault(.vatRateUnknown, "3"), Fault(.formTemplateMissing), Fault(.vatRateUnknown, "4"),
            Fault(.vatRateUnknown, "3"),
        ])
        #expect(faults?.list == [Fault(.formTemplateMissing), Fault(.vatRateUnknown, "3; 4")])
        #expect(Faults([]) == nil)
    }
}

extension Fault {
    /// The fault as lists and logs have it.
    var inEnglish: Fault { Fault(code, detail) }
}
