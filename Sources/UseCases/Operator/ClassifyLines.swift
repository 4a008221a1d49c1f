import Bounces
import FoundationEssentials
import Wire
package import Runtime

/// Classifies bounces: JSON Lines on standard input, JSON Lines on standard output.
package struct ClassifyLines {
    package init() {}

    /// Classifies line by line until the input ends; throws `UsageError` for a line that is
    /// invalid.
    package func run(on output: Output) throws {
        let classifier = Classifier()
        let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
        encoder.outputFormatting = .sortedKeys
        var number = 0
        while let line = readLine() {
            number += 1
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            guard let request = try? decoder.decode(ClassifyRequest.self, from: Data(line.utf8))
            else {
                throw UsageError(
                    "standard input, line \(number): is not a JSON object with reply_code,"
                        + " enhanced_code, text, provider, type", exit: .badInput)
            }
            let answer = ClassifyAnswer(classifier.classify(request.evidence))
            output.line(
                String(decoding: try encoder.encode(answer), as: UTF8.self)
                    .escapingInvisiblesInJSON)
        }
    }
}
