package import Runtime

extension HealthCheck {
    /// Prints the check: an object for programs, a sentence for people, in which BROKEN is red.
    package func show(on output: Output) {
        guard !output.isJSON else { return output.line(json) }
        let mark: (String, Screen.Colour)? =
            skipped != nil ? ("SKIPPED", .yellow) : isSound ? nil : ("BROKEN", .red)
        output.words(text, indent: 8, mark: mark)
    }
}
