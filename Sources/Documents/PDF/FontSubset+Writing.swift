extension FontSubset {
    /// Writes the slice as a composite font (ISO 32000-1 § 9.7) and gives its number.
    func write(to file: inout PDFWriter) -> Int {
        let stream = file.write(deflated: program, entries: "/Length1 \(programLength)")
        let descriptor = file.write { output in
            output.append("<</Type/FontDescriptor/FontName/\(postScriptName)")
            output.append(descriptorEntries)
            output.append("/FontFile2 \(stream) 0 R>>")
        }
        let map = file.write(deflated: unicodeMap)
        let descendant = file.write { output in
            output.append("<</Type/Font/Subtype/CIDFontType2/BaseFont/\(postScriptName)")
            output.append("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>")
            output.append("/CIDToGIDMap/Identity/FontDescriptor \(descriptor) 0 R/W")
            output.append(widths)
            output.append(">>")
        }
        return file.write { output in
            output.append("<</Type/Font/Subtype/Type0/BaseFont/\(postScriptName)")
            output.append("/Encoding/Identity-H/DescendantFonts[\(descendant) 0 R]")
            output.append("/ToUnicode \(map) 0 R>>")
        }
    }
}
