import Dispatch
import Dispatching
import FoundationEssentials
import Runtime
import Synchronization

/// A stretch of a source to read.
struct EventStretch: Sendable {
    var source: EventSource
    var start: Date
    var end: Date
}

/// The pages of a provider, read ahead by one: while a page is worked on, the next is fetched.
///
/// The provider is opened, and spoken to, on a thread of its own, which never sees the database.
final class EventPages: Sendable {
    struct Item: Sendable {
        var source: EventSource
        var page: EventPage
    }

    private typealias Queue = BoundedQueue<Item>

    /// Nobody takes pages any more.
    private struct Abandoned: Error {}

    /// A page weighs one, from when it was fetched until it has been worked on; one more waits in
    /// the provider's hands for the room.
    private let queue = Queue(weightMax: 1)
    private let reading = DispatchGroup()
    private let failure = Mutex<(any Error)?>(nil)

    /// Begins to read; `open` opens the provider on the thread that speaks to it.
    init(
        of stretches: [EventStretch], stop: StopSignal,
        open: @escaping @Sendable () throws -> any MailProvider
    ) {
        DispatchQueue(label: "budstikke.pages").async(group: reading) { [self] in
            do {
                let provider = try open()
                for stretch in stretches where !stop.isRequested {
                    try read(stretch, from: provider)
                }
            } catch is Abandoned {
                // Why, whoever took the pages knows.
            } catch {
                failure.withLock { $0 = error }
            }
            // What was fetched before is worked on, whatever ended the reading.
            queue.close()
        }
    }

    private func read(_ stretch: EventStretch, from provider: any MailProvider) throws {
        try provider.poll(stretch.source, from: stretch.start, until: stretch.end) { page in
            guard try queue.reserve(1) else { throw Abandoned() }
            queue.put([Item(source: stretch.source, page: page)])
        }
    }

    /// Works on every page in turn; throws what the work or, after the last page, the reading threw.
    func forEach(_ work: (Item) throws -> Void) throws {
        defer {
            queue.close()
            reading.wait()
        }
        while let item = try queue.take(isWaiting: true) {
            try work(item)
            queue.free(1)
        }
        reading.wait()
        if let failure = failure.withLock(\.self) { throw failure }
    }
}
