/// Whether the program was asked to stop; whoever waits for a server looks up at it.
package protocol StopRequest: Sendable {
    /// How long ago it was asked; nil while it was not.
    var secondsSinceRequest: Double? { get }
}

/// The stop of what nobody asks to stop.
package struct NeverStopped: StopRequest {
    package init() {}

    package var secondsSinceRequest: Double? { nil }
}
