extension Settings.Provider {
    /// All authorities that a system trusts take some 250 kB.
    private static let authorityBytesMax = 4 << 20

    /// The file of authorities, looked into, so that a slip is not told as a server that can't be
    /// trusted; nil where the system's are trusted.
    package func checkedAuthorityFile() throws -> String? {
        guard let path = authorityFile else { return nil }
        let setting = "provider.authority_file"
        let file: SmallFile
        do throws(SmallFile.Failure) {
            file = try SmallFile.read(path, sizeBytesMax: Self.authorityBytesMax)
        } catch {
            throw ConfigurationError("\(setting): \(path) \(error)")
        }
        guard String(decoding: file.bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----")
        else {
            throw ConfigurationError("\(setting): \(path) holds no certificate in PEM")
        }
        return path
    }
}
