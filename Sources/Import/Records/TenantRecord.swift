package import Invoicing

/// The company whose set-up it is, as one row of `tenant` tells it.
package struct TenantRecord: SetupRecord {
    package var tenantID: Int64
    package var name: String
    /// Nine digits in Norway; as it is written elsewhere.
    package var organisationNumber: String?
    package var isVATRegistered: Bool
    /// Whether `Foretaksregisteret` stands on its invoices.
    package var isInBusinessRegister: Bool
    package var legalForm: String?
    package var address: Address
    package var language: Language
    /// A name of the IANA database, which PostgreSQL is asked about.
    package var timeZone: String
    package var currency: CurrencyCode
    package var accountNumber: AccountNumber?
    package var iban: IBAN?
    package var bic: String?
    /// The address its mail comes from, where it is not the installation's.
    package var fromEmail: EmailAddress?
    package var replyTo: EmailAddress?
    package var dueDays: Int
    package var kidAlgorithm: KIDAlgorithm
    package var kidCustomerDigits: Int
    package var kidInvoiceDigits: Int
    package var isRoundedToKrone: Bool
    package var firstInvoiceNumber: Int64
    package var catchUpPolicy: CatchUpPolicy
    package var catchUpMax: Int
    package var inDoubtPolicy: InDoubtPolicy
}

extension TenantRecord {
    enum Column: String, SetupColumn {
        case tenantID = "tenant_id"
        case name
        case organisationNumber = "organisation_number"
        case vatRegistered = "vat_registered"
        case inBusinessRegister = "in_business_register"
        case legalForm = "legal_form"
        case street
        case postalCode = "postal_code"
        case city, country, language
        case timeZone = "time_zone"
        case currency
        case accountNumber = "account_number"
        case iban, bic
        case fromEmail = "from_email"
        case replyTo = "reply_to"
        case dueDays = "due_days"
        case kidAlgorithm = "kid_algorithm"
        case kidCustomerDigits = "kid_customer_digits"
        case kidInvoiceDigits = "kid_invoice_digits"
        case roundToKrone = "round_to_krone"
        case firstInvoiceNumber = "first_invoice_number"
        case catchUpPolicy = "catch_up_policy"
        case catchUpMax = "catch_up_max"
        case inDoubtPolicy = "in_doubt_policy"
    }

    static var kind: SetupKind { .tenant }
    static var requiredColumns: [Column] { [.tenantID, .name] }
    static var keyColumn: Column { .tenantID }

    var identity: [String] { [String(tenantID)] }

    init(_ row: inout SetupRow<Column>) {
        let country = row.country(.country)
        if row.text(.tenantID) == nil { row.faultMissing(.tenantID) }
        tenantID = Int64(row.int(.tenantID, in: 1...Int.max) ?? 0)
        name = row.requiredLine(.name)
        organisationNumber = row.organisationNumber(.organisationNumber, country: country)
        isVATRegistered = row.bool(.vatRegistered, default: true)
        isInBusinessRegister = row.bool(.inBusinessRegister, default: false)
        legalForm = row.line(.legalForm)
        address = Address(
            street: row.line(.street), postalCode: row.line(.postalCode), city: row.line(.city),
            country: country)
        language = row.choice(.language, Language.self) ?? .nb
        timeZone = row.line(.timeZone) ?? "Europe/Oslo"
        currency = row.currency(.currency)
        accountNumber = row.accountNumber(.accountNumber)
        iban = row.iban(.iban)
        bic = row.bic(.bic)
        fromEmail = row.emailAddress(.fromEmail)
        replyTo = row.emailAddress(.replyTo)
        dueDays = row.int(.dueDays, in: 0...365) ?? 14
        kidAlgorithm = row.choice(.kidAlgorithm, KIDAlgorithm.self) ?? .mod10
        kidCustomerDigits = row.int(.kidCustomerDigits, in: 0...20) ?? 0
        kidInvoiceDigits = row.int(.kidInvoiceDigits, in: 1...20) ?? 7
        isRoundedToKrone = row.bool(.roundToKrone, default: false)
        firstInvoiceNumber = Int64(row.int(.firstInvoiceNumber, in: 1...999_999_999_999) ?? 1)
        catchUpPolicy = row.choice(.catchUpPolicy, CatchUpPolicy.self) ?? .eachPeriod
        catchUpMax = row.int(.catchUpMax, in: 1...120) ?? 12
        inDoubtPolicy = row.choice(.inDoubtPolicy, InDoubtPolicy.self) ?? .park
        checkAccounts(&row)
        checkKID(&row)
    }

    /// The two ways of writing one account must be of one account.
    private func checkAccounts(_ row: inout SetupRow<Column>) {
        guard let iban, let accountNumber, iban.text.hasPrefix("NO"), iban != accountNumber.iban
        else { return }
        row.fault(
            .iban, "is of another account than account_number",
            advice: "Write \(accountNumber.iban.text), or leave one of them out")
    }

    private func checkKID(_ row: inout SetupRow<Column>) {
        guard kidAlgorithm != .noKID else { return }
        let digits = kidCustomerDigits + kidInvoiceDigits
        if digits >= KID.lengths.upperBound {
            row.fault(
                .kidInvoiceDigits, "makes a KID of more than \(KID.lengths.upperBound) digits",
                advice: "Let the two numbers and the check digit fit in it")
        }
        if String(firstInvoiceNumber).count > kidInvoiceDigits {
            row.fault(
                .kidInvoiceDigits, "is too few for the first invoice number",
                advice: "Make room for the numbers to come as well: 7 or more")
        }
    }
}
