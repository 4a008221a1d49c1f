/// Parses a mail that anybody may have written, within limits of depth and number.
///
/// A mail without an end is read as far as it goes: servers cut the mails that they return, and so
/// do we. What exceeds the limits is rejected with a reason, and never crashes.
struct MailReader {
    static let depthMax = 8
    static let partsMax = 64

    /// Why a mail is not parsed.
    struct Refusal: Error, Hashable {
        let remark: String
    }

    private var parts = 0

    static func read(_ bytes: [UInt8]) throws(Refusal) -> MailPart {
        var reader = MailReader()
        return try reader.part(bytes[...], depth: 0, defaultType: "text/plain")
    }

    private mutating func part(
        _ bytes: ArraySlice<UInt8>, depth: Int, defaultType: String
    ) throws(Refusal) -> MailPart {
        guard depth <= Self.depthMax else {
            throw Refusal(remark: "parts within parts more than \(Self.depthMax) deep")
        }
        parts += 1
        guard parts <= Self.partsMax else {
            throw Refusal(remark: "more than \(Self.partsMax) parts")
        }
        let (header, body) = Self.split(bytes)
        let headers = MailHeaders(header)
        let (type, parameters) = ContentType.read(headers["content-type"] ?? defaultType)
        var part = MailPart(
            headers: headers, type: type, parameters: parameters, content: [], parts: [])
        if type.utf8.starts(with: "multipart/".utf8) {
            let inner = type == "multipart/digest" ? "message/rfc822" : "text/plain"
            for piece in Self.pieces(body, declared: parameters["boundary"]) {
                part.parts.append(
                    try self.part(piece, depth: depth + 1, defaultType: inner))
            }
            if !part.parts.isEmpty { return part }
            // Without any boundary it is treated as what it looks like.
            part.type = "text/plain"
        }
        let encoding = MailLines.text(
            MailLines.lowercased((headers["content-transfer-encoding"] ?? "").utf8.prefix(40)))
        let content = TransferEncoding.decode(body, encoding)
        if part.isMail {
            part.parts = [
                try self.part(content[...], depth: depth + 1, defaultType: "text/plain")
            ]
        } else {
            part.content = content
        }
        return part
    }

    /// The header and, after the first empty line, the body.
    static func split(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let line = bytes[start..<end]
            let next = min(end + 1, bytes.endIndex)
            if line.isEmpty || line.elementsEqual([0x0D]) {
                return (bytes[..<start], bytes[next...])
            }
            start = next
        }
        return (bytes, bytes[bytes.endIndex...])
    }

    /// The parts between the lines of the boundary, or of a line that looks like one where none is
    /// declared or the declared one does not occur.
    private static func pieces(
        _ body: ArraySlice<UInt8>, declared: String?
    ) -> [ArraySlice<UInt8>] {
        let found = declared.flatMap { $0.isEmpty ? nil : pieces(body, boundary: $0) } ?? []
        guard found.isEmpty, let boundary = likelyBoundary(body) else { return found }
        return pieces(body, boundary: boundary)
    }

    /// The first line of two hyphens and a word that is followed by a field of a part, or its end.
    private static func likelyBoundary(_ body: ArraySlice<UInt8>) -> String? {
        let lines = MailLines.lines(body, max: likelyLinesMax)
        for (line, next) in zip(lines, lines.dropFirst()) {
            let word = MailLines.trimmed(line.prefix(80))
            guard word.count > 2, word.starts(with: "--".utf8), !word.contains(0x20) else {
                continue
            }
            let name = MailLines.fieldName(next)
            if name?.utf8.starts(with: "content-".utf8) == true {
                return MailLines.text(word.dropFirst(2))
            }
        }
        return nil
    }

    private static let likelyLinesMax = 200

    /// The parts between the lines of a boundary; the last part may lack its end.
    private static func pieces(_ body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var pieceStart: Int?
        var start = body.startIndex
        while start < body.endIndex, pieces.count <= partsMax {
            let end = body[start...].firstIndex(of: 0x0A) ?? body.endIndex
            let next = min(end + 1, body.endIndex)
            let line = body[start..<end]
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                let isLast = rest.starts(with: [0x2D, 0x2D])
                if isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                    // The line end before the boundary belongs to the boundary.
                    if let pieceStart { pieces.append(trimmedEnd(body[pieceStart..<start])) }
                    pieceStart = isLast ? nil : next
                    if isLast { return pieces }
                }
            }
            start = next
        }
        if let pieceStart { pieces.append(body[pieceStart...]) }
        return pieces
    }

    private static func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return bytes
    }
}

/// A part of a received mail (RFC 2045, 2046), its content decoded.
struct MailPart {
    var headers: MailHeaders
    /// As `multipart/report`, in lower case.
    var type: String
    var parameters: [String: String]
    /// The decoded content; empty where it has parts.
    var content: [UInt8]
    /// The parts of a multipart, or the mail within `message/rfc822`.
    var parts: [MailPart]

    var isMail: Bool { type == "message/rfc822" || type == "message/global" }

    /// The parts of this mail without parts of their own, excluding those of a mail within the
    /// mail.
    var leaves: [MailPart] {
        if isMail { return [] }
        return parts.isEmpty ? [self] : parts.flatMap(\.leaves)
    }

    /// The mails within the mail, outermost first.
    var mails: [MailPart] {
        parts.flatMap { isMail ? [$0] + $0.mails : $0.mails }
    }

    /// The first leaf of a type.
    func first(_ type: String) -> MailPart? {
        leaves.first { $0.type == type }
    }

    /// The header of our mail where it was returned in a part of its own (RFC 3462); of several,
    /// the one with our id.
    var returnedHeaders: MailHeaders? {
        let headers =
            mails.map(\.headers)
            + leaves.filter {
                $0.type == "text/rfc822-headers" || $0.type == "message/global-headers"
            }
            .map { MailHeaders(MailReader.split($0.content[...]).0) }
        return headers.first(where: \.isOurs) ?? headers.first
    }
}
