import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What a message comes to, known without its files.
struct LimitsTests {
    @Test(arguments: [0, 1, 2, 56, 57, 58, 1_000])
    func `a message is measured without its files to the byte that goes out`(_ count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        let (outline, whole) = (message([], [], []), message(bytes, [], bytes))
        let sizes = [count, 0, count]
        #expect(
            SendGridMessage.limits.size(of: outline, fileBytes: sizes)
                == SendGridMessage(whole).encoded().count)
        #expect(
            PostmarkMessage.limits(stream: "outbound").size(of: outline, fileBytes: sizes)
                == PostmarkMessage(message: whole, stream: "outbound").encoded().count)
        #expect(
            MailgunMessage.limits.size(of: outline, fileBytes: sizes)
                >= MailgunMessage(whole).encoded().count)
    }

    private func message(_ contents: [UInt8]...) -> OutgoingMessage {
        .sample(
            subject: "Faktura æ\"1\"", text: "Hei\n€",
            attachments: contents.map {
                Attachment(fileName: "å.pdf", contentType: "application/pdf", content: $0)
            })
    }

    @Test(arguments: [Int.max, Int.max / 2, -1])
    func `no size that a row declares overflows`(_ bytes: Int) throws {
        for name in ProviderName.allCases {
            let limits = ProviderRegistry.limits(of: .test(name))
            #expect(limits.size(of: .sample(), fileBytes: [bytes, bytes, 1]) == .max)
        }
    }
}
