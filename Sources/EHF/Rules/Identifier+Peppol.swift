package import Invoicing

extension Identifier {
    /// Whether Peppol delivers to addresses of this scheme.
    package var isOfPeppol: Bool {
        scheme.map(EHFCodes.endpointSchemes.contains) ?? false
    }
}
