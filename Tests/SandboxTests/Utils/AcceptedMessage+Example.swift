@testable import Sandbox

extension AcceptedMessage {
    /// A message whose id is its number.
    static func example(
        _ number: Int, to address: String, second: Int64, _ outcome: Outcome = .delivered
    ) -> AcceptedMessage {
        AcceptedMessage(
            acceptedAt: Timestamp(seconds: second), visibleAt: Timestamp(seconds: second),
            messageID: "\(number)", from: "faktura@selger.example", to: address,
            subject: "Faktura \(number)",
            customArguments: [.init(name: "dispatch_id", value: .text("d-\(number)"))],
            behaviour: Behaviour(address: address), outcome: outcome,
            body: BodyDigest(byteCount: 10, sha256: "ab"),
            attachments: [AttachmentSize(fileName: "a.pdf", encodedByteCount: 4)])
    }
}
