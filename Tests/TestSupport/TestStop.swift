import Wire

/// A stop that is asked for when a test says so.
package struct TestStop: StopRequest {
    private let seconds: @Sendable () -> Double?

    /// `secondsSinceRequest` says how long ago it was asked; nil while it was not.
    package init(_ secondsSinceRequest: @escaping @Sendable () -> Double?) {
        seconds = secondsSinceRequest
    }

    package var secondsSinceRequest: Double? { seconds() }
}
