import Dispatch
import Dispatching
import FoundationEssentials
import Runtime
import Synchronization

/// A range of a source to read.
struct EventStretch: Sendable {
    var source: EventSource
    var start: Date
    var end: Date
}

/// The provider's pages, read one ahead: while a page is processed, the next is fetched.
///
/// The provider is opened and used on a separate thread, which never uses the database.
final class EventPages: Sendable {
    struct Item: Sendable {
        var source: EventSource
        var page: EventPage
    }

    private typealias Queue = BoundedQueue<Item>

    /// The consumer has stopped.
    private struct Abandoned: Error {}

    /// A page has weight one from when it is fetched until it has been processed; one more is
    /// fetched and waits for room.
    private let queue = Queue(weightMax: 1)
    private let reading = DispatchGroup()
    private let failure = Mutex<(any Error)?>(nil)

    /// Starts reading; `open` opens the provider on the thread that uses it.
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
                // The consumer knows the reason.
            } catch {
                failure.withLock { $0 = error }
            }
            // Pages fetched before are processed, whatever ended the reading.
            queue.close()
        }
    }

    private func read(_ stretch: EventStretch, from provider: any MailProvider) throws {
        try provider.poll(stretch.source, from: stretch.start, until: stretch.end) { page in
            guard try queue.reserve(1) else { throw Abandoned() }
            queue.put([Item(source: stretch.source, page: page)])
        }
    }

    /// Processes every page in turn; throws the error of the work or, after the last page, of the
    /// reading.
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
