import FoundationEssentials

@testable import Bounces

extension FuzzTarget {
    /// A server's words: as a line of `budstikke classify`, or in four lines of codes and names and
    /// the words behind them.
    static let classifier = FuzzTarget("classifier") { bytes in
        // Most bytes are no JSON, and then are the other form.
        let request = try? JSONDecoder().decode(ClassifyRequest.self, from: Data(bytes))
        let evidence = request?.evidence ?? BounceEvidence(lines: bytes)
        let classification = Classifier().classify(evidence)
        try classification.checkSound()
        try same(Classifier().classify(evidence), classification, "the same twice")
        let answer = ClassifyAnswer(classification)
        let written = try JSONEncoder().encode(answer)
        try same(
            try JSONDecoder().decode(ClassifyAnswer.self, from: written), answer,
            "an answer is read as it was written")
    }
}

extension BounceEvidence {
    /// `550`, `5.1.1`, `sendgrid`, `bounce`, each on its line, empty for none; then the words.
    fileprivate init(lines bytes: [UInt8]) {
        let lines = bytes.split(
            separator: 0x0A, maxSplits: 4, omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        func line(_ index: Int) -> String? {
            lines.indices.contains(index) && !lines[index].isEmpty ? lines[index] : nil
        }
        self.init(
            replyCode: line(0).flatMap { Int($0) }, enhancedCode: line(1),
            text: line(4) ?? "", provider: line(2), type: line(3))
    }
}
