import Invoicing

extension EHFTexts {
    /// The payment instructions.
    static let payment: [Entry] = [
        Entry(
            "A means of payment has no code",
            "En betalingsmåte har ingen kode",
            "Ein betalingsmåte har ingen kode"),
        Entry(
            "State one, as 30 for a transfer",
            "Oppgi en, for eksempel 30 for overføring",
            "Oppgje ein, til dømes 30 for overføring"),
        Entry(
            "An account to pay to has no number",
            "En konto å betale til har ikke noe nummer",
            "Ein konto å betale til har ikkje noko nummer"),
        Entry("Set the account's number", "Legg inn kontonummeret", "Legg inn kontonummeret"),
        Entry(
            "The number of a payment card is written out",
            "Nummeret på et betalingskort står helt ut",
            "Nummeret på eit betalingskort står heilt ut"),
        Entry(
            "Keep its last four to six digits only",
            "Behold bare de siste fire til seks sifrene",
            "Behald berre dei siste fire til seks sifra"),
        Entry(
            "It is to be paid by transfer, and there is no account to pay to",
            "Den skal betales ved overføring, men det mangler en konto å betale til",
            "Han skal betalast ved overføring, men det manglar ein konto å betale til"),
        Entry(
            "There are several payment cards",
            "Det er flere betalingskort",
            "Det er fleire betalingskort"),
        Entry(
            "Keep the one that was used", "Behold det som ble brukt", "Behald det som vart brukt"),
        Entry(
            "There are several direct debit mandates",
            "Det er flere fullmakter for direkte trekk",
            "Det er fleire fullmakter for direkte trekk"),
        Entry(
            "Keep the one to be used", "Behold den som skal brukes", "Behald den som skal brukast"),
        Entry(
            "It is paid by direct debit, and the mandate has no reference",
            "Den betales ved direkte trekk, men fullmakten har ingen referanse",
            "Han blir betalt ved direkte trekk, men fullmakta har ingen referanse"),
        Entry(
            "Set the mandate's reference",
            "Legg inn referansen til fullmakten",
            "Legg inn referansen til fullmakta"),
        Entry(
            "The creditor has several SEPA ids",
            "Kreditor har flere SEPA-id-er",
            "Kreditor har fleire SEPA-id-ar"),
        Entry(
            "Keep the one that the mandate names",
            "Behold den som fullmakten nevner",
            "Behald den som fullmakta nemner"),
        Entry(
            "There are several payment references",
            "Det er flere betalingsreferanser (KID)",
            "Det er fleire betalingsreferansar (KID)"),
        Entry(
            "Keep one for all accounts",
            "Behold én for alle kontoene",
            "Behald éin for alle kontoane"),
        Entry(
            "There are several texts of means of payment",
            "Det er flere tekster om betalingsmåten",
            "Det er fleire tekstar om betalingsmåten"),
        Entry("Keep the first", "Behold den første", "Behald den første"),
        Entry(
            "There are several ways to pay",
            "Det er flere betalingsmåter",
            "Det er fleire betalingsmåtar"),
        Entry(
            "Keep one, with all its accounts",
            "Behold én, med alle kontoene",
            "Behald éin, med alle kontoane"),
    ]

    /// The totals.
    static let sums: [Entry] = [
        Entry("%, %, is not %, %", "%, %, er ikke %, %", "%, %, er ikkje %, %"),
        Entry("The sum of the lines", "Summen av linjene", "Summen av linjene"),
        Entry("The sum of the allowances", "Summen av fradragene", "Summen av frådraga"),
        Entry("The sum of the charges", "Summen av tilleggene", "Summen av tillegga"),
        Entry("what they add up to", "det de blir til sammen", "det dei blir til saman"),
        Entry("The amount without VAT", "Beløpet uten avgift", "Beløpet utan avgift"),
        Entry(
            "lines − allowances + charges",
            "linjer − fradrag + tillegg",
            "linjer − frådrag + tillegg"),
        Entry("The VAT", "Avgiften", "Avgifta"),
        Entry(
            "the sum of the VAT of each category",
            "summen av avgiften i hver kategori",
            "summen av avgifta i kvar kategori"),
        Entry("The amount with VAT", "Beløpet med avgift", "Beløpet med avgift"),
        Entry(
            "the amount without VAT + VAT",
            "beløpet uten avgift + avgift",
            "beløpet utan avgift + avgift"),
        Entry("What is to be paid", "Det som skal betales", "Det som skal betalast"),
        Entry(
            "the amount with VAT − paid + rounding",
            "beløpet med avgift − betalt + avrunding",
            "beløpet med avgift − betalt + avrunding"),
    ]
}
