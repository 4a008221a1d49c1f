import Bounces
import Dispatching
import FoundationEssentials
import Wire

@testable import Providers
@testable import Transport

extension FuzzTarget {
    /// What an IMAP server sends: responses one after the other, with their literals.
    static let imap = FuzzTarget("imap", bytesMax: 256 << 10) { bytes in
        var rest = bytes[...]
        var responses: [IMAPResponse] = []
        // What is no IMAP ends the conversation.
        while let response = try? response(&rest) { responses.append(response) }
        _ = (responses.uidValidity, responses.found)
        for entry in responses.entries {
            let seconds = entry.arrivedAt.timeIntervalSince1970
            try hold(
                (-100_000...253_402_400_000).contains(seconds), "\(seconds) is of four digits")
            try same(
                HeaderDate.imap(HeaderDate.imapDay(entry.arrivedAt) + " 00:00:00 +0000"),
                Date(timeIntervalSince1970: (seconds / 86_400).rounded(.down) * 86_400),
                "a day is read as it is written")
        }
        for message in responses.messages {
            try hold(message.bytes.count <= bytes.count, "a message is of what was sent")
        }
    }

    private static func response(_ rest: inout ArraySlice<UInt8>) throws(MailError) -> IMAPResponse
    {
        let ended = MailError(.closed, "the server closed the connection")
        var bytes = rest
        defer { rest = bytes }
        return try IMAPResponse(
            literalBytesMax: 256 << 10,
            line: { () throws(MailError) in
                guard let end = bytes.firstIndex(of: 0x0A) else { throw ended }
                defer { bytes = bytes[(end + 1)...] }
                let line = bytes[..<end]
                return Array(line.last == 0x0D ? line.dropLast() : line)
            },
            literal: { (size) throws(MailError) in
                guard bytes.count >= size else { throw ended }
                defer { bytes = bytes.dropFirst(size) }
                return Array(bytes.prefix(size))
            })
    }

    /// What a name server answers, and what its texts say of who may send.
    static let dns = FuzzTarget("dns") { bytes in
        guard let answer = DNSAnswer(bytes) else { return }
        try hold(answer.texts.count <= bytes.count, "a text is of what was sent")
        for record in SenderRecords.spf(answer.texts) {
            try hold(
                record.domains.allSatisfy { !$0.contains(" ") }, "a domain is one word")
        }
        _ = SenderRecords.dkimKey(answer.texts)
        if let policy = SenderRecords.dmarcPolicy(answer.texts) {
            try hold(["none", "quarantine", "reject"].contains(policy), "a policy is a known one")
        }
    }

    /// What an SMTP server says while it is greeted, and of a message.
    static let smtp = FuzzTarget("smtp") { bytes in
        _ = SMTPExtensions(opening: bytes).sizeBytesMax
        if let refusal = MailRefusal(opening: bytes) {
            try hold(!refusal.text.isEmpty, "a no has words")
        }
        let lines = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }
        guard let reply = SMTPReply(lines.map { Array($0) }) else { return }
        try hold((200..<600).contains(reply.code), "a reply code is SMTP's")
        if let code = reply.enhancedCode {
            let parts = code.split(separator: ".").compactMap { UInt16($0)?.description }
            try same(parts.count, 3, "an enhanced code has three numbers: \(code)")
        }
        let line = cleaned(reply.description)
        for stage in [SMTPFailure.Stage.connection, .sender, .recipient, .data, .message] {
            let evidence = BounceEvidence(
                replyCode: reply.code, enhancedCode: reply.enhancedCode, text: reply.text)
            try RelayRefusals.refusal(reply, at: stage, line, evidence: evidence, now: someDay)
                .checkSound()
        }
    }

    /// The header of an answer, and behind an empty line what it says.
    static let http = FuzzTarget("http") { bytes in
        let end = bytes.firstRange(of: [0x0A, 0x0A]) ?? bytes.endIndex..<bytes.endIndex
        let body = Array(bytes[end.upperBound...])
        let response = HTTPResponse(
            status: 429, headerBytes: Array(bytes[..<end.lowerBound]), body: body)
        for (name, value) in response.headers {
            try hold(!name.isEmpty && !name.utf8.contains(0x0A), "a header has a name")
            if let first = response.header(name.uppercased()) {
                try hold(!first.utf8.contains(0x0A), "a value is one line")
            }
            try same(
                HeaderDate.http(value)?.timeIntervalSince1970.isFinite ?? true, true,
                "a date is an instant")
        }
        let words = String(decoding: body, as: UTF8.self)
        let seconds = RetryAfter.seconds(response, words: words, now: someDay)
        try hold(RetryAfter.secondsRange.contains(seconds ?? 1), "a wait of a second to a month")
        for refusal in [
            SendGridRefusals.refusal(response, now: someDay),
            MailgunRefusals.refusal(response, now: someDay),
            PostmarkRefusals.refusal(response, now: someDay),
        ] { try refusal.checkSound() }
    }
}
