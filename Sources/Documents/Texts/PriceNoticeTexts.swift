package import Invoicing

extension Explanation {
    /// That a raise of an agreement's prices waits for its notice, and what sending it now brings.
    ///
    /// `old` and `new` are what the prices of the agreement's lines are multiplied by.
    package init(
        ofIncreaseOn date: CivilDate, from old: FixedDecimal, to new: FixedDecimal,
        sendBy: CivilDate, noticeDays: Int, _ language: Language
    ) {
        let formats = Formats(language: language)
        let (day, last) = (formats.date(date), formats.date(sendBy))
        let (before, after) = (formats.quantity(old), formats.quantity(new))
        switch language {
        case .nb:
            self.init(
                summary: "Avtalen venter på varsel om ny pris fra \(day)"
                    + " (faktor \(before) blir \(after)).",
                nextStep: "Send varselet senest \(last), og registrer datoen. Blir det sendt"
                    + " senere, gjelder ny pris \(noticeDays) dager etter varselet. Til da"
                    + " faktureres den gamle.")
        case .nn:
            self.init(
                summary: "Avtalen ventar på varsel om ny pris frå \(day)"
                    + " (faktor \(before) blir \(after)).",
                nextStep: "Send varselet seinast \(last), og registrer datoen. Blir det sendt"
                    + " seinare, gjeld ny pris \(noticeDays) dagar etter varselet. Til då blir"
                    + " den gamle fakturert.")
        case .en:
            self.init(
                summary: "The agreement awaits notice of a new price from \(day)"
                    + " (factor \(before) becomes \(after)).",
                nextStep: "Send the notice by \(last), and register the date. If it is sent later,"
                    + " the new price holds \(noticeDays) days after the notice. Until then the"
                    + " old price is invoiced.")
        }
    }
}
