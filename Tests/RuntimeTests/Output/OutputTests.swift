import ArgumentParser
import Foundation
import Testing

@testable import Runtime

@Suite struct OutputTests {
    @Test func `all bytes go out, however large`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("out", "")
        let descriptor = open(path, O_WRONLY)
        let text = String(repeating: "blåbær\n", count: 200_000)
        #expect(Output.write(text, to: descriptor) == 0)
        close(descriptor)
        #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == text)
    }

    @Test func `a reader that went away ends no program`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            dup2(ends[1], 1)
            close(ends[1])
            close(ends[0])
            StubCommand.main(["done", "--json"])
        }
    }

    @Test func `results that a full disk did not take end with 74`() async {
        let result = await #expect(
            processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
        ) {
            dup2(open("/dev/full", O_WRONLY), 1)
            StubCommand.main(["done", "--json"])
        }
        #expect(
            result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }?
                .hasSuffix("can't write to standard output: No space left on device\n") == true)
    }

    @Test func `a closed standard error ends no program`() async {
        await #expect(processExitsWith: .exitCode(64)) {
            close(2)
            StubCommand.main(["usage"])
        }
    }

    @Test(
        arguments: [
            (3, 12, "sending 3/12 (25 %)"), (12, nil, "sending 12"), (5, 0, "sending 5"),
            (13, 12, "sending 13/12 (100 %)"),
        ] as [(Int, Int?, String)])
    func `progress is a count, and a share where the whole is known`(
        done: Int, total: Int?, text: String
    ) {
        #expect(Progress("sending", isOn: true).text(done, of: total) == text)
    }

    @Test func `progress writes nothing where there is no terminal`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            var progress = Progress("sending")
            for count in 1...1_000 { progress.show(count, of: 1_000) }
            progress.end()
        }
        #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
    }

    @Test func `a log line takes the place of the progress line`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            var progress = Progress("sending", isOn: true)
            progress.show(1, of: 4)
            Output.say("info: claimed")
            progress.end()
        }
        #expect(
            result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
                == "\r\u{1b}[Ksending 1/4 (25 %)\r\u{1b}[Kinfo: claimed\n")
    }
}
