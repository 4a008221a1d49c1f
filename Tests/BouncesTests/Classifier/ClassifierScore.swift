import Foundation

@testable import Bounces

/// How well the classifier does on labelled bounces: tab-separated, without quoting.
struct ClassifierScore {
    private(set) var rows = 0
    private var right = 0
    private var saidHard = 0
    private var areHard = 0
    private var rightlyHard = 0

    var accuracy: Double { Double(right) / Double(max(rows, 1)) }
    var hardPrecision: Double { Double(rightlyHard) / Double(max(saidHard, 1)) }
    var hardRecall: Double { Double(rightlyHard) / Double(max(areHard, 1)) }

    /// Rows without a class, and those marked as ambiguous, are left out.
    init(labelled url: URL) throws {
        let classifier = Classifier()
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        guard let header = lines.first else { return }
        for line in lines.dropFirst() {
            let row = Dictionary(zip(header, line), uniquingKeysWith: { first, _ in first })
            guard let label = row["label"].flatMap(BounceClass.init), label != .other,
                row["ambiguous"] == "0"
            else { continue }
            let answer = classifier.classify(
                BounceEvidence(
                    replyCode: row["reply_code"].flatMap { Int($0) },
                    enhancedCode: row["enhanced_code"], text: row["diagnostic_text"] ?? ""))
            count(label, answer.bounceClass)
        }
    }

    private mutating func count(_ label: BounceClass, _ said: BounceClass) {
        rows += 1
        if said == label { right += 1 }
        if said == .hard { saidHard += 1 }
        if label == .hard { areHard += 1 }
        if said == .hard, label == .hard { rightlyHard += 1 }
    }
}
