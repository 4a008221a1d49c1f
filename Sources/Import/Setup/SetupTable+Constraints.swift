extension SetupTable {
    /// The fault of a row that the database rejects by one of its constraints.
    ///
    /// A second line of defence: what a file can violate is found before anything is written.
    package func fault(constraint: String?, message: String, file: String, line: Int)
        -> ImportFault
    {
        guard let constraint, let known = Self.line(of: constraint) else {
            return ImportFault(
                file: file, line: line, column: constraint ?? "(row)",
                message: "is not taken by the database: \(message)",
                advice: "Correct the row; nothing of the file was taken")
        }
        return ImportFault(
            file: file, line: line, column: known.column, message: known.message,
            advice: known.advice)
    }

    private typealias Line = (column: String, message: String, advice: String)

    /// Whether a constraint of the set-up tables has a text of its own.
    package static func knows(constraint: String) -> Bool { line(of: constraint) != nil }

    private static func line(of constraint: String) -> Line? {
        constraints[constraint] ?? soundness(constraint)
    }

    /// The rules for single values, `recurring_invoice_end_date_sound`: named by table and column.
    private static func soundness(_ constraint: String) -> Line? {
        guard constraint.hasSuffix("_sound"),
            let table = written.filter({ constraint.hasPrefix("\($0)_") }).max(by: {
                $0.count < $1.count
            })
        else { return nil }
        return (
            String(constraint.dropFirst(table.count + 1).dropLast("_sound".count)),
            "holds what no program can carry",
            "Write a day of the years 1900 to 9999, a plain number, or a text without control"
                + " characters of at most 500"
        )
    }

    private static let written = [
        "tenant", "number_series", "app_user", "customer", "customer_recipient", "vat_rate",
        "form_template",
        "form_setup", "send_plan", "send_plan_step", "exchange_rate", "price_index_value",
        "recurring_invoice", "recurring_invoice_line", "recurring_invoice_attachment",
        "price_index_clause", "price_notice",
    ]

    private static let constraints: [String: Line] = [
        tenantConstraints, peopleConstraints, formConstraints, agreementConstraints,
        priceConstraints,
    ].reduce([:]) { $0.merging($1) { line, _ in line } }

    private static func key(_ column: String) -> Line {
        (column, "stands there already", "Take one of the two rows out")
    }

    private static func reference(_ column: String, _ what: String) -> Line {
        (column, "is no \(what) that there is", "Import it first, or correct this")
    }

    private static func choice(_ column: String, _ words: String) -> Line {
        (column, "is none of \(words)", "Write one of those")
    }

    private static func days(_ column: String, _ max: Int) -> Line {
        (column, "is out of bounds", "Write digits only, 0 to \(max)")
    }

    private static let language = "nb, nn, en"
    private static let documents = "invoice, credit_note"
    private static let policies = "each, latest, ask"
    private static let currency: Line = (
        "currency", "is no currency code of ISO 4217", "Write one, as NOK"
    )

    private static let tenantConstraints: [String: Line] = [
        "tenant_pk": key("tenant_id"),
        "tenant_id_positive": ("tenant_id", "is no tenant's number", "Write digits only, from 1"),
        "tenant_time_zone": (
            "time_zone", "is no time zone that PostgreSQL knows", "Write it as Europe/Oslo"
        ),
        "tenant_language": choice("language", language), "tenant_currency": currency,
        "tenant_due_days": days("due_days", 365),
        "tenant_kid_algorithm": choice("kid_algorithm", "none, mod10, mod11"),
        "tenant_kid_digits": (
            "kid_invoice_digits", "makes a KID of more than 25 digits, or of none",
            "Let the customer's and the invoice's digits be 1 to 24 together"
        ),
        "tenant_catch_up_policy": choice("catch_up_policy", policies),
        "tenant_catch_up_max": ("catch_up_max", "is out of bounds", "Write digits only, 1 to 120"),
        "tenant_in_doubt_policy": choice("in_doubt_policy", "park, resend"),
        "number_series_pk": key("tenant_id"),
        "number_series_tenant": reference("tenant_id", "tenant"),
        "number_series_order": (
            "first_invoice_number", "is out of bounds", "Write digits only, 1 to 999999999"
        ),
        "vat_rate_pk": key("valid_from"), "vat_rate_tenant": reference("tenant_id", "tenant"),
        "vat_rate_category": choice("category", "S, Z, E, AE, K, G, O"),
        "vat_rate_percent": (
            "rate", "is no percentage from 0 to 100", "Write 25 for 25 percent"
        ),
    ]

    private static let peopleConstraints: [String: Line] = [
        "app_user_pk": key("user_key"), "app_user_tenant": reference("tenant_id", "tenant"),
        "app_user_language": choice("language", language),
        "customer_pk": key("number"), "customer_tenant": reference("tenant_id", "tenant"),
        "customer_language": choice("language", language),
        "customer_due_days": days("due_days", 365),
        "customer_recipient_pk": key("email"),
        "customer_recipient_customer": reference("customer", "customer"),
    ]

    private static let formConstraints: [String: Line] = [
        "form_template_pk": key("key"), "form_template_tenant": reference("tenant_id", "tenant"),
        "form_template_document_type": choice("document_type", documents),
        "form_template_language": choice("language", language),
        "form_template_colour": (
            "accent_colour", "is no colour", "Write # and six hexadecimal digits: #1f3a5f"
        ),
        "form_template_columns_known": (
            "columns", "names what is no column of a form, or one of them twice",
            "Write description, quantity, amount and what else there is, each once"
        ),
        "form_template_columns_lawful": (
            "columns", "leaves out description, quantity or amount",
            "Write all three (bokføringsforskriften § 5-1-1)"
        ),
        "form_template_columns_amount_last": (
            "columns", "does not end in amount", "Write amount last"
        ),
        "form_template_hidden_blocks": (
            "hidden_blocks", "names what can't be hidden",
            "Choose among return_address, references, carried_totals, payment_box, notes"
        ),
        "form_setup_pk": key("document_type"),
        "form_setup_form": reference("form_template", "form"),
        "form_setup_document_type": choice("document_type", documents),
        "send_plan_pk": key("key"), "send_plan_tenant": reference("tenant_id", "tenant"),
        "send_plan_step_pk": key("position"), "send_plan_step_plan": reference("key", "send plan"),
        "send_plan_step_channel": choice("channel", "email, ehf, print"),
        "send_plan_step_delays": (
            "retry_delays", "is no list of up to 10 times above zero",
            "Write numbers with s, m, h or d: 4h,24h; none for no second try"
        ),
        "send_plan_step_attached": (
            "attach_ehf", "is for what goes by e-mail", "Take it away, or choose the channel email"
        ),
    ]

    private static let agreementConstraints: [String: Line] = [
        "recurring_invoice_billed": (
            "billed", "does not fit arrears_days and preparation_days",
            "Write advance with preparation_days, or arrears with arrears_days, 0 to 366"
        ),
        "recurring_invoice_decision": (
            "skip_before", "is out of bounds, or catch_up_through is",
            "Write a day of the years 1900 to 9999"
        ),
        "recurring_invoice_through": (
            "invoiced_through", "is out of bounds", "Write a day of the years 1900 to 9999"
        ),
        "recurring_invoice_pk": key("number"),
        "recurring_invoice_customer": reference("customer", "customer"),
        "recurring_invoice_user": reference("created_by", "user"),
        "recurring_invoice_plan": reference("send_plan", "send plan"),
        "recurring_invoice_interval": (
            "interval_unit", "makes no interval with interval_count",
            "Write day, week, month, quarter or year, and a count of 1 to 1000"
        ),
        "recurring_invoice_preparation": days("preparation_days", 366),
        "recurring_invoice_end": (
            "end_date", "comes before the first period",
            "Write the last day that a period may begin on"
        ),
        "recurring_invoice_count": ("count_max", "is out of bounds", "Write digits only, from 1"),
        "recurring_invoice_pause": (
            "paused_until", "is no end of the pause", "Write paused_from, and a day not before it"
        ),
        "recurring_invoice_catch_up": choice("catch_up_policy", policies),
        "recurring_invoice_factor": (
            "price_factor", "is not above zero", "Write 1 to leave the prices as they are"
        ),
        "recurring_invoice_due_days": days("due_days", 365),
        "recurring_invoice_period": (
            "number", "has a period below 1", "See what else writes the row"
        ),
        "recurring_invoice_goes_on": (
            "number", "has ended and has a next day, or neither", "See what else writes the row"
        ),
        "recurring_invoice_start": (
            "start_date", "is not within the first period, or after end_date",
            "Set anchor_date to the first day of the period that it begins in"
        ),
        "recurring_invoice_first_period": choice("first_period", "full, days, next"),
        "recurring_invoice_last_period": choice("last_period", "full, days"),
        "recurring_invoice_currency": currency,
        "recurring_invoice_line_pk": key("line_number"),
        "recurring_invoice_line_owner": reference("recurring_invoice", "recurring invoice"),
        "recurring_invoice_line_discount": (
            "discount_percent", "is no percentage from 0 to 100", "Write 25 for 25 percent"
        ),
        "recurring_invoice_attachment_pk": key("position"),
        "recurring_invoice_attachment_owner": reference("recurring_invoice", "recurring invoice"),
        "recurring_invoice_attachment_content": reference("file", "file"),
    ]

    private static let priceConstraints: [String: Line] = [
        "exchange_rate_pk": key("date"),
        "exchange_rate_tenant_id": (
            "tenant_id", "is no tenant's number", "Write digits only; 0 is for all tenants"
        ),
        "exchange_rate_currency": (
            "currency", "is no foreign currency of ISO 4217", "Write one, as EUR"
        ),
        "exchange_rate_positive": (
            "rate", "is not above zero", "Write the kroner that the currency is worth"
        ),
        "exchange_rate_units": choice("units", "1, 10, 100, 1000, 10000"),
        "price_index_value_pk": key("month"),
        "price_index_value_tenant_id": (
            "tenant_id", "is no tenant's number", "Write digits only; 0 is for all tenants"
        ),
        "price_index_value_month": (
            "month", "is not the first day of a month", "Write it as 2026-10"
        ),
        "price_index_value_positive": (
            "value", "is not above zero", "Write the value as it was published"
        ),
        "price_index_clause_pk": key("recurring_invoice"),
        "price_index_clause_owner": reference("recurring_invoice", "recurring invoice"),
        "price_index_clause_base": (
            "base_value", "is not above zero, or base_month no first of a month",
            "Write the index of the month that prices are from"
        ),
        "price_index_clause_adjust_month": (
            "adjust_month", "is out of bounds", "Write digits only, 1 to 12"
        ),
        "price_index_clause_share": (
            "share_percent", "is no percentage above 0", "Write 100 to follow all of the index"
        ),
        "price_index_clause_bounds": (
            "cap_percent", "does not fit floor_percent",
            "Write a cap from 0, and a floor above -100 that is not above the cap"
        ),
        "price_index_clause_notice_days": days("notice_days", 366),
        "price_notice_pk": key("adjusts_on"),
        "price_notice_clause": reference("recurring_invoice", "price index clause"),
        "price_notice_first": (
            "adjusts_on", "is not the first day of a month", "Write it as 2027-01"
        ),
        "price_notice_asked": ("sent_on", "is empty", "Write the day that it was sent on"),
        "price_notice_dismissed": (
            "adjusts_on", "was dismissed by nobody", "See what else writes the row"
        ),
    ]
}
