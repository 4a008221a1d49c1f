@testable import Import

/// The value of a reading that must succeed.
func value<Value>(_ result: Result<Value, ImportFaults>) throws -> Value {
    try result.get()
}

/// The faults of a reading that must fail; none where it did not.
func faults<Value>(_ result: Result<Value, ImportFaults>) -> [ImportFault] {
    guard case .failure(let failure) = result else { return [] }
    return failure.faults
}
