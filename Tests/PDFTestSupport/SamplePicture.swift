import Foundation

/// Small pictures of each kind.
package enum SamplePicture {
    /// 48 × 16 with a transparent ground.
    package static let png = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAADAAAAAQCAYAAABQrvyxAAAASklEQVR42mOQt4r/jwUzIOFBLc8wlB0P4jMM\
        Zceje2DIOR7ZA0PS8TAPDFnHo3tgSJZGQ9rxuIrR0XpgtB4YrQdG64HRemDk1AMA780GXbQhzIIAAAAASUVO\
        RK5CYII=
        """)

    /// 16 × 8, one grey.
    package static let jpeg = decoded(
        """
        /9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\
        AQEBAQH/wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI\
        AQEAAD8AD//Z
        """)

    package static func decoded(_ text: String) -> [UInt8] {
        guard let data = Data(base64Encoded: text) else {
            preconditionFailure("a sample picture is not base64")
        }
        return [UInt8](data)
    }
}

extension SamplePicture {
    /// PNG, 16 × 8, all of it 128 of 255.
    package static let grey = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAAAAADVHSBLAAAAEUlEQVQI12OsZ0AFTAwDIgAAR8EAj6Ram78AAAAA\
        SUVORK5CYII=
        """)

    /// The same in 16 bits.
    package static let grey16 = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAIEAAAAACFjfwIAAAAEUlEQVQY02NsYMAPmBhGhAIAjMgAkNZmj48AAAAA\
        SUVORK5CYII=
        """)

    /// PNG, black, half transparent.
    package static let greyAlpha = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAQAAABaf7ccAAAAE0lEQVR4nGNkaGDAC5jwSw8XBQCMSACQ6ivIowAA\
        AABJRU5ErkJggg==
        """)

    /// PNG, 16 bits a colour, all of it 200, 40, 60.
    package static let red16 = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAIEAIAAAAvhDSDAAAAHElEQVQoz2M8cUJDw8aGgWaAiXZGj1owagG1AAAw\
        bQJorVU3WAAAAABJRU5ErkJggg==
        """)

    /// The same in 8 bits, interlaced.
    package static let redInterlaced = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAEIE9hWAAAALElEQVQY02M8oWHDwMDAiEJBAAqHiQEJoMggAyYG\
        HIB0HaRL4LSDZJMGTgMA+FsITKgIXnsAAAAASUVORK5CYII=
        """)

    /// The same by a palette; its right half is blue, and transparent.
    package static let redPalette = decoded(
        """
        iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAMAAADHqI+lAAAACVBMVEUAAADIKDwAAP8YlrlIAAAAA3RSTlP//wDX\
        yg1BAAAAEUlEQVR42mNghAImKGAYGAEAMogAwcfllZ0AAAAASUVORK5CYII=
        """)

    /// JPEG in CMYK, all of it 0, 100, 100, 0 %, inverted and with the marker Adobe.
    package static let printRedByAdobe = decoded(
        """
        /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4L\
        CxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAAB\
        AgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNi\
        coIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SV\
        lpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E\
        QwBNAFkASwAAPwD9U6/Kqvyqr9U6KKKK/9k=
        """)

    /// The same not inverted, and without the marker.
    package static let printRed = decoded(
        """
        /9j/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYU\
        GBIUFRT/wAAUCAAIABAEQxEATREAWREASxEA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA\
        AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0\
        NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKz\
        tLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oADgRDAE0AWQBLAAA/APyqr9U6\
        /VOvyqoooor/2Q==
        """)
}
