extension InvoiceLayout {
    private static let factsLeft = left + factsOffset
    private static let factValuesLeft = factsLeft + 32 * millimetre
    private static let returnAddressTop = 41 * millimetre
    private static let headerBottomMin = 74 * millimetre

    /// The first page's header: logo, title, buyer, facts.
    mutating func placeHeader() throws(DocumentError) {
        try placeSeller()
        let buyerBottom = try placeBuyer()
        let factsBottom = try placeFacts()
        y = max(buyerBottom, factsBottom, Self.headerBottomMin) + 7 * millimetre
        guard y <= bottom else { throw .doesNotFit(.header) }
    }

    private mutating func placeSeller() throws(DocumentError) {
        if let logo {
            let scale = min(Self.logoBox.width / logo.aspectRatio, Self.logoBox.height)
            page.add(
                .picture(
                    logo,
                    Rectangle(
                        x: Self.left, y: Self.top, width: scale * logo.aspectRatio,
                        height: scale)),
                as: structure.add(.figure, alternative: content.sellerName))
            return
        }
        let name = try fonts.block(
            content.sellerName, .name, width: Self.factsLeft - Self.left - 8 * millimetre)
        page.add(
            .text(name, at: Point(x: Self.left, y: Self.top), colour: accent),
            as: structure.add(.paragraph))
    }

    private mutating func placeBuyer() throws(DocumentError) -> Double {
        let width = Self.factsLeft - Self.left - 6 * millimetre
        if let address = content.returnAddress {
            let sender = try fonts.block(address, .sender, width: width, linesMax: 1)
            page.add(
                .text(
                    sender, at: Point(x: Self.left, y: Self.returnAddressTop), colour: .faint))
        }
        let element = structure.add(.paragraph)
        var y = Self.returnAddressTop + 5.5 * millimetre
        for (index, line) in content.buyer.enumerated() {
            let block = try fonts.block(
                line, index == 0 ? .addressee : .address, width: width)
            page.add(.text(block, at: Point(x: Self.left, y: y)), as: element)
            y += block.height
        }
        return y
    }

    private mutating func placeFacts() throws(DocumentError) -> Double {
        let heading = try fonts.block(
            content.heading, .title, width: Self.right - Self.factsLeft)
        var y = Self.top
        page.add(
            .text(heading, at: Point(x: Self.factsLeft, y: y), colour: accent),
            as: structure.add(.heading))
        y += heading.height + 3 * millimetre
        for fact in content.facts {
            let label = try fonts.block(
                fact.label, .body, width: Self.factValuesLeft - Self.factsLeft - 4)
            let value = try fonts.block(
                fact.value, fact.isStrong ? .strong : .body,
                width: Self.right - Self.factValuesLeft)
            let element = structure.add(.paragraph)
            page.add(
                .text(label, at: Point(x: Self.factsLeft, y: y), colour: .faint), as: element)
            page.add(.text(value, at: Point(x: Self.factValuesLeft, y: y)), as: element)
            y += max(label.height, value.height) + 1
        }
        return y
    }

    /// The header of later pages: who, and which document.
    mutating func placeShortHeader() throws(DocumentError) {
        let half = Self.width / 2 - 4
        let name = try fonts.block(content.sellerName, .strong, width: half, linesMax: 1)
        let title = try fonts.block(content.title, .strong, width: half, linesMax: 1)
        page.add(.text(name, at: Point(x: Self.left, y: y), colour: accent))
        page.add(.text(title, at: Point(x: Self.right, y: y), edge: .trailing))
        y += name.height + 3
        page.add(
            .rule(from: Self.left, to: Self.right, y: y, thickness: 0.5, .line))
        y = Self.top + Self.shortHeaderHeight
    }

    mutating func placeIntroduction() throws(DocumentError) {
        guard let introduction = content.introduction else { return }
        try placeParagraph(introduction, .body)
        y += 5 * millimetre
    }
}
