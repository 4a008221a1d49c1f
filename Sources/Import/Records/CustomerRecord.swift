package import Invoicing

/// Who is invoiced: one row of `customers`.
package struct CustomerRecord: SetupRecord {
    package var number: String
    package var name: String
    /// As it is written: a bad address is no fault here, but one that the precheck tells the user.
    package var email: String?
    /// Nine digits in Norway; as it is written elsewhere.
    package var organisationNumber: String?
    package var address: Address
    package var language: Language
    /// Days to pay; nil for the tenant's.
    package var dueDays: Int?
    package var buyerReference: String?
    package var endpoint: Identifier?
    package var isReverseCharged: Bool
}

extension CustomerRecord {
    enum Column: String, SetupColumn {
        case number, name, email
        case organisationNumber = "organisation_number"
        case street
        case postalCode = "postal_code"
        case city, country, language
        case dueDays = "due_days"
        case buyerReference = "buyer_reference"
        case endpoint
        case reverseCharge = "reverse_charge"
    }

    static var kind: SetupKind { .customers }
    static var requiredColumns: [Column] { [.number, .name] }
    static var keyColumn: Column { .number }

    var identity: [String] { [number] }

    init(_ row: inout SetupRow<Column>) {
        let country = row.country(.country)
        number = row.requiredKey(.number)
        name = row.requiredLine(.name)
        email = row.line(.email)
        organisationNumber = row.organisationNumber(.organisationNumber, country: country)
        address = Address(
            street: row.line(.street), postalCode: row.line(.postalCode), city: row.line(.city),
            country: country)
        language = row.choice(.language, Language.self) ?? .nb
        dueDays = row.int(.dueDays, in: 0...365)
        buyerReference = row.line(.buyerReference)
        endpoint = row.endpoint(.endpoint)
        isReverseCharged = row.bool(.reverseCharge, default: false)
        if isReverseCharged, organisationNumber == nil, row.text(.organisationNumber) == nil {
            row.fault(
                .organisationNumber, "is missing where the charge is reversed",
                advice:
                    "Fill it in: the law wants it on the invoice (bokføringsforskriften § 5-1-1)")
        }
    }
}
