/// Why a dispatch is as it is, where neither a `FaultCode` nor a `BounceReason` says so: the column
/// dispatch.reason has one of the three.
package enum DispatchReason: String, Codable, Sendable, CaseIterable {
    case inDoubt = "in_doubt"
    /// Refused by the provider.
    case refused
    /// It waits for the provider.
    case postponed
    /// It has waited for the provider longer than is sensible.
    case givenUp = "given_up"
    /// It was delivered, and a forward of it was not.
    case forwardFailed = "forward_failed"
    /// The access point could not deliver it.
    case ehfRefused = "ehf_refused"
    /// The post could not deliver it.
    case letterReturned = "letter_returned"
}
