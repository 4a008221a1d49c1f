import ArgumentParser
import Foundation
import Testing

@testable import Runtime

/// Each in a process of its own, since signals are a process's.
@Suite struct StopSignalTests {
    @Test func `SIGTERM lets the work end, and asks to be run again`() async {
        await #expect(processExitsWith: .exitCode(75)) {
            StubCommand.admitSignals()
            StubCommand.main(["raise-term"])
        }
    }

    @Test func `SIGINT lets the work end, and is told`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            StubCommand.admitSignals()
            StubCommand.main(["raise-interrupt"])
        }
    }

    @Test func `the second SIGTERM does not wait`() async {
        await #expect(processExitsWith: .exitCode(143)) {
            StubCommand.admitSignals()
            StubCommand.main(["raise-twice"])
        }
    }

    @Test func `a terminal that went away stops it as SIGTERM does`() async {
        await #expect(processExitsWith: .exitCode(75)) {
            StopSignal.install()
            StubCommand.admitSignals()
            raise(SIGHUP)
            exit(StopSignal().exit?.rawValue ?? 0)
        }
    }

    @Test func `a signal that the caller ignores stays ignored`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            signal(SIGHUP, SIG_IGN)
            StopSignal.install()
            StubCommand.admitSignals()
            raise(SIGHUP)
            exit(StopSignal().isRequested ? 1 : 0)
        }
    }

    @Test func `nothing is asked for until somebody asks`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            StopSignal.install()
            exit(StopSignal().isRequested || StopSignal().exit != nil ? 1 : 0)
        }
    }
}
