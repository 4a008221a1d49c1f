import Invoicing

/// The countries and currencies that a company, a customer or a price may name.
///
/// From the same editions as the lists of EHF, without what those have for other uses.
package enum ISOCodes {
    /// ISO 3166-1 alpha-2.
    package static let countries = EHFCodes.countries.subtracting(["1A", "XI"])

    /// ISO 4217, money alone: no metals, funds, units of account or codes for tests.
    package static let currencies = EHFCodes.currencies.subtracting(
        EHFCodes.codes(
            """
            BOV CHE CHW CLF CNH COU MXV USN UYI UYW XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS
            XUA XXX
            """))
}
