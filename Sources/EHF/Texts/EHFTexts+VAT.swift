import Invoicing

extension EHFTexts {
    /// The VAT.
    static let vat: [Entry] = [
        Entry("The seller", "Selgeren", "Seljaren"),
        Entry("The buyer", "Kjøperen", "Kjøparen"),
        Entry(
            "A sum of VAT has no category",
            "En avgiftssum har ingen mva-kategori",
            "Ein avgiftssum har ingen mva-kategori"),
        Entry(
            "Set the VAT code of its lines", "Velg mva-kode på linjene", "Vel mva-kode på linjene"),
        Entry(
            "VAT category % has no rate",
            "Mva-kategori % har ingen sats",
            "Mva-kategori % har ingen sats"),
        Entry(
            "Set the rate of the VAT code",
            "Oppgi satsen på mva-koden",
            "Oppgje satsen på mva-koden"),
        Entry(
            "The VAT % is not % percent of %",
            "Avgiften % er ikke % prosent av %",
            "Avgifta % er ikkje % prosent av %"),
        Entry("Reckon the VAT anew", "Regn ut avgiften på nytt", "Rekn ut avgifta på nytt"),
        Entry(
            "The VAT is not broken down",
            "Avgiften er ikke fordelt på mva-kategorier",
            "Avgifta er ikkje fordelt på mva-kategoriar"),
        Entry(
            "State the VAT of each category",
            "Oppgi avgiften for hver mva-kategori",
            "Oppgje avgifta for kvar mva-kategori"),
        Entry(
            "% is the reason of another VAT category than %",
            "% er begrunnelsen for en annen mva-kategori enn %",
            "% er grunngjevinga for ein annan mva-kategori enn %"),
        Entry(
            "Correct the reason or the VAT code",
            "Rett begrunnelsen eller mva-koden",
            "Rett grunngjevinga eller mva-koden"),
        Entry(
            "There is VAT outside the Act and other VAT",
            "Fakturaen har både det som er utenfor avgiftsområdet, og annen avgift",
            "Fakturaen har både det som er utanfor avgiftsområdet, og anna avgift"),
        Entry(
            "There is VAT outside the Act, and a line of another category",
            "Fakturaen har noe utenfor avgiftsområdet, og en linje av en annen kategori",
            "Fakturaen har noko utanfor avgiftsområdet, og ei linje av ein annan kategori"),
        Entry(
            "There is VAT outside the Act, and an allowance of another category",
            "Fakturaen har noe utenfor avgiftsområdet, og et fradrag av en annen kategori",
            "Fakturaen har noko utanfor avgiftsområdet, og eit frådrag av ein annan kategori"),
        Entry(
            "There is VAT outside the Act, and a charge of another category",
            "Fakturaen har noe utenfor avgiftsområdet, og et tillegg av en annen kategori",
            "Fakturaen har noko utanfor avgiftsområdet, og eit tillegg av ein annan kategori"),
        Entry(
            "Invoice what is outside the Act by itself, or use category E or Z",
            "Fakturer det som er utenfor avgiftsområdet, for seg, eller bruk kategori E eller Z",
            "Fakturer det som er utanfor avgiftsområdet, for seg, eller bruk kategori E eller Z"),
        Entry(
            "It is delivered within the EU, and neither day nor period is stated",
            "Det er levert innen EU, men verken dato eller periode er oppgitt",
            "Det er levert innanfor EU, men korkje dato eller periode er oppgjeven"),
        Entry("State the day of delivery", "Oppgi leveringsdatoen", "Oppgje leveringsdatoen"),
        Entry(
            "It is delivered within the EU, and the country is not stated",
            "Det er levert innen EU, men landet er ikke oppgitt",
            "Det er levert innanfor EU, men landet er ikkje oppgjeve"),
        Entry(
            "State the address of delivery", "Oppgi leveringsadressen", "Oppgje leveringsadressa"),
        Entry(
            "VAT category % is not broken down once",
            "Mva-kategori % er ikke summert én gang",
            "Mva-kategori % er ikkje summert éin gong"),
        Entry(
            "State the VAT of the category",
            "Oppgi avgiften for kategorien",
            "Oppgje avgifta for kategorien"),
        Entry(
            "Correct the party's numbers or the VAT code",
            "Rett partens numre eller mva-koden",
            "Rett nummera til parten eller mva-koden"),
        Entry(
            "% has no VAT number, and VAT category is %",
            "% har ikke noe merverdiavgiftsnummer, og mva-kategorien er %",
            "% har ikkje noko meirverdiavgiftsnummer, og mva-kategorien er %"),
        Entry(
            "% has neither VAT number nor registration, and VAT category is %",
            "% har verken merverdiavgiftsnummer eller annen registrering, og mva-kategorien er %",
            "% har korkje meirverdiavgiftsnummer eller anna registrering, og mva-kategorien er %"),
        Entry(
            "% has a VAT number, and VAT category is %",
            "% har et merverdiavgiftsnummer, og mva-kategorien er %",
            "% har eit meirverdiavgiftsnummer, og mva-kategorien er %"),
        Entry(
            "Correct the rate or the VAT code",
            "Rett satsen eller mva-koden",
            "Rett satsen eller mva-koden"),
        Entry(
            "VAT category % has the rate %",
            "Mva-kategori % har satsen %",
            "Mva-kategori % har satsen %"),
        Entry(
            "Correct the sum where the invoice is made",
            "Rett summen der fakturaen lages",
            "Rett summen der fakturaen blir laga"),
        Entry(
            "The amount of VAT category %, %, is not the sum of its lines, %",
            "Beløpet i mva-kategori %, %, er ikke summen av linjene, %",
            "Beløpet i mva-kategori %, %, er ikkje summen av linjene, %"),
        Entry(
            "The VAT of category %, %, is wrong",
            "Avgiften i kategori %, %, er feil",
            "Avgifta i kategori %, %, er feil"),
        Entry(
            "VAT category % has a reason for there being no VAT",
            "Mva-kategori % har en begrunnelse for at det ikke er avgift",
            "Mva-kategori % har ei grunngjeving for at det ikkje er avgift"),
        Entry(
            "VAT category % has no reason for there being no VAT",
            "Mva-kategori % mangler begrunnelse for at det ikke er avgift",
            "Mva-kategori % manglar grunngjeving for at det ikkje er avgift"),
        Entry("Leave the reason out", "Fjern begrunnelsen", "Fjern grunngjevinga"),
        Entry("State the reason", "Oppgi begrunnelsen", "Oppgje grunngjevinga"),
    ]
}
