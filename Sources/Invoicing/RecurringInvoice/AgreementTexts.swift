/// The faults of an agreement, worded with its line, month or day.
enum AgreementTexts {
    static func noLines(_ agreement: String) -> Fault {
        Fault(
            .documentFailed,
            Trilingual(
                nb: "avtalen \(agreement) har ingen linjer",
                nn: "avtalen \(agreement) har ingen linjer",
                en: "agreement \(agreement) has no lines"))
    }

    static func tooManyLines(_ agreement: String, count: Int, max: Int) -> Fault {
        Fault(
            .documentFailed,
            Trilingual(
                nb: "avtalen \(agreement) har \(count) linjer, og høyst \(max) er mulig",
                nn: "avtalen \(agreement) har \(count) linjer, og høgst \(max) er mogleg",
                en: "agreement \(agreement) has \(count) lines of at most \(max)"))
    }

    static func noDescription(line: Int) -> Fault {
        Fault(
            .documentFailed,
            Trilingual(
                nb: "linje \(line) har ingen beskrivelse (bokføringsforskriften § 5-1-1 nr. 3)",
                nn: "linje \(line) har inga skildring (bokføringsforskriften § 5-1-1 nr. 3)",
                en: "line \(line): no description (bokføringsforskriften § 5-1-1 no. 3)"))
    }

    static func discount(_ percent: FixedDecimal, line: Int) -> Fault {
        Fault(
            .documentFailed,
            Trilingual(
                nb: "linje \(line) har en rabatt på \(percent) %; den kan være fra 0 til 100",
                nn: "linje \(line) har ein rabatt på \(percent) %; han kan vere frå 0 til 100",
                en: "line \(line): a discount of \(percent) %; it may be from 0 to 100"))
    }

    static func amountTooLarge(line: Int) -> Fault {
        Fault(
            .documentFailed,
            Trilingual(
                nb: "linje \(line): beløpet er for stort",
                nn: "linje \(line): beløpet er for stort",
                en: "line \(line): the amount is too large"))
    }

    static func vatRate(_ code: String, on date: CivilDate) -> Fault {
        let (code, day) = (code.prefix(40), Trilingual.date(date))
        return Fault(
            .vatRateUnknown,
            Trilingual(
                nb: "mva-kode \(code), \(day.nb)", nn: "mva-kode \(code), \(day.nn)",
                en: "VAT code \(code) on \(date)"))
    }

    /// `line` is nil for the introduction.
    static func unknownVariable(_ name: String, line: Int?) -> Fault {
        let place =
            line.map { Trilingual(nb: "linje \($0)", nn: "linje \($0)", en: "line \($0)") }
            ?? Trilingual(nb: "innledningen", nn: "innleiinga", en: "introduction")
        return Fault(
            .lineVariableUnknown, Trilingual { "\(place[$0]): {{\(name)}}" })
    }

    static func indexValue(_ missing: MissingIndexValues, on date: CivilDate) -> Fault {
        let months = missing.months.map(\.description).joined(separator: ", ")
        let day = Trilingual.date(date)
        return Fault(
            .indexValueMissing,
            Trilingual(
                nb: "\(missing.index) for \(months), til prisene fra \(day.nb)",
                nn: "\(missing.index) for \(months), til prisane frå \(day.nn)",
                en: "\(missing.index) of \(months), for prices on \(date)"))
    }

    static func exchangeRate(_ currency: CurrencyCode, on date: CivilDate) -> Fault {
        let (code, day, days) = (currency.rawValue, Trilingual.date(date), ExchangeRates.ageDaysMax)
        return Fault(
            .exchangeRateMissing,
            Trilingual(
                nb: "\(code) for \(day.nb) eller høyst \(days) dager før"
                    + " (bokføringsforskriften § 5-1-1 nr. 6)",
                nn: "\(code) for \(day.nn) eller høgst \(days) dagar før"
                    + " (bokføringsforskriften § 5-1-1 nr. 6)",
                en: "\(code) on \(date) or at most \(days) days before, to state the VAT in kroner"
                    + " (bokføringsforskriften § 5-1-1 no. 6)"))
    }

    static func undecided(
        _ agreement: String, backlog: Int, since date: CivilDate, today: CivilDate
    ) -> Fault {
        let since = Trilingual.date(date)
        return Fault(
            .catchUpNeedsDecision,
            Trilingual(
                nb: "avtalen \(agreement): \(backlog) perioder er ikke fakturert siden \(since.nb)."
                    + " catch_up_through \(today) fakturerer hver av dem, skip_before hopper over"
                    + " dem som begynner før den dagen",
                nn: "avtalen \(agreement): \(backlog) periodar er ikkje fakturerte sidan"
                    + " \(since.nn). catch_up_through \(today) fakturerer kvar av dei, skip_before"
                    + " hoppar over dei som byrjar før den dagen",
                en: "agreement \(agreement): \(backlog) periods not invoiced since \(date);"
                    + " catch_up_through \(today) invoices each of them, skip_before passes over"
                    + " those that begin before its day"))
    }
}
