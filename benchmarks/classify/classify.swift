import Foundation

/// Classifies bounces over and over, and prints how many a second one core does.
///
/// `classify`, beside it, compiles it with the classifier. JSON Lines on standard input.
@main struct ClassifySpeed {
    static func main() throws {
        let decoder = JSONDecoder()
        var bounces: [BounceEvidence] = []
        while let line = readLine() {
            bounces.append(
                try decoder.decode(ClassifyRequest.self, from: Data(line.utf8)).evidence)
        }
        let classifier = Classifier()
        var hard = 0
        for bounce in bounces where classifier.classify(bounce).bounceClass == .hard { hard += 1 }
        let rounds = max(1, 400_000 / bounces.count)
        var best = Double.infinity
        for _ in 0..<5 {
            var again = 0
            let begun = clock()
            for _ in 0..<rounds {
                for bounce in bounces where classifier.classify(bounce).bounceClass == .hard {
                    again += 1
                }
            }
            best = min(best, Double(clock() - begun) / Double(CLOCKS_PER_SEC))
            precondition(again == hard * rounds, "one bounce, two classes")
        }
        print(Int(Double(bounces.count * rounds) / best))
    }
}
