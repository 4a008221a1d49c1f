import CLibCurl

/// Owns a libcurl multi handle: many transfers in one thread, and the connections kept alive.
final class MultiHandle {
    private let handle: UnsafeMutableRawPointer

    init(connectionsMax: Int) {
        CurlLibrary.begin()
        guard let handle = curl_multi_init() else { preconditionFailure("out of memory") }
        self.handle = handle
        budstikke_set_multi_long(handle, CURLMOPT_MAXCONNECTS, connectionsMax)
        budstikke_set_multi_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    deinit {
        curl_multi_cleanup(handle)
    }

    /// Starts a transfer; it is the caller's to keep until it has ended.
    func add(_ transfer: Transfer) {
        let code = curl_multi_add_handle(handle, transfer.easy)
        precondition(code == CURLM_OK, "a transfer was started twice")
    }

    /// Breaks a running transfer off; its connection is closed.
    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(handle, transfer.easy)
    }

    /// Drives all transfers as far as they go without waiting, and gives those that ended.
    func advance() -> [(transfer: Transfer, code: CURLcode)] {
        var running: Int32 = 0
        curl_multi_perform(handle, &running)
        var ended: [(Transfer, CURLcode)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            // The message goes with its handle.
            ended.append((Transfer.owner(of: easy), budstikke_result(message)))
            curl_multi_remove_handle(handle, easy)
        }
        return ended
    }

    /// Waits until something can be read or written, at most a second.
    func wait() {
        curl_multi_poll(handle, nil, 0, 1000, nil)
    }
}
