import Foundation
import Testing

@testable import Runtime

struct OpenMetricsTests {
    @Test func `a gauge is named once, with a line for each sample`() {
        let metrics = OpenMetrics([
            .init("a_bytes", "How large.", [.init(1_796_065_291)]),
            .init(
                "b", "By what.",
                [.init(0.25, ("job", "x"), ("place", "")), .init(-3, ("job", "y"), ("place", "z"))]),
            .init("c", "None.", []),
        ])
        #expect(
            metrics.text == """
                # HELP a_bytes How large.
                # TYPE a_bytes gauge
                a_bytes 1796065291
                # HELP b By what.
                # TYPE b gauge
                b{job="x",place=""} 0.25
                b{job="y",place="z"} -3
                # HELP c None.
                # TYPE c gauge
                # EOF

                """)
    }

    @Test func `a stranger's name ends neither its label nor its line`() {
        let metrics = OpenMetrics([.init("a", "b\nc", [.init(1, ("source", "q\"\\\n} 2\na"))])])
        #expect(metrics.text.contains(#"a{source="q\"\\\n} 2\na"} 1"#))
        #expect(metrics.text.split(separator: "\n").count == 4)
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300])
    func `a value that is no whole number is written as one that is read back`(value: Double) {
        let line = OpenMetrics([.init("a", "b", [.init(value)])]).text.split(separator: "\n")[2]
        let read = line.split(separator: " ").last.flatMap { Double($0) }
        #expect(read == value || value.isNaN && read?.isNaN == true)
    }

    @Test func `the file is replaced as a whole, and all may read it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "budstikke.prom").path()
        for value in [1.0, 2] {
            try OpenMetrics([.init("a", "b", [.init(value)])]).write(to: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\na 2\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).count == 1)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
    }

    @Test func `a file that can't be replaced is named, and nothing is left beside it`() throws {
        let error = #expect(throws: UsageError.self) {
            try OpenMetrics([]).write(to: "/nonexistent/budstikke.prom")
        }
        #expect(error?.exit == .inputOutput)
        #expect("\(error.map(\.description) ?? "")".contains("/nonexistent/budstikke.prom"))
    }
}
