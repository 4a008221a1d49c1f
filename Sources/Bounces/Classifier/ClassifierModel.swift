import Glibc

/// Logistic regression over words and codes, for what the rules find little or no evidence for.
///
/// `scripts/train-classifier` trains it with labelled bounces; the weights are a readable table
/// (`ClassifierModelWeights`). A class, for the same reason as `PhraseTable`.
final class ClassifierModel: Sendable {
    /// The model with the weights of this version.
    static let shared = ClassifierModel(weights: weights)

    /// The classes in the order of the table's columns.
    static let classes: [BounceClass] = [.hard, .soft, .blocked]

    /// How many of the words with the largest weights an answer names.
    private static let namedMax = 3

    private let matcher: PhraseMatcher
    private let codes: [ModelCode: Int]
    private let phraseCount: Int
    private let names: [String]
    /// By feature, the phrases before the codes.
    private let weights: [Scores]
    private let bias: Scores
    /// The lowest confidence with which it answers.
    private let least: Double

    /// A number for each class.
    typealias Scores = SIMD4<Double>

    /// Parses a table of weights, one in each line: those of hard, soft and blocked, the kind of
    /// feature (`word`, `reply`, `code`, `subject`, `class`; `bias` for none), and the feature.
    ///
    /// `least` and a number is the lowest confidence of an answer. Other lines are ignored.
    init(weights table: String) {
        var bias = Scores.zero
        var least = 1.0
        var phrases: [(name: String, weights: Scores)] = []
        var codes: [(code: ModelCode, weights: Scores)] = []
        for line in table.split(separator: "\n") {
            let columns = line.split(separator: " ", maxSplits: 4)
            if columns.count == 2, columns[0] == "least" { least = Double(columns[1]) ?? least }
            let numbers = columns.prefix(3).compactMap { Double($0) }.filter(\.isFinite)
            guard columns.count >= 4, numbers.count == 3 else { continue }
            let weights = Scores(numbers[0], numbers[1], numbers[2], 0)
            let name = columns.count > 4 ? String(columns[4]) : ""
            switch columns[3] {
            case "bias": bias = weights
            case "word": phrases.append((name, weights))
            default:
                if let code = ModelCode(kind: String(columns[3]), name) {
                    codes.append((code, weights))
                }
            }
        }
        self.bias = bias
        self.least = least
        phraseCount = phrases.count
        names = phrases.map { $0.name.filter { $0 != "*" } } + codes.map(\.code.name)
        weights = phrases.map(\.weights) + codes.map(\.weights)
        matcher = PhraseMatcher(phrases: phrases.map(\.name))
        self.codes = Dictionary(
            zip(codes.map(\.code), phraseCount...), uniquingKeysWith: { first, _ in first })
    }

    /// The number of features, without the bias.
    var featureCount: Int { weights.count }

    /// The model's answer for a bounce.
    struct Answer {
        var bounceClass: BounceClass
        /// 0 to 1, in twentieths.
        var confidence: Double
        /// The words and codes with the largest weights, as `model: quota, x.2`.
        var evidence: String
    }

    /// Classifies by a server's words and codes; nil where none of the words is known, or the
    /// confidence is too low.
    func answer(_ text: String, _ codes: BounceCodes) -> Answer? {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: weights.count) { isFound in
            isFound.initialize(repeating: false)
            ClassifierText.withPlain(text) { plain in
                matcher.search(plain) { isFound[$0] = true }
            }
            guard isFound[..<phraseCount].contains(true) else { return nil }
            for code in ModelCode.all(codes) {
                if let index = self.codes[code] { isFound[index] = true }
            }
            return answer(isFound.indices.filter { isFound[$0] })
        }
    }

    /// The answer for some features; nil where no word supports it (codes are the rules' business),
    /// or the confidence is too low.
    private func answer(_ features: [Int]) -> Answer? {
        let scores = features.reduce(bias) { $0 + weights[$1] }
        let best = Self.classes.indices.max { scores[$0] < scores[$1] } ?? 0
        let total = Self.classes.indices.reduce(0) { $0 + exp(scores[$1] - scores[best]) }
        // How much more a feature supports the class than the two others.
        let weight = { (index: Int) in self.weights[index][best] * 3 - self.weights[index].sum() }
        let named = features.sorted { weight($0) > weight($1) }.filter { weight($0) > 0 }
            .prefix(Self.namedMax)
        let confidence = (20 / total).rounded(.down) / 20
        let isWorded = features.contains { $0 < phraseCount && weight($0) > 0 }
        guard isWorded, confidence >= least else { return nil }
        return Answer(
            bounceClass: Self.classes[best], confidence: confidence,
            evidence: "model: \(named.map { names[$0] }.joined(separator: ", "))")
    }
}

/// A code as a feature: all of it, or the part that many have in common.
enum ModelCode: Hashable, Sendable {
    case reply(Int)
    case code(subject: Int, detail: Int)
    case subject(Int)
    case statusClass(Int)

    /// All features of one bounce's codes.
    static func all(_ codes: BounceCodes) -> [ModelCode] {
        var all: [ModelCode] = []
        if let reply = codes.reply { all.append(.reply(reply)) }
        if let code = codes.enhanced {
            all += [.code(subject: code.subject, detail: code.detail), .subject(code.subject)]
        }
        if let statusClass = codes.statusClass { all.append(.statusClass(statusClass)) }
        return all
    }

    /// In the notation of the table: a kind, and `550`, `x.7.1`, `x.7` or `5xx`; nil for anything
    /// else.
    init?(kind: String, _ name: String) {
        let numbers = name.split(separator: ".").compactMap { Int($0) }
        switch (kind, numbers.count) {
        case ("reply", 1): self = .reply(numbers[0])
        case ("code", 2): self = .code(subject: numbers[0], detail: numbers[1])
        case ("subject", 1): self = .subject(numbers[0])
        case ("class", 0):
            guard name.hasSuffix("xx"), let digit = name.utf8.first?.digit else { return nil }
            self = .statusClass(digit)
        default: return nil
        }
    }

    var kind: String {
        switch self {
        case .reply: "reply"
        case .code: "code"
        case .subject: "subject"
        case .statusClass: "class"
        }
    }

    var name: String {
        switch self {
        case .reply(let reply): "\(reply)"
        case .code(let subject, let detail): "x.\(subject).\(detail)"
        case .subject(let subject): "x.\(subject)"
        case .statusClass(let digit): "\(digit)xx"
        }
    }
}
