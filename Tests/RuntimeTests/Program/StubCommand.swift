import Glibc
import ArgumentParser
import Logging

@testable import Runtime

/// A program whose outcome its argument decides.
struct StubCommand: BudstikkeCommand {
    static let configuration = CommandConfiguration(commandName: "stub")

    enum Way: String, ExpressibleByArgument, CaseIterable {
        case done, nothing, failing, usage, bug, unavailable, log
        case raiseTerm = "raise-term"
        case raiseInterrupt = "raise-interrupt"
        case raiseTwice = "raise-twice"
        case hostile
    }

    struct Unthought: Error {}

    @OptionGroup var global: GlobalOptions
    @Argument var way: Way

    var unusedOptions: Set<GlobalOption> { [.tenant] }

    func run(_ context: RunContext) throws -> RunSummary? {
        switch way {
        case .done: return RunSummary(job: "stub", counts: [("made", 3)], failed: 0)
        case .nothing: return nil
        case .failing: return RunSummary(job: "stub", counts: [("made", 3)], failed: 1)
        case .usage: throw UsageError("there is no invoice 7")
        case .bug: throw Unthought()
        case .unavailable: throw UsageError("the database is down", exit: .unavailable)
        case .hostile: throw UsageError("550 \u{1b}[2J\nstub: all is well", exit: .unavailable)
        case .log:
            context.log.warning("refused", metadata: ["dispatch": "17", "text": "5.1.1 no\n"])
            return nil
        case .raiseTerm: raise(SIGTERM)
        case .raiseInterrupt: raise(SIGINT)
        case .raiseTwice:
            raise(SIGTERM)
            raise(SIGTERM)
        }
        return RunSummary(
            job: "stub", counts: [("stopped", context.stop.isRequested ? 1 : 0)], failed: 0)
    }
}

extension StubCommand {
    /// As a program's main thread has it: the threads that tests run on block all signals.
    static func admitSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, nil)
    }
}
