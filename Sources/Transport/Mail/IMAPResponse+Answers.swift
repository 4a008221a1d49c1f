import Wire

/// What the responses to each of our commands say; what is about something else is passed over.
extension [IMAPResponse] {
    /// The number in `OK [UIDVALIDITY 3857529045] UIDs valid`, of several the last.
    var uidValidity: UInt32? {
        compactMap { (response) -> UInt32? in
            let words = response.line.uppercased().split { " []".contains($0) }
            guard let name = words.firstIndex(of: "UIDVALIDITY"), name + 1 < words.endIndex
            else { return nil }
            return UInt32(words[name + 1])
        }.last
    }

    /// The UIDs that a search found.
    var found: [UInt32] {
        filter { IMAPResponse.word($0.tokens.first)?.uppercased() == "SEARCH" }.flatMap {
            $0.tokens.dropFirst().compactMap { IMAPResponse.word($0).flatMap(UInt32.init) }
        }
    }

    var entries: [IMAPClient.Entry] {
        fetched.compactMap { item in
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let text = IMAPResponse.string(item["INTERNALDATE"]),
                let date = HeaderDate.imap(String(decoding: text, as: UTF8.self)),
                let size = IMAPResponse.word(item["RFC822.SIZE"]).flatMap({ Int($0) })
            else { return nil }
            return IMAPClient.Entry(uid: uid, arrivedAt: date, sizeBytes: size)
        }
    }

    var messages: [IMAPClient.Message] {
        fetched.compactMap { item in
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let body = item.first(where: { $0.key.hasPrefix("BODY[]") })?.value,
                let bytes = IMAPResponse.string(body)
            else { return nil }
            return IMAPClient.Message(uid: uid, bytes: bytes)
        }
    }

    /// The items of each FETCH response, by their names.
    private var fetched: [[String: IMAPResponse.Token]] {
        compactMap {
            guard $0.tokens.count == 3, IMAPResponse.word($0.tokens[1])?.uppercased() == "FETCH",
                let list = IMAPResponse.list($0.tokens[2])
            else { return nil }
            var items: [String: IMAPResponse.Token] = [:]
            for index in stride(from: 0, to: list.count - 1, by: 2) {
                guard let name = IMAPResponse.word(list[index]) else { continue }
                items[name.uppercased()] = list[index + 1]
            }
            return items
        }
    }
}
