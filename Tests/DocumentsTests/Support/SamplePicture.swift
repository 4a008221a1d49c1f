import Foundation

/// Two small logos.
enum SamplePicture {
    /// 48 × 16 with a transparent ground.
    static let png = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAADAAAAAQCAYAAABQrvyxAAAASklEQVR42mOQt4r/jwUzIOFBLc8wlB0P4jMM\
        Zceje2DIOR7ZA0PS8TAPDFnHo3tgSJZGQ9rxuIrR0XpgtB4YrQdG64HRemDk1AMA780GXbQhzIIAAAAASUVO\
        RK5CYII=
        """)

    /// 16 × 8, one grey.
    static let jpeg = decoded(
        """
        /9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\
        AQEBAQH/wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI\
        AQEAAD8AD//Z
        """)

    static func decoded(_ text: String) -> [UInt8] {
        guard let data = Data(base64Encoded: text) else {
            preconditionFailure("a sample picture is not base64")
        }
        return [UInt8](data)
    }
}
