import Dispatching

/// Why a message is not submitted at all, in words: the provider would refuse it.
struct MessageFault: Error {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    init?(bytes: Int, limits: MessageLimits) {
        guard bytes > limits.bytesMax else { return nil }
        reason = "the message takes \(bytes) bytes; \(limits.provider) takes \(limits.bytesMax)"
    }
}
