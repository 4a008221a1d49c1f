/// Classifies a bounce as hard, soft or blocked, and finds the reason.
///
/// The evidence is considered in this order: an event decided by the provider itself (a complaint,
/// a suppression), the server's words, the enhanced code, the reply code, the provider's own type.
/// The reason determines the class. An unknown cause is soft with low confidence: a wrong `hard`
/// costs a paying customer's address.
///
/// Pure and safe to share; a few hundred nanoseconds for a bounce.
package struct Classifier: Sendable {
    package init() {}

    /// Classifies one bounce.
    package func classify(_ evidence: BounceEvidence) -> BounceClassification {
        classify(evidence, ignoring: [], asking: .shared)
    }

    /// Classifies one bounce as if some parts of phrases were not known, to measure how it does
    /// with unforeseen words; and with a given model, or none.
    func classify(
        _ evidence: BounceEvidence, ignoring pieces: Set<Int>, asking model: ClassifierModel?
    ) -> BounceClassification {
        let opinion = ProviderOpinion(evidence)
        if let opinion, opinion.isDecisive { return answer(opinion, isTransient: false) }
        let codes = BounceCodes(evidence)
        let findings = PhraseFindings(in: evidence.text, ignoring: pieces)
        var found = cause(findings, codes, opinion, evidence)
        if found.confidence < BounceClassification.reviewBelow, let model,
            let surer = surer(found, model.answer(evidence.text, codes))
        {
            found = surer
        }
        let cause = found.passing((codes.statusClass ?? (findings.isTemporary ? 4 : 5)) == 4)
        let isTransient = isPassing(findings, codes, cause.reason)
        return BounceClassification(
            bounceClass: cause.reason.bounceClass(isTransient: isTransient),
            reason: cause.reason, scope: cause.reason.scope, transient: isTransient,
            confidence: cause.confidence, evidence: cause.evidence)
    }

    /// A reason, its confidence, and the evidence for it.
    struct Cause {
        var reason: BounceReason
        var confidence: Double
        var evidence: String

        /// A server that reports a missing domain as temporary could not determine whether it
        /// exists.
        func passing(_ isTransient: Bool) -> Cause {
            guard isTransient, reason == .domainUnknown else { return self }
            return Cause(reason: .dnsTemporary, confidence: confidence, evidence: evidence)
        }
    }

    /// Whether the server answered 4xx, or worded it as temporary.
    ///
    /// With a missing domain, "try again" is advice to people.
    private func isPassing(
        _ findings: PhraseFindings, _ codes: BounceCodes, _ reason: BounceReason? = nil
    ) -> Bool {
        if let statusClass = codes.statusClass, reason == .domainUnknown { return statusClass == 4 }
        return codes.statusClass == 4 || findings.isTemporary
    }

    private func cause(
        _ findings: PhraseFindings, _ codes: BounceCodes, _ opinion: ProviderOpinion?,
        _ evidence: BounceEvidence
    ) -> Cause {
        if let phrase = Self.strong(findings, codes), !Self.isRefusal(phrase, codes) {
            return worded(phrase, findings, codes, confidence: agreement(phrase, codes))
        }
        if let (reason, code) = HostCodes.find(in: evidence.text) {
            return Cause(reason: reason, confidence: Confidence.code, evidence: "host: \(code)")
        }
        var doubted: Cause?
        if let code = codes.enhanced, !Self.isVague(code), let cause = enhanced(code, codes) {
            guard Self.isDoubtful(cause, code, findings) else { return cause }
            doubted = cause
        }
        let isPolicy = codes.enhanced?.subject == 7
        if let phrase = isPolicy ? findings.hint : findings.faintHint {
            let cause = worded(phrase, findings, codes, confidence: Confidence.hint)
            return isPassing(findings, codes) ? Self.safe(cause) : cause
        }
        if let doubted { return Self.doubted(doubted, codes) }
        if let code = codes.enhanced, !code.isUnspecific, let cause = enhanced(code, codes) {
            return cause
        }
        if let reply = codes.reply, let reason = Self.reason(ofReply: reply) {
            return Cause(reason: reason, confidence: Confidence.reply, evidence: "reply: \(reply)")
        }
        if codes.statusClass == 4 {
            return Cause(
                reason: .serverError, confidence: Confidence.reply, evidence: "class: 4")
        }
        if let opinion { return Cause(opinion) }
        if let code = codes.enhanced, let cause = enhanced(code, codes) { return cause }
        if let reply = codes.reply, findings.isWordless,
            let reason = Self.likelyReason(ofReply: reply)
        {
            return Cause(
                reason: reason, confidence: Confidence.likelyReply, evidence: "reply: \(reply)")
        }
        return Cause(reason: .undetermined, confidence: Confidence.nothing, evidence: "none")
    }

    /// A server that reports a missing user and domain as temporary (4xx) found no server to ask
    /// for the user.
    private static func strong(_ findings: PhraseFindings, _ codes: BounceCodes) -> Int? {
        guard let phrase = findings.strong, let domain = findings.missingDomain,
            codes.statusClass == 4, PhraseTable.shared.reasons[phrase] == .userUnknown
        else { return findings.strong }
        return domain
    }

    /// A network fault with a policy code: the server that answers "5.7.1 connection refused" was
    /// reached.
    private static func isRefusal(_ phrase: Int, _ codes: BounceCodes) -> Bool {
        codes.enhanced?.subject == 7 && PhraseTable.shared.reasons[phrase] == .networkError
    }

    /// The cause by the words, unless they are about the sender.
    private func worded(
        _ phrase: Int, _ findings: PhraseFindings, _ codes: BounceCodes, confidence: Double
    ) -> Cause {
        let reason = PhraseTable.shared.reasons[phrase]
        // An argument that is not a domain is the name in our greeting.
        if reason == .domainUnknown, codes.isAboutArgument {
            return Cause(
                reason: .ipBlocked, confidence: confidence,
                evidence: PhraseTable.shared.evidence[phrase])
        }
        let isSender =
            findings.isAboutSender || codes.enhanced.map(Self.isAboutSender) ?? false
        return Cause(
            reason: isRestricted(reason, codes)
                ? .recipientFilter : reason.isAboutAddress && isSender ? .senderRejected : reason,
            confidence: confidence, evidence: PhraseTable.shared.evidence[phrase])
    }

    /// Words that find fault with the sender, with a code for a recipient that accepts mail from
    /// certain people only: "the sender was not authenticated when sending to this group".
    private func isRestricted(_ reason: BounceReason, _ codes: BounceCodes) -> Bool {
        guard let code = codes.enhanced,
            Self.reason(of: code, codes: codes) == .recipientFilter
        else { return false }
        return [.senderRejected, .security, .authFailure, .policy, .relayDenied].contains(reason)
    }

    /// The model's answer where the rules found little; nil where they are more certain.
    ///
    /// A `hard` without certainty is not used: what the rules found stays, and is reviewed.
    private func surer(_ cause: Cause, _ answer: ClassifierModel.Answer?) -> Cause? {
        guard let answer, answer.confidence > cause.confidence,
            answer.bounceClass != .hard || answer.confidence >= BounceClassification.reviewBelow
        else { return nil }
        let isSame = cause.reason.bounceClass(isTransient: false) == answer.bounceClass
        return Cause(
            reason: isSame ? cause.reason : Self.plainReason(of: answer.bounceClass),
            confidence: min(answer.confidence, Confidence.model), evidence: answer.evidence)
    }

    /// The reason that adds nothing to the class.
    private static func plainReason(of bounceClass: BounceClass) -> BounceReason {
        switch bounceClass {
        case .hard: .userUnknown
        case .blocked: .policy
        case .soft, .other: .undetermined
        }
    }

    private static func isAboutSender(_ code: EnhancedCode) -> Bool {
        code.subject == 1 && (7...8).contains(code.detail)
    }

    /// Words and code in agreement are more certain than words alone, and these more than words
    /// that a code contradicts.
    private func agreement(_ phrase: Int, _ codes: BounceCodes) -> Double {
        guard let code = codes.enhanced, !Self.isVague(code),
            let reason = Self.reason(of: code, codes: codes)
        else {
            return PhraseTable.shared.isPattern[phrase] ? Confidence.pattern : Confidence.words
        }
        let worded = PhraseTable.shared.reasons[phrase]
        let isSame =
            worded.bounceClass(isTransient: false) == reason.bounceClass(isTransient: false)
        return isSame ? Confidence.agreement : Confidence.contradiction
    }

    /// Whether a code would condemn the address by its mailbox or its route while the server says
    /// something else that is not known: `5.2.1` and `5.4.4` are used for many things.
    private static func isDoubtful(
        _ cause: Cause, _ code: EnhancedCode, _ findings: PhraseFindings
    ) -> Bool {
        (code.subject == 2 || code.subject == 4) && !findings.isWordless
            && !findings.hintsAtAddress
            && cause.reason.bounceClass(isTransient: false) == .hard
    }

    /// A weak word, or a code alone, condemns no address while the server calls it temporary.
    private static func safe(_ cause: Cause) -> Cause {
        guard cause.reason.bounceClass(isTransient: true) == .hard else { return cause }
        return Cause(
            reason: .serverError, confidence: Confidence.hint, evidence: cause.evidence)
    }

    /// The cause of a doubtful code is unknown; but `4.2.1` is what servers use for a mailbox that
    /// receives too much at once.
    private static func doubted(_ cause: Cause, _ codes: BounceCodes) -> Cause {
        Cause(
            reason: cause.reason == .mailboxDisabled && codes.statusClass == 4
                ? .rateLimited : .undetermined,
            confidence: Confidence.doubtedCode, evidence: cause.evidence)
    }

    private func enhanced(_ code: EnhancedCode, _ codes: BounceCodes) -> Cause? {
        guard let reason = Self.reason(of: code, codes: codes) else { return nil }
        let cause = Cause(
            reason: reason,
            confidence: reason == .undetermined
                ? Confidence.nothing : Self.isVague(code) ? Confidence.vagueCode : Confidence.code,
            evidence: "enhanced: \(code.statusClass).\(code.subject).\(code.detail)")
        return codes.statusClass == 4 ? Self.safe(cause) : cause
    }

    private func answer(_ opinion: ProviderOpinion, isTransient: Bool) -> BounceClassification {
        BounceClassification(
            bounceClass: opinion.reason.bounceClass(isTransient: isTransient),
            reason: opinion.reason, scope: opinion.reason.scope, transient: isTransient,
            confidence: opinion.confidence, evidence: opinion.evidence)
    }
}

extension Classifier.Cause {
    init(_ opinion: ProviderOpinion) {
        self.init(
            reason: opinion.reason, confidence: opinion.confidence, evidence: opinion.evidence)
    }
}
