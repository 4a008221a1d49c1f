import CLibCurl

/// What libcurl calls while an exchange runs.
extension Transfer {
    /// More header than any honest server sends; libcurl 7.88 has no bound of its own.
    private static let headerBytesMax = 64 << 10

    func setCallbacks() {
        let owner = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_PRIVATE, CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA,
            CURLOPT_PREREQDATA,
        ] {
            budstikke_set_pointer(easy, option, owner)
        }
        budstikke_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        budstikke_set_data_callback(easy, CURLOPT_READFUNCTION) { buffer, size, count, owner in
            owner.map { Transfer.from($0).giveBody(buffer, size * count) } ?? 0
        }
        budstikke_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, owner in
            owner.map { Transfer.from($0).takeBody(bytes, size * count) } ?? 0
        }
        budstikke_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, owner in
            owner.map { Transfer.from($0).takeHeader(bytes, size * count) } ?? 0
        }
        // libcurl sends a POST again by itself when a kept-alive connection dies before the
        // answer. It rewinds the body to do so: a body that can't be rewound is sent once.
        budstikke_set_seek_callback(easy) { _, _, _ in CURL_SEEKFUNC_FAIL }
        budstikke_set_prereq_callback(easy) { owner, _, _, _, _ in
            owner.map { Transfer.from($0).begin() } ?? CURL_PREREQFUNC_ABORT
        }
    }

    private func begin() -> Int32 {
        guard mayBegin, !isPastDeadline else { return CURL_PREREQFUNC_ABORT }
        attempts += 1
        return CURL_PREREQFUNC_OK
    }

    private func giveBody(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        guard let buffer, let body = request.body else { return 0 }
        guard !isPastDeadline else { return Int(CURL_READFUNC_ABORT) }
        let end = min(body.count, bodyBytesGiven + room)
        body.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: room)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[bodyBytesGiven..<end]))
        }
        defer { bodyBytesGiven = end }
        return end - bodyBytesGiven
    }

    /// Takes bytes of the answer; fewer than were offered make libcurl give up.
    private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= responseBytesMax else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        // An interim answer (100) or a proxy's comes with a header of its own: the last counts.
        if line.starts(with: "HTTP/".utf8) { headerBytes.removeAll(keepingCapacity: true) }
        guard headerBytes.count + count <= Self.headerBytesMax else {
            isTooLarge = true
            return 0
        }
        headerBytes.append(contentsOf: line)
        return count
    }
}
