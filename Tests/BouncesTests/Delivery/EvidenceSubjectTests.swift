import Bounces
import Foundation
import Testing

/// What a report is about, before anything is made of it.
@Suite struct EvidenceSubjectTests {
    private func subject(
        _ named: String, of ours: String? = "Faktura@kunde.test", by kind: AttributionKind = .ownID,
        kind eventKind: EventKind = .bounced, isAttemptKnown: Bool = true
    ) -> EvidenceSubject {
        EvidenceSubject(
            of: ProviderEvent(
                source: "mailbox", key: "k", occurredAt: .now, kind: eventKind, recipient: named,
                raw: "{}"),
            by: kind, recipient: ours, isAttemptKnown: isAttemptKnown)
    }

    @Test(arguments: [
        "faktura@kunde.test", "FAKTURA@KUNDE.TEST", "faktura+2026@kunde.test", "", "<redacted>",
        "rfc822",
    ])
    func `the recipient is ours however it is spelled, or kept from us`(_ named: String) {
        #expect(subject(named) == .attempt)
        #expect(subject(named, by: .providerID, isAttemptKnown: false) == .message)
    }

    @Test(arguments: [
        "privat@annet.test", "faktura@annet.test", "fakturaer@kunde.test", "+@kunde.test",
    ])
    func `anybody else is somebody whom it was passed on to`(_ named: String) {
        #expect(subject(named) == .otherRecipient)
        #expect(subject(named, isAttemptKnown: false) == .otherRecipient)
        // Who passes a complaint on may put another address in its place.
        #expect(subject(named, kind: .complained) == .attempt)
        #expect(subject(named, of: nil) == .attempt)
    }

    @Test(arguments: [AttributionKind.address, .none])
    func `without an id it is about an address`(_ kind: AttributionKind) {
        #expect(subject("faktura@kunde.test", by: kind) == .address)
        #expect(subject("privat@annet.test", by: kind) == .address)
    }

    @Test(arguments: [
        ("1", Int?.some(1)), ("32767", 32_767), ("0", nil), ("-1", nil), ("32768", nil),
        ("99999999999999999999", nil), ("1.5", nil), ("", nil), ("x", nil),
    ])
    func `an attempt that comes back is a number of one`(_ text: String, _ attempt: Int?) {
        #expect(ProviderEvent.attempt(text) == attempt)
    }
}
